import { createHash } from 'node:crypto';
import { link, mkdir, open, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { diskError } from '../../base/disk-error.ts';
import { isNotThere, namesIn } from '../../base/files.ts';
import { keyOfPlace } from '../../base/place-key.ts';
import { syncFile, syncFolder } from '../../base/sync.ts';
import { newName } from './generations.ts';

/** What the names of files end with that tell of clips which were moved to a place. */
const traceEnding = '.moved';

/** Which job of which store a clip's place belongs to. */
export interface Claim {
  /** Counts how often the place has changed hands. */
  readonly number: number;
  /** Folder of the store; empty where the claim cannot be read. */
  readonly store: string;
  /** Id of the job. */
  readonly job: string;
  /** The store that it is being taken over from, and may still be in. */
  readonly from?: string;
  /** What the window is called that it was made in. */
  readonly window: string;
}

/**
 * Whose a clip's place is, among all stores of this computer. The same folder may be open as a folder,
 * as part of a workspace, or within another folder, each with jobs of its own, while there is only one
 * file: so this is written down by the real path of the clip, in the storage that all windows share.
 *
 * What has become of the job its own record says. A claim outlives its window, as the order does that
 * it was made for, and is only ever succeeded: by the file with the next number, which just one can
 * create. Who counted from a claim that is not the newest any more comes too late, however late.
 */
export class ClipClaims {
  /** Folder of this window's own store. */
  readonly store: string;
  private readonly folder: string;
  private readonly window: string;

  /**
   * @param folder shared by all windows; nothing else may lie in it
   * @param store folder of this window's store
   * @param window what other windows call this one
   */
  constructor(folder: string, store: string, window: string) {
    this.folder = folder;
    this.store = store;
    this.window = window;
  }

  /**
   * The newest claim to a clip's place.
   *
   * @throws ScenewrightError `disk`
   */
  of(clip: string): Promise<Claim | undefined> {
    return this.onDisk(() => this.newest(clip));
  }

  private async newest(clip: string): Promise<Claim | undefined> {
    const folder = await this.folderOf(clip);
    for (;;) {
      const number = await highest(folder);
      if (number === 0) return undefined;
      try {
        return { number, ...read(await readFile(fileOf(folder, number), 'utf8')) };
      } catch (error) {
        if (error instanceof SyntaxError) return { number, store: '', job: '', window: '' };
        // It was succeeded between the two looks.
        if (!isNotThere(error)) throw error;
      }
    }
  }

  /**
   * Claim a clip's place for a job of this store.
   *
   * @param before the newest claim at the time when this was decided
   * @param from the store that the job is taken over from
   * @returns `false` when another window was faster; then there is a newer claim to look at
   * @throws ScenewrightError `disk`
   */
  take(clip: string, job: string, before: Claim | undefined, from?: string): Promise<boolean> {
    return this.onDisk(() => this.succeed(clip, job, before, from));
  }

  /**
   * The stores that may have a job whose clip is here: by the claim to the place, and by word of what was moved there.
   *
   * @throws ScenewrightError `disk`
   */
  storesAt(clip: string): Promise<ReadonlySet<string>> {
    return this.onDisk(async () => {
      const folder = await this.folderOf(clip);
      const traces = (await namesIn(folder)).filter((name) => name.endsWith(traceEnding));
      const moved = await Promise.all(
        traces.map((name) => readFile(path.join(folder, name), 'utf8').catch(() => '')),
      );
      const claim = await this.newest(clip);
      return new Set([claim?.store ?? '', ...moved].filter((store) => store !== ''));
    });
  }

  /**
   * Leave word that clips of these stores may have been moved to a place, whosever that is.
   *
   * @throws ScenewrightError `disk`
   */
  leaveTraces(clip: string, stores: Iterable<string>): Promise<void> {
    return this.onDisk(async () => {
      const folder = await this.folderOf(clip);
      await mkdir(folder, { recursive: true });
      for (const store of stores) {
        const name = createHash('sha256').update(store).digest('hex').slice(0, 16);
        await writeFile(path.join(folder, name + traceEnding), store);
      }
    });
  }

  private async succeed(
    clip: string,
    job: string,
    before: Claim | undefined,
    from: string | undefined,
  ): Promise<boolean> {
    const folder = await this.folderOf(clip);
    const number = (before?.number ?? 0) + 1;
    const { store, window } = this;
    await mkdir(folder, { recursive: true });
    const content = JSON.stringify({ store, job, window, from });
    if (!(await createWhole(fileOf(folder, number), content))) return false;
    if ((await highest(folder)) !== number) {
      await rm(fileOf(folder, number), { force: true });
      return false;
    }
    await syncFolder(folder);
    for (const name of await readdir(folder)) {
      if (name.endsWith(traceEnding)) continue;
      const older = numberOf(name);
      if (older === undefined || older < number) {
        await rm(path.join(folder, name), { force: true });
      }
    }
    return true;
  }

  private async onDisk<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw diskError(error, this.folder);
    }
  }

  private async folderOf(clip: string): Promise<string> {
    return path.join(this.folder, await keyOfPlace(clip));
  }
}

/** Appears with all its content or not at all; `false` where there is such a file already. */
async function createWhole(file: string, content: string): Promise<boolean> {
  const temporary = `${file}.${newName()}.tmp`;
  await write(temporary, content);
  try {
    await link(temporary, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Without its temporary file: whoever took it away was faster.
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    // Some disks know no links. Torn by a power cut, it counts as the claim of nobody.
    return await write(file, content).then(
      () => true,
      (failure: unknown) => {
        if ((failure as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw failure;
      },
    );
  } finally {
    await rm(temporary, { force: true });
  }
}

async function write(file: string, content: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(content);
    await syncFile(handle);
  } finally {
    await handle.close();
  }
}

async function highest(folder: string): Promise<number> {
  const names = await namesIn(folder);
  return Math.max(0, ...names.flatMap((name) => numberOf(name) ?? []));
}

function numberOf(name: string): number | undefined {
  const number = /^(\d{1,15})\.json$/.exec(name)?.[1];
  return number === undefined ? undefined : Number(number);
}

function fileOf(folder: string, number: number): string {
  return path.join(folder, `${number}.json`);
}

function read(text: string): Omit<Claim, 'number'> {
  const { store, job, window, from } = JSON.parse(text) as Record<string, unknown>;
  const isWhole = [store, job, window].every((part) => typeof part === 'string');
  if (!isWhole) throw new SyntaxError('Not a claim.');
  const claim = { store, job, window } as Omit<Claim, 'number'>;
  return typeof from === 'string' ? { ...claim, from } : claim;
}
