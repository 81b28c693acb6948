import { readFile, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '../../base/files.ts';
import type { Move } from '../../base/moves.ts';
import { syncFolder } from '../../base/sync.ts';
import { newName } from './generations.ts';

/** Where the notes are, in the folder of a store. */
const folderName = 'moves';

/** What was moved in some window, for whoever owns the records that may name it. */
export interface MoveNote {
  /** Of no other note, ever. */
  readonly name: string;
  /** Done one after the other. */
  readonly moves: readonly Move[];
}

/**
 * Leave word of what was moved where the owner of a store finds it, be that now or when a window opens it again.
 *
 * @param root the store's folder
 * @param now in milliseconds since the epoch: notes are read in the order of time
 */
export async function leaveMoves(root: string, moves: readonly Move[], now: number): Promise<void> {
  const name = `${String(now).padStart(15, '0')}-${newName()}.json`;
  await writeFileAtomic(path.join(root, folderName, name), JSON.stringify(moves));
}

/** The notes that wait, the oldest first; what cannot be read is set aside. */
export async function movesIn(root: string): Promise<readonly MoveNote[]> {
  const folder = path.join(root, folderName);
  const names = await readdir(folder).catch(() => []);
  const notes: MoveNote[] = [];
  for (const name of names.filter((found) => found.endsWith('.json')).sort()) {
    const file = path.join(folder, name);
    const text = await readFile(file, 'utf8');
    const moves = readMoves(text);
    if (moves === undefined) await rename(file, `${file}.bad`).catch(() => undefined);
    else notes.push({ name, moves });
  }
  return notes;
}

/** All records say what the notes do, also after a power cut. */
export async function forgetMoves(root: string, notes: readonly MoveNote[]): Promise<void> {
  const folder = path.join(root, folderName);
  for (const { name } of notes) await rm(path.join(folder, name), { force: true });
  await syncFolder(folder);
}

function readMoves(text: string): readonly Move[] | undefined {
  try {
    const moves: unknown = JSON.parse(text);
    return Array.isArray(moves) && moves.every(isMove) ? moves : undefined;
  } catch {
    return undefined;
  }
}

function isMove(value: unknown): value is Move {
  const { from, to } = Object(value) as Partial<Record<keyof Move, unknown>>;
  return typeof from === 'string' && typeof to === 'string';
}
