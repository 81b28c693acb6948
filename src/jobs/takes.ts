import path from 'node:path';
import type { JobRecord } from './job.ts';
import { clipFileOf, hasClip, isOver } from './job-state.ts';
import { firstPlace, takeOf, takesIn, type TakeNames } from './take-place.ts';

/** One render of a scene, as it stands. */
export interface Take {
  /** From 1; the higher, the later it was ordered. */
  readonly take: number;
  /** `here`: whole and on disk. `over`: it has ended without a clip, or the clip is gone. */
  readonly state: 'here' | 'coming' | 'over';
  /** Absolute path of the clip; only where it is on disk. */
  readonly file?: string;
  /** What is known of it; absent for a clip that nobody here has ordered. */
  readonly job?: JobRecord;
}

/** The disk at one moment. */
export interface ClipsOnDisk {
  readonly has: (file: string) => boolean;
  /** The names of the clips in a folder. */
  readonly namesIn: (folder: string) => TakeNames;
  /** Whether a clip was moved there: it is the take that it was, whatever it is called by now. */
  readonly isMoved: (file: string) => boolean;
  /** Whether a file is a video, by how it begins. */
  readonly isVideo: (file: string) => boolean;
}

/**
 * The takes of a scene, the first first: those that were ordered, and files that are named like takes.
 *
 * @param records of the scene's jobs, the oldest first
 * @param first where its first take would be by its name alone; absent where that is another scene's
 */
export function takesOf(
  records: readonly JobRecord[],
  first: string | undefined,
  disk: ClipsOnDisk,
): readonly Take[] {
  const byNumber = new Map<number, JobRecord[]>();
  for (const record of records) {
    const take = takeOf(record.file);
    byNumber.set(take, [...(byNumber.get(take) ?? []), record]);
  }
  const takes = new Map<number, Take>();
  for (const [take, ordered] of byNumber) takes.set(take, takeOfJobs(take, ordered, disk));
  const firsts = new Set(records.map(({ file }) => firstPlace(file)));
  if (first !== undefined) firsts.add(first);
  for (const place of firsts) {
    const folder = path.dirname(place);
    for (const [take, names] of takesIn(disk.namesIn(folder), place)) {
      const known = takes.get(take);
      if (known?.state === 'here') continue;
      const file = names
        .map((name) => path.join(folder, name))
        .find((one) => !disk.isMoved(one) && disk.isVideo(one));
      if (file === undefined) continue;
      // What is still coming for this number goes to another one.
      takes.set(take, { take, state: 'here', file });
    }
  }
  return [...takes.values()].sort((a, b) => a.take - b.take);
}

/** Of several jobs with one place, as earlier versions left them, the newest that has its clip there. */
function takeOfJobs(take: number, jobs: readonly JobRecord[], disk: ClipsOnDisk): Take {
  const job = jobs.findLast((record) => hasClip(record) && isHere(record, disk));
  if (job !== undefined) return { take, state: 'here', file: clipFileOf(job), job };
  const coming = jobs.findLast((record) => !isOver(record));
  const [newest] = [coming ?? jobs.at(-1)];
  const state = coming === undefined ? 'over' : 'coming';
  return { take, state, ...(newest === undefined ? {} : { job: newest }) };
}

/** Where another clip was moved to the place of one, that one is gone. */
function isHere(record: JobRecord, { has, isMoved }: ClipsOnDisk): boolean {
  const file = clipFileOf(record);
  return has(file) && (record.moved?.clip !== undefined || !isMoved(file));
}

/**
 * Which take of a scene counts: the one that the document names, as far as it is here, else the newest
 * that is.
 */
export function countingTake(takes: readonly Take[], chosen: number | undefined): Take | undefined {
  const here = takes.filter(({ state }) => state === 'here');
  return here.find(({ take }) => take === chosen) ?? here.at(-1);
}
