import type { OrderDoubt } from '../order.ts';

/**
 * The waits before a service is asked again that answered, but not with what must be there: seconds
 * first, since most such moments are short, and minutes in all, since it may be starting anew.
 */
const waitsMs: readonly number[] = [5000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000, 60_000];

/** For how long a service is asked in all, in whole minutes. */
export const patienceMinutes = Math.round(waitsMs.reduce((sum, ms) => sum + ms) / 60_000);

/** For how long it is believed that an order gets on of which the service says nothing that is understood. */
export const beliefMs = 60 * 60_000;

/**
 * What to note of one more such answer; `undefined` when that is enough.
 *
 * @param before what is noted of those before it
 * @param leastMs for how long the service itself wants to be left alone
 */
export function nextDoubt(
  before: OrderDoubt | undefined,
  why: string,
  now: number,
  leastMs = 0,
): OrderDoubt | undefined {
  const times = (before?.times ?? 0) + 1;
  const wait = waitsMs[times - 1];
  if (wait === undefined) return undefined;
  const since = before === undefined || before.times === 0 ? now : before.since;
  return { times, since, until: now + Math.max(wait, Math.ceil(leastMs)), why };
}
