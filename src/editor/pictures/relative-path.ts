import path from 'node:path';
import type { PicturePath } from '../../script/script-model.ts';

/** A path as scripts have it. */
export function relativePath(folder: string, file: string): PicturePath {
  return path.relative(folder, file).split(path.sep).join('/');
}
