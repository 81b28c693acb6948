import { createHash } from 'node:crypto';
import { JournalByScript, type ScriptPath } from './journal-by-script.ts';

/**
 * Answers of the planning stages that a script does not hold yet. A plan of many requests that fails
 * half-way, or is cut short by a crash, goes on with those that are missing.
 */
export interface AnswerJournal {
  /** The answer kept under this key, as parsed JSON; the caller validates it again. */
  get(key: string): Promise<unknown>;
  /**
   * @param when `once saved` for what tells of the document: as soon as that is on disk as it is now
   * @throws when it cannot be kept, such as on a full disk
   */
  put(key: string, answer: unknown, when?: 'once saved'): Promise<void>;
  /** Forget the answer; no matter if there is none. */
  remove(key: string): Promise<void>;
}

/**
 * Under which it is kept how far an outline has come into its document (`plan-under-way.ts`); the same
 * for every script, since each has a journal of its own.
 */
export const planUnderWayKey = createHash('sha256').update('plan under way').digest('hex');

/**
 * What {@link AnswerJournal} are on disk, for all scripts in a folder of their own. Keys are
 * hexadecimal digests of all that was asked.
 */
export class AnswerJournals {
  private readonly files: JournalByScript;

  /**
   * @param folder made when the first answer is kept
   * @param former see {@link KeptByScriptOptions.former}
   */
  constructor(folder: string, former?: string) {
    // Before scripts were told apart a file was nothing but the answer.
    this.files = new JournalByScript(folder, {
      former,
      older: (text) => Promise.resolve({ asked: '', value: JSON.parse(text) as unknown }),
    });
  }

  /** The answers that one script is made of. */
  of(script: ScriptPath): AnswerJournal {
    return {
      get: (key) => this.files.get(script, key, ''),
      put: (key, answer) => this.files.put(script, key, '', answer),
      remove: (key) => this.files.remove(script, key),
    };
  }

  /** A file or folder was renamed; the answers of scripts there go along. */
  moved(from: string, to: string): Promise<void> {
    return this.files.moved(from, to);
  }
}
