import { statSync, type BigIntStats } from 'node:fs';
import path from 'node:path';

/** A path with all that some file systems do not tell apart made alike: case, and how letters are composed. */
export function foldedPath(file: string): string {
  return file.normalize('NFC').toLowerCase().normalize('NFC');
}

/**
 * Whether two paths that fold alike name one place on this disk: their folders are one. Where neither
 * folder is there yet, the system's usual disks tell.
 */
export function isOnePlace(a: string, b: string, platform = process.platform): boolean {
  if (a === b) return true;
  if (foldedPath(a) !== foldedPath(b)) return false;
  const [one, other] = [path.dirname(a), path.dirname(b)];
  const [first, second] = [statOf(one), statOf(other)];
  if (first !== undefined && second !== undefined) {
    return first.ino === second.ino && first.dev === second.dev;
  }
  // One of them alone is there: it would be found by the other name as well.
  if (first !== undefined || second !== undefined) return false;
  return ignoresCase(platform);
}

/** Whether the usual disks of a system know no difference between capital and small letters. */
export function ignoresCase(platform = process.platform): boolean {
  return platform === 'darwin' || platform === 'win32';
}

function statOf(folder: string): BigIntStats | undefined {
  try {
    return statSync(folder, { bigint: true });
  } catch {
    return undefined;
  }
}
