import type { OrderEvent } from '../../../src/jobs/order.ts';

/** What can happen to an order and, in the same words, to the job whose current order it is. */
export const orderEvents = [
  { type: 'submit', account: 'account-1' },
  { type: 'submit', account: 'account-2' },
  { type: 'put-back' },
  { type: 'accepted', remote: { remoteId: 'r' } },
  { type: 'lost', error: 'lost' },
  { type: 'ready' },
  { type: 'fetch' },
  { type: 'doubt', doubt: { times: 1, since: 1, until: 2, why: 'not yet' } },
  { type: 'trust' },
  { type: 'made', bytes: 9 },
  { type: 'skip', note: 'no way' },
  { type: 'fail', stage: 'submit', error: 'e', retryable: true },
  { type: 'fail', stage: 'service', error: 'e', retryable: true },
  { type: 'fail', stage: 'poll', error: 'e', retryable: false },
  { type: 'fail', stage: 'download', error: 'e', retryable: true },
  { type: 'cancel', atService: true },
  { type: 'cancel', atService: false },
  { type: 'retry' },
] as const satisfies readonly OrderEvent[];
