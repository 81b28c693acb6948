import type { MadeKind } from '../downloads/file-kind.ts';
import { defined } from '../base/defined.ts';
import type { Money } from '../money/money.ts';
import type { RemoteJob } from '../studios/port.ts';

export const orderStates = [
  /** Nothing has been sent. */
  'queued',
  /** On its way out: from here on nobody knows whether it was taken, until the answer is in. */
  'submitting',
  /** The service has taken it, and is at work. */
  'accepted',
  /** The service has finished it. */
  'ready',
  'fetching',
  /** Whole and in its place. */
  'saved',
  /** It cannot be had; the note says why. Nothing has failed. */
  'skipped',
  'failed',
  'cancelled',
  /** The service has it no more. */
  'expired',
  /** It may have been taken: the answer was lost. */
  'unclear',
] as const;
export type OrderState = (typeof orderStates)[number];

/** The states in which an order gets on by itself. */
const openStates: ReadonlySet<OrderState> = new Set([
  'queued',
  'submitting',
  'accepted',
  'ready',
  'fetching',
]);

export const orderStages = ['submit', 'service', 'poll', 'download'] as const;
/**
 * What an order was at when it failed. `service` is the service's own failure: only a new order
 * helps, while after `poll` and `download` the service still has it.
 */
export type OrderStage = (typeof orderStages)[number];

/**
 * What a service answered, again and again, that leaves it open what has become of an order: not how
 * it stands, or not the clip that it calls finished. On disk, so that no reload begins to count anew.
 */
export interface OrderDoubt {
  /** How often in a row, from 1. */
  readonly times: number;
  /** The first time, in milliseconds since the epoch. */
  readonly since: number;
  /** When it is asked again, in milliseconds since the epoch. */
  readonly until: number;
  /** What it said, for the writer. */
  readonly why: string;
}

/** One paid thing asked of a service, as it stands on disk before each step that it promises. */
export interface Order {
  readonly state: OrderState;
  /** How many of its kind the service has accepted so far and are over; 0 at first. */
  readonly attempt: number;
  /** Ids of the accounts that it may go out with; none for a service without accounts. */
  readonly accounts: readonly string[];
  /** Id of the one that it went out with, on disk before it did: asked and fetched by it too. */
  readonly account?: string;
  /** What the service calls it, from the moment that it was accepted. */
  readonly remote?: RemoteJob;
  /** How long the service was at work on it, in milliseconds, where it tells. */
  readonly ranMs?: number;
  /** What the service has taken for it, where it tells. */
  readonly charged?: Money;
  /** Size of what is in its place. */
  readonly bytes?: number;
  /** Made on this machine, without a service. */
  readonly madeHere?: boolean;
  /** What went wrong last; also, where it was cancelled, how far the service had got. */
  readonly stage?: OrderStage;
  readonly error?: string;
  /** Worth trying again with all others, without a closer look. */
  readonly retryable?: boolean;
  /** Why it was skipped, or what is worth knowing of what is in its place. */
  readonly note?: string;
  readonly doubt?: OrderDoubt;
  /** What kind of video or picture came, where it is none that its place is named after. */
  readonly video?: MadeKind;
}

export type OrderEvent =
  /** It goes out next, with this account; on disk before it does. */
  | { readonly type: 'submit'; readonly account?: string | undefined }
  /** It surely was not taken, and may go out again later. */
  | { readonly type: 'put-back' }
  | { readonly type: 'accepted'; readonly remote: RemoteJob }
  /** The answer was lost. */
  | { readonly type: 'lost'; readonly error: string }
  | {
      readonly type: 'ready';
      readonly ranMs?: number | undefined;
      readonly charged?: Money | undefined;
    }
  | { readonly type: 'fetch' }
  /** The service has answered, but not with what must be there; it is asked again. */
  | { readonly type: 'doubt'; readonly doubt: OrderDoubt }
  /** It has said how the order stands. */
  | { readonly type: 'trust' }
  | {
      readonly type: 'saved';
      readonly bytes: number;
      readonly note?: string | undefined;
      readonly video?: MadeKind | undefined;
    }
  /** This machine has made it. */
  | { readonly type: 'made'; readonly bytes: number }
  | { readonly type: 'skip'; readonly note: string }
  | {
      readonly type: 'fail';
      readonly stage: OrderStage;
      readonly error: string;
      readonly retryable: boolean;
    }
  | { readonly type: 'expire'; readonly error?: string | undefined }
  /** `atService`: the service has stopped, or never began; there is nothing to come back to. */
  | { readonly type: 'cancel'; readonly atService: boolean }
  /** The writer's own wish to try again. */
  | { readonly type: 'retry' }
  /** The answer came to somebody who had no say any more, and was left for us: it was taken. */
  | { readonly type: 'found'; readonly remote: RemoteJob; readonly account?: string | undefined }
  /** A new window found it as the last one left it; `error`: what is to be said if that is unclear. */
  | { readonly type: 'wake'; readonly free: boolean; readonly error: string };

const failableAt: Readonly<Record<OrderStage, readonly OrderState[]>> = {
  submit: ['queued', 'submitting'],
  // Some only tell when they are asked for what they have finished.
  service: ['accepted', 'ready', 'fetching'],
  poll: ['accepted'],
  download: ['ready', 'fetching'],
};

/** Whether something is left to do that gets on by itself. */
export function isOpen({ state }: Order): boolean {
  return openStates.has(state);
}

/**
 * The order after an event, or `undefined` where the event does not apply in this state. Pure.
 *
 * The rule that guards the writer's money: from `submitting`, an order gets back to `queued` only by
 * `put-back` (surely not taken) or, for a service that is free, by `wake`; from `unclear` only by
 * `retry`, and otherwise on by `found`.
 */
export function nextOrder<T extends Order>(order: T, event: OrderEvent): T | undefined {
  const change = changeBy(order, event);
  return change === undefined ? undefined : (defined({ ...order, ...change }) as T);
}

type Change = { readonly [K in keyof Order]?: Order[K] | undefined };

/** Without the marks of what went wrong before. */
const clean = {
  stage: undefined,
  error: undefined,
  retryable: undefined,
  note: undefined,
  doubt: undefined,
};

function changeBy(order: Order, event: OrderEvent): Change | undefined {
  const when = (state: OrderState, change: Change): Change | undefined =>
    order.state === state ? change : undefined;
  switch (event.type) {
    case 'submit':
      return when('queued', { ...clean, state: 'submitting', account: event.account });
    case 'put-back':
      return when('submitting', unsent);
    case 'accepted':
      return when('submitting', { ...clean, state: 'accepted', remote: event.remote });
    case 'lost':
      return when('submitting', unclear(event.error));
    case 'ready':
      return when('accepted', {
        ...clean,
        state: 'ready',
        ranMs: event.ranMs,
        charged: event.charged,
      });
    case 'fetch':
      // That it was not there before counts until it is.
      return when('ready', { ...clean, doubt: order.doubt, state: 'fetching' });
    case 'doubt':
      return doubted(order, event.doubt);
    case 'trust':
      return order.doubt === undefined ? undefined : when('accepted', { doubt: undefined });
    case 'saved': {
      const { bytes, note } = event;
      const video = event.video === 'mp4' || event.video === 'png' ? undefined : event.video;
      return when('fetching', { ...clean, state: 'saved', bytes, note, video });
    }
    case 'made':
      return when('queued', { ...clean, state: 'saved', bytes: event.bytes, madeHere: true });
    case 'skip':
      return when('queued', { ...clean, state: 'skipped', note: event.note });
    case 'fail': {
      const { stage, error, retryable } = event;
      const applies = failableAt[stage].includes(order.state);
      return applies ? { ...clean, state: 'failed', stage, error, retryable } : undefined;
    }
    case 'expire': {
      const { error } = event;
      const retryable = error === undefined ? undefined : false;
      return when('accepted', { ...clean, state: 'expired', error, retryable });
    }
    case 'cancel':
      return cancelled(order, event.atService);
    case 'retry':
      return retried(order);
    case 'found':
      return found(order, event);
    case 'wake':
      if (order.state === 'fetching') return { state: 'ready' };
      return when('submitting', event.free ? unsent : unclear(event.error));
  }
}

/** Back in the queue, free to go out with any of its accounts. */
const unsent: Change = { state: 'queued', account: undefined };

function unclear(error: string): Change {
  return { state: 'unclear', stage: 'submit', error, retryable: false };
}

/** Without what the service had of it, and ready to go out under a name of its own. */
function renewed({ attempt }: Order): Change {
  return { remote: undefined, ranMs: undefined, charged: undefined, attempt: attempt + 1 };
}

/** It stays the service's, whose turn it is to do better. */
function doubted({ state }: Order, doubt: OrderDoubt): Change | undefined {
  if (state === 'accepted') return { doubt };
  return state === 'ready' || state === 'fetching' ? { state: 'ready', doubt } : undefined;
}

function cancelled(order: Order, atService: boolean): Change | undefined {
  const over: Change = { ...clean, state: 'cancelled' };
  switch (order.state) {
    // One that is under way cannot be taken back: its answer has to be awaited first.
    case 'queued':
      return { ...over, remote: undefined };
    case 'accepted':
      return atService ? { ...over, ...renewed(order) } : { ...over, stage: 'poll' };
    case 'ready':
    case 'fetching':
      return { ...over, stage: 'download' };
    default:
      return undefined;
  }
}

function retried(order: Order): Change | undefined {
  const again: Change = { ...clean, ...unsent };
  const { state, stage, account, remote } = order;
  const fetched: Change = { ...clean, state: stage === 'download' ? 'ready' : 'accepted' };
  switch (state) {
    case 'unclear':
      // Under the same name and with the same account: a service that knows it makes it only once,
      // and any other account would be a second customer.
      return account === undefined ? again : { ...again, accounts: [account] };
    case 'expired':
      return { ...again, ...renewed(order) };
    case 'failed':
      if (stage === 'service') return { ...again, ...renewed(order) };
      return stage === 'poll' || stage === 'download' ? fetched : again;
    case 'skipped':
    case 'cancelled':
      // What the service has made or is still making is fetched, not ordered anew.
      return remote === undefined ? again : fetched;
    default:
      return undefined;
  }
}

/** It was taken after all. Who has cancelled it meanwhile may still have it fetched. */
function found(
  { state, stage, account, remote }: Order,
  event: Extract<OrderEvent, { readonly type: 'found' }>,
): Change | undefined {
  if (remote !== undefined) return undefined;
  const bound = { ...clean, remote: event.remote, account: event.account ?? account };
  if (state === 'cancelled') return { ...bound, stage: 'poll' };
  const mayBe =
    state === 'unclear' || state === 'queued' || (state === 'failed' && stage === 'submit');
  return mayBe ? { ...bound, state: 'accepted' } : undefined;
}

/** Whether a service may have taken it without anybody knowing. */
export function mayBeTaken({ state }: Order): boolean {
  return state === 'submitting' || state === 'unclear';
}

/** Whether the service has, or is still making, what this one has ended without. */
export function isAtService({ state, stage, remote }: Order): boolean {
  const brokeOff = state === 'cancelled' || state === 'failed';
  return brokeOff && remote !== undefined && (stage === 'poll' || stage === 'download');
}

/** Whether the writer's retry would send it, and not just fetch what the service has. */
export function isSentByRetry(order: Order): boolean {
  return nextOrder(order, { type: 'retry' })?.state === 'queued';
}
