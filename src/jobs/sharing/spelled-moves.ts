import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Move } from '../../base/moves.ts';
import { movedFile } from '../../base/real-file.ts';
import type { MoveNote } from './move-notes.ts';

/** What was moved, by the paths that are used within one folder. */
export interface SpelledNote extends MoveNote {
  /** The same by where all that really is, links resolved. */
  readonly real: readonly Move[];
}

/** A window may have come to a folder by another link than whoever wrote down what is in it. */
export async function spelledFor(
  root: string,
  notes: readonly MoveNote[],
): Promise<readonly SpelledNote[]> {
  const realRoot = await realpath(root).catch(() => root);
  const inRoot = (file: string, real: string): string =>
    movedFile(file, root, root) ?? movedFile(real, realRoot, root) ?? file;
  const spelled = async ({ name, moves }: MoveNote): Promise<SpelledNote> => {
    const real = await Promise.all(moves.map(realMove));
    const own = moves.map((move, index) => ({
      from: inRoot(move.from, real[index]?.from ?? move.from),
      to: inRoot(move.to, real[index]?.to ?? move.to),
    }));
    return { name, moves: own, real };
  };
  return await Promise.all(notes.map(spelled));
}

async function realMove({ from, to }: Move): Promise<Move> {
  return { from: await realPlace(from), to: await realPlace(to) };
}

/** A link that was moved itself is not followed. */
async function realPlace(file: string): Promise<string> {
  const { dir, base } = path.parse(file);
  return await realpath(dir).then(
    (real) => path.join(real, base),
    () => file,
  );
}
