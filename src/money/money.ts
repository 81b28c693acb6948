import { forLocale } from '../base/locale.ts';

/** An amount of money. */
export interface Money {
  /** ISO 4217 code, such as `USD`; empty for whatever currency the writer thinks in. */
  readonly currency: string;
  readonly amount: number;
}

/** What one order costs; absent where that is not known. */
export type Charge = Money | undefined;

/** What all of something costs together. */
export interface MoneySum {
  /** One amount for each currency, in the order in which they first came up. */
  readonly amounts: readonly Money[];
  /** How many have no price that is known. */
  readonly unknown: number;
}

export const noMoney: MoneySum = { amounts: [], unknown: 0 };

export function sumOf(charges: readonly Charge[]): MoneySum {
  const amounts = new Map<string, number>();
  let unknown = 0;
  for (const charge of charges) {
    if (charge === undefined) unknown++;
    else amounts.set(charge.currency, (amounts.get(charge.currency) ?? 0) + charge.amount);
  }
  return {
    amounts: [...amounts].map(([currency, amount]) => ({ currency, amount: rounded(amount) })),
    unknown,
  };
}

/** Both together. */
export function added(a: MoneySum, b: MoneySum): MoneySum {
  const { amounts } = sumOf([...a.amounts, ...b.amounts]);
  return { amounts, unknown: a.unknown + b.unknown };
}

/** How much of it is in one currency. */
export function amountIn({ amounts }: MoneySum, currency: string): number {
  return amounts.find((money) => money.currency === currency)?.amount ?? 0;
}

/**
 * To billionths: sums must not show the noise of binary fractions, and a token costs less than a
 * millionth.
 */
export function rounded(amount: number): number {
  return Math.round(amount * 1e9) / 1e9;
}

const plain = forLocale((locale) => ({
  cents: new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    useGrouping: false,
  }),
  underOneCent: new Intl.NumberFormat(locale, { maximumSignificantDigits: 1 }),
}));

/** Money without a currency: two digits after the point, or as many as it takes to tell it from 0. */
export function plainMoney(amount: number): string {
  const { cents, underOneCent } = plain();
  return (amount === 0 || amount >= 0.01 ? cents : underOneCent).format(amount);
}
