import { stat } from 'node:fs/promises';
import path from 'node:path';
import { exists } from '../base/files.ts';
import { placeAfter, type Move } from '../base/moves.ts';
import { movedFile } from '../base/real-file.ts';
import { allOf } from './all-of.ts';
import { currentOrder, renderOf, type JobRecord } from './job.ts';
import { clipFileOf, hasClip, isOver } from './job-state.ts';
import type { Job, JobTable } from './job-table.ts';
import { rulesOf } from './order-kinds.ts';
import { forgetMoves, movesIn, type MoveNote } from './sharing/move-notes.ts';

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
  /** What a job had on its way is in this place now, and not where it goes to. */
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
  const names = notes.map(({ name }) => name);
  const jobs = [...table.all()];
  const owners = ownersOf(jobs.filter((job) => newsFor(job, notes).length === notes.length));
  const clips = clipsAfter(jobs, notes);
  await allOf(jobs, async (job) => {
    const news = newsFor(job, notes);
    // In memory it has followed some before, and perhaps the disk refused to hold that.
    if (news.length < notes.length) await table.save(job.record);
    const clip = clips.get(job);
    const moves = news.flatMap((note) => note.moves);
    const clipStays = clip === undefined || (await staysPut(job, clip, owners));
    await follow(tools, job, moves, { clipStays, notes: names });
    if (clip === undefined) await table.apply(job, { type: 'displace', notes: names });
  });
  await forgetMoves(folder, notes);
}

/** What a job has not followed yet. */
function newsFor({ record }: Job, notes: readonly MoveNote[]): readonly MoveNote[] {
  return notes.filter(({ name }) => record.followed?.includes(name) !== true);
}

/** Where the clips are after all that was moved; nothing for one that another file was put in place of. */
function clipsAfter(
  jobs: readonly Job[],
  notes: readonly MoveNote[],
): ReadonlyMap<Job, string | undefined> {
  const clips = new Map(jobs.map((job) => [job, clipFileOf(job.record) as string | undefined]));
  for (const note of notes) {
    for (const { from, to } of note.moves) {
      for (const [job, clip] of clips) {
        if (clip === undefined || newsFor(job, [note]).length === 0) continue;
        const isReplaced = movedFile(clip, to, to) !== undefined;
        clips.set(job, movedFile(clip, from, to) ?? (isReplaced ? undefined : clip));
      }
    }
  }
  return clips;
}

async function follow(
  { table, scripts, beginAnew }: MoveTools,
  job: Job,
  moves: readonly Move[],
  { clipStays, notes }: { readonly clipStays: boolean; readonly notes: readonly string[] },
): Promise<void> {
  const file = (place: string): string => placeAfter(place, moves);
  const script = (address: string): string => addressAfter(address, moves, scripts);
  await table.apply(job, { type: 'move', now: { file, script, clipStays }, notes });
  if (isOver(job.record)) return;
  const place = rulesOf(currentOrder(job.record)).file(job.record);
  const left = path.join(file(path.dirname(place)), path.basename(place));
  if (left !== place) beginAnew(job, left);
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
