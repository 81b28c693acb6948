import { finalStates, type JobView } from '../../jobs/job.ts';

/** What the list of video jobs can be narrowed down to. */
export const jobFilters = ['all', 'running', 'failed', 'stale'] as const;
export type JobFilter = (typeof jobFilters)[number];

export function isJobFilter(value: unknown): value is JobFilter {
  return (jobFilters as readonly unknown[]).includes(value);
}

/**
 * @param stale whether the scene's picture has changed in the script since the clip was rendered
 */
export function fitsFilter(filter: JobFilter, view: JobView, stale: boolean): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'running':
      return isUnfinished(view);
    case 'failed':
      return needsAttention(view);
    case 'stale':
      return stale;
  }
}

/** Something is still to be done, also where the writer has paused it. */
export function isUnfinished({ state }: JobView): boolean {
  return !finalStates.has(state);
}

/** Gets on by itself. */
export function isUnderWay(view: JobView): boolean {
  return isUnfinished(view) && !view.paused && view.held !== true;
}

/** Waits for the writer to let it go on. */
export function isPaused(view: JobView): boolean {
  return isUnfinished(view) && view.paused;
}

/** Did not end well and was made good by no other, or does not get on, so that the writer has to decide; also a clip whose enlargement failed. */
export function needsAttention({ state, error, held, superseded }: JobView): boolean {
  if (held === true) return true;
  if (superseded === true) return false;
  if (state === 'done') return error !== undefined;
  return state === 'failed' || state === 'expired' || state === 'unclear';
}
