import { defined } from '../base/defined.ts';
import { t } from '../base/l10n.ts';
import {
  currentOrder,
  renderOf,
  upscaleOf,
  type JobRecord,
  type JobView,
  type WithoutFrame,
} from './job.ts';
import { clipFileOf, hasClip, isHeld, isOver, largeClipOf, retryOf, stateOf } from './job-state.ts';
import type { OrderDoubt } from './order.ts';
import { takeOf } from './take-place.ts';
import { rulesOf } from './order-kinds.ts';

/** What is known of a job beyond its record; lost with the window, and no loss. */
export interface Live {
  /** 0 to 1. */
  progress?: number;
  /** Orders before it in the service's queue. */
  ahead?: number;
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

/**
 * The one place where a job becomes something to show.
 *
 * @param isSuperseded as `Attempts` tells
 */
export function viewOf({ record, live }: Shown, isSuperseded = false): JobView {
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
    retry: retryOf(record, isSuperseded),
    superseded: isSuperseded ? true : undefined,
    stage: rulesOf(current).stage(current),
    ahead: live.ahead,
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
    note: live.note ?? doubt?.why ?? upscale?.note ?? render.note ?? chainNote(record),
    held: isHeld(record) && !isOver(record) ? true : undefined,
    waitingUntil: live.waitingUntil ?? waitOf(doubt),
  };
  return defined(view) as JobView;
}

/** What is to be told of how a clip goes on from the one before. */
function chainNote(record: JobRecord): string | undefined {
  const { chain, after } = record;
  if (chain === undefined) return undefined;
  const { number, held, without } = chain;
  if (after !== undefined) {
    if (isOver(record)) return undefined;
    return held ?? t('Waits for scene {0}, whose last frame it begins with.', number);
  }
  return without && withoutWords(without, number);
}

function withoutWords(without: WithoutFrame, number: number): string {
  switch (without) {
    case 'chosen':
      return t('Begins without the last frame of scene {0}, as you chose.', number);
    case 'missing':
      return t('Begins without the last frame of scene {0}, which could not be had.', number);
    case 'not-taken':
      return t(
        'Begins without the last frame of scene {0}, which the model does not take.',
        number,
      );
  }
}

/** Until when nothing is asked because of what the service said; absent where it is asked as usual. */
function waitOf(doubt: OrderDoubt | undefined): number | undefined {
  return doubt === undefined || doubt.times === 0 ? undefined : doubt.until;
}

type Loose<T> = { readonly [K in keyof T]: T[K] | undefined };
