import type { PicturePath } from './script-model.ts';

/** As a link has it: with signs that cannot stand in one as `%20`. */
export function pathIn(address: string): PicturePath {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** What cannot stand in a link as it is, or means something else there. */
const special = /[\s()<>[\]\\%&"'`*?#:!|~^{}]/gu;

/** The same the other way round: a path as a link of Markdown has it. Letters of all languages stay readable. */
export function linkOf(path: PicturePath): string {
  return path.replace(special, (sign) =>
    [...Buffer.from(sign)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );
}
