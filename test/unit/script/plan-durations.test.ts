import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planDurations } from '../../../src/script/durations/plan-durations.ts';
import { spokenSeconds } from '../../../src/script/durations/spoken-seconds.ts';

const upTo15 = Array.from({ length: 15 }, (_, i) => i + 1);

function sum(seconds: readonly number[]): number {
  return seconds.reduce((a, b) => a + b, 0);
}

/** By brute force: the counts of lengths that can make each sum up to `limit`. */
function countsBySum(allowed: readonly number[], limit: number): Set<number>[] {
  const counts = Array.from({ length: limit + 1 }, () => new Set<number>());
  counts[0]?.add(0);
  for (let total = 1; total <= limit; total++) {
    for (const length of allowed) {
      for (const count of counts[total - length] ?? []) counts[total]?.add(count + 1);
    }
  }
  return counts;
}

describe('planning durations', () => {
  it('gives the documented numbers of scenes where any length from 1 to 15 s is allowed', () => {
    for (const [duration, count] of [
      [180, 22],
      [300, 37],
      [600, 75],
      [900, 112],
    ] as const) {
      const { seconds, exact } = planDurations(duration, upTo15);
      assert.equal(seconds.length, count);
      assert.equal(sum(seconds), duration);
      assert.equal(exact, true);
      assert.ok(seconds.every((length) => length === 8 || length === 9));
    }
  });

  it('takes one scene more where the longest clip cannot absorb the remainder', () => {
    const veo = planDurations(180, [4, 6, 8]);
    assert.deepEqual([veo.seconds.length, sum(veo.seconds), veo.exact], [23, 180, true]);
    const longer = planDurations(180, [4, 8, 12]);
    assert.deepEqual([longer.seconds.length, sum(longer.seconds), longer.exact], [22, 180, true]);
  });

  it('hits the length exactly whenever any lengths can, with the count nearest to the target', () => {
    const lengths = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), lengths, (duration, allowed) => {
        const counts = countsBySum(allowed, 120);
        const can = (total: number): boolean => (counts[total]?.size ?? 0) > 0;
        const { seconds, exact } = planDurations(duration, allowed);
        const total = sum(seconds);
        assert.ok(seconds.every((length) => allowed.includes(length)));
        assert.equal(exact, can(duration));
        assert.equal(exact, total === duration);
        const off = Math.abs(total - duration);
        for (let near = 0; near < off; near++) {
          assert.ok(!(duration - near > 0 && can(duration - near)) && !can(duration + near));
        }
        const ideal = duration / 8;
        const best = Math.min(...[...(counts[total] ?? [])].map((n) => Math.abs(n - ideal)));
        assert.equal(Math.abs(seconds.length - ideal), best);
      }),
      { numRuns: 500 },
    );
  });

  it('spreads long and short scenes evenly', () => {
    const lengths = fc.uniqueArray(fc.integer({ min: 2, max: 15 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 3600 }), lengths, (duration, allowed) => {
        const { seconds } = planDurations(duration, allowed);
        const total = sum(seconds);
        let so = 0;
        seconds.forEach((length, i) => {
          so += length;
          const steady = (total * (i + 1)) / seconds.length;
          assert.ok(Math.abs(so - steady) <= Math.max(...allowed), `${so} s after scene ${i + 1}`);
        });
      }),
    );
  });

  it('adds up lengths that are not whole', () => {
    assert.deepEqual(planDurations(11, [5.5]), { seconds: [5.5, 5.5], exact: true });
    assert.deepEqual(planDurations(1, [0.1, 0.3], 0.3).seconds.length, 4);
  });

  it('gives one shortest clip to a video that is shorter than that', () => {
    assert.deepEqual(planDurations(3, [8, 4, 6]), { seconds: [4], exact: false });
  });

  it('plans three hours', () => {
    const { seconds, exact } = planDurations(10_800, [4, 6, 8]);
    assert.deepEqual([seconds.length, sum(seconds), exact], [1350, 10_800, true]);
  });

  it('says when there is nothing to choose from', () => {
    assert.throws(() => planDurations(60, []), { code: 'bad-input' });
    assert.throws(() => planDurations(60, [0, Number.NaN]), { code: 'bad-input' });
    assert.throws(() => planDurations(0, [8]), { code: 'bad-input' });
  });
});

describe('spoken seconds', () => {
  it('are a minute for 150 English words', () => {
    assert.equal(Math.round(spokenSeconds('lamp '.repeat(150), 'en-GB')), 60);
    assert.equal(spokenSeconds(' … – ', 'en'), 0);
  });

  it('count contractions once and marks not at all', () => {
    assert.equal(spokenSeconds("Don't — stop!", 'en'), spokenSeconds('Dont stop', 'en'));
  });

  it('count characters where words are not parted by spaces, also in mixed text', () => {
    assert.equal(spokenSeconds('灯'.repeat(40), 'zh'), 10);
    assert.equal(spokenSeconds('灯が消える', 'ja'), 1);
    assert.ok(spokenSeconds('ไฟดับแล้วในคืนนี้', 'th') > 1);
    assert.equal(spokenSeconds('灯灯灯灯 lamp', 'zh'), 1 + spokenSeconds('lamp', 'zh'));
  });

  it('allow more Vietnamese syllables than German words in a minute', () => {
    const words = 'a b c d e f';
    assert.ok(spokenSeconds(words, 'vi') < spokenSeconds(words, 'de'));
  });
});
