import type { FilmView, ProgressView } from './protocol.ts';
import type { TextKey } from './strings.ts';
import type { Texts } from './text.ts';
import { activeBatches, batchCount, isBeingWritten } from './progress-view.ts';

/** The sentence that says how things stand. */
export function statusText(view: FilmView, texts: Texts): string {
  switch (view.state) {
    case 'idle':
      return view.total === 0 ? texts.get('statusEmpty') : restText('statusIdle', view, texts);
    case 'planning':
      return planningText(view, texts);
    case 'writing':
      return writingText(view, texts);
    case 'paused':
      return pausedText(view, texts);
    case 'failed':
      return restText('statusFailed', view, texts);
    case 'cancelled':
      return restText('statusCancelled', view, texts);
    case 'done':
      return doneText(view, texts);
  }
}

/** Everything is written; what counts then is how much of it is rendered. */
function doneText({ total, totals }: FilmView, texts: Texts): string {
  const there = (totals?.rendered ?? 0) + (totals?.stale ?? 0);
  if ((totals?.rendering ?? 0) > 0) return texts.get('statusRendering', there, total);
  return texts.get(there === total ? 'statusRendered' : 'statusDone', total);
}

/** What was begun is written to its end; only then nothing goes on. */
function pausedText({ cells }: FilmView, texts: Texts): string {
  const begun = cells.filter(isBeingWritten).length;
  if (begun === 0) return texts.get('statusPaused');
  return begun === 1 ? texts.get('statusPausingOne') : texts.get('statusPausing', begun);
}

function planningText({ planning }: ProgressView, texts: Texts): string {
  if (planning === undefined) return texts.get('statusPlanning');
  const { stage, done, of } = planning;
  switch (stage) {
    case 'core':
      return texts.get('statusPlanning');
    case 'outline':
      return texts.get('planOutlineOf', done, of);
  }
}

function writingText(view: ProgressView, texts: Texts): string {
  const { planning } = view;
  // Of how many batches there will be nothing can be said before all scenes are planned.
  if (planning !== undefined) return texts.get('statusBoth', planning.done, planning.of);
  const batches = batchCount(view);
  const active = activeBatches(view);
  if (batches < 2 || active.size === 0) return texts.get('statusWriting');
  const [first, last] = [Math.min(...active) + 1, Math.max(...active) + 1];
  return first === last
    ? texts.get('statusBatch', first, batches)
    : texts.get('statusBatches', first, last, batches);
}

/** What is in the script, and what is safe beside it. */
function restText(key: TextKey, view: ProgressView, texts: Texts): string {
  const inScript = view.cells.filter((cell) => cell.state === 'written').length;
  const kept = view.cells.filter((cell) => cell.state === 'kept').length;
  const text = texts.get(key, inScript, view.total);
  return kept === 0 ? text : `${text} · ${texts.get('statusKept', kept)}`;
}
