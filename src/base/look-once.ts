import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { foldedPath } from './one-place.ts';

interface Folder {
  /** Of what is certainly there. */
  readonly names: ReadonlySet<string>;
  /** {@link foldedPath}s of names; the disk tells whether one that folds alike is found by another name. */
  readonly folded: ReadonlySet<string>;
}

const nothing: Folder = { names: new Set(), folded: new Set() };

/**
 * Tells whether files are there, as `existsSync` does, by one look at each of their folders: for many files
 * at one moment, not to be kept.
 */
export function lookOnce(): (file: string) => boolean {
  const folders = new Map<string, Folder>();
  return (file) => {
    const { dir, base } = path.parse(file);
    const folder = folders.get(dir) ?? lookInto(dir);
    folders.set(dir, folder);
    if (folder.names.has(base)) return true;
    return folder.folded.has(foldedPath(base)) && existsSync(file);
  };
}

function lookInto(folder: string): Folder {
  try {
    const names = new Set<string>();
    const folded = new Set<string>();
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      // A link may lead nowhere.
      if (!entry.isSymbolicLink()) names.add(entry.name);
      folded.add(foldedPath(entry.name));
    }
    return { names, folded };
  } catch {
    return nothing;
  }
}
