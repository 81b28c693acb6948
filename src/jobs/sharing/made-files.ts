import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isNamedLikeClip, isNamedLikePicture } from '../../downloads/clip-name.ts';

/** Of a folder with more clips and pictures only so many are looked at. */
const mostFiles = 2000;

/** The clips and pictures that a file or folder is, or holds. */
export async function madeFilesIn(place: string): Promise<readonly string[]> {
  const info = await stat(place).catch(() => undefined);
  if (info?.isDirectory() !== true) return [place].filter(isMade);
  const names = await readdir(place, { recursive: true }).catch(() => []);
  return names
    .filter(isMade)
    .slice(0, mostFiles)
    .map((name) => path.join(place, name));
}

function isMade(file: string): boolean {
  return isNamedLikeClip(file) || isNamedLikePicture(file);
}
