import { budgetCurrency } from './budget.ts';
import { rounded, type Charge } from './money.ts';

/** The price of one clip: so much each, and so much for each of its seconds. */
export interface ClipPrice {
  /** ISO 4217 code, such as `USD`. */
  readonly currency: string;
  readonly perClip: number;
  readonly perSecond: number;
}

/** Money per million tokens, in whatever currency the writer thinks in; both 0 when unknown. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
}

export interface Tokens {
  readonly input: number;
  readonly output: number;
}

/** What a clip of so many seconds costs; absent where the service does not tell. */
export function priceOf(price: ClipPrice | undefined, seconds: number): Charge {
  if (price === undefined) return undefined;
  const amount = rounded(price.perClip + price.perSecond * seconds);
  return { currency: price.currency, amount };
}

/** What renders of so many seconds each cost. */
export function chargesOfClips(
  price: ClipPrice | undefined,
  seconds: readonly number[],
): readonly Charge[] {
  return seconds.map((one) => priceOf(price, one));
}

/** The writer's own word on what clips cost, before that of the studio. */
export function chosenPrice(
  own: { readonly perClip?: number | undefined; readonly perSecond?: number | undefined },
  listed: ClipPrice | undefined,
): ClipPrice | undefined {
  const perClip = amountOf(own.perClip);
  const perSecond = amountOf(own.perSecond);
  if (perClip === undefined && perSecond === undefined) return listed;
  return {
    currency: listed?.currency ?? budgetCurrency,
    perClip: perClip ?? 0,
    perSecond: perSecond ?? 0,
  };
}

function amountOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** What so many tokens cost. */
export function costOf(price: TokenPrice, { input, output }: Tokens): number {
  return (input * price.input + output * price.output) / 1e6;
}
