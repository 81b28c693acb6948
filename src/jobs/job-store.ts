import {
  mkdir,
  open,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  type FileHandle,
} from 'node:fs/promises';
import path from 'node:path';
import pLimit from 'p-limit';
import { messageOf } from '../base/errors.ts';
import { isNotThere, renameOver, writeFileAtomic } from '../base/files.ts';
import { syncFolder } from '../base/sync.ts';
import type { JobRecord } from './job.ts';
import { NewerRecordError } from './migrate-record.ts';
import { isJobId, readRecord } from './read-record.ts';
import { TakenOverError, recordsIn, takeRecords, unlessTaken } from './sharing/generations.ts';
import { takeOf } from './take-place.ts';

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
 * The jobs' records: one JSON file a job, each written whole or not at all. Writing and setting aside
 * are for the owner (see `base/lock.ts`), who takes the folder that they are in away from the owner
 * before (see `sharing/generations.ts`); anyone may read.
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
  private folderMarks: readonly [string, string] = ['', ''];
  /** The folder in which this window writes, once it has taken the records. */
  private mine: string | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Take the records and read them all, as the owner: what cannot be read is set aside and reported,
   * and never keeps the rest from loading; left-over temporary files go.
   *
   * @param mayOwn whether this window owns the store by its lock
   * @throws TakenOverError where it does not, or does not any more
   */
  async load(mayOwn: () => Promise<boolean> = () => Promise.resolve(true)): Promise<LoadedRecords> {
    const mine = await this.take(mayOwn);
    const names = await readdir(mine).catch(() => {
      throw new TakenOverError();
    });
    const records: JobRecord[] = [];
    const unreadable: UnreadableRecord[] = [];
    await this.limit.map(names, async (name) => {
      const file = path.join(mine, name);
      if (/\.json\.[0-9a-f]+\.tmp$/.test(name)) {
        await rm(file, { force: true });
        return;
      }
      if (!name.endsWith('.json')) return;
      try {
        records.push(await read(mine, name));
      } catch (error) {
        if (isNotThere(error)) return;
        unreadable.push(await this.setAside(file, error));
      }
    });
    await this.expectMine();
    records.sort(byAge);
    return { records, unreadable };
  }

  /**
   * Take the records without reading them.
   *
   * @returns the folder that they are in now
   * @throws TakenOverError as {@link load}
   */
  async take(mayOwn: () => Promise<boolean>): Promise<string> {
    await this.idle();
    this.mine = await takeRecords(this.folder, mayOwn);
    return this.mine;
  }

  /**
   * Write a record durably; when this resolves, a crash or a power cut cannot undo it.
   *
   * @throws TakenOverError when the records are another window's now; then nothing was written
   */
  save(record: JobRecord): Promise<void> {
    return this.inOrder(record.id, async () => {
      const content = `${JSON.stringify(record, undefined, 1)}\n`;
      const file = this.fileOf(record.id);
      try {
        await writeFileAtomic(file, content, beginInPlace);
      } catch (error) {
        if (!isNotThere(error)) throw error;
        await this.expectMine();
        // It was deleted by hand.
        await mkdir(path.dirname(file), { recursive: true });
        await writeFileAtomic(file, content, beginInPlace);
      }
      // A folder that Windows would not move is still there for whoever had it.
      if (process.platform === 'win32') await this.expectMine();
    });
  }

  /** @throws TakenOverError when the records are another window's now */
  remove(id: string): Promise<void> {
    return this.inOrder(id, async () => {
      await rm(this.fileOf(id), { force: true });
      await this.expectMine();
    });
  }

  /**
   * Move a record here from another store that this window has taken, in one step.
   *
   * @throws TakenOverError when either store is another window's by now; then it is where it was, or with
   *   whoever has taken this one
   */
  async receive(id: string, from: JobStore): Promise<void> {
    try {
      await renameOver(from.fileOf(id), this.fileOf(id));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Between two disks there is no such step.
      if (code === 'ENOENT' || code === 'EXDEV') throw new TakenOverError();
      throw error;
    }
    await unlessTaken(
      Promise.all([this, from].map((store) => syncFolder(path.dirname(store.fileOf(id))))),
    );
  }

  /** Write nothing any more: the records are another window's. */
  close(): void {
    this.mine = undefined;
    this.seen.clear();
    this.folderMarks = ['', ''];
  }

  /** A record as it is on disk at this moment, whoever owns it; absent where there is none. */
  async find(id: string): Promise<JobRecord | undefined> {
    if (!isJobId(id)) return undefined;
    for (let look = 0; look < 5; look++) {
      const folder = await recordsIn(this.folder);
      for (const place of [folder, this.folder]) {
        try {
          return await read(place, `${id}.json`);
        } catch (error) {
          if (!isNotThere(error)) return undefined;
        }
      }
      // It may have been taken over between two looks.
      if ((await recordsIn(this.folder)) === folder) return undefined;
    }
    return undefined;
  }

  /** Resolves when no write is under way any more, whether or not they worked. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.writes.values());
  }

  /** Read what is new or different since the last call, as a guest: nothing on disk is touched. */
  async refresh(): Promise<RecordChanges> {
    const folder = await recordsIn(this.folder);
    const info = await stat(folder).catch(() => undefined);
    const mark = `${info?.ino ?? 0} ${info?.mtimeMs ?? 0}`;
    // The same time twice over: a change within the clock's own grain cannot hide behind it.
    if (this.folderMarks.every((seen) => seen === mark)) return { changed: [], removed: [] };
    const names = await readdir(folder).catch(() => undefined);
    // Taken over this very moment: the next look will find it.
    if (names === undefined && info !== undefined) return { changed: [], removed: [] };
    const now = new Map<string, string>();
    const changed: JobRecord[] = [];
    await this.limit.map(names ?? [], async (name) => {
      if (!name.endsWith('.json') || !isJobId(idOf(name))) return;
      try {
        const { mtimeMs, size, ino } = await stat(path.join(folder, name));
        const mark = `${mtimeMs} ${size} ${ino}`;
        if (this.seen.get(name) !== mark) changed.push(await read(folder, name));
        now.set(name, mark);
      } catch {
        // Being replaced this very moment, or unreadable: the owner sets it aside or tells.
      }
    });
    if ((await recordsIn(this.folder)) !== folder) return { changed: [], removed: [] };
    this.folderMarks = [this.folderMarks[1], mark];
    const removed = [...this.seen.keys()].filter((name) => !now.has(name)).map(idOf);
    this.seen = now;
    changed.sort(byAge);
    return { changed, removed };
  }

  private async setAside(file: string, error: unknown): Promise<UnreadableRecord> {
    const reason = messageOf(error);
    // A newer version's record is not ours to move, and one that the disk will not give up cannot be.
    if (error instanceof NewerRecordError || isSystemError(error)) return { file, reason };
    const aside = path.join(this.folder, `${path.basename(file)}.bad`);
    try {
      await rename(file, aside);
      return { file: aside, reason };
    } catch {
      return { file, reason };
    }
  }

  private fileOf(id: string): string {
    if (!isJobId(id)) throw new Error(`Not a job's id: ${id.slice(0, 80)}`);
    if (this.mine === undefined) throw new TakenOverError();
    return path.join(this.mine, `${id}.json`);
  }

  /** @throws TakenOverError */
  private async expectMine(): Promise<void> {
    const now = await recordsIn(this.folder);
    if (this.mine === undefined || (now !== this.mine && now !== this.folder)) {
      throw new TakenOverError();
    }
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

/** Into a folder that has to be there: who takes it away keeps everybody else from writing. */
function beginInPlace(temporary: string): Promise<FileHandle> {
  return open(temporary, 'wx');
}

async function read(folder: string, name: string): Promise<JobRecord> {
  const record = readRecord(await readFile(path.join(folder, name), 'utf8'));
  if (record.id !== idOf(name)) throw new Error('it belongs to another job');
  return record;
}

function idOf(name: string): string {
  return name.slice(0, -'.json'.length);
}

/**
 * In the order in which they were made: within one moment by the scene's place in the script, and of one
 * scene by the number of the take.
 */
export function byAge(a: JobRecord, b: JobRecord): number {
  return (
    a.createdAt - b.createdAt ||
    a.number - b.number ||
    takeOf(a.file) - takeOf(b.file) ||
    (a.id < b.id ? -1 : 1)
  );
}

function isSystemError(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException).syscall === 'string';
}
