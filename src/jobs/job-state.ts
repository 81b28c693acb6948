import {
  currentOrder,
  finalStates,
  renderOf,
  upscaleOf,
  type JobRecord,
  type JobState,
} from './job.ts';
import { clipFileIn } from '../downloads/clip-name.ts';
import { isAtService, type OrderState } from './order.ts';
import { rulesOf } from './order-kinds.ts';

/** How a job stands, as it is shown: what follows from its orders. */
export function stateOf(record: JobRecord): JobState {
  if (hasClip(record) && !record.posterTried) return 'saved';
  const order = currentOrder(record);
  return rulesOf(order).states[order.state];
}

/** Whether nothing happens by itself any more. */
export function isOver(record: JobRecord): boolean {
  return finalStates.has(stateOf(record));
}

/** Whether the clip itself is in its place, whatever has become of its enlargement. */
export function hasClip(record: JobRecord): boolean {
  return renderOf(record).state === 'saved';
}

/** Where the clip came to, or will as far as is known, whether or not it was moved from there. */
export function clipPlaceOf(record: JobRecord): string {
  return clipFileIn(record.file, renderOf(record).video);
}

/** Where the clip is, or will be as far as is known. */
export function clipFileOf(record: JobRecord): string {
  return record.moved?.clip ?? clipPlaceOf(record);
}

/** Where the enlarged clip came to; absent where there is none. */
export function largePlaceOf(record: JobRecord): string | undefined {
  const upscale = upscaleOf(record);
  if (upscale?.state !== 'saved') return undefined;
  return clipFileIn(rulesOf(upscale).file(record), upscale.video);
}

/** Where the enlarged clip is; absent where there is none. */
export function largeClipOf(record: JobRecord): string | undefined {
  return record.moved?.large ?? largePlaceOf(record);
}

/** Whether the service has, or is still making, the clip of a job that has ended without it. */
export function isClipAtService(record: JobRecord): boolean {
  return isAtService(renderOf(record));
}

/** Whether its clip, or the larger one, may still come without anything being ordered. */
export function mayStillCome(record: JobRecord): boolean {
  return !isOver(record) || stateOf(record) === 'unclear' || isClipAtService(record);
}

/** Whether it failed, or its enlargement did, in a way that trying again by itself may mend. */
function mayBeRetried(record: JobRecord): boolean {
  const { state, retryable } = currentOrder(record);
  return state === 'failed' && retryable === true;
}

/**
 * How it stands with a clip that others go on from: it is here, comes by itself, waits for the writer, or has ended
 * without coming.
 */
export function chainStandingOf(record: JobRecord): 'here' | 'coming' | 'waiting' | 'over' {
  if (hasClip(record)) return record.posterTried ? 'here' : 'coming';
  if (isOver(record)) return 'over';
  return record.paused || isHeld(record) ? 'waiting' : 'coming';
}

/** Whether it waits for the writer, because what it goes on from does not come by itself. */
export function isHeld({ chain, after }: Pick<JobRecord, 'chain' | 'after'>): boolean {
  return after !== undefined && chain?.held !== undefined;
}

/** The states of an order that the writer may want to be tried again. */
const retriedStates: ReadonlySet<OrderState> = new Set([
  'failed',
  'cancelled',
  'expired',
  'unclear',
]);

/** Whether there is something to try again, by the writer's own wish. */
export function isRetriable(record: JobRecord): boolean {
  return retriedStates.has(currentOrder(record).state);
}

/**
 * What a retry is good for, wherever one is offered: it `helps` where the job may end better as it stands, and it
 * `asks` the writer to look first, or to change something, where it may cost twice, was not wanted any more, or would
 * fail again. Absent where there is nothing to try.
 */
export type Retry = 'helps' | 'asks';

/** @param isSuperseded a later job has made good what it failed to do */
export function retryOf(record: JobRecord, isSuperseded: boolean): Retry | undefined {
  if (!isRetriable(record)) return undefined;
  return mayBeRetried(record) && !isSuperseded ? 'helps' : 'asks';
}
