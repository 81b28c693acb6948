import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planDurations } from '../../../src/script/durations/plan-durations.ts';
import { weighDurations } from '../../../src/script/durations/weigh-durations.ts';

const upTo15 = Array.from({ length: 15 }, (_, i) => i + 1);

function sum(seconds: readonly number[]): number {
  return seconds.reduce((a, b) => a + b, 0);
}

/** By how much lengths miss the weights' shares, as the squares of the differences. */
function miss(seconds: readonly number[], weights: readonly number[]): number {
  const share = sum(seconds) / sum(weights);
  return sum(seconds.map((length, i) => (length - share * (weights[i] ?? 0)) ** 2));
}

/** The least that any allowed lengths with this sum miss the weights, by trying all sums. */
function leastMiss(total: number, allowed: readonly number[], weights: readonly number[]): number {
  const share = total / sum(weights);
  let best = new Map([[0, 0]]);
  for (const weight of weights) {
    const next = new Map<number, number>();
    for (const [so, cost] of best) {
      for (const length of allowed) {
        const now = so + length;
        const more = cost + (length - share * weight) ** 2;
        if (now <= total && more < (next.get(now) ?? Infinity)) next.set(now, more);
      }
    }
    best = next;
  }
  return best.get(total) ?? Infinity;
}

const anyLengths = fc.uniqueArray(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 6 });
const anyWeight = fc.constantFrom(2, 3, 4.5);

describe('weighing durations', () => {
  it('keeps count and sum, takes allowed lengths only, and comes as near to the weights as can be', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 160 }),
        anyLengths,
        fc.infiniteStream(fc.oneof(anyWeight, fc.integer({ min: 1, max: 9 }))),
        (duration, allowed, stream) => {
          const { seconds } = planDurations(duration, allowed);
          const weights = [...stream.take(seconds.length)];
          const weighed = weighDurations(seconds, allowed, weights);
          assert.equal(weighed.length, seconds.length);
          assert.equal(sum(weighed), sum(seconds));
          assert.ok(weighed.every((length) => allowed.includes(length)));
          if (new Set(weights).size === 1) return;
          const least = leastMiss(sum(seconds), allowed, weights);
          assert.ok(Math.abs(miss(weighed, weights) - least) < 1e-6, weighed.join());
        },
      ),
      { numRuns: 400 },
    );
  });

  it('never gives a scene a longer clip than one of more weight', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 2000 }),
        anyLengths,
        fc.infiniteStream(anyWeight),
        (duration, allowed, stream) => {
          const { seconds } = planDurations(duration, allowed);
          const weights = [...stream.take(seconds.length)];
          if (new Set(weights).size === 1) return;
          const weighed = weighDurations(seconds, allowed, weights);
          const longest = new Map<number, number>();
          const shortest = new Map<number, number>();
          for (const [i, weight] of weights.entries()) {
            const length = weighed[i] ?? 0;
            longest.set(weight, Math.max(longest.get(weight) ?? 0, length));
            shortest.set(weight, Math.min(shortest.get(weight) ?? Infinity, length));
          }
          for (const [light, long] of longest) {
            for (const [heavy, short] of shortest) assert.ok(light >= heavy || long <= short);
          }
        },
      ),
    );
  });

  it('leaves everything as it is where no scene has more weight than another', () => {
    const { seconds } = planDurations(600, upTo15);
    const same = weighDurations(
      seconds,
      upTo15,
      seconds.map(() => 3),
    );
    assert.deepEqual(same, seconds);
  });

  it('gives long beats more and short ones less of the time', () => {
    const { seconds } = planDurations(60, upTo15);
    const weighed = weighDurations(seconds, upTo15, [3, 2, 3, 4.5, 3, 3, 2]);
    assert.deepEqual(weighed, [9, 6, 8, 13, 9, 9, 6]);
  });

  it('spreads long and short clips evenly over scenes of the same weight', () => {
    const weights = Array.from({ length: 90 }, (_, i) => (i % 30 === 0 ? 4.5 : 3));
    const { seconds } = planDurations(720, [5, 10]);
    const weighed = weighDurations(seconds, [5, 10], weights);
    const usual = weighed.filter((_, i) => weights[i] === 3);
    for (let start = 0; start + 10 <= usual.length; start += 10) {
      const part = sum(usual.slice(start, start + 10));
      assert.ok(Math.abs(part - (sum(usual) * 10) / usual.length) <= 10, `${part}`);
    }
  });

  it('adds up lengths that are not whole', () => {
    const { seconds } = planDurations(44, [5.5, 8, 11]);
    const weighed = weighDurations(
      seconds,
      [5.5, 8, 11],
      seconds.map((_, i) => (i === 0 ? 4.5 : 2)),
    );
    assert.equal(sum(weighed), 44);
    assert.equal(weighed[0], 11);
  });

  it('weighs three hours, also with lengths that are hard to add up', () => {
    for (const allowed of [upTo15, [4, 6, 8], [5, 10], [6, 10, 15], [7, 11, 13, 60]]) {
      const { seconds } = planDurations(10_800, allowed);
      const weights = seconds.map((_, i) => [2, 3, 4.5, 3][i % 4] ?? 3);
      const weighed = weighDurations(seconds, allowed, weights);
      assert.equal(sum(weighed), 10_800);
      assert.ok(miss(weighed, weights) <= miss(seconds, weights));
    }
  });
});
