import type { Charge } from '../money/money.ts';
import { currentOrder, renderOf, type JobRecord } from './job.ts';
import { isRetriable } from './job-state.ts';
import { isSentByRetry, mayBeTaken } from './order.ts';
import { rulesOf } from './order-kinds.ts';

/**
 * What all orders of a job cost that a service has taken, may have taken or is about to be sent, by
 * its list. Those that failed there count as well: nobody but the service knows whether it charges
 * for them. Nothing for jobs of a studio that needs no account.
 */
export function chargesOf(record: JobRecord): readonly Charge[] {
  return charges(record, true);
}

/** The same once the job is none any more, and nothing is about to be sent. */
export function chargesOnceRemoved(record: JobRecord): readonly Charge[] {
  return charges(record, false);
}

function charges(record: JobRecord, withQueued: boolean): readonly Charge[] {
  if (!isPaid(record)) return [];
  return record.orders.flatMap((order) => {
    const { state, remote, attempt } = order;
    const rules = rulesOf(order);
    const isDue = remote !== undefined || mayBeTaken(order);
    const isToBeSent = state === 'queued' && rules.isAlwaysSent && withQueued;
    const count = attempt + Number(isDue || isToBeSent);
    return Array.from({ length: count }, () => rules.price(record));
  });
}

/**
 * What a retry of a job orders anew; nothing where it only fetches what the service has already.
 *
 * @param upscales whether the job's studio enlarges clips
 */
export function chargesOfRetry(record: JobRecord, upscales: boolean): readonly Charge[] {
  const order = currentOrder(record);
  const rules = rulesOf(order);
  if (!isPaid(record) || !(rules.isAlwaysSent || upscales)) return [];
  return isRetriable(record) && isSentByRetry(order) ? [rules.price(record)] : [];
}

/** What enlarging a clip orders; nothing where this machine does it. */
export function chargesOfUpscale(record: JobRecord, upscales: boolean): readonly Charge[] {
  return isPaid(record) && upscales ? [undefined] : [];
}

function isPaid(record: JobRecord): boolean {
  const { accounts, account } = renderOf(record);
  return account !== undefined || accounts.length > 0;
}
