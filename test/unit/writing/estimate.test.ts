import assert from 'node:assert/strict';
import fc from 'fast-check';
import { estimateRemaining } from '../../../src/writing/estimate.ts';

const times = fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 80 });

describe('the time that remains', () => {
  it('is unknown until a scene has been measured, and nothing when none is left', () => {
    const batch = { batchSize: 5, runningForMs: [] };
    assert.equal(estimateRemaining({ ...batch, completedMs: [], remaining: 5 }), undefined);
    assert.equal(estimateRemaining({ ...batch, completedMs: [], remaining: 0 }), 0);
  });

  it('counts batches and not scenes when all scenes take the same time', () => {
    const completedMs = [10_000, 10_000, 10_000];
    for (const [remaining, expected] of [
      [1, 10_000],
      [5, 10_000],
      [6, 20_000],
      [17, 40_000],
    ] as const) {
      const input = { completedMs, remaining, batchSize: 5, runningForMs: [] };
      assert.equal(Math.round(estimateRemaining(input) ?? 0), expected);
    }
  });

  it('takes the slowest of a batch into account', () => {
    // Two draws from 10 or 20 seconds: three times out of four the slower one is 20.
    const input = { completedMs: [10_000, 20_000], remaining: 2, batchSize: 2, runningForMs: [] };
    assert.equal(estimateRemaining(input), 17_500);
  });

  it('falls while scenes are running, and knows what they have behind them', () => {
    const input = { completedMs: [10_000, 20_000], remaining: 1, batchSize: 1 };
    assert.equal(estimateRemaining({ ...input, runningForMs: [0] }), 15_000);
    assert.equal(estimateRemaining({ ...input, runningForMs: [5000] }), 10_000);
    assert.equal(estimateRemaining({ ...input, runningForMs: [15_000] }), 5000);
    assert.equal(estimateRemaining({ ...input, runningForMs: [30_000] }), 3000);
  });

  it('is the exact average over every way in which things can go', () => {
    const few = fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        few,
        fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 3 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 1, max: 3 }),
        (completedMs, ages, waiting, batchSize) => {
          const slowest = Math.max(...completedMs);
          const runningForMs = ages.map((age) => age % slowest);
          let expected = averageOfSlowest(
            runningForMs.map((age) => completedMs.filter((ms) => ms > age).map((ms) => ms - age)),
          );
          for (let left = waiting; left > 0; left -= batchSize) {
            const draws = Math.min(left, batchSize);
            expected += averageOfSlowest(Array.from({ length: draws }, () => completedMs));
          }
          const remaining = runningForMs.length + waiting;
          const estimate = estimateRemaining({ completedMs, remaining, batchSize, runningForMs });
          assert.ok(Math.abs((estimate ?? NaN) - expected) < 1e-6 * (1 + expected));
        },
      ),
    );
  });

  it('does not grow when a scene is finished in time', () => {
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 8 }),
        (completedMs, remaining, batchSize) => {
          const at = (left: number): number =>
            estimateRemaining({ completedMs, remaining: left, batchSize, runningForMs: [] }) ?? 0;
          assert.ok(at(remaining) <= at(remaining + 1) + 1e-6);
        },
      ),
    );
  });
});

/** Average of the maximum over every combination of one time from each list. */
function averageOfSlowest(lists: readonly (readonly number[])[]): number {
  let slowest = [0];
  for (const list of lists) slowest = slowest.flatMap((a) => list.map((b) => Math.max(a, b)));
  return slowest.reduce((sum, ms) => sum + ms, 0) / slowest.length;
}
