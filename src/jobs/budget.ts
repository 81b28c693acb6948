import type { ClipPrice } from '../studios/port.ts';
import { hasClip, type JobRecord, type Money } from './job.ts';
import { priceOf, sumOf, type MoneySum } from './money.ts';

/** What one order costs; absent where that is not known. */
export type Charge = Money | undefined;

/** Two amounts that differ by less than this are the same: sums are kept to millionths. */
const noise = 1e-9;

/**
 * What all orders of a job cost that a service has taken, may have taken or is about to be sent, by
 * its list. Renders that failed there count as well: nobody but the service knows whether it charges
 * for them. Nothing for jobs of a studio that needs no account.
 */
export function chargesOf(record: JobRecord): readonly Charge[] {
  if (!isPaid(record)) return [];
  const { attempt, state, remote, price, upscale } = record;
  const isOpen = remote !== undefined || ['queued', 'submitting', 'unclear'].includes(state);
  const isUpscaleOpen =
    upscale?.remote !== undefined || ['submitting', 'unclear'].includes(upscale?.step ?? '');
  return [
    ...Array.from({ length: attempt + Number(isOpen) }, () => price),
    // What an enlargement costs no service tells.
    ...Array.from({ length: (upscale?.attempt ?? 0) + Number(isUpscaleOpen) }, () => undefined),
  ];
}

/**
 * What a retry of a job orders anew; nothing where it only fetches what the service has already.
 *
 * @param upscales whether the job's studio enlarges clips
 */
export function chargesOfRetry(record: JobRecord, upscales: boolean): readonly Charge[] {
  if (!isPaid(record)) return [];
  if (hasClip(record)) return upscales && isUpscaleOver(record) ? [undefined] : [];
  const { state, stage, remote, price } = record;
  switch (state) {
    case 'unclear':
    case 'expired':
      return [price];
    case 'failed':
      return stage === 'poll' || stage === 'download' ? [] : [price];
    case 'cancelled':
      return remote === undefined ? [price] : [];
    default:
      return [];
  }
}

/** What enlarging a clip orders; nothing where this machine does it. */
export function chargesOfUpscale(record: JobRecord, upscales: boolean): readonly Charge[] {
  return isPaid(record) && upscales ? [undefined] : [];
}

function isPaid({ accounts, account }: JobRecord): boolean {
  return account !== undefined || (accounts ?? []).length > 0;
}

function isUpscaleOver({ upscale }: JobRecord): boolean {
  return ['failed', 'cancelled', 'unclear'].includes(upscale?.step ?? '');
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

/** What renders of so many seconds each cost. */
export function chargesOfClips(
  price: ClipPrice | undefined,
  seconds: readonly number[],
): readonly Charge[] {
  return seconds.map((one) => priceOf(price, one));
}

function amountOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The currency of the budget: the one in which all services list their prices. */
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
  return afterwards({ ordered, expected }) > budget + noise;
}

/** What will have been ordered, in the budget's currency, as far as it is known. */
export function afterwards({ ordered, expected }: Pick<Bill, 'ordered' | 'expected'>): number {
  const all = sumOf([...ordered.amounts, ...expected.amounts]);
  return all.amounts.find(({ currency }) => currency === budgetCurrency)?.amount ?? 0;
}

/** Both together. */
export function added(a: MoneySum, b: MoneySum): MoneySum {
  const { amounts } = sumOf([...a.amounts, ...b.amounts]);
  return { amounts, unknown: a.unknown + b.unknown };
}

function amountElsewhere({ amounts }: MoneySum): boolean {
  return amounts.some(({ currency, amount }) => currency !== budgetCurrency && amount > 0);
}
