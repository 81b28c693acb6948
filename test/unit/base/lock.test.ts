import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock, type Clock } from '../../../src/base/clock.ts';
import { OwnerLock, processSpace } from '../../../src/base/lock.ts';

const source = path.join(import.meta.dirname, '../../../src');

describe('which of several windows does the work', () => {
  let folder: string;
  /** What the lock gets as its own. */
  let own: string;
  const locks: OwnerLock[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-lock-'));
    own = path.join(folder, 'owner');
  });

  afterEach(async () => {
    for (const lock of locks.splice(0)) await lock.release();
    await rm(folder, { recursive: true, force: true });
  });

  const lock = (clock: Clock = systemClock, beatMs = 5, temporary = false): OwnerLock => {
    const made = new OwnerLock(own, { clock, beatMs, temporary });
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
      import { OwnerLock } from ${JSON.stringify(path.join(source, 'base/lock.ts'))};
      import { systemClock } from ${JSON.stringify(path.join(source, 'base/clock.ts'))};
      const lock = new OwnerLock(${JSON.stringify(own)}, { clock: systemClock, beatMs: 60_000 });
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
    await mkdir(own);
    const ticket = { pid: process.pid, host: `not-${hostname()}`, released: false };
    await writeFile(path.join(own, '7.lock'), JSON.stringify(ticket));
    const guest = lock();
    assert.equal(await guest.start(), false);
    await owns(guest);
    assert.deepEqual(await readdir(own), ['8.lock']);
  });

  it('is taken over from a lock that was never finished', async () => {
    await mkdir(own);
    await writeFile(path.join(own, '3.lock'), '');
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

  it('is not believed dead for its number in a container of the same name', async () => {
    await mkdir(own);
    // No process here has this number.
    const ticket = { pid: 2 ** 30, host: `${hostname()} elsewhere`, released: false };
    await writeFile(path.join(own, '7.lock'), JSON.stringify(ticket));
    const guest = lock(systemClock, 60_000);
    assert.equal(await guest.start(), false);
  });

  it('is no more its own when another owner has got the same number', async () => {
    const first = lock(systemClock, 60_000);
    await first.start();
    // Somebody deleted the storage, and the count began anew.
    await rm(own, { recursive: true });
    const second = lock();
    assert.equal(await second.start(), true);
    assert.equal(await first.confirm(), false);
    await first.release();
    assert.equal(await second.confirm(), true);
  });

  it('is asked for patiently where the last sign of life is from the future', async () => {
    await leftBehind(own);
    const later = Date.now() / 1000 + 3600;
    await utimes(path.join(own, '4.lock'), later, later);
    assert.equal(await lock().claim(new AbortController().signal), true);
  });

  describe('for a piece of work that somebody waits for', () => {
    const temporary = (beatMs = 5): OwnerLock => lock(systemClock, beatMs, true);
    const forEver = new AbortController().signal;

    it('is refused at once while another window shows life', async () => {
      assert.equal(await temporary().claim(forEver), true);
      // A beat that never comes: nothing is waited for.
      assert.equal(await temporary(60_000).claim(forEver), false);
    });

    it('is taken over when a stranger has got the number of a process that died', async () => {
      await leftBehind(own);
      assert.equal(await temporary().claim(forEver), true);
    });

    it('is refused as soon as an owner that was asleep shows life', async () => {
      await leftBehind(own);
      const guest = temporary();
      let looks = 0;
      guest.onDidLook(() => {
        if (++looks === 2) void utimes(path.join(own, '4.lock'), looks, looks);
      });
      assert.equal(await guest.claim(forEver), false);
    });

    it('is not waited for any longer once that is cancelled', async () => {
      await leftBehind(own);
      const waiting = new AbortController();
      const claimed = temporary(60_000).claim(waiting.signal);
      waiting.abort(new Error('enough'));
      await assert.rejects(claimed, /enough/);
    });

    it('is left to the next owner by one that stood still until then', async () => {
      const first = temporary(60_000);
      await first.claim(forEver);
      const second = temporary();
      await second.start();
      await owns(second);
      await first.release();
      assert.equal(await second.confirm(), true);
      await second.release();
      const third = temporary();
      assert.equal(await third.claim(forEver), true);
    });

    it('leaves nothing behind when it is over', async () => {
      const first = temporary();
      await first.claim(forEver);
      await first.release();
      assert.deepEqual(await readdir(folder), []);
    });

    it('has one owner at a time, however many come and go', async () => {
      let owners = 0;
      let most = 0;
      let turns = 0;
      const window = async (): Promise<void> => {
        for (let turn = 0; turn < 15; turn++) {
          const one = new OwnerLock(own, { clock: systemClock, beatMs: 1000, temporary: true });
          if (await one.claim(forEver)) {
            turns++;
            most = Math.max(most, ++owners);
            assert.equal(await one.confirm(), true);
            owners--;
          }
          await one.release();
        }
      };
      await Promise.all(Array.from({ length: 6 }, window));
      assert.equal(most, 1);
      assert.ok(turns > 0);
      assert.deepEqual(await readdir(folder), []);
    });
  });
});

/** The lock of a window that died, with a process number that lives, as after a restart of the machine. */
async function leftBehind(own: string): Promise<void> {
  await mkdir(own);
  const file = path.join(own, '4.lock');
  await writeFile(
    file,
    JSON.stringify({ pid: process.pid, host: processSpace(), released: false }),
  );
  await utimes(file, 1, 1);
}
