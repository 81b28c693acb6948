import { closeSync, openSync, readSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { type FontBytes, readFace } from './sfnt.ts';
import { broadFonts, writingSystemOf } from './scripts.ts';

/** Where the operating system keeps its fonts. */
function systemFontFolders(platform: NodeJS.Platform = process.platform): readonly string[] {
  const home = homedir();
  switch (platform) {
    case 'win32':
      return [
        path.join(process.env.WINDIR ?? 'C:\\Windows', 'Fonts'),
        path.join(process.env.LOCALAPPDATA ?? home, 'Microsoft', 'Windows', 'Fonts'),
      ];
    case 'darwin':
      return [
        '/System/Library/Fonts',
        '/Library/Fonts',
        path.join(home, 'Library', 'Fonts'),
        '/System/Library/AssetsV2',
      ];
    default:
      return [
        '/usr/share/fonts',
        '/usr/local/share/fonts',
        path.join(home, '.local', 'share', 'fonts'),
        path.join(home, '.fonts'),
      ];
  }
}

/** Font folders are deep on some systems; this is far more than any of them needs. */
const maxFiles = 8000;
const maxDepth = 6;

/** Finds fonts of the operating system by the characters that they have to have. */
export class SystemFonts {
  private readonly folders: readonly string[];
  private files: readonly string[] | undefined;

  constructor(folders: readonly string[] = systemFontFolders()) {
    this.folders = folders;
  }

  /**
   * The path of a font that has all of these characters, or of the one that has most of them.
   * Undefined when none has any.
   */
  find(characters: ReadonlySet<string>): string | undefined {
    const wanted = [...characters];
    const codePoints = wanted.map((character) => character.codePointAt(0) ?? 0);
    let best: string | undefined;
    let bestCount = 0;
    for (const file of this.candidates(wanted.join(''))) {
      const count = countCovered(file, codePoints);
      if (count === codePoints.length) return file;
      if (count > bestCount) {
        best = file;
        bestCount = count;
      }
    }
    return best;
  }

  /** Only fonts that are known for the script are opened: looking into every font takes seconds. */
  private candidates(text: string): string[] {
    const wanted = [...(writingSystemOf(text)?.files ?? []), broadFonts];
    this.files ??= listFonts(this.folders);
    return this.files
      .map((file) => ({ file, rank: wanted.findIndex((name) => name.test(path.basename(file))) }))
      .filter(({ rank }) => rank >= 0)
      .sort((a, b) => a.rank - b.rank)
      .map(({ file }) => file);
  }
}

function listFonts(folders: readonly string[]): string[] {
  const found: string[] = [];
  const visit = (folder: string, depth: number): void => {
    if (depth > maxDepth || found.length >= maxFiles) return;
    let entries;
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch {
      return; // Not there, or not ours to read: then it has no font for us.
    }
    for (const entry of entries) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) visit(file, depth + 1);
      else if (/\.(ttf|otf|ttc|otc)$/i.test(entry.name)) found.push(file);
    }
  };
  for (const folder of folders) visit(folder, 0);
  return found.sort();
}

function countCovered(file: string, codePoints: readonly number[]): number {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const face = readFace(onDisk(handle));
    return codePoints.filter((codePoint) => face.has(codePoint)).length;
  } catch {
    return 0; // A font that cannot be read is one that cannot be used.
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function onDisk(handle: number): FontBytes {
  return {
    read: (offset, length) => {
      const buffer = new Uint8Array(length);
      const size = readSync(handle, buffer, 0, length, offset);
      return new DataView(buffer.buffer, 0, size);
    },
  };
}
