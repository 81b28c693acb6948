import type { RemoteJob } from '../studios/port.ts';
import { clean, renewed, unbound, withoutRemote } from './marks.ts';
import { finalStates, type JobRecord, type JobStage } from './job.ts';
import { foundUpscale, nextUpscale, wantedUpscale } from './upscale-machine.ts';

/**
 * Everything that can happen to a job. While it is `upscaling`, an event is about the enlargement:
 * what is ordered, asked for and fetched then is the larger clip, by the same rules.
 */
export type JobEvent =
  /** The order goes out next, with this account; on disk before it does. */
  | { readonly type: 'submit'; readonly account?: string }
  /** The order surely was not taken; it may go out again later. */
  | { readonly type: 'put-back' }
  | { readonly type: 'accepted'; readonly remote: RemoteJob }
  /** The answer to the order was lost. */
  | { readonly type: 'lost'; readonly error: string }
  | { readonly type: 'ready' }
  | { readonly type: 'download' }
  /** The clip is whole and in its place. */
  | { readonly type: 'saved'; readonly bytes: number; readonly clipSeconds?: number }
  /** All that there is to do by default is done; `upscale`: it is to be enlarged as well. */
  | { readonly type: 'poster'; readonly poster: string | undefined; readonly upscale: boolean }
  /** The writer wants a clip enlarged that is there. */
  | { readonly type: 'upscale' }
  /** This machine has enlarged it. */
  | { readonly type: 'scaled'; readonly bytes: number }
  /** It cannot be enlarged here. */
  | { readonly type: 'skip'; readonly note: string }
  | {
      readonly type: 'fail';
      readonly stage: JobStage;
      readonly error: string;
      readonly retryable: boolean;
    }
  | { readonly type: 'expire' }
  /** `atService`: the service has stopped, or never began; there is nothing to come back to. */
  | { readonly type: 'cancel'; readonly atService: boolean }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** The script has another address now. */
  | { readonly type: 'move'; readonly script: string }
  /** The writer's own wish to try again; the only way out of a final state but `done`. */
  | { readonly type: 'retry' }
  /** The answer to an order came to a window that had no say any more, and was left for this one. */
  | {
      readonly type: 'found';
      readonly kind: 'render' | 'upscale';
      readonly remote: RemoteJob;
      readonly account?: string;
    }
  /** A new window found the job as the last one left it. */
  | { readonly type: 'wake'; readonly free: boolean };

/**
 * The record after an event, or `undefined` where the event does not apply in this state. Pure: the
 * caller adds the time.
 *
 * The rule that guards the writer's money: from `submitting`, a job gets back to `queued` only by
 * `put-back` (surely not taken) or, for a studio that is free, by `wake`; from `unclear` only by
 * `retry`, and otherwise on by `found`. So do the steps of an enlargement.
 */
export function next(record: JobRecord, event: JobEvent): JobRecord | undefined {
  const { state } = record;
  switch (event.type) {
    case 'pause':
      return finalStates.has(state) || record.paused ? undefined : { ...record, paused: true };
    case 'resume':
      return record.paused ? { ...record, paused: false } : undefined;
    case 'move':
      return record.script === event.script ? undefined : { ...record, script: event.script };
    case 'retry':
      return retried(record);
    case 'found':
      return event.kind === 'upscale' ? foundUpscale(record, event.remote) : found(record, event);
    default:
      return state === 'upscaling' ? nextUpscale(record, event) : nextRender(record, event);
  }
}

function nextRender(record: JobRecord, event: JobEvent): JobRecord | undefined {
  const { state } = record;
  switch (event.type) {
    case 'submit':
      return state === 'queued' && !record.paused ? ordered(record, event.account) : undefined;
    case 'put-back':
      return state === 'submitting' ? { ...unbound(record), state: 'queued' } : undefined;
    case 'accepted':
      return state === 'submitting'
        ? { ...clean(record), state: 'rendering', remote: event.remote }
        : undefined;
    case 'lost':
      return state === 'submitting'
        ? { ...record, state: 'unclear', stage: 'submit', error: event.error, retryable: false }
        : undefined;
    case 'ready':
      return state === 'rendering' ? { ...clean(record), state: 'ready' } : undefined;
    case 'download':
      return state === 'ready' ? { ...clean(record), state: 'downloading' } : undefined;
    case 'saved':
      return state === 'downloading' ? saved(record, event) : undefined;
    case 'poster': {
      if (state !== 'saved') return undefined;
      const { poster, upscale } = event;
      const done: JobRecord = {
        ...record,
        state: 'done',
        ...(poster === undefined ? {} : { poster }),
      };
      return upscale ? wantedUpscale(done) : done;
    }
    case 'upscale':
      return state === 'done' ? wantedUpscale(record) : undefined;
    case 'fail': {
      const { stage, error, retryable } = event;
      return failableAt[stage]?.includes(state) === true
        ? { ...record, state: 'failed', stage, error, retryable }
        : undefined;
    }
    case 'expire':
      return state === 'rendering' ? { ...clean(record), state: 'expired' } : undefined;
    case 'cancel':
      return cancelled(record, event.atService);
    case 'wake':
      return woken(record, event.free);
    default:
      return undefined;
  }
}

const failableAt: Readonly<Partial<Record<JobStage, readonly JobRecord['state'][]>>> = {
  submit: ['queued', 'submitting'],
  render: ['rendering'],
  poll: ['rendering'],
  download: ['ready', 'downloading'],
};

function ordered(record: JobRecord, account: string | undefined): JobRecord {
  const free = unbound(clean(record));
  return { ...free, state: 'submitting', ...(account === undefined ? {} : { account }) };
}

function saved(record: JobRecord, event: Extract<JobEvent, { readonly type: 'saved' }>): JobRecord {
  return {
    ...clean(record),
    state: 'saved',
    bytes: event.bytes,
    ...(event.clipSeconds === undefined ? {} : { clipSeconds: event.clipSeconds }),
  };
}

function cancelled(record: JobRecord, atService: boolean): JobRecord | undefined {
  switch (record.state) {
    // An order that is under way cannot be taken back: its answer has to be awaited first.
    case 'queued':
      return { ...withoutRemote(clean(record)), state: 'cancelled' };
    case 'rendering':
      return atService
        ? { ...renewed(clean(record)), state: 'cancelled' }
        : { ...clean(record), state: 'cancelled', stage: 'poll' };
    case 'ready':
    case 'downloading':
      return { ...clean(record), state: 'cancelled', stage: 'download' };
    default:
      return undefined;
  }
}

function retried(record: JobRecord): JobRecord | undefined {
  const again = { ...clean(record), paused: false };
  switch (record.state) {
    case 'unclear':
      return record.upscale?.step === 'unclear' ? wantedUpscale(again) : orderedAgain(again);
    case 'expired':
      return unbound({ ...renewed(again), state: 'queued' });
    case 'failed':
      if (record.stage === 'download') return { ...again, state: 'ready' };
      if (record.stage === 'poll') return { ...again, state: 'rendering' };
      if (record.stage === 'render') return unbound({ ...renewed(again), state: 'queued' });
      return unbound({ ...again, state: 'queued' });
    case 'cancelled':
      // What the service has made or is still making is fetched, not ordered anew.
      if (record.remote === undefined) return unbound({ ...again, state: 'queued' });
      return { ...again, state: record.stage === 'download' ? 'ready' : 'rendering' };
    case 'done': {
      const step = record.upscale?.step;
      return step === 'failed' || step === 'cancelled' ? wantedUpscale(again) : undefined;
    }
    default:
      return undefined;
  }
}

/**
 * The same order once more, under the same name and with the same account: a service that knows it
 * makes it only once, and any other account would be a second customer.
 */
function orderedAgain(record: JobRecord): JobRecord {
  const { account } = record;
  const accounts = account === undefined ? {} : { accounts: [account] };
  return unbound({ ...record, state: 'queued', ...accounts });
}

/** It was taken after all. Who has cancelled it meanwhile may still have it fetched. */
function found(
  record: JobRecord,
  { remote, account }: Extract<JobEvent, { readonly type: 'found' }>,
): JobRecord | undefined {
  const { state, stage } = record;
  if (record.remote !== undefined || record.upscale !== undefined) return undefined;
  const bound = { ...clean(record), remote, ...(account === undefined ? {} : { account }) };
  if (state === 'cancelled') return { ...bound, stage: 'poll' };
  const wasOrdered = state === 'unclear' || state === 'queued' || stage === 'submit';
  return wasOrdered ? { ...bound, state: 'rendering' } : undefined;
}

function woken(record: JobRecord, free: boolean): JobRecord | undefined {
  switch (record.state) {
    case 'submitting':
      if (free) return unbound({ ...record, state: 'queued' });
      return {
        ...record,
        state: 'unclear',
        stage: 'submit',
        retryable: false,
        error:
          'The editor closed while this render was being ordered, so it may or may not have been taken. Look at the service before you order it again.',
      };
    case 'downloading':
      return { ...record, state: 'ready' };
    default:
      return undefined;
  }
}
