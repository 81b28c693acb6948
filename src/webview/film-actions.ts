import type { FilmView } from './protocol.ts';
import { isRunning } from './progress-view.ts';

/** What can be done with a film as a whole, at the stage that it is at. */
export type FilmAct = 'pause' | 'resume' | 'cancel' | 'writeMissing' | 'render' | 'assemble';

/** The things to do now, what comes first foremost. */
export function actsOf(view: FilmView): readonly FilmAct[] {
  if (view.state === 'paused') return ['resume', 'cancel'];
  if (isRunning(view)) return ['pause', 'cancel'];
  const { totals, written, total, error } = view;
  const there = (totals?.rendered ?? 0) + (totals?.stale ?? 0);
  const toRender = written - (totals?.rendered ?? 0) - (totals?.rendering ?? 0);
  return [
    // A failure itself offers the way on where it knows one.
    ...(written < total && error?.action === undefined ? (['writeMissing'] as const) : []),
    ...(totals !== undefined && toRender > 0 ? (['render'] as const) : []),
    ...(total > 0 && there === total ? (['assemble'] as const) : []),
  ];
}
