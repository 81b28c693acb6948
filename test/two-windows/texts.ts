import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Texts of all files below a folder, by path; of one that comes and goes just then, none. */
export async function textsBelow(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const texts = new Map<string, string>();
  for (const name of names) {
    if (!name.isFile()) continue;
    const file = path.join(name.parentPath, name.name);
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) texts.set(file, text);
  }
  return texts;
}
