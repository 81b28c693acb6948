import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { renderOf, upscaleOf, type JobRecord } from '../../../src/jobs/job.ts';
import { largeClipOf, stateOf } from '../../../src/jobs/job-state.ts';
import { JobStore } from '../../../src/jobs/job-store.ts';
import { takeOf } from '../../../src/jobs/take-place.ts';
import { digest, Household, PaidService, type Moments, type Step } from './killed-windows.ts';

/** In turn; at `undefined` anywhere. */
const moments: readonly (Step | undefined)[] = [
  'order render',
  'poll upscale',
  'fetch render',
  'order upscale',
  'poll render',
  'fetch upscale',
  undefined,
];

describe('video jobs and windows that are killed again and again', () => {
  /** Each time 2 × 8 windows die, most with several jobs on their way; every moment once. */
  const windows = 8;
  const kills = moments.length;
  let root: string;
  let households: readonly Household[];
  let struckAt: Moments;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'scenewright-crash-'));
    struckAt = new Map();
    households = await Promise.all(
      ['left', 'right'].map(async (side) => {
        const names = Array.from({ length: windows }, (_, index) => `${side}-${index}`);
        const folders = names.map((name) => path.join(root, name));
        for (const folder of folders) await mkdir(folder);
        const service = await PaidService.open();
        return new Household({ folders, compiled: path.join(root, 'compiled'), service, struckAt });
      }),
    );
  });

  afterEach(async () => {
    for (const household of households) {
      await household.kill();
      await household.service.close();
    }
    await rm(root, { recursive: true, force: true });
  });

  it('order no take twice, lose and overwrite none, and never leave half a clip', async function () {
    this.timeout(300_000);
    await Promise.all(
      households.map(async (household) => {
        for (let kill = 0; kill < kills; kill++) {
          await household.liveAndDie(moments[kill % moments.length]);
        }
      }),
    );
    const struck = [...struckAt].filter(([doing]) => doing !== 'over');
    await Promise.all(households.map((household) => household.liveToTheEnd()));

    const orders = new Map(households.flatMap(({ service }) => [...service.orders]));
    assert.deepEqual([...new Set(orders.values())], [1], 'every order at most once');
    for (const { service } of households) {
      assert.equal(service.strangers, 0, 'always with the account of the order');
    }
    const known = new Map<string, JobRecord>();
    const services = new Map<string, PaidService>();
    for (const { service, folders, whole } of households) {
      for (const folder of folders) services.set(folder, service);
      for (const [file, before] of whole) assert.equal(digest(await readFile(file)), before, file);
    }
    let highest = 0;
    for (const [folder, service] of services) {
      const store = new JobStore(path.join(folder, '.storage'));
      const { records, unreadable } = await store.load();
      assert.deepEqual(unreadable, []);
      for (const record of records) {
        known.set(record.id, record);
        const { id, file } = record;
        const state = stateOf(record);
        assert.ok(
          state === 'done' || state === 'unclear',
          `${state}: ${renderOf(record).error ?? ''}`,
        );
        if (state === 'unclear' && upscaleOf(record) === undefined) continue;
        assert.equal(orders.get(id), 1);
        // Each its own, so none has the place of another.
        assert.ok((await readFile(file)).equals(service.clipOf(id)));
        highest = Math.max(highest, takeOf(file));
        if (state === 'unclear') continue;
        assert.equal(orders.get(`${id}-4k`), 1);
        assert.ok((await readFile(largeClipOf(record) ?? '')).equals(service.clipOf(`${id}-4k`)));
      }
    }
    for (const name of orders.keys()) {
      assert.ok(known.has(name.replace(/-4k$/, '')), 'what was paid for is known');
    }

    assert.ok(highest >= 3, `no scene had more takes than ${highest}`);

    // Enough of it was hit in the middle of everything, and enough of it ever got done.
    assert.ok(struck.reduce((sum, [, count]) => sum + count, 0) >= kills * 2);
    for (const doing of ['render', 'upscale'].flatMap((kind) =>
      ['submitting', 'accepted', 'fetching'].map((state) => `${kind} ${state}`),
    )) {
      assert.ok((struckAt.get(doing) ?? 0) >= 4, `${doing}: ${struckAt.get(doing) ?? 0}`);
    }
    const done = [...known.values()].filter((record) => stateOf(record) === 'done').length;
    assert.ok(done >= 40, `only ${done} of ${known.size} were ever done`);
    const ratios = households.flatMap(({ service: { sent, clip } }) =>
      [...sent.values()].map((bytes) => bytes / clip.length),
    );
    ratios.sort((a, b) => a - b);
    const median = ratios[Math.floor(ratios.length / 2)] ?? 0;
    assert.ok(median <= 1.1, `${median} times the bytes of a clip`);
  });
});
