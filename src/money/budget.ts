import { added, amountIn, type MoneySum } from './money.ts';

/** The currency of the budget of orders: the one in which all services list their prices. */
export const budgetCurrency = 'USD';

/** What there is to decide before something is ordered. */
export interface Bill {
  /** What has been ordered already. */
  readonly ordered: MoneySum;
  /** What this would add. */
  readonly expected: MoneySum;
  /** In {@link budgetCurrency}; 0 for none. */
  readonly budget: number;
}

/** Whether an order costs nothing for sure. */
export function isFree({ expected }: Pick<Bill, 'expected'>): boolean {
  return expected.unknown === 0 && expected.amounts.every(({ amount }) => amount === 0);
}

/**
 * Whether an order would exceed the budget, or may: what has no known price, or is in another
 * currency, cannot be held against it. Of what was ordered earlier, that was asked about then.
 */
export function exceedsBudget({ ordered, expected, budget }: Bill): boolean {
  if (budget <= 0 || isFree({ expected })) return false;
  if (expected.unknown > 0 || amountElsewhere(expected) || amountElsewhere(ordered)) return true;
  return !isWithin(budget, afterwards({ ordered, expected }));
}

/** What will have been ordered, in the budget's currency, as far as it is known. */
export function afterwards({ ordered, expected }: Pick<Bill, 'ordered' | 'expected'>): number {
  return amountIn(added(ordered, expected), budgetCurrency);
}

/** Whether a budget allows for so much. The last bits of a sum are no money. */
export function isWithin(budget: number, amount: number): boolean {
  return amount <= budget * (1 + 1e-9);
}

function amountElsewhere({ amounts }: MoneySum): boolean {
  return amounts.some(({ currency, amount }) => currency !== budgetCurrency && amount > 0);
}
