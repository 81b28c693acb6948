import { movedFile } from './real-file.ts';

/** A file, or a folder with all that is in it, has another path now; both are absolute. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * Where a file is after moves that were done one after the other, as VS Code does those of one edit: two files change
 * places by way of a third name.
 */
export function placeAfter(file: string, moves: readonly Move[]): string {
  return moves.reduce((place, { from, to }) => movedFile(place, from, to) ?? place, file);
}
