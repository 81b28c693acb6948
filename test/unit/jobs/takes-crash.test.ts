import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clearChargesOf, unclearChargesOf } from '../../../src/jobs/charges.ts';
import type { JobRecord } from '../../../src/jobs/job.ts';
import { clipFileOf, hasClip, stateOf } from '../../../src/jobs/job-state.ts';
import { byAge, JobStore } from '../../../src/jobs/job-store.ts';
import { firstPlace, takesAmong } from '../../../src/jobs/take-place.ts';
import { takesOf, type ClipsOnDisk } from '../../../src/jobs/takes.ts';
import { amountIn, sumOf, type Charge } from '../../../src/money/money.ts';
import { digest, Household, PaidService, storageIn, type Step } from './killed-windows.ts';

/** What the windows die at, in turn; at `undefined` anywhere. */
const moments: readonly (Step | undefined)[] = [
  'order render',
  undefined,
  'fetch render',
  undefined,
  'poll render',
];

const disk: ClipsOnDisk = {
  has: existsSync,
  namesIn: (folder) => takesAmong(readdirSync(folder)),
  isMoved: () => false,
  isVideo: () => true,
};

describe('takes that two windows order in one folder, while both are killed again and again', () => {
  /** Each has two windows, which know nothing of each other. */
  const folders = 4;
  const rounds = 1;
  let root: string;
  let service: PaidService;
  let sides: readonly Household[];

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'scenewright-takes-'));
    const names = Array.from({ length: folders }, (_, index) => path.join(root, `${index}`));
    for (const folder of names) await mkdir(folder);
    service = await PaidService.open();
    const shared = { folders: names, compiled: path.join(root, 'compiled'), service };
    sides = ['-left', '-right'].map(
      (side) => new Household({ ...shared, side, struckAt: new Map() }),
    );
  });

  afterEach(async () => {
    for (const side of sides) await side.kill();
    await service.close();
    await rm(root, { recursive: true, force: true });
  });

  /** The jobs of both windows on a folder, the oldest first. */
  async function jobsOf(folder: string): Promise<readonly JobRecord[]> {
    const loaded = await Promise.all(
      ['-left', '-right'].map((side) => new JobStore(storageIn(folder, side)).load()),
    );
    assert.deepEqual(
      loaded.flatMap(({ unreadable }) => unreadable),
      [],
    );
    return loaded.flatMap(({ records }) => records).sort(byAge);
  }

  it('have a number, a clip and a price each: nothing is lost, overwritten or paid twice', async function () {
    this.timeout(300_000);
    await Promise.all(
      sides.map(async (side, offset) => {
        for (let kill = 0; kill < rounds * moments.length; kill++) {
          await side.liveAndDie(moments[(kill + offset) % moments.length]);
        }
      }),
    );
    await Promise.all(sides.map((side) => side.liveToTheEnd()));

    for (const { whole } of sides) {
      for (const [file, before] of whole) assert.equal(digest(await readFile(file)), before, file);
    }
    const counts = [...service.orders.values()];
    assert.ok(
      counts.every((count) => count === 1),
      'every order at most once',
    );
    const clear: Charge[] = [];
    const unclear: Charge[] = [];
    const known = new Set<string>();
    let highest = 0;
    for (const folder of sides[0]?.folders ?? []) {
      const jobs = await jobsOf(folder);
      for (const record of jobs) {
        assert.ok(!known.has(record.id), `${record.id} is a job of one window`);
        known.add(record.id);
        clear.push(...clearChargesOf(record));
        unclear.push(...unclearChargesOf(record));
        if (hasClip(record)) continue;
        // Struck between its record and its claim, it finds its place taken: then nothing was ordered.
        const isRefused = stateOf(record) === 'failed' && !service.orders.has(record.id);
        assert.ok(isRefused || stateOf(record) === 'unclear', JSON.stringify(record.orders));
      }
      const takes = [...Map.groupBy(jobs, ({ scene }) => scene.id).values()].flatMap((records) =>
        takesOf(records, firstPlace(records[0]?.file ?? ''), disk),
      );
      // Every clip that came is a take, with all that is known of it.
      for (const record of jobs.filter(hasClip)) {
        const file = clipFileOf(record);
        const own = takes.filter((take) => take.file === file);
        assert.deepEqual(
          own.map(({ state, job }) => [state, job?.id]),
          [['here', record.id]],
          file,
        );
        assert.ok((await readFile(file)).equals(service.clipOf(record.id)), file);
      }
      const here = takes.filter(({ state }) => state === 'here');
      assert.equal(here.length, jobs.filter(hasClip).length, 'no clip without its job');
      highest = Math.max(highest, ...here.map(({ take }) => take));
    }
    const renders = [...service.orders.keys()].filter((name) => !name.endsWith('-4k'));
    for (const name of renders) assert.ok(known.has(name), 'what was paid for is known');
    const paid = renders.length * 0.5;
    const surely = amountIn(sumOf(clear), 'USD');
    const perhaps = amountIn(sumOf(unclear), 'USD');
    assert.ok(surely <= paid && paid <= surely + perhaps, `${surely} + ${perhaps} for ${paid}`);
    assert.ok(perhaps > 0 && highest >= 5, `${perhaps} unclear, no more takes than ${highest}`);
  });
});
