import type { FilmView, ProgressView } from './protocol.ts';
import { statusText } from './status.ts';
import type { Texts } from './text.ts';
import { batchCount, isPausing } from './progress-view.ts';

/**
 * What a screen reader should say about the step from one view to the next: a batch that is in the
 * script, a change of state, an error. Nothing for anything smaller.
 */
export function announcement(
  previous: FilmView | undefined,
  view: FilmView,
  texts: Texts,
): string | undefined {
  if (previous?.uri !== view.uri) return undefined;
  if (view.error !== undefined && view.error.message !== previous.error?.message) {
    return texts.get('stopped', view.error.message);
  }
  const ended = view.state === 'done' || view.state === 'cancelled';
  const batch = ended ? undefined : newlyWritten(previous, view);
  if (batch !== undefined) {
    return texts.get('batchWritten', batch + 1, batchCount(view), view.written, view.total);
  }
  if (view.outage !== undefined && previous.outage === undefined) {
    return texts.get('outage', texts.seconds(Math.ceil(view.outage.retryInMs / 1000)));
  }
  if (view.restingMs !== undefined && previous.restingMs === undefined) {
    return texts.get('resting', texts.seconds(Math.ceil(view.restingMs / 1000)));
  }
  const same =
    view.state === previous.state &&
    view.planning?.stage === previous.planning?.stage &&
    isRendering(view) === isRendering(previous) &&
    isPausing(view) === isPausing(previous);
  return same ? undefined : statusText(view, texts);
}

function isRendering({ totals }: FilmView): boolean {
  return (totals?.rendering ?? 0) > 0;
}

/** The last batch that is wholly written now and was not before. */
function newlyWritten(previous: ProgressView, view: ProgressView): number | undefined {
  const before = writtenBatches(previous);
  return [...writtenBatches(view)].filter((batch) => !before.has(batch)).at(-1);
}

function writtenBatches(view: ProgressView): ReadonlySet<number> {
  const batches = new Set<number>();
  const unfinished = new Set<number>();
  for (const { batch, state } of view.cells) {
    if (batch !== undefined) (state === 'written' ? batches : unfinished).add(batch);
  }
  for (const batch of unfinished) batches.delete(batch);
  return batches;
}
