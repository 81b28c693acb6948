import type { MadeKind } from '../downloads/file-kind.ts';
import { defined } from '../base/defined.ts';
import type { RemoteJob } from '../studios/port.ts';
import type { ClipFrames } from './clip-frames.ts';
import type { JobPicture } from './job-pictures.ts';
import {
  currentOrder,
  renderOf,
  upscaleOf,
  type ChainLink,
  type JobOrder,
  type JobRecord,
  type OrderKind,
} from './job.ts';
import type { SceneId } from '../script/script-model.ts';
import { displaced, followed, withFreshFrame, type Whereabouts } from './follow.ts';
import { hasClip, isOver, isRetriable, stateOf } from './job-state.ts';
import { rulesOf } from './order-kinds.ts';
import { isOpen, nextOrder, type OrderEvent } from './order.ts';

type OwnTypes = 'saved' | 'expire' | 'found' | 'wake';

/** Everything that can happen to a job; what is an order's own is about the current one. */
export type JobEvent =
  | Exclude<OrderEvent, { readonly type: OwnTypes }>
  /** It is whole and in its place. */
  | {
      readonly type: 'saved';
      readonly video?: MadeKind | undefined;
      readonly bytes: number;
      readonly clipSeconds?: number | undefined;
      readonly note?: string | undefined;
    }
  /** `reason`: why the service has it no more, where that is not just for its age. */
  | { readonly type: 'expire'; readonly reason?: string | undefined }
  /** The poster has been seen to; `upscale`: the clip is to be enlarged as well. */
  | {
      readonly type: 'poster';
      readonly poster: string | undefined;
      readonly frames?: ClipFrames | undefined;
      readonly upscale: boolean;
    }
  /** The writer wants a clip enlarged that is there. */
  | { readonly type: 'upscale' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** Its clip goes to another place, because that which it had is somebody's. */
  | { readonly type: 'place'; readonly file: string }
  /** The writer has taken it off the list. */
  | { readonly type: 'unlist' }
  /** What it waited for is here, and goes along with it. */
  /** `sheet`: the job that drew it, of those that a still waits for. */
  | { readonly type: 'join'; readonly picture: JobPicture; readonly sheet?: string }
  /** What a clip goes on from does not come by itself; it waits, for that reason. Without one, it comes again. */
  | { readonly type: 'hold'; readonly why: string | undefined }
  /** A clip is rendered without a last frame to begin with. */
  | { readonly type: 'go-without'; readonly why: 'chosen' | 'missing' }
  /** The ends of the clip could be had after all. */
  | { readonly type: 'frames'; readonly frames: ClipFrames }
  /** The script has the picture now, or it is not to have it. */
  | { readonly type: 'settle' }
  /** Files were moved, its own or others, as these notes say. */
  | { readonly type: 'move'; readonly now: Whereabouts; readonly notes: readonly string[] }
  /** Another clip was put in the place of the one that it had moved there. */
  | { readonly type: 'displace'; readonly notes: readonly string[] }
  /** Scenes of its script have these numbers now, by id. */
  | { readonly type: 'renumber'; readonly numbers: ReadonlyMap<SceneId, number> }
  /** The answer to an order came to a window that had no say any more, and was left for this one. */
  | {
      readonly type: 'found';
      readonly kind: OrderKind;
      readonly remote: RemoteJob;
      readonly account?: string | undefined;
    }
  /** A new window found the job as the last one left it. */
  | { readonly type: 'wake'; readonly free: boolean };

/**
 * The record after an event, or `undefined` where the event does not apply. Pure: the caller adds the
 * time. What may be ordered when, the orders' own rule says (`order.ts`).
 */
export function next(record: JobRecord, event: JobEvent): JobRecord | undefined {
  const order = currentOrder(record);
  switch (event.type) {
    case 'pause':
      return isOver(record) || record.paused ? undefined : { ...record, paused: true };
    case 'resume':
      return record.paused ? { ...record, paused: false } : undefined;
    case 'move': {
      const after = followed(record, event.now);
      return after && { ...after, followed: event.notes };
    }
    case 'displace':
      return record.moved?.clip === undefined
        ? undefined
        : { ...displaced(record), followed: event.notes };
    case 'renumber':
      return renumbered(record, event.numbers);
    case 'place':
      return hasClip(record) ? undefined : { ...record, file: event.file };
    case 'unlist': {
      // A poster that is still to be made is not waited for.
      const taken: JobRecord = { ...record, posterTried: true, unlisted: true };
      return hasClip(taken) && isOver(taken) ? taken : undefined;
    }
    case 'join': {
      if (order.state !== 'queued') return undefined;
      const pictures = [...(record.pictures ?? []), event.picture];
      const { sheets = [] } = record;
      if (event.sheet !== undefined) {
        const left = sheets.filter((id) => id !== event.sheet);
        return defined({ ...record, pictures, sheets: left.length === 0 ? undefined : left });
      }
      return defined({ ...record, pictures, after: undefined, chain: linkOf(record) });
    }
    case 'hold': {
      const { chain, after } = record;
      const applies = order.state === 'queued' && after !== undefined && chain?.held !== event.why;
      return applies && chain !== undefined
        ? { ...record, chain: defined({ ...chain, held: event.why }) }
        : undefined;
    }
    case 'go-without': {
      const chain = linkOf(record);
      const applies = order.state === 'queued' && record.after !== undefined;
      return applies && chain !== undefined
        ? defined({ ...record, after: undefined, chain: { ...chain, without: event.why } })
        : undefined;
    }
    case 'frames':
      return hasClip(record) ? withFreshFrame({ ...record, frames: event.frames }) : undefined;
    case 'settle':
      return record.drawing === undefined || record.settled === true
        ? undefined
        : { ...record, settled: true };
    case 'poster':
      if (stateOf(record) !== 'saved') return undefined;
      return postered(record, event);
    case 'upscale':
      return stateOf(record) === 'done' && record.drawing === undefined
        ? enlarging(record)
        : undefined;
    case 'retry':
      return isRetriable(record) ? after({ ...record, paused: false }, order, event) : undefined;
    case 'submit':
      return record.paused ? undefined : after(record, order, event);
    case 'saved': {
      const isClip = order.kind === 'render';
      const clipSeconds = isClip ? event.clipSeconds : undefined;
      return after({ ...record, ...defined({ clipSeconds }) }, order, event);
    }
    case 'made':
    case 'skip':
      return rulesOf(order).isAlwaysSent ? undefined : after(record, order, event);
    case 'expire':
      return after(record, order, {
        type: 'expire',
        error: event.reason ?? rulesOf(order).words.expired?.(),
      });
    case 'wake':
      return after(record, order, { ...event, error: rulesOf(order).words.lost() });
    case 'found': {
      const found = record.orders.find(({ kind }) => kind === event.kind);
      return found === undefined ? undefined : after(record, found, event);
    }
    default:
      return after(record, order, event);
  }
}

function renumbered(
  record: JobRecord,
  numbers: ReadonlyMap<SceneId, number>,
): JobRecord | undefined {
  const { scene, chain } = record;
  const number = numbers.get(scene.id) ?? record.number;
  const before = chain && (numbers.get(chain.scene) ?? chain.number);
  if (number === record.number && before === chain?.number) return undefined;
  return defined({ ...record, number, chain: chain && { ...chain, number: before } }) as JobRecord;
}

function after(record: JobRecord, order: JobOrder, event: OrderEvent): JobRecord | undefined {
  const later = nextOrder(order, event);
  if (later === undefined) return undefined;
  const isEnd = rulesOf(later).endsPause && !isOpen(later) && later.state !== 'unclear';
  const [first, ...others] = record.orders.map((one) => (one === order ? later : one));
  return {
    ...record,
    ...(isEnd ? { paused: false } : {}),
    orders: [first ?? later, ...others],
  };
}

/** What it goes on from, and nothing of whether it had to wait for that. */
function linkOf({ chain }: JobRecord): ChainLink | undefined {
  return chain && { scene: chain.scene, number: chain.number };
}

function postered(
  record: JobRecord,
  { poster, frames, upscale }: Extract<JobEvent, { readonly type: 'poster' }>,
): JobRecord {
  const done: JobRecord = { ...record, posterTried: true, ...defined({ poster, frames }) };
  return upscale ? (enlarging(done) ?? done) : done;
}

/** Asked for, for the first time or once more: what the service still has is not ordered again. */
function enlarging(record: JobRecord): JobRecord | undefined {
  const upscale = upscaleOf(record);
  if (upscale !== undefined) return after(record, upscale, { type: 'retry' });
  const { account } = renderOf(record);
  const wanted: JobOrder = {
    kind: 'upscale',
    state: 'queued',
    attempt: 0,
    accounts: account === undefined ? [] : [account],
  };
  return { ...record, orders: [...record.orders, wanted] };
}
