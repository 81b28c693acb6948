import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isNamedLikeClip, isNamedLikePicture } from '../../downloads/clip-name.ts';

/** Of a folder with more clips and pictures only so many are looked at. */
const mostFiles = 2000;

/** The clips and pictures that a file or folder is, or holds; links in it are not followed, they may lead round in circles. */
export async function madeFilesIn(place: string): Promise<readonly string[]> {
  const info = await stat(place).catch(() => undefined);
  if (info?.isDirectory() !== true) return [place].filter(isMade);
  const files: string[] = [];
  const folders = [place];
  for (const folder of folders) {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const inside = path.join(folder, entry.name);
      if (entry.isDirectory()) folders.push(inside);
      else if (isMade(inside)) files.push(inside);
    }
    if (files.length >= mostFiles) break;
  }
  return files.slice(0, mostFiles);
}

function isMade(file: string): boolean {
  return isNamedLikeClip(file) || isNamedLikePicture(file);
}
