import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { foldedPath } from './one-place.ts';

interface Folder {
  /** Of what is certainly there. */
  readonly names: ReadonlySet<string>;
  /** {@link foldedPath}s of names; the disk tells whether one that folds alike is found by another name. */
  readonly folded: ReadonlySet<string>;
  /** All but folders, links that may lead nowhere among them. */
  readonly files: readonly string[];
}

const nothing: Folder = { names: new Set(), folded: new Set(), files: [] };

/** Many files at one moment, by one look at each of their folders; not to be kept. */
export interface DiskLook {
  /** Whether a file is there, as `existsSync` tells. */
  readonly has: (file: string) => boolean;
  /** The names of the files in a folder; none where there is no such folder. */
  readonly namesIn: (folder: string) => readonly string[];
}

export function lookOnce(): DiskLook {
  const folders = new Map<string, Folder>();
  const look = (dir: string): Folder => {
    const folder = folders.get(dir) ?? lookInto(dir);
    folders.set(dir, folder);
    return folder;
  };
  return {
    has: (file) => {
      const { dir, base } = path.parse(file);
      const folder = look(dir);
      if (folder.names.has(base)) return true;
      return folder.folded.has(foldedPath(base)) && existsSync(file);
    },
    namesIn: (folder) => look(folder).files,
  };
}

function lookInto(folder: string): Folder {
  try {
    const names = new Set<string>();
    const folded = new Set<string>();
    const files: string[] = [];
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      // A link may lead nowhere.
      if (!entry.isSymbolicLink()) names.add(entry.name);
      if (!entry.isDirectory()) files.push(entry.name);
      folded.add(foldedPath(entry.name));
    }
    return { names, folded, files };
  } catch {
    return nothing;
  }
}
