import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { bundle, load } from '../../bench/activation.ts';
import { middle } from '../../bench/writing/cells.ts';
import { Endpoint } from '../../bench/writing/endpoint.ts';
import { measureQuickly } from '../../bench/writing/index.ts';
import { lowerBound } from '../../bench/writing/bounds.ts';
import { simulate } from '../../bench/writing/simulation.ts';

describe('the benchmark of loading', () => {
  it('loads the built extension with nothing of VS Code at hand', function () {
    if (!existsSync(bundle)) this.skip();
    assert.ok(load(bundle).ms > 0);
  });
});

describe('the writing benchmark', () => {
  it('measures every pace over real HTTP, and its figures are sane', async () => {
    const endpoint = await Endpoint.start();
    try {
      const cells = await measureQuickly(endpoint);
      assert.equal(cells.length, 5);
      for (const cell of cells) {
        const { scenes } = cell.conditions;
        const [run] = cell.runs;
        assert.ok(run, `${cell.way.name} was measured`);
        // A flawless model is asked for each scene once: nothing is refused or complained of.
        assert.equal(run.seen.scenes, scenes, cell.way.name);
        assert.equal(run.seen.requests, scenes + run.seen.planning.length, cell.way.name);
        assert.equal(run.gaps.length, scenes);
        assert.ok(run.seen.mostAtOnce <= Number(cell.way.batchSize), cell.way.name);
        assert.ok(Math.max(...run.gaps) < Math.max(1, 2 * Number(cell.way.batchSize)));
        assert.ok(run.ms >= run.boundMs, `${cell.way.name} waits for the model`);
        assert.ok(run.firstSceneMs <= run.firstBatchMs && run.firstBatchMs <= run.ms);
      }
      const [sequential] = cells;
      assert.ok(sequential);
      assert.deepEqual([...new Set(sequential.runs.flatMap(({ gaps }) => gaps))], [0]);
      const wall = middle(sequential, ({ ms }) => ms);
      for (const cell of cells.slice(1)) {
        assert.ok(middle(cell, ({ ms }) => ms) < wall, `${cell.way.name} beats one by one`);
      }
    } finally {
      await endpoint.stop();
    }
  });

  it('expects what is easy to reckon', () => {
    const continues = [false, false, true, false];
    const run = { continues, planMs: 10, sceneMs: () => 1 };
    assert.equal(simulate({ ...run, pace: 'batches', batchSize: 1 }).ms, 14);
    assert.equal(simulate({ ...run, pace: 'batches', batchSize: 3 }).ms, 12);
    assert.deepEqual(simulate({ ...run, pace: 'batches', batchSize: 4 }).gaps, [0, 1, 2, 3]);
    assert.equal(simulate({ ...run, pace: 'planned', batchSize: 4 }).ms, 12);
  });

  it('knows that neither places nor haste shorten a chain, or the way to the first beat', () => {
    const planning = [
      { kind: 'core', ms: 6, afterActs: false },
      { kind: 'outline', ms: 6, afterActs: false, first: 1, beatMs: [2, 4, 6] },
    ];
    const work = { planning, sceneMs: [14, 12, 3], continues: [false, false, true] };
    // The first beat after 8, then 4 of planning and 29 of scenes.
    assert.equal(lowerBound(work, 'sliding', 1), 41);
    // Two of planning are done beside the first beat.
    assert.equal(lowerBound(work, 'sliding', 2), 8 + 31 / 2);
    // The second beat after 10, and the chain that it begins.
    assert.equal(lowerBound(work, 'planned', 9), 25);
    assert.equal(lowerBound({ ...work, continues: [] }, 'planned', 9), 22);
    // A question that is asked again could have been answered at once.
    const again = { ...work, planning: [...planning, ...planning.slice(1)] };
    assert.equal(lowerBound(again, 'sliding', 1), 41);
  });

  it('asks a second time for a straggler, once, in a free place', () => {
    // Twenty scenes that take as long as each other, and one for ever.
    const sceneMs = (number: number, draw: number): number =>
      number === 21 && draw === 0 ? 1000 : 10;
    const continues = new Array<boolean>(21).fill(false);
    const run = { pace: 'planned', batchSize: 7, continues, planMs: 0, sceneMs } as const;
    assert.deepEqual(
      [simulate(run), simulate({ ...run, hedge: true })].map(({ ms, requests }) => [ms, requests]),
      [
        [1020, 21],
        [40, 22],
      ],
    );
  });
});
