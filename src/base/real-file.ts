import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { foldedPath, ignoresCase } from './one-place.ts';

/**
 * The one path of a file, the same for every way to name it: links resolved, letters composed. What
 * is not there is where it would be.
 */
export async function realFile(file: string): Promise<string> {
  try {
    return (await realpath(file)).normalize('NFC');
  } catch {
    const folder = path.dirname(file);
    if (folder === file) return file.normalize('NFC');
    return path.join(await realFile(folder), path.basename(file)).normalize('NFC');
  }
}

/** The one path that a file had which was renamed away, though another may bear its name by now. */
export async function formerFile(file: string): Promise<string> {
  return path.join(await realFile(path.dirname(file)), path.basename(file)).normalize('NFC');
}

/**
 * Where a file is once `from`, it or a folder above it, has become `to`; `undefined` where it was. Two spellings are one
 * name where the system's disks know no difference.
 */
export function movedFile(
  file: string,
  from: string,
  to: string,
  platform = process.platform,
): string | undefined {
  const names = file.split(path.sep);
  const above = from.split(path.sep);
  const isOneName = (name: string, other: string | undefined): boolean =>
    other !== undefined && spellingKey(name, platform) === spellingKey(other, platform);
  if (!above.every((name, i) => isOneName(name, names[i]))) return undefined;
  return names.length === above.length ? to : path.join(to, ...names.slice(above.length));
}

/** What all spellings of a name or path have in common that the system's disks know no difference between. */
export function spellingKey(name: string, platform = process.platform): string {
  return ignoresCase(platform) ? foldedPath(name) : name;
}
