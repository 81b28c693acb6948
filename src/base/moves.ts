import path from 'node:path';
import { memoize } from './memoize.ts';
import { movedFile, spellingKey } from './real-file.ts';

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
  const { from } = turnsOf(moves);
  let place = file;
  for (let turn = firstTurn(place, from); turn !== undefined;) {
    place = movedFile(place, turn.move.from, turn.move.to) ?? place;
    turn = firstTurn(place, from, turn.index + 1);
  }
  return place;
}

/** The same of a file that was there before them; `undefined` once another one was put in its place. */
export function fileAfter(file: string, moves: readonly Move[]): string | undefined {
  const { about } = turnsOf(moves);
  let place: string | undefined = file;
  for (let turn = firstTurn(file, about); place !== undefined && turn !== undefined;) {
    place = movedFile(place, turn.move.from, turn.move.to);
    turn = place === undefined ? undefined : firstTurn(place, about, turn.index + 1);
  }
  return place;
}

/** A move, and which it is of all. */
interface Turn {
  readonly index: number;
  readonly move: Move;
}

/** By the key of a path, the moves of what has that path, in order. */
type Turns = ReadonlyMap<string, readonly Turn[]>;

/** Of many moves nearly all are about something else than a file: by where they begin, and by where they begin or end. */
const turnsOf = memoize(
  (moves: readonly Move[]): { readonly from: Turns; readonly about: Turns } => {
    const from = new Map<string, Turn[]>();
    const about = new Map<string, Turn[]>();
    for (const [index, move] of moves.entries()) {
      const turn = { index, move };
      const [begin, end] = [spellingKey(move.from), spellingKey(move.to)];
      add(from, begin, turn);
      for (const key of new Set([begin, end])) add(about, key, turn);
    }
    return { from, about };
  },
);

function add(turns: Map<string, Turn[]>, key: string, turn: Turn): void {
  const same = turns.get(key);
  if (same === undefined) turns.set(key, [turn]);
  else same.push(turn);
}

/** The first from a number on that is about a file or a folder above it. */
function firstTurn(file: string, turns: Turns, since = 0): Turn | undefined {
  let first: Turn | undefined;
  for (let place = spellingKey(file), below = ''; place !== below; place = path.dirname(place)) {
    const turn = turns.get(place)?.find(({ index }) => index >= since);
    if (turn !== undefined && turn.index < (first?.index ?? Infinity)) first = turn;
    below = place;
  }
  return first;
}
