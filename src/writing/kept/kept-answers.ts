import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '../../base/files.ts';

/**
 * Answers of the planning stages that no document holds yet. A plan of many requests that fails
 * half-way, or is cut short by a crash, goes on with those that are missing.
 */
export interface KeptAnswers {
  /** The answer kept under this key, as parsed JSON; the caller validates it again. */
  get(key: string): Promise<unknown>;
  /** @throws when it cannot be kept, such as on a full disk */
  put(key: string, answer: unknown): Promise<void>;
  /** Forget the answer; no matter if there is none. */
  remove(key: string): Promise<void>;
}

/** {@link KeptAnswers} as one file each in a folder of their own. Keys are hexadecimal digests. */
export class KeptAnswersOnDisk implements KeptAnswers {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async get(key: string): Promise<unknown> {
    try {
      return JSON.parse(await readFile(this.file(key), 'utf8'));
    } catch {
      // Not there, or cut short by a power cut: then it is asked for again.
      return undefined;
    }
  }

  async put(key: string, answer: unknown): Promise<void> {
    await writeFileAtomic(this.file(key), JSON.stringify(answer));
  }

  async remove(key: string): Promise<void> {
    await rm(this.file(key), { force: true });
  }

  private file(key: string): string {
    if (!/^[0-9a-f]{16,128}$/.test(key)) throw new Error(`"${key}" cannot be the name of a file.`);
    return path.join(this.folder, `${key}.json`);
  }
}
