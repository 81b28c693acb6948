import assert from 'node:assert/strict';
import fc from 'fast-check';
import { afterwards, exceedsBudget } from '../../../src/money/budget.ts';
import { added, sumOf } from '../../../src/money/money.ts';
import { chargesOfClips } from '../../../src/money/price.ts';

const usd = (amount: number): { currency: string; amount: number } => ({ currency: 'USD', amount });

describe('a budget', () => {
  const none = { amounts: [], unknown: 0 };
  const of = (
    amount: number,
  ): { amounts: { currency: string; amount: number }[]; unknown: number } => ({
    amounts: [usd(amount)],
    unknown: 0,
  });

  it('is no limit at 0, and otherwise may be used up to its last cent', () => {
    assert.ok(!exceedsBudget({ ordered: of(1000), expected: of(1000), budget: 0 }));
    assert.ok(!exceedsBudget({ ordered: of(17.4), expected: of(2.6), budget: 20 }));
    assert.ok(exceedsBudget({ ordered: of(17.4), expected: of(2.61), budget: 20 }));
  });

  it('may be exceeded by what has no known price, or one in other money', () => {
    const unknown = { amounts: [], unknown: 1 };
    const euros = { amounts: [{ currency: 'EUR', amount: 0.1 }], unknown: 0 };
    assert.ok(exceedsBudget({ ordered: none, expected: unknown, budget: 20 }));
    assert.ok(exceedsBudget({ ordered: none, expected: euros, budget: 20 }));
    assert.ok(exceedsBudget({ ordered: euros, expected: of(1), budget: 20 }));
    assert.ok(!exceedsBudget({ ordered: unknown, expected: of(1), budget: 20 }));
  });

  it('does not stand in the way of what is free', () => {
    assert.ok(!exceedsBudget({ ordered: of(30), expected: of(0), budget: 20 }));
    assert.ok(!exceedsBudget({ ordered: of(30), expected: none, budget: 20 }));
  });

  it('is never exceeded by orders that nobody was asked about', () => {
    const order = fc.record({
      perClip: fc.integer({ min: 0, max: 500 }).map((cents) => cents / 100),
      perSecond: fc.integer({ min: 0, max: 1000 }).map((mills) => mills / 1000),
      seconds: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 }),
      isKnown: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.array(order, { maxLength: 30 }),
        (cents, orders) => {
          const budget = cents / 100;
          let ordered = sumOf([]);
          for (const { perClip, perSecond, seconds, isKnown } of orders) {
            const listed = isKnown ? { currency: 'USD', perClip, perSecond } : undefined;
            const expected = sumOf(chargesOfClips(listed, seconds));
            if (exceedsBudget({ ordered, expected, budget })) continue;
            assert.equal(expected.unknown, 0);
            ordered = added(ordered, expected);
            assert.ok(afterwards({ ordered, expected: none }) <= budget + 1e-6);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
