import type { Cell, CellState, ClipState } from './protocol.ts';

/** What a cell looks like: how its scene is written and, once it is, how it is rendered. */
export type Face = CellState | 'rendering' | 'rendered' | 'stale' | 'renderFailed';

const clipFaces: Readonly<Record<ClipState, Face>> = {
  running: 'rendering',
  failed: 'renderFailed',
  current: 'rendered',
  stale: 'stale',
};

export function faceOf({ state, clip }: Cell): Face {
  return state === 'written' && clip !== undefined ? clipFaces[clip] : state;
}
