import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Case } from './cases.ts';
import { checkFetched } from './contender.ts';
import type { Contender, Task } from './contender.ts';
import { middle } from './figures.ts';
import type { Figures } from './figures.ts';
import { addresses } from './clip-server.ts';
import type { Served } from './server.ts';

/** What one contender took for one case, in the middle of all rounds. */
export interface Result extends Figures {
  readonly case: Case;
  readonly contender: string;
}

export interface Rounds {
  readonly server: Served;
  /** Where the clips are fetched to. */
  readonly folder: string;
  readonly rounds: number;
}

/**
 * The same clips by everybody, turn after turn and round after round. In the first round it is
 * compared what they fetched, byte by byte.
 *
 * @param turns who is at it at the same time: one alone, or several where all of them only wait
 */
export async function alternate(
  { server, folder, rounds }: Rounds,
  what: Case,
  turns: readonly (readonly Contender[])[],
): Promise<Result[]> {
  const sizes = new Array<number>(what.files).fill(what.bytes);
  const task = { line: what.line, sizes, addresses: addresses(server, what.line, sizes) };
  const all = new Map(turns.flat().map(({ name }) => [name, [] as Figures[]]));
  for (let round = 0; round < rounds; round++) {
    for (const turn of turns) {
      const figures = await take(turn, task, folder, round === 0 ? server.fileOf : undefined);
      for (const [index, { name }] of turn.entries()) {
        all.get(name)?.push(...figures.slice(index, index + 1));
      }
    }
  }
  return [...all].map(([contender, figures]) => ({ case: what, contender, ...middle(figures) }));
}

/**
 * Some at the same time, each into a folder that is gone afterwards.
 *
 * @param fileOf as for {@link checkFetched}
 * @returns what each took, in their order
 */
export async function take(
  contenders: readonly Contender[],
  task: Omit<Task, 'folder'>,
  parent: string,
  fileOf?: (bytes: number) => string,
): Promise<Figures[]> {
  const folder = await mkdtemp(path.join(parent, 'turn-'));
  try {
    const entrants: { readonly contender: Contender; readonly own: Task }[] = [];
    for (const [index, contender] of contenders.entries()) {
      const own = { ...task, folder: path.join(folder, `${index}`) };
      await mkdir(own.folder);
      entrants.push({ contender, own });
    }
    const runs = entrants.map(({ contender, own }) => contender.run(own));
    // Until the last one has ended: checking would take some of the machine from those who run.
    await Promise.allSettled(runs);
    const figures = await Promise.all(runs);
    for (const { contender, own } of entrants) await checkFetched(contender.name, own, fileOf);
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
