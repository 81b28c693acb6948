import type { Cell, FilmView } from './protocol.ts';
import { isRunning } from './progress-view.ts';

/** What can be done with a film as a whole, at the stage that it is at. */
export type FilmAct =
  | 'pause'
  | 'resume'
  | 'cancel'
  | 'write'
  | 'writeMissing'
  | 'drawStills'
  | 'stillsComing'
  | 'render'
  | 'assemble';

/** The things to do now, what comes first foremost. */
export function actsOf(view: FilmView): readonly FilmAct[] {
  if (view.state === 'paused') return ['resume', 'cancel'];
  if (isRunning(view)) return ['pause', 'cancel'];
  const { totals, written, total, error, stills = 'off', cells } = view;
  const there = (totals?.rendered ?? 0) + (totals?.stale ?? 0);
  const toRender = written - (totals?.rendered ?? 0) - (totals?.rendering ?? 0);
  const wantsClips = totals !== undefined && toRender > 0;
  const isDrawing = (totals?.drawing ?? 0) > 0;
  const wantsStills = stills !== 'off' || (totals?.drawn ?? 0) > 0 || isDrawing;
  const draw = wantsClips && cells.some(isToBeDrawn) ? (['drawStills'] as const) : [];
  const canRender = wantsClips && (stills !== 'required' || mayAnyBeRendered(cells));
  return [
    // A failure itself offers the way on where it knows one.
    ...(error?.action === undefined ? toWrite(written, total) : []),
    // Who works with stills draws them first.
    ...(wantsStills ? draw : []),
    ...(canRender ? (['render'] as const) : []),
    ...(wantsClips && !canRender && isDrawing ? (['stillsComing'] as const) : []),
    // Others are told that they can, as long as no clip is there or on its way.
    ...(wantsStills || written < total || there + (totals?.rendering ?? 0) > 0 ? [] : draw),
    ...(total > 0 && there === total ? (['assemble'] as const) : []),
  ];
}

function toWrite(written: number, total: number): readonly FilmAct[] {
  if (total === 0) return ['write'];
  return written < total ? ['writeMissing'] : [];
}

/** A first frame would be of use for a clip of it. */
function isToBeDrawn(cell: Cell): boolean {
  return isToBeRendered(cell) && cell.still === undefined && cell.goesOn !== true;
}

function isToBeRendered({ state, clip }: Cell): boolean {
  return state === 'written' && clip !== 'current' && clip !== 'running';
}

/** Whether a clip would be ordered where first frames are required. */
function mayAnyBeRendered(cells: readonly Cell[]): boolean {
  return cells.some(
    (cell, index) =>
      isToBeRendered(cell) &&
      (cell.still === 'drawn' || (cell.goesOn === true && isSource(cells[index - 1]))),
  );
}

/** Whether another clip can go on from its one; one that is ordered first is looked at by itself. */
function isSource(before: Cell | undefined): boolean {
  return before?.playable === true || before?.clip === 'running';
}
