import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock, type Clock } from '../../../src/base/clock.ts';
import { OwnerLock } from '../../../src/jobs/lock.ts';

const source = path.join(import.meta.dirname, '../../../src');

describe('which of several windows looks after the jobs', () => {
  let folder: string;
  const locks: OwnerLock[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-lock-'));
  });

  afterEach(async () => {
    for (const lock of locks.splice(0)) await lock.release();
    await rm(folder, { recursive: true, force: true });
  });

  const lock = (clock: Clock = systemClock, beatMs = 5): OwnerLock => {
    const made = new OwnerLock(folder, { clock, beatMs });
    locks.push(made);
    return made;
  };

  const owns = (guest: OwnerLock): Promise<void> =>
    new Promise((resolve) => {
      if (guest.owned) resolve();
      guest.onDidChange((owned) => {
        if (owned) resolve();
      });
    });

  it('is the first', async () => {
    const first = lock();
    const second = lock();
    assert.equal(await first.start(), true);
    assert.equal(await second.start(), false);
    assert.equal(await first.confirm(), true);
    assert.equal(await second.confirm(), false);
  });

  it('is only ever one of many that come at the same moment', async () => {
    for (let round = 0; round < 20; round++) {
      const many = Array.from({ length: 8 }, () => lock(systemClock, 1000));
      const owners = (await Promise.all(many.map((one) => one.start()))).filter(Boolean);
      assert.equal(owners.length, 1, `round ${round}`);
      for (const one of locks.splice(0)) await one.release();
    }
  });

  it('is the next one once the first has left', async () => {
    const first = lock();
    const second = lock();
    await first.start();
    await second.start();
    await first.release();
    await owns(second);
    assert.equal(await second.confirm(), true);
  });

  it('is not taken from an owner that lives, however long one waits', async () => {
    const first = lock();
    const second = lock();
    await first.start();
    await second.start();
    let looks = 0;
    await new Promise<void>((resolve) => {
      second.onDidLook(() => {
        if (++looks >= 20) resolve();
      });
    });
    assert.equal(second.owned, false);
    assert.equal(await first.confirm(), true);
  });

  it('is taken over at once from one that was killed', async () => {
    const program = `
      import { OwnerLock } from ${JSON.stringify(path.join(source, 'jobs/lock.ts'))};
      import { systemClock } from ${JSON.stringify(path.join(source, 'base/clock.ts'))};
      const lock = new OwnerLock(${JSON.stringify(folder)}, { clock: systemClock, beatMs: 60_000 });
      console.log(await lock.start());`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program]);
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    assert.equal(said.toString().trim(), 'true');
    const guest = lock();
    assert.equal(await guest.start(), false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await owns(guest);
  });

  it('is taken over from one on another machine that shows no life', async () => {
    await mkdir(path.join(folder, 'owner'));
    const ticket = { pid: process.pid, host: `not-${hostname()}`, released: false };
    await writeFile(path.join(folder, 'owner/7.lock'), JSON.stringify(ticket));
    const guest = lock();
    assert.equal(await guest.start(), false);
    await owns(guest);
    assert.deepEqual(await readdir(path.join(folder, 'owner')), ['8.lock']);
  });

  it('is taken over from a lock that was never finished', async () => {
    await mkdir(path.join(folder, 'owner'));
    await writeFile(path.join(folder, 'owner/3.lock'), '');
    const guest = lock();
    assert.equal(await guest.start(), false);
    await owns(guest);
  });

  it('notices by itself that it has been replaced', async () => {
    // An owner that slept: its beat never comes.
    const first = lock(systemClock, 60_000);
    await first.start();
    const lost: boolean[] = [];
    first.onDidChange((owned) => lost.push(owned));
    const second = lock();
    await second.start();
    await owns(second);
    assert.equal(await first.confirm(), false);
    assert.deepEqual(lost, [false]);
    assert.equal(await second.confirm(), true);
  });
});
