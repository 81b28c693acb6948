import { lstat, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** What nobody has written to for so long was left behind by an editor that was killed. */
const leftoverMs = 24 * 60 * 60 * 1000;

/** How temporary files are called, and what is made beside them; see `replaceWhole`. */
const temporaryName = /\.[0-9a-f]{12}\.tmp(\.\w+)?$/;

/** Below a folder of ours nothing is nested deeper. */
const deepest = 3;

/**
 * Remove what was left behind in a folder, not looking into folders in it. Whatever hinders this does
 * so in silence: it is tidying up.
 *
 * @param isOurs by the name
 */
export async function sweep(
  folder: string,
  isOurs: (name: string) => boolean,
  remove: (file: string) => Promise<void> = (file) => rm(file, { force: true, recursive: true }),
): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!isOurs(name)) continue;
    const leftover = path.join(folder, name);
    const found = await lstat(leftover).catch(() => undefined);
    if (found === undefined || Date.now() - found.mtimeMs < leftoverMs) continue;
    await remove(leftover).catch(() => undefined);
  }
}

/** Whether a file is one that was to take the place of `of`, or of any where that is not told. */
export function isTemporary(name: string, of?: string): boolean {
  if (of === undefined) return temporaryName.test(name);
  return name.startsWith(`${of}.`) && temporaryName.test(name.slice(of.length));
}

/** Remove half-written files from a folder that is ours alone, with the folders in it. */
export async function sweepStorage(folder: string, depth = deepest): Promise<void> {
  await sweep(folder, (name) => isTemporary(name));
  if (depth === 0) return;
  const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of found) {
    if (entry.isDirectory()) await sweepStorage(path.join(folder, entry.name), depth - 1);
  }
}
