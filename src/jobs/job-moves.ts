import { stat } from 'node:fs/promises';
import path from 'node:path';
import { exists } from '../base/files.ts';
import { fileAfter, placeAfter, type Move } from '../base/moves.ts';
import { allFilesIn } from '../downloads/clip-name.ts';
import { allOf } from './all-of.ts';
import { currentOrder, renderOf, type JobRecord } from './job.ts';
import { clipFileOf, hasClip, isOver } from './job-state.ts';
import type { Job, JobTable } from './job-table.ts';
import { rulesOf } from './order-kinds.ts';
import { forgetMoves, movesIn } from './sharing/move-notes.ts';
import { spelledFor, type SpelledNote } from './sharing/spelled-moves.ts';

/** What scripts are called in records, and what that says of where they are. */
export interface ScriptAddresses {
  /** Absolute; absent for a script that is no file. */
  readonly fileOf: (address: string) => string | undefined;
  readonly addressOf: (file: string) => string;
}

export interface MoveTools {
  readonly table: JobTable;
  /** Of the store, where the notes are. */
  readonly folder: string;
  readonly scripts: ScriptAddresses;
  /** What a job has on its way is in another place now than it goes to. Resolves once nothing is done for it. */
  readonly breakOff: (job: Job) => Promise<void>;
  /** Go on with what was broken off. @param left where what there was of it is now */
  readonly beginAnew: (job: Job, left: string) => void;
}

/**
 * Let the jobs follow what was moved in any window, as the owner of their records. The notes that tell of it go once
 * all records say so on disk; a window that ends before that leaves them to the next, and none is followed twice.
 */
export async function followMoves(tools: MoveTools): Promise<void> {
  const { table, folder } = tools;
  const notes = await movesIn(folder);
  if (notes.length === 0) return;
  const jobs = [...table.all()];
  const all = new Map<string, News>();
  for (const root of new Set(jobs.map(({ record }) => record.root))) {
    all.set(root, newsOf(await spelledFor(root, notes)));
  }
  const onTheirWay = jobs.flatMap((job) => {
    const left = leftOf(job, newsFor(job, all));
    return left === undefined ? [] : [{ job, left }];
  });
  try {
    // One that comes in this very moment is moved as well, and its record has to say so first.
    await allOf(onTheirWay, ({ job }) => tools.breakOff(job));
    const names = notes.map(({ name }) => name);
    const isBehind = (job: Job): boolean => newsFor(job, all).notes.length === names.length;
    const owners = ownersOf(jobs.filter(isBehind));
    await allOf(jobs, (job) => follow(tools, job, newsFor(job, all), { owners, names }));
  } finally {
    for (const { job, left } of onTheirWay) tools.beginAnew(job, left);
  }
  await forgetMoves(folder, notes);
}

/** Notes, and all that they say. */
interface News extends Omit<SpelledNote, 'name'> {
  readonly notes: readonly SpelledNote[];
}

function newsOf(notes: readonly SpelledNote[]): News {
  return {
    notes,
    moves: notes.flatMap(({ moves }) => moves),
    real: notes.flatMap(({ real }) => real),
  };
}

/**
 * What a job has not followed yet.
 *
 * @param all by the job's folder
 */
function newsFor({ record: { followed, root } }: Job, all: ReadonlyMap<string, News>): News {
  const news = all.get(root) ?? newsOf([]);
  if (followed === undefined) return news;
  const notes = news.notes.filter(({ name }) => !followed.includes(name));
  return notes.length === news.notes.length ? news : newsOf(notes);
}

async function follow(
  { table, scripts }: MoveTools,
  job: Job,
  { notes, moves, real }: News,
  {
    owners,
    names,
  }: { readonly owners: ReadonlyMap<string, Job>; readonly names: readonly string[] },
): Promise<void> {
  // In memory it has followed some before, and perhaps the disk refused to hold that.
  if (notes.length < names.length) await table.save(job.record);
  const clip = fileAfter(clipFileOf(job.record), moves);
  const clipStays = clip === undefined || (await staysPut(job, clip, owners));
  const file = (place: string): string => {
    const after = placeAfter(place, moves);
    return after === place ? placeAfter(place, real) : after;
  };
  const script = (address: string): string => addressAfter(address, moves, scripts);
  await table.apply(job, { type: 'move', now: { file, script, clipStays }, notes: names });
  if (clip === undefined) await table.apply(job, { type: 'displace', notes: names });
}

/** Where a job's part is, or its clip, that is on its way to a place which was moved; nothing where it goes on. */
function leftOf({ record }: Job, { moves }: News): string | undefined {
  if (isOver(record)) return undefined;
  const place = rulesOf(currentOrder(record)).file(record);
  const { dir, base } = path.parse(place);
  const left = path.join(placeAfter(dir, moves), base);
  const isMoved = [dir, ...allFilesIn(place)].some((file) => placeAfter(file, moves) !== file);
  return isMoved ? left : undefined;
}

/**
 * Whether the clip of a job was none of what was moved, though its path was: another one has it by now, or the clip
 * came to it only after that.
 */
async function staysPut(
  job: Job,
  after: string,
  owners: ReadonlyMap<string, Job>,
): Promise<boolean> {
  const clip = clipFileOf(job.record);
  if (after === clip) return false;
  if ((owners.get(clip) ?? job) !== job) return true;
  const { bytes } = renderOf(job.record);
  return bytes !== undefined && (await sizeOf(clip)) === bytes && !(await exists(after));
}

async function sizeOf(file: string): Promise<number | undefined> {
  return await stat(file).then(
    ({ size }) => size,
    () => undefined,
  );
}

/** Whose clips were moved to where they are. */
function ownersOf(jobs: readonly Job[]): ReadonlyMap<string, Job> {
  return new Map(
    jobs.flatMap((job) => {
      const { clip } = job.record.moved ?? {};
      return clip === undefined ? [] : [[clip, job] as const];
    }),
  );
}

function addressAfter(
  address: string,
  moves: readonly Move[],
  { fileOf, addressOf }: ScriptAddresses,
): string {
  const file = fileOf(address);
  if (file === undefined) return address;
  const after = placeAfter(file, moves);
  return after === file ? address : addressOf(after);
}

/** The paths that clips of jobs were moved to: whatever they are called there, they are the takes that they were. */
export function movedClips(records: Iterable<JobRecord>): ReadonlySet<string> {
  return new Set(
    [...records].flatMap((record) => (hasClip(record) ? (record.moved?.clip ?? []) : [])),
  );
}
