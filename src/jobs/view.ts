import { defined } from '../base/defined.ts';
import { currentOrder, renderOf, upscaleOf, type JobRecord, type JobView } from './job.ts';
import { clipFileOf, hasClip, largeClipOf, stateOf } from './job-state.ts';
import type { OrderDoubt } from './order.ts';
import { takeOf } from './take-place.ts';
import { rulesOf } from './order-kinds.ts';

/** What is known of a job beyond its record; lost with the window, and no loss. */
export interface Live {
  /** 0 to 1. */
  progress?: number;
  bytes?: number;
  total?: number;
  speed?: number;
  /** Why it is not getting on at the moment, though it has not failed. */
  note?: string;
  /** Until when, in milliseconds since the epoch, where that is known. */
  waitingUntil?: number;
}

interface Shown {
  readonly record: JobRecord;
  readonly live: Live;
}

/** The one place where a job becomes something to show. */
export function viewOf({ record, live }: Shown): JobView {
  const render = renderOf(record);
  const upscale = upscaleOf(record);
  const current = currentOrder(record);
  // While it is being tried once more there is nothing to wait for.
  const doubt = current.state === 'fetching' ? undefined : current.doubt;
  const large = upscale?.state === 'saved' ? upscale : undefined;
  const view: Loose<Required<JobView>> = {
    id: record.id,
    kind: record.drawing === undefined ? 'clip' : 'picture',
    drawing: record.drawing,
    take: takeOf(record.file),
    script: record.script,
    scene: record.number,
    sceneId: record.scene.id,
    title: record.scene.title,
    studio: record.studio,
    account: render.account,
    state: stateOf(record),
    paused: record.paused,
    stage: rulesOf(current).stage(current),
    progress: live.progress,
    bytes: live.bytes ?? render.bytes,
    total: live.total,
    speed: live.speed,
    file: hasClip(record) ? clipFileOf(record) : undefined,
    // A picture is its own.
    poster: record.drawing !== undefined && hasClip(record) ? clipFileOf(record) : record.poster,
    seconds: record.clipSeconds,
    upscaled: large && (large.madeHere === true ? 'scaled' : '4k'),
    upscaledFile: largeClipOf(record),
    error: current.error,
    note: live.note ?? doubt?.why ?? upscale?.note ?? render.note,
    waitingUntil: live.waitingUntil ?? waitOf(doubt),
  };
  return defined(view) as JobView;
}

/** Until when nothing is asked because of what the service said; absent where it is asked as usual. */
function waitOf(doubt: OrderDoubt | undefined): number | undefined {
  return doubt === undefined || doubt.times === 0 ? undefined : doubt.until;
}

type Loose<T> = { readonly [K in keyof T]: T[K] | undefined };
