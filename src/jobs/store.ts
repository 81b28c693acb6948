import { mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import pLimit from 'p-limit';
import { messageOf } from '../base/errors.ts';
import { writeFileAtomic } from '../base/files.ts';
import type { JobRecord } from './model.ts';
import { NewerRecordError, isJobId, readRecord } from './record.ts';

/** A record that cannot be used. */
export interface UnreadableRecord {
  /** Where it is now: set aside as `….json.bad`, or in its place when a newer version wrote it. */
  readonly file: string;
  /** Why, as the end of a sentence: `it is not whole`. */
  readonly reason: string;
}

export interface LoadedRecords {
  readonly records: readonly JobRecord[];
  readonly unreadable: readonly UnreadableRecord[];
}

/** What {@link JobStore.refresh} found to be different. */
export interface RecordChanges {
  readonly changed: readonly JobRecord[];
  readonly removed: readonly string[];
}

/**
 * The jobs' records: a folder with one JSON file a job, each written whole or not at all. Writing
 * and setting aside are for the owner of the folder (see `base/lock.ts`); anyone may read.
 */
export class JobStore {
  readonly folder: string;
  /** The last write of each job that has one under way, so that writes of one job keep their order. */
  private readonly writes = new Map<string, Promise<void>>();
  /** Few files are open at once, however many jobs there are. */
  private readonly limit = pLimit(16);
  /** What each file looked like when it was last read, by {@link refresh}. */
  private seen = new Map<string, string>();
  /** The folder's own time at the last looks: renames into it change that. */
  private folderMarks: readonly [number, number] = [0, 0];

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Read everything, as the owner: what cannot be read is set aside and reported, and never keeps
   * the rest from loading; left-over temporary files go.
   */
  async load(): Promise<LoadedRecords> {
    await mkdir(this.folder, { recursive: true });
    const names = await readdir(this.folder);
    const records: JobRecord[] = [];
    const unreadable: UnreadableRecord[] = [];
    await this.limit.map(names, async (name) => {
      const file = path.join(this.folder, name);
      if (/\.json\.[0-9a-f]+\.tmp$/.test(name)) {
        await rm(file, { force: true });
        return;
      }
      if (!name.endsWith('.json')) return;
      try {
        records.push(await this.read(name));
      } catch (error) {
        if (isMissing(error)) return;
        unreadable.push(await this.setAside(file, error));
      }
    });
    records.sort(byAge);
    return { records, unreadable };
  }

  /** Write a record durably; when this resolves, a crash or a power cut cannot undo it. */
  save(record: JobRecord): Promise<void> {
    return this.inOrder(record.id, () =>
      writeFileAtomic(this.fileOf(record.id), `${JSON.stringify(record, undefined, 1)}\n`),
    );
  }

  remove(id: string): Promise<void> {
    return this.inOrder(id, () => rm(this.fileOf(id), { force: true }));
  }

  /** Resolves when no write is under way any more, whether or not they worked. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.writes.values());
  }

  /** Read what is new or different since the last call, as a guest: nothing on disk is touched. */
  async refresh(): Promise<RecordChanges> {
    const folder = await stat(this.folder).catch(() => undefined);
    const mark = folder?.mtimeMs ?? 0;
    // The same time twice over: a change within the clock's own grain cannot hide behind it.
    if (this.folderMarks.every((seen) => seen === mark)) return { changed: [], removed: [] };
    this.folderMarks = [this.folderMarks[1], mark];
    const names = await readdir(this.folder).catch(() => []);
    const now = new Map<string, string>();
    const changed: JobRecord[] = [];
    await this.limit.map(names, async (name) => {
      if (!name.endsWith('.json') || !isJobId(idOf(name))) return;
      try {
        const { mtimeMs, size, ino } = await stat(path.join(this.folder, name));
        const mark = `${mtimeMs} ${size} ${ino}`;
        if (this.seen.get(name) !== mark) changed.push(await this.read(name));
        now.set(name, mark);
      } catch {
        // Being replaced this very moment, or unreadable: the owner sets it aside or tells.
      }
    });
    const removed = [...this.seen.keys()].filter((name) => !now.has(name)).map(idOf);
    this.seen = now;
    changed.sort(byAge);
    return { changed, removed };
  }

  private async read(name: string): Promise<JobRecord> {
    const record = readRecord(await readFile(path.join(this.folder, name), 'utf8'));
    if (record.id !== idOf(name)) throw new Error('it belongs to another job');
    return record;
  }

  private async setAside(file: string, error: unknown): Promise<UnreadableRecord> {
    const reason = messageOf(error);
    // A newer version's record is not ours to move, and one that the disk will not give up cannot be.
    if (error instanceof NewerRecordError || isSystemError(error)) return { file, reason };
    const aside = `${file}.bad`;
    try {
      await rename(file, aside);
      return { file: aside, reason };
    } catch {
      return { file, reason };
    }
  }

  private fileOf(id: string): string {
    if (!isJobId(id)) throw new Error(`Not a job's id: ${id.slice(0, 80)}`);
    return path.join(this.folder, `${id}.json`);
  }

  private inOrder(id: string, write: () => Promise<void>): Promise<void> {
    const before = this.writes.get(id);
    const limited = (): Promise<void> => this.limit(write);
    const mine = before === undefined ? limited() : before.then(limited, limited);
    this.writes.set(id, mine);
    const forget = (): void => {
      if (this.writes.get(id) === mine) this.writes.delete(id);
    };
    mine.then(forget, forget);
    return mine;
  }
}

function idOf(name: string): string {
  return name.slice(0, -'.json'.length);
}

/** In the order in which they were made, and within one moment by the scene's place in the script. */
export function byAge(a: JobRecord, b: JobRecord): number {
  return a.createdAt - b.createdAt || a.number - b.number || (a.id < b.id ? -1 : 1);
}

function isSystemError(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException).syscall === 'string';
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
