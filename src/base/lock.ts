import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import type { Clock } from './clock.ts';
import { Emitter } from './events.ts';
import { writeFileAtomic } from './files.ts';

export interface OwnerLockOptions {
  readonly clock: Clock;
  /** How often the owner shows that it lives and a guest looks, in milliseconds (default 2000). */
  readonly beatMs?: number;
  /** The lock's folder goes when its owner leaves, for locks that are many and short-lived. */
  readonly temporary?: boolean;
}

/** After so many looks without a sign of life, an owner that cannot be asked counts as gone. */
const patience = 6;

interface Ticket {
  readonly pid: number;
  readonly host: string;
  /** The owner left in good order; the file stays to keep the count. */
  readonly released: boolean;
}

/**
 * Sees to it that of several windows that could do the same work, one does it and the others watch.
 *
 * Every owner creates the file `<n>.lock` with the next number, which only one can; the
 * highest number owns. Nobody ever deletes or rewrites a lock that may be alive, so two windows
 * that find a dead owner at the same moment cannot both win, and an owner that slept through its
 * own funeral sees the higher number. The newest file is kept even when its owner leaves: it is what
 * the next number is counted from. Only a temporary lock goes altogether, and its owner takes the
 * folder away in one step while nobody else can be counting in it.
 */
export class OwnerLock {
  private readonly folder: string;
  private readonly clock: Clock;
  private readonly beatMs: number;
  private readonly temporary: boolean;
  private readonly stop = new AbortController();
  private readonly changed = new Emitter<boolean>();
  private readonly looked = new Emitter<undefined>();
  private mine: number | undefined;
  private watched = { mark: '', looks: 0 };
  private beating: Promise<void> | undefined;

  /** Fires with `true` when this window becomes the owner, with `false` when it has lost that. */
  readonly onDidChange = this.changed.event;
  /** Fires after each look of a guest: a good moment to look at the records as well. */
  readonly onDidLook = this.looked.event;

  /** @param folder the lock's own; nothing else may lie in it */
  constructor(folder: string, options: OwnerLockOptions) {
    this.folder = folder;
    this.clock = options.clock;
    this.beatMs = options.beatMs ?? 2000;
    this.temporary = options.temporary ?? false;
  }

  get owned(): boolean {
    return this.mine !== undefined;
  }

  /** Become the owner if nobody is, and from then on keep watch. Resolves with `owned`. */
  async start(): Promise<boolean> {
    await this.tryToOwn();
    this.beating ??= this.beat();
    return this.owned;
  }

  /**
   * Like {@link start}, and where another owner has shown no life for a while, goes on looking until
   * it does or is given up. A process that died long ago may have left its number to a stranger.
   *
   * @throws the signal's reason
   */
  async claim(signal: AbortSignal): Promise<boolean> {
    if ((await this.start()) || (await this.sinceLastSign()) < this.patienceMs) return this.owned;
    const looksBefore = this.watched.looks;
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => (): void => {
        for (const listening of listenings) listening.dispose();
        signal.removeEventListener('abort', aborted);
        finish();
      };
      const answer = settle(() => {
        resolve(this.owned);
      });
      const aborted = settle(() => {
        reject(signal.reason as Error);
      });
      const listenings = [
        this.onDidChange(answer),
        // Looks are counted from the last sign of life.
        this.onDidLook(() => {
          if (this.watched.looks <= looksBefore) answer();
        }),
      ];
      if (signal.aborted) aborted();
      else signal.addEventListener('abort', aborted);
    });
  }

  /** Whether this window still owns, asked of the disk; to be asked before money is spent. */
  async confirm(): Promise<boolean> {
    if (this.mine === undefined) return false;
    const highest = await this.highest();
    if (highest === this.mine) return true;
    this.lose();
    return false;
  }

  /** Leave in good order, so that the next window need not wait. */
  async release(): Promise<void> {
    this.stop.abort();
    await this.beating;
    this.changed.dispose();
    this.looked.dispose();
    const held = this.mine;
    this.mine = undefined;
    if (held === undefined || (await this.highest()) !== held) return;
    if (!this.temporary || !(await this.takeAway())) {
      await writeFileAtomic(this.fileOf(held), ticket(true));
    }
  }

  /**
   * Nobody counts on in a folder whose owner lives, so all who come later begin in a new one.
   *
   * @returns whether the folder is gone; not where something holds it, as may happen on Windows
   */
  private async takeAway(): Promise<boolean> {
    const gone = `${this.folder}.${randomBytes(6).toString('hex')}.gone`;
    try {
      await rename(this.folder, gone);
    } catch {
      return false;
    }
    await rm(gone, { recursive: true, force: true });
    return true;
  }

  private async beat(): Promise<void> {
    const { signal } = this.stop;
    while (!signal.aborted) {
      try {
        await this.clock.sleep(this.beatMs, signal);
        if (this.mine === undefined) await this.look();
        else if (await this.confirm()) await this.touch(this.mine);
      } catch {
        // Stopped; or the disk would not answer, and the next beat will tell.
      }
    }
  }

  private async look(): Promise<void> {
    if (await this.tryToOwn()) this.changed.fire(true);
    else this.looked.fire(undefined);
  }

  private get patienceMs(): number {
    return patience * this.beatMs;
  }

  /** Milliseconds since the newest owner's last sign of life. */
  private async sinceLastSign(): Promise<number> {
    const highest = await this.highest();
    if (highest === undefined) return 0;
    try {
      return this.clock.now() - (await stat(this.fileOf(highest))).mtimeMs;
    } catch {
      return 0; // It has left this very moment.
    }
  }

  private async tryToOwn(): Promise<boolean> {
    const highest = await this.highest();
    if (highest !== undefined && !(await this.isGone(highest))) return false;
    const number = (highest ?? 0) + 1;
    if (!(await this.create(number))) return false;
    // Someone may have gone on counting while we were counting.
    if ((await this.highest()) !== number) {
      await rm(this.fileOf(number), { force: true });
      return false;
    }
    this.mine = number;
    for (const older of await this.numbers()) {
      if (older < number) await rm(this.fileOf(older), { force: true });
    }
    return true;
  }

  /** Whether the owner with this number has left, died, or shown no life for long enough. */
  private async isGone(number: number): Promise<boolean> {
    const file = this.fileOf(number);
    let mark: string;
    let found: Ticket | undefined;
    try {
      mark = `${number} ${(await stat(file)).mtimeMs}`;
      found = JSON.parse(await readFile(file, 'utf8')) as Ticket;
    } catch {
      // Just being written, or cut short by a power cut: the looks below decide.
      mark = `${number} unreadable`;
    }
    if (found?.released === true) return true;
    if (found?.host === hostname() && !isRunning(found.pid)) return true;
    // Counted in looks and not in time, so that waking from sleep does not make all owners old.
    this.watched =
      this.watched.mark === mark ? { mark, looks: this.watched.looks + 1 } : { mark, looks: 0 };
    return this.watched.looks >= patience;
  }

  private async create(number: number): Promise<boolean> {
    for (;;) {
      await mkdir(this.folder, { recursive: true });
      try {
        await writeFile(this.fileOf(number), ticket(false), { flag: 'wx' });
        return true;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EEXIST') return false;
        // A temporary lock was taken away in between: the count begins anew.
        if (code !== 'ENOENT') throw error;
      }
    }
  }

  private async touch(number: number): Promise<void> {
    const now = this.clock.now() / 1000;
    await utimes(this.fileOf(number), now, now);
  }

  private lose(): void {
    this.mine = undefined;
    this.watched = { mark: '', looks: 0 };
    this.changed.fire(false);
  }

  private async highest(): Promise<number | undefined> {
    const numbers = await this.numbers();
    return numbers.length === 0 ? undefined : Math.max(...numbers);
  }

  private async numbers(): Promise<number[]> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    });
    return names.flatMap((name) => {
      const number = /^(\d{1,15})\.lock$/.exec(name)?.[1];
      return number === undefined ? [] : [Number(number)];
    });
  }

  private fileOf(number: number): string {
    return path.join(this.folder, `${number}.lock`);
  }
}

function ticket(released: boolean): string {
  const content: Ticket = { pid: process.pid, host: hostname(), released };
  return JSON.stringify(content);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
