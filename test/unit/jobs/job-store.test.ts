import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JobRecord } from '../../../src/jobs/job.ts';
import { stateOf } from '../../../src/jobs/job-state.ts';
import { JobStore } from '../../../src/jobs/job-store.ts';
import { oldRecordOf } from './old-records.ts';
import { recordOf } from './world.ts';

describe("the jobs' records on disk", () => {
  let folder: string;
  let store: JobStore;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-store-'));
    store = new JobStore(folder);
    await store.load();
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('come back as they were, in order', async () => {
    const records = [3, 1, 2].map((number) =>
      recordOf({
        id: `job-${number}`,
        number,
        createdAt: 5,
        render: {
          remote: { remoteId: 'r', data: { a: 'b' } },
          doubt: { times: 2, since: 1, until: 2, why: 'not yet' },
        },
      }),
    );
    await Promise.all(records.map((record) => store.save(record)));
    const loaded = await new JobStore(folder).load();
    assert.deepEqual(
      loaded.records,
      records.sort((a, b) => a.number - b.number),
    );
    assert.deepEqual(loaded.unreadable, []);
  });

  it('come back with the takes of a scene that were ordered at one moment by their numbers', async () => {
    const names = ['scene-001.take-10.mp4', 'scene-001.mp4', 'scene-001.take-2.mp4'];
    const records = names.map((name, i) => recordOf({ id: `job-${i}`, file: `/videos/${name}` }));
    await Promise.all(records.map((record) => store.save(record)));
    const loaded = (await new JobStore(folder).load()).records;
    assert.deepEqual(
      loaded.map(({ file }) => path.basename(file)),
      ['scene-001.mp4', 'scene-001.take-2.mp4', 'scene-001.take-10.mp4'],
    );
  });

  it('are the last that was written, however fast they follow', async () => {
    const writes = Array.from({ length: 50 }, (_, index) =>
      store.save(recordOf({ updatedAt: index })),
    );
    await Promise.all(writes);
    assert.equal((await store.load()).records[0]?.updatedAt, 49);
    await Promise.all([store.save(recordOf()), store.remove('job-1')]);
    assert.deepEqual((await store.load()).records, []);
  });

  it('are set aside and named when they are torn or wrong, and the rest loads', async () => {
    await store.save(recordOf({ id: 'good' }));
    const whole = JSON.stringify(recordOf());
    const wrong: Record<string, string> = {
      empty: '',
      torn: whole.slice(0, whole.length / 2),
      zeros: '\0'.repeat(400),
      list: '[]',
      'wrong-state': JSON.stringify(
        recordOf({ id: 'wrong-state', render: { state: 'x' as 'saved' } }),
      ),
      'wrong-scene': JSON.stringify({ ...recordOf({ id: 'wrong-scene' }), scene: {} }),
      'other-id': JSON.stringify(recordOf({ id: 'job-77' })),
      old: JSON.stringify({ ...recordOf({ id: 'old' }), version: 0 }),
      stepless: JSON.stringify(oldRecordOf({ id: 'stepless', state: 'upscaling' })),
      orderless: JSON.stringify({ ...recordOf({ id: 'orderless' }), orders: [] }),
      'render-and-picture': JSON.stringify({
        ...recordOf({ id: 'render-and-picture' }),
        orders: [...recordOf().orders, { ...recordOf().orders[0], kind: 'picture' }],
      }),
      'two-renders': JSON.stringify({
        ...recordOf({ id: 'two-renders' }),
        orders: [...recordOf().orders, ...recordOf().orders],
      }),
      'wrong-step': JSON.stringify({
        ...oldRecordOf({ id: 'wrong-step' }),
        upscale: { step: 'x', attempt: 0 },
      }),
      // What an address is made of later is looked at now.
      'wrong-data': JSON.stringify({
        ...oldRecordOf({ id: 'wrong-data' }),
        remote: { remoteId: 'r', data: { base: {} } },
      }),
      'wrong-count': JSON.stringify(recordOf({ id: 'wrong-count', render: { attempt: -1 } })),
      'wrong-price': JSON.stringify(
        recordOf({ id: 'wrong-price', price: { currency: 'USD', amount: -5 } }),
      ),
    };
    for (const [name, text] of Object.entries(wrong)) {
      await writeFile(path.join(folder, `${name}.json`), text);
    }
    await writeFile(path.join(folder, 'note.txt'), 'not ours');
    const { records, unreadable } = await store.load();
    assert.deepEqual(
      records.map(({ id }) => id),
      ['good'],
    );
    assert.deepEqual(
      unreadable.map(({ file }) => path.basename(file)).sort(),
      Object.keys(wrong)
        .map((name) => `${name}.json.bad`)
        .sort(),
    );
    assert.equal(await readFile(path.join(folder, 'torn.json.bad'), 'utf8'), wrong.torn);
    assert.deepEqual((await store.load()).unreadable, []);
  });

  it('of an older version are understood, and say so once they are written again', async () => {
    const remote = { remoteId: 'r' };
    const { accounts, ...record } = oldRecordOf({ remote, state: 'rendering' });
    const free = { ...record, id: 'free', account: undefined };
    for (const old of [record, free]) {
      const text = JSON.stringify({ ...old, version: 1 });
      await writeFile(path.join(folder, `${old.id}.json`), text);
    }
    const loaded = await store.load();
    assert.deepEqual(loaded.unreadable, []);
    const [migrated, without] = [...loaded.records].sort((a, b) => (a.id > b.id ? -1 : 1));
    assert.deepEqual(migrated, recordOf({ render: { state: 'accepted', remote } }));
    assert.deepEqual(accounts, migrated.orders[0].accounts);
    assert.deepEqual(without?.orders[0], {
      ...{ kind: 'render', state: 'accepted', attempt: 0, accounts: [], remote },
    });
    await store.save(migrated);
    const [written] = await recordFiles(folder, 'job-1.json');
    assert.equal((JSON.parse(await readFile(written ?? '', 'utf8')) as JobRecord).version, 3);
  });

  it('are left alone when a newer version wrote them', async () => {
    const file = path.join(folder, 'job-1.json');
    const text = JSON.stringify({ ...recordOf(), version: 4, more: true });
    await writeFile(file, text);
    const { records, unreadable } = await store.load();
    assert.deepEqual(records, []);
    const [kept] = await recordFiles(folder, 'job-1.json');
    assert.deepEqual(unreadable, [
      { file: kept, reason: 'it was written by a newer version of Scenewright' },
    ]);
    assert.equal(await readFile(kept ?? '', 'utf8'), text);
  });

  it('never take a name for a path', async () => {
    await assert.rejects(store.save(recordOf({ id: '../evil' })));
    await assert.rejects(store.remove('a/b'));
  });

  it('show a guest what has changed, and touch nothing', async () => {
    const guest = new JobStore(folder);
    await store.save(recordOf());
    const look = async (): Promise<[string[], readonly string[]]> => {
      const { changed, removed } = await guest.refresh();
      return [changed.map((record) => `${record.id} ${stateOf(record)}`), removed];
    };
    assert.deepEqual(await look(), [['job-1 queued'], []]);
    assert.deepEqual(await look(), [[], []]);
    await store.save(recordOf({ render: { state: 'saved' } }));
    await store.save(recordOf({ id: 'job-2' }));
    const [changed] = await look();
    assert.deepEqual(changed.sort(), ['job-1 done', 'job-2 queued']);
    await store.remove('job-1');
    await writeFile(path.join(folder, 'torn.json'), '{');
    assert.deepEqual(await look(), [[], ['job-1']]);
    assert.ok((await readdir(folder)).includes('torn.json'));
  });

  it('survive being killed at any moment: none torn, none lost', async function () {
    this.timeout(120_000);
    const kills = 15;
    for (let kill = 0; kill < kills; kill++) {
      const child = fork(path.join(import.meta.dirname, 'store-writer.ts'), [folder], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      const durable = new Map<string, number>();
      child.on('message', (message) => {
        const { id, updatedAt } = message as JobRecord;
        durable.set(id, updatedAt);
      });
      await once(child, 'message');
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
      child.kill('SIGKILL');
      await once(child, 'exit');
      const { records, unreadable } = await new JobStore(folder).load();
      assert.deepEqual(unreadable, [], `kill ${kill}`);
      const found = new Map(records.map((record) => [record.id, record.updatedAt]));
      for (const [id, updatedAt] of durable) {
        assert.ok((found.get(id) ?? -1) >= updatedAt, `kill ${kill}: ${id} went back in time`);
      }
      const rest = (await readdir(folder, { recursive: true })).filter(
        (name) => !/^records-[^/\\]*([/\\][^/\\]*\.json)?$/.test(name),
      );
      assert.deepEqual(rest, [], 'temporary files are swept');
    }
  });
});

/** Every file of this name, wherever in the store it is. */
async function recordFiles(folder: string, name: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((found) => path.basename(found) === name)
    .map((found) => path.join(folder, found));
}
