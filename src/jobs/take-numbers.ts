import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isNamedLikeClip, isNamedLikePicture } from '../downloads/clip-name.ts';
import { foldedPath } from '../base/one-place.ts';
import type { JobRecord, NewJob } from './job.ts';
import { hasClip, mayStillCome } from './job-state.ts';
import { firstPlace, takeOf, takesAmong, takesIn, type TakeNames } from './take-place.ts';

/** What a scene's takes are numbered by. */
type Numbered = Pick<NewJob, 'script' | 'scene' | 'file' | 'takesBefore'>;

/**
 * The numbers that takes have by now, of all scenes: by the records of this window, whichever folder their
 * clips are in, and by the names of files, also of those that no record knows. What has ended without a
 * clip, and cannot bring one any more, has no number. Folders are looked into once.
 */
export class TakeNumbers {
  private readonly highest = new Map<string, number>();
  private readonly folders = new Map<string, Promise<TakeNames>>();

  constructor(records: Iterable<JobRecord>) {
    for (const record of records) {
      if (hasClip(record) || mayStillCome(record)) this.note(record, record.file);
    }
  }

  /** The number of a scene's last take; 0 where it has none. */
  async last(scene: Numbered): Promise<number> {
    const { file, takesBefore = 0 } = scene;
    const known = keysOf(scene, file).map((key) => this.highest.get(key) ?? 0);
    const there = takesIn(await this.namesIn(file), file).keys();
    return Math.max(takesBefore, ...known, ...there);
  }

  /** A take of a scene has this place from now on. */
  note(scene: Pick<NewJob, 'script' | 'scene'>, place: string): void {
    const take = takeOf(place);
    for (const key of keysOf(scene, firstPlace(place))) {
      this.highest.set(key, Math.max(take, this.highest.get(key) ?? 0));
    }
  }

  /** Those beside a file that are of its kind. */
  private namesIn(file: string): Promise<TakeNames> {
    const [folder, isPicture] = [path.dirname(file), isNamedLikePicture(file)];
    const key = JSON.stringify([folder, isPicture]);
    const known = this.folders.get(key) ?? lookInto(folder, isPicture);
    this.folders.set(key, known);
    return known;
  }
}

/** By its script and id, and by the place of its first take. A picture's number is that of its place alone. */
function keysOf({ script, scene }: Pick<NewJob, 'script' | 'scene'>, first: string): string[] {
  const place = foldedPath(first);
  return isNamedLikePicture(first) ? [place] : [JSON.stringify([script, scene.id]), place];
}

async function lookInto(folder: string, isPicture: boolean): Promise<TakeNames> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return takesAmong(
    entries.flatMap((entry) => (entry.isDirectory() ? [] : entry.name)),
    isPicture ? isNamedLikePicture : isNamedLikeClip,
  );
}
