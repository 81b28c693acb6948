import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LengthsInTurn } from '../../../src/script/durations/lengths-in-turn.ts';
import { planDurations } from '../../../src/script/durations/plan-durations.ts';

const upTo15 = Array.from({ length: 15 }, (_, i) => i + 1);
const usual = 3;

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function inTurn(seconds: number, allowed: readonly number[], weights: readonly number[]): number[] {
  const lengths = new LengthsInTurn(seconds, weights.length, allowed, usual);
  return weights.map((weight) => lengths.next(weight));
}

describe('lengths that are given one after the other', () => {
  it('are allowed and add up to exactly the time there is, whatever the weights', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1200 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.constantFrom(2, 3, 4.5)),
        (duration, allowed, stream) => {
          const { seconds } = planDurations(duration, allowed);
          const given = inTurn(sum(seconds), allowed, [...stream.take(seconds.length)]);
          assert.equal(sum(given), sum(seconds));
          assert.ok(given.every((length) => allowed.includes(length)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('give more to more weight, and the same wherever in the script it comes', () => {
    const kinds = [2, 3, 4.5];
    const weights = Array.from({ length: 75 }, (_, i) => kinds[i % 3] ?? usual);
    const given = inTurn(600, upTo15, weights);
    const mean = (weight: number, from: number): number => {
      const some = given.slice(from, from + 37).filter((_, i) => weights[from + i] === weight);
      return sum(some) / some.length;
    };
    for (const from of [0, 37]) {
      assert.ok(mean(2, from) < mean(3, from) && mean(3, from) < mean(4.5, from));
    }
    for (const weight of kinds) assert.ok(Math.abs(mean(weight, 0) - mean(weight, 37)) < 1);
  });

  it('are even where every scene is called long', () => {
    const given = inTurn(600, upTo15, Array<number>(75).fill(4.5));
    assert.ok(
      given.every((length) => length >= 7 && length <= 11),
      given.join(),
    );
  });

  it('go on where others left off, and come to an end where no sum of them would', () => {
    const first = new LengthsInTurn(80, 10, [4, 8, 12], usual);
    const before = [2, 3, 4.5, 3].map((weight) => first.next(weight));
    const rest = new LengthsInTurn(first.left, 6, [4, 8, 12], usual);
    const after = [3, 3, 2, 4.5, 3, 3].map((weight) => rest.next(weight));
    assert.equal(sum([...before, ...after]), 80);
    // The studio was changed meanwhile, and has none but clips of five seconds.
    const other = new LengthsInTurn(first.left, 6, [5], usual);
    assert.deepEqual(
      Array.from({ length: 6 }, () => other.next(usual)),
      [5, 5, 5, 5, 5, 5],
    );
  });
});
