import path from 'node:path';

/** What the files of posters end in. */
export const posterEndings = ['.jpg', '.png', '.webp', '.gif'] as const;
export type PosterEnding = (typeof posterEndings)[number];

/** Where the picture of a clip may be of which no record tells. */
export function picturesBeside(clip: string): readonly string[] {
  return posterEndings.map((ending) => besideClip(clip, ending));
}

/** A file of the name of a clip, with another ending. */
export function besideClip(clip: string, ending: PosterEnding): string {
  const { dir, name } = path.parse(clip);
  return path.join(dir, name + ending);
}
