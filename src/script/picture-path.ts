import type { PicturePath } from './script-model.ts';

/** As a link has it: with signs that cannot stand in one as `%20`. */
export function pathIn(address: string): PicturePath {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
