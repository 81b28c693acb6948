import type { Cell, FilmView } from './protocol.ts';
import { isRunning } from './progress-view.ts';

/** What can be done with a film as a whole, at the stage that it is at. */
export type FilmAct =
  'pause' | 'resume' | 'cancel' | 'writeMissing' | 'drawStills' | 'render' | 'assemble';

/** The things to do now, what comes first foremost. */
export function actsOf(view: FilmView): readonly FilmAct[] {
  if (view.state === 'paused') return ['resume', 'cancel'];
  if (isRunning(view)) return ['pause', 'cancel'];
  const { totals, written, total, error } = view;
  const there = (totals?.rendered ?? 0) + (totals?.stale ?? 0);
  const toRender = written - (totals?.rendered ?? 0) - (totals?.rendering ?? 0);
  const canRender = totals !== undefined && toRender > 0;
  const toDraw = view.cells.filter(isToBeDrawn).length;
  const wantsStills =
    (view.stills ?? 'off') !== 'off' || (totals?.drawn ?? 0) + (totals?.drawing ?? 0) > 0;
  const draw = canRender && toDraw > 0 ? (['drawStills'] as const) : [];
  return [
    // A failure itself offers the way on where it knows one.
    ...(written < total && error?.action === undefined ? (['writeMissing'] as const) : []),
    // Who works with stills draws them first.
    ...(wantsStills ? draw : []),
    ...(canRender ? (['render'] as const) : []),
    // Others are told that they can, as long as no clip is there or on its way.
    ...(wantsStills || written < total || there + (totals?.rendering ?? 0) > 0 ? [] : draw),
    ...(total > 0 && there === total ? (['assemble'] as const) : []),
  ];
}

/** A first frame would be of use for a clip of it. */
function isToBeDrawn({ state, still, clip }: Cell): boolean {
  return state === 'written' && still === undefined && clip !== 'current' && clip !== 'running';
}
