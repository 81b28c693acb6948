import { realpathSync } from 'node:fs';
import { realpath } from 'node:fs/promises';

/**
 * Where a file really is, links resolved, whichever way its name is spelt there: an `ü` may be one sign or two, and who
 * types the name does not see which. Some disks take both for one; on others a file keeps the spelling of where it is
 * from.
 *
 * @throws as `realpath` does, where there is none
 */
export async function realSpelling(file: string): Promise<string> {
  for (const one of others(file)) {
    try {
      return await realpath(one);
    } catch {
      // It may be spelt otherwise.
    }
  }
  return await realpath(file);
}

/** The same at once. */
export function realSpellingSync(file: string): string {
  for (const one of others(file)) {
    try {
      return realpathSync(one);
    } catch {
      // It may be spelt otherwise.
    }
  }
  return realpathSync(file);
}

/** The name as it is, then with its signs together and apart; nothing where all that is one. */
function others(file: string): readonly string[] {
  const all = new Set([file, file.normalize('NFC'), file.normalize('NFD')]);
  return all.size === 1 ? [] : [...all];
}
