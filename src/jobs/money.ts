import type { ClipPrice } from '../studios/port.ts';
import type { Money } from './job.ts';

/** A clip is rarely larger than this, in bytes for each of its seconds: 16 Mbit/s. */
const bytesPerSecond = 2_000_000;

/** What all of something costs together. */
export interface MoneySum {
  /** One amount for each currency, in the order in which they first came up. */
  readonly amounts: readonly Money[];
  /** How many have no price that is known. */
  readonly unknown: number;
}

/** What a clip of so many seconds costs; absent where the service does not tell. */
export function priceOf(price: ClipPrice | undefined, seconds: number): Money | undefined {
  if (price === undefined) return undefined;
  const amount = rounded(price.perClip + price.perSecond * seconds);
  return { currency: price.currency, amount };
}

export function sumOf(prices: readonly (Money | undefined)[]): MoneySum {
  const amounts = new Map<string, number>();
  let unknown = 0;
  for (const price of prices) {
    if (price === undefined) unknown++;
    else amounts.set(price.currency, (amounts.get(price.currency) ?? 0) + price.amount);
  }
  return {
    amounts: [...amounts].map(([currency, amount]) => ({ currency, amount: rounded(amount) })),
    unknown,
  };
}

/** About how much room clips of so many seconds in all need at most, in bytes. */
export function clipBytes(seconds: number): number {
  return Math.ceil(seconds * bytesPerSecond);
}

/** To millionths: sums of prices must not show the noise of binary fractions. */
function rounded(amount: number): number {
  return Math.round(amount * 1e6) / 1e6;
}
