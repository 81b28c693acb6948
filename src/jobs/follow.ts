import path from 'node:path';
import { defined } from '../base/defined.ts';
import { lastFramePlaceOf } from './clip-frames.ts';
import { movableFiles, type JobRecord, type MovableFile } from './job.ts';
import { clipPlaceOf, hasClip, largePlaceOf } from './job-state.ts';

/** Where what a record names is by now. */
export interface Whereabouts {
  /** @returns where a file is that was in this place; the same where it has stayed */
  readonly file: (place: string) => string;
  /** The same of a script, by its address. */
  readonly script: (address: string) => string;
  /** The job's clip was not moved, whatever was with its path. */
  readonly clipStays: boolean;
}

/**
 * A record after files were moved; `undefined` where they were none of its own.
 *
 * What is still to come goes where it was promised: that place is claimed, and the take has its number by it.
 */
export function followed(record: JobRecord, now: Whereabouts): JobRecord | undefined {
  const { script, poster } = record;
  const before = { moved: record.moved, pictures: record.pictures, script, poster };
  const after: typeof before = {
    moved: movedAfter(record, now),
    pictures: record.pictures?.map((picture) => ({
      ...picture,
      path: now.file(picture.path),
      // What joined while the job waited has no name in the script.
      file: path.isAbsolute(picture.file) ? now.file(picture.file) : picture.file,
    })),
    script: now.script(script),
    poster: poster === undefined ? undefined : now.file(poster),
  };
  const isSame = JSON.stringify(after) === JSON.stringify(before);
  return isSame ? undefined : defined({ ...record, ...after });
}

/** The record where another clip was put in the place of the one that it had moved there. */
export function displaced(record: JobRecord): JobRecord {
  return withMoved(record, { ...record.moved, clip: undefined });
}

/** The record with a last frame that was taken once more, and came to its place. */
export function withFreshFrame(record: JobRecord): JobRecord {
  return withMoved(record, { ...record.moved, lastFrame: undefined });
}

function withMoved(
  record: JobRecord,
  moved: Readonly<Partial<Record<MovableFile, string | undefined>>>,
): JobRecord {
  const rest = defined(moved);
  return defined({ ...record, moved: Object.keys(rest).length === 0 ? undefined : rest });
}

function movedAfter(record: JobRecord, { file, clipStays }: Whereabouts): JobRecord['moved'] {
  const places: Readonly<Record<MovableFile, string | undefined>> = {
    clip: hasClip(record) ? clipPlaceOf(record) : undefined,
    large: largePlaceOf(record),
    lastFrame: lastFramePlaceOf(record),
  };
  const moved: Partial<Record<MovableFile, string>> = {};
  for (const one of movableFiles) {
    const place = places[one];
    if (place === undefined) continue;
    const before = record.moved?.[one] ?? place;
    const after = one === 'clip' && clipStays ? before : file(before);
    if (after !== place) moved[one] = after;
  }
  return Object.keys(moved).length === 0 ? undefined : moved;
}
