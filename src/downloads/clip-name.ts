import path from 'node:path';
import { videoKinds, type VideoKind } from './file-kind.ts';

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

/** Glob pattern of all files that are named like clips. */
export const clipPattern = `**/*{${Object.values(endings).join(',')}}`;

/** Kinds that come seldom are found by their records alone. */
const usualKinds: readonly VideoKind[] = ['mp4', 'webm', 'mkv'];

/**
 * The name of a clip in its place: what it really is, whatever the place was named after when the clip
 * was ordered, for nobody could know then what would come.
 *
 * @param place path of an MP4
 */
export function clipFileIn(place: string, kind: VideoKind = 'mp4'): string {
  const { dir, name, ext } = path.parse(place);
  return ext === endings.mp4 ? path.join(dir, name + endings[kind]) : place;
}

/** Where a clip in a place may be of which nothing is known but the place, the likeliest first. */
export function likelyFilesIn(place: string): readonly string[] {
  return usualKinds.map((kind) => clipFileIn(place, kind));
}

/** Where any clip in a place may be, of whatever kind. */
export function allFilesIn(place: string): readonly string[] {
  return videoKinds.map((kind) => clipFileIn(place, kind));
}

/** Whether a file's name is that of a clip. */
export function isNamedLikeClip(file: string): boolean {
  return Object.values(endings).includes(path.extname(file).toLowerCase());
}
