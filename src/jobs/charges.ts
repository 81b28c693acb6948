import type { Charge } from '../money/money.ts';
import { currentOrder, renderOf, type JobOrder, type JobRecord } from './job.ts';
import { isRetriable } from './job-state.ts';
import { isSentByRetry, mayBeTaken } from './order.ts';
import { priceOfOrder, rulesOf } from './order-kinds.ts';

/**
 * What all orders of a job cost that a service has taken, may have taken or is about to be sent, by
 * its list. Those that failed there count as well: nobody but the service knows whether it charges
 * for them. Nothing for jobs of a studio that needs no account.
 */
export function chargesOf(record: JobRecord): readonly Charge[] {
  return charges(record, countOf);
}

/** The same once the job is none any more, and nothing is about to be sent. */
export function chargesOnceRemoved(record: JobRecord): readonly Charge[] {
  return charges(record, dueOf);
}

/** What of {@link chargesOf} nobody knows whether a service has taken it, because the answer was lost. */
export function unclearChargesOf(record: JobRecord): readonly Charge[] {
  return charges(record, ({ state }) => Number(state === 'unclear'));
}

/** The rest of it. */
export function clearChargesOf(record: JobRecord): readonly Charge[] {
  return charges(record, (order) => (order.state === 'unclear' ? order.attempt : countOf(order)));
}

/** @param timesOf how often an order counts */
function charges(record: JobRecord, timesOf: (order: JobOrder) => number): readonly Charge[] {
  if (!isPaid(record)) return [];
  return record.orders.flatMap((order) => {
    const times = timesOf(order);
    // What was said of the last time need not be true of those before.
    return Array.from({ length: times }, (_, index) =>
      index === times - 1 ? priceOfOrder(record, order) : rulesOf(order).price(record),
    );
  });
}

/** With what it is still to be sent for. */
function countOf(order: JobOrder): number {
  const isToBeSent =
    order.state === 'queued' && order.remote === undefined && rulesOf(order).isAlwaysSent;
  return dueOf(order) + Number(isToBeSent);
}

function dueOf(order: JobOrder): number {
  return order.attempt + Number(order.remote !== undefined || mayBeTaken(order));
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
