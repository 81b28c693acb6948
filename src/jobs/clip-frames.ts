import path from 'node:path';
import { readRegular } from '../base/enclosure/regular-file.ts';
import { mostPictureBytes, type PictureType } from '../studios/pictures.ts';
import { hashOf } from './job-pictures.ts';
import type { JobRecord } from './job.ts';
import { clipPlaceOf } from './job-state.ts';

/** What is known of the two ends of a clip, as it stands in its job's record. */
export interface ClipFrames {
  /** Of its last frame, which is kept beside it; absent where none could be had. */
  readonly last?: {
    readonly type: PictureType;
    /** Of its bytes, in hexadecimal. */
    readonly sha256: string;
  };
  /** What it begins and ends with, small, to measure cuts by: grids in base64. */
  readonly edges?: { readonly first: string; readonly last: string };
}

/** Takes the ends of clips that are here; a nicety that never fails a job. */
export interface FrameMaker {
  /**
   * @param returned the last frame as the service has made it, which goes before one that is decoded
   * @returns undefined where nothing could be had of it
   */
  take(
    record: JobRecord,
    returned: Uint8Array | undefined,
    signal: AbortSignal,
  ): Promise<ClipFrames | undefined>;
}

/** What the file of a picture ends in. */
export const pictureEndings = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/webp': '.webp',
} as const satisfies Readonly<Record<PictureType, string>>;

/** Where the last frame of a job's clip came to; absent where there is none. */
export function lastFramePlaceOf(record: JobRecord): string | undefined {
  const { last } = record.frames ?? {};
  return last && lastFrameBeside(clipPlaceOf(record), last.type);
}

/** Where it is; absent where there is none. */
export function lastFrameOf(record: JobRecord): string | undefined {
  return record.moved?.lastFrame ?? lastFramePlaceOf(record);
}

/** The same as it was taken; absent where it is not there any more, or another one. */
export async function readLastFrame(record: JobRecord): Promise<Uint8Array | undefined> {
  const place = lastFrameOf(record);
  const bytes = place === undefined ? undefined : await readRegular(place, mostPictureBytes);
  return bytes && hashOf(bytes) === record.frames?.last?.sha256 ? bytes : undefined;
}

/** Where the last frame of a clip goes: beside where that came to. */
export function lastFrameBeside(clip: string, type: PictureType): string {
  const { dir, name } = path.parse(clip);
  return path.join(dir, 'last-frames', name + pictureEndings[type]);
}
