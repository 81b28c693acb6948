import { readFile, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { diskError } from '../../base/disk-error.ts';
import { writeFileAtomic } from '../../base/files.ts';
import type { Move } from '../../base/moves.ts';
import { syncFolder } from '../../base/sync.ts';
import { newName } from './generations.ts';

/** Where the notes are, in the folder of a store. */
const folderName = 'moves';

/** Lists those of them that all records have followed, until they are gone. */
const followedName = 'followed';

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
 * @throws ScenewrightError `disk`
 */
export async function leaveMoves(root: string, moves: readonly Move[], now: number): Promise<void> {
  const name = `${String(now).padStart(15, '0')}-${newName()}.json`;
  try {
    await writeFileAtomic(path.join(root, folderName, name), JSON.stringify(moves));
  } catch (error) {
    throw diskError(error, root);
  }
}

/** What was moved in this window, until a store holds word of it. */
export class UntoldMoves {
  private readonly root: string;
  private readonly waiting: { readonly moves: readonly Move[]; readonly now: number }[] = [];

  /** @param root the store's folder */
  constructor(root: string) {
    this.root = root;
  }

  add(moves: readonly Move[], now: number): void {
    this.waiting.push({ moves, now });
  }

  /**
   * Leave word of all; to be called one time after the other.
   *
   * @throws ScenewrightError `disk`; what is left then waits for the next time
   */
  async leave(): Promise<void> {
    for (let [next] = this.waiting; next !== undefined; [next] = this.waiting) {
      await leaveMoves(this.root, next.moves, next.now);
      this.waiting.shift();
    }
  }
}

/** The notes that wait, the oldest first; what cannot be read is set aside. */
export async function movesIn(root: string): Promise<readonly MoveNote[]> {
  const folder = path.join(root, folderName);
  await clearFollowed(folder);
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

/**
 * All records say what the notes do, also after a power cut. They go all at once, whatever ends in between: a file that
 * was moved and came back has no word of either in its record, and one of the notes alone would lead it astray.
 */
export async function forgetMoves(root: string, notes: readonly MoveNote[]): Promise<void> {
  const folder = path.join(root, folderName);
  const names = notes.map(({ name }) => name);
  await writeFileAtomic(path.join(folder, followedName), JSON.stringify(names));
  await clearFollowed(folder);
}

async function clearFollowed(folder: string): Promise<void> {
  const list = path.join(folder, followedName);
  const text = await readFile(list, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  for (const name of readNames(text)) await rm(path.join(folder, name), { force: true });
  await syncFolder(folder);
  await rm(list, { force: true });
}

function readNames(text: string): readonly string[] {
  try {
    const names: unknown = JSON.parse(text);
    return Array.isArray(names) ? names.map((name) => path.basename(String(name))) : [];
  } catch {
    return [];
  }
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
