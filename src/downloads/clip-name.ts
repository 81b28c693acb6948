import path from 'node:path';
import {
  pictureKinds,
  videoKinds,
  type MadeKind,
  type PictureKind,
  type VideoKind,
} from './file-kind.ts';

/** By kind, what the name of a clip ends with. */
const endings: Readonly<Record<VideoKind, string>> = {
  mp4: '.mp4',
  webm: '.webm',
  mkv: '.mkv',
  // Not `.ts`, which an editor takes for a program.
  m2t: '.m2t',
  avi: '.avi',
  flv: '.flv',
};

/** The same of a picture that was ordered by itself. */
const pictureEndings: Readonly<Record<PictureKind, string>> = {
  png: '.png',
  jpg: '.jpg',
  webp: '.webp',
};

/** By what the place is named after, all that may come there. */
const byPlace: Readonly<Record<string, Readonly<Partial<Record<MadeKind, string>>>>> = {
  [endings.mp4]: endings,
  [pictureEndings.png]: pictureEndings,
};

/** Glob pattern of all files that are named like clips. */
export const clipPattern = `**/*{${Object.values(endings).join(',')}}`;

/** Kinds that come seldom are found by their records alone. */
const usualKinds: readonly VideoKind[] = ['mp4', 'webm', 'mkv'];

/**
 * The name of a clip or picture in its place: what it really is, whatever the place was named after when it
 * was ordered, for nobody could know then what would come.
 *
 * @param place path of an MP4, or of a PNG
 * @param kind absent where it is what the place says
 */
export function clipFileIn(place: string, kind?: MadeKind): string {
  const { dir, name, ext } = path.parse(place);
  const ending = kind === undefined ? undefined : byPlace[ext]?.[kind];
  return ending === undefined ? place : path.join(dir, name + ending);
}

/** The place that a clip or picture came to which is called so. */
export function placeOfFile(file: string): string {
  const { dir, name } = path.parse(file);
  return path.join(dir, name + (isNamedLikePicture(file) ? pictureEndings.png : endings.mp4));
}

/** Where a clip in a place may be of which nothing is known but the place, the likeliest first. */
export function likelyFilesIn(place: string): readonly string[] {
  return usualKinds.map((kind) => clipFileIn(place, kind));
}

/** Where any clip or picture in a place may be, of whatever kind. */
export function allFilesIn(place: string): readonly string[] {
  const kinds: readonly MadeKind[] = isNamedLikePicture(place) ? pictureKinds : videoKinds;
  return kinds.map((kind) => clipFileIn(place, kind));
}

/** Whether a file's name is that of a clip. */
export function isNamedLikeClip(file: string): boolean {
  return Object.values(endings).includes(path.extname(file).toLowerCase());
}

/** Whether a file's name is that of a picture that was ordered by itself. */
export function isNamedLikePicture(file: string): boolean {
  return Object.values(pictureEndings).includes(path.extname(file).toLowerCase());
}
