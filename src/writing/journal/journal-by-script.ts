import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '../../base/files.ts';
import { formerFile, movedFile, realFile } from '../../base/real-file.ts';
import { bringTogether } from './former-folder.ts';
import type { JournalRecord } from './journal-records.ts';

/** Path of the script that something is kept for, asked each time: it may be renamed meanwhile. */
export type ScriptPath = () => string;

export interface JournalByScriptOptions {
  /** What a file of before scripts were told apart holds; rejects for what is none. */
  readonly older: (text: string) => Promise<{ readonly asked: string; readonly value: unknown }>;
  /**
   * Whether a script's text still has a place for what is kept under this name. By default any text
   * has.
   */
  readonly mentions?: (text: string, name: string) => boolean;
  /** Where it was kept when every workspace had a folder of its own; brought along. */
  readonly former?: string | undefined;
}

type FiledRecord = Omit<JournalRecord, 'script'> & {
  readonly file: string;
  /** Absent for what was kept before scripts were told apart. */
  readonly script?: string;
};

/** Names come from documents that anybody may have edited, and become file names here. */
const safeName = /^[a-z0-9]{1,128}$/;

/**
 * What is kept of answers that were paid for, one small JSON file for each: by the script, a name in
 * it, and a hash of what was asked. Copies of a script have the same names, and none of them takes or
 * removes what another one paid for.
 *
 * A script that was moved behind our back still finds its own: where the script of an entry is gone,
 * or is another one by now, whoever asks the very same may use it. It stays where it is all the same,
 * for the script may come back.
 */
export class JournalByScript {
  private readonly folder: string;
  private readonly options: JournalByScriptOptions;
  private moving: Promise<void>;

  /** @param folder made when the first thing is kept */
  constructor(folder: string, options: JournalByScriptOptions) {
    this.folder = folder;
    this.options = options;
    const { former } = options;
    this.moving = former === undefined ? Promise.resolve() : bringTogether(former, folder);
  }

  /** A file that is torn, foreign or cannot be read counts as nothing. */
  async get(script: ScriptPath, name: string, asked: string): Promise<unknown> {
    if (!safeName.test(name)) return undefined;
    await this.moving;
    const real = await realFile(script());
    const own = await this.read(this.fileOf(real, name, asked));
    if (own?.script === real && own.asked === asked) return own.value;
    const others: FiledRecord[] = [];
    for (const entry of await this.entries(name)) {
      if (entry.asked !== asked || entry.value === undefined) continue;
      if (await this.isFree(entry, real, name)) others.push(entry);
    }
    others.sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
    const node = others.length > 1 ? await nodeOf(real) : undefined;
    return (others.find((entry) => entry.node === node) ?? others[0])?.value;
  }

  /** @throws when it cannot be kept, such as on a full disk */
  async put(script: ScriptPath, name: string, asked: string, value: unknown): Promise<void> {
    if (!safeName.test(name)) throw new Error(`"${name}" cannot be the name of a file.`);
    await this.moving;
    await this.write(await realFile(script()), name, asked, value);
  }

  /**
   * The script has what is kept under this name, whatever was asked: forget its own, and leave alone
   * from now on what it might have taken from elsewhere. No matter if there is nothing.
   */
  async remove(script: ScriptPath, name: string): Promise<void> {
    if (!safeName.test(name)) return;
    await this.moving;
    const real = await realFile(script());
    const entries = await this.entries(name);
    const free = new Set<string>();
    for (const entry of entries) {
      if (entry.value === undefined) continue;
      if (await this.isFree(entry, real, name)) free.add(entry.asked);
    }
    for (const { file, script: owner, asked } of entries) {
      if (owner === real && !free.has(asked)) await rm(file, { force: true });
    }
    for (const asked of free) await this.write(real, name, asked);
  }

  /** A file or folder was renamed: what is kept for it, or for scripts in it, goes along. */
  moved(from: string, to: string): Promise<void> {
    const move = this.moving.then(() => this.move(from, to));
    this.moving = move.catch(() => undefined);
    return move;
  }

  private async move(from: string, to: string): Promise<void> {
    const [before, after] = await Promise.all([formerFile(from), realFile(to)]);
    for (const { file, script, asked, value } of await this.entries()) {
      const moved = script === undefined ? undefined : movedFile(script, before, after);
      if (moved === undefined) continue;
      const name = path.basename(file).replace(/-[0-9a-f]+\.json$/, '');
      const there = await this.read(this.fileOf(moved, name, asked));
      // Of two that were asked the same, the one that is there is as good; both stay.
      if (there?.value !== undefined) continue;
      await this.write(moved, name, asked, value);
      await rm(file, { force: true });
    }
  }

  /** Whether something of another script may be used: that one is not there, or not for this. */
  private async isFree({ script }: FiledRecord, own: string, name: string): Promise<boolean> {
    if (script === undefined) return true;
    if (script === own) return false;
    const { mentions = () => true } = this.options;
    try {
      return !mentions(await readFile(script, 'utf8'), name);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code);
    }
  }

  private async write(real: string, name: string, asked: string, value?: unknown): Promise<void> {
    const node = await nodeOf(real);
    const at = Date.now();
    const entry: JournalRecord = { version: 2, script: real, asked, node, at, value };
    await writeFileAtomic(this.fileOf(real, name, asked), JSON.stringify(entry));
  }

  /** All that is kept under a name, or under any. */
  private async entries(name?: string): Promise<FiledRecord[]> {
    const files = await readdir(this.folder).catch(() => []);
    const found = files
      .filter((file) => file.endsWith('.json'))
      .filter((file) => name === undefined || /^[^-.]*/.exec(file)?.[0] === name)
      .map((file) => this.read(path.join(this.folder, file)));
    return (await Promise.all(found)).filter((entry) => entry !== undefined);
  }

  private async read(file: string): Promise<FiledRecord | undefined> {
    try {
      const text = await readFile(file, 'utf8');
      if (!path.basename(file).includes('-')) {
        return { version: 2, file, ...(await this.options.older(text)) };
      }
      const { journalRecord: keptEntry } = await import('./journal-records.ts');
      return { file, ...keptEntry.parse(JSON.parse(text)) };
    } catch {
      return undefined;
    }
  }

  private fileOf(real: string, name: string, asked: string): string {
    const place = createHash('sha256')
      .update(JSON.stringify([real, asked]))
      .digest('hex');
    return path.join(this.folder, `${name}-${place.slice(0, 32)}.json`);
  }
}

/** The same for a file wherever it is moved to on its disk. */
async function nodeOf(file: string): Promise<string | undefined> {
  const found = await stat(file, { bigint: true }).catch(() => undefined);
  return found && `${found.dev}:${found.ino}`;
}
