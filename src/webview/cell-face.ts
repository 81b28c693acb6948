import type { Cell, CellState, ClipState, StillState } from './protocol.ts';
import type { Texts } from './text.ts';

/** What a cell looks like: how its scene is written and, once it is, how it is drawn and rendered. */
export type Face = CellState | StillState | 'rendering' | 'rendered' | 'stale' | 'renderFailed';

export const clipFaces: Readonly<Record<ClipState, Face>> = {
  running: 'rendering',
  failed: 'renderFailed',
  current: 'rendered',
  stale: 'stale',
};

export function faceOf({ state, still, clip }: Cell): Face {
  if (state !== 'written') return state;
  return clip === undefined ? (still ?? state) : clipFaces[clip];
}

/** A cell as it is read aloud: number, title, length, state, and what is to be looked at. */
export function cellLabel(cell: Cell, texts: Texts): string {
  const { flags } = cell;
  return texts.get(
    flags === undefined ? 'cell' : 'cellFlagged',
    cell.number,
    cell.title,
    texts.seconds(cell.seconds),
    texts.get(faceOf(cell)),
    flags?.join(' ') ?? '',
  );
}
