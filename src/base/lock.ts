import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { mkdir, readFile, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import type { Clock } from './clock.ts';
import { Emitter } from './events.ts';
import { isNotThere, namesIn, writeFileAtomic } from './files.ts';

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
  /** Tells this owner from any other that ever has the same number. */
  readonly owner: string;
  readonly pid: number;
  /** Where `pid` means something; see {@link processSpace}. */
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
 * the next number is counted from. Only a temporary lock goes altogether, so that its count may begin
 * anew: hence every owner has a name as well.
 *
 * A window can stand still for hours between one instruction and the next. To own is therefore only
 * ever known of a moment that has passed, and what must not be done by two has to be arranged so that
 * the later one takes away what the earlier one would do it with (see `jobs/sharing/`).
 */
export class OwnerLock {
  private readonly folder: string;
  private readonly clock: Clock;
  private readonly beatMs: number;
  private readonly temporary: boolean;
  private readonly name = randomUUID();
  private readonly stop = new AbortController();
  private readonly changed = new Emitter<boolean>();
  private readonly looked = new Emitter<undefined>();
  private readonly beaten = new Emitter<undefined>();
  private mine: number | undefined;
  private watched = { mark: '', looks: 0 };
  private beating: Promise<void> | undefined;

  /** Fires with `true` when this window becomes the owner, with `false` when it has lost that. */
  readonly onDidChange = this.changed.event;
  /** Fires after each look of a guest: a good moment to look at the records as well. */
  readonly onDidLook = this.looked.event;
  /** Fires with each sign of life of the owner: a good moment to look at what others have left. */
  readonly onDidBeat = this.beaten.event;

  /** @param folder the lock's own; nothing else may lie in it */
  constructor(folder: string, options: OwnerLockOptions) {
    this.folder = folder;
    this.clock = options.clock;
    this.beatMs = options.beatMs ?? 2000;
    this.temporary = options.temporary ?? false;
  }

  /** A lock of another folder that is no more and no less patient. */
  alike(folder: string): OwnerLock {
    const { clock, beatMs, temporary } = this;
    return new OwnerLock(folder, { clock, beatMs, temporary });
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
    const { mine } = this;
    if (mine === undefined) return false;
    if ((await this.highest()) === mine && (await this.ownerOf(mine)) === this.name) return true;
    if (this.mine === mine) this.lose();
    return false;
  }

  /** Leave in good order, so that the next window need not wait. */
  async release(): Promise<void> {
    this.stop.abort();
    await this.beating;
    this.changed.dispose();
    this.looked.dispose();
    this.beaten.dispose();
    const held = this.mine;
    if (held === undefined || !(await this.confirm())) return;
    this.mine = undefined;
    if (!this.temporary) await writeFileAtomic(this.fileOf(held), this.ticket(true));
    else await this.takeAway(held);
  }

  /** The folder goes too, unless somebody has begun to count on in it. */
  private async takeAway(held: number): Promise<void> {
    await rm(this.fileOf(held), { force: true });
    await rmdir(this.folder).catch(() => undefined);
  }

  private async beat(): Promise<void> {
    const { signal } = this.stop;
    while (!signal.aborted) {
      try {
        await this.clock.sleep(this.beatMs, signal);
        if (this.mine === undefined) await this.look();
        else if (await this.confirm()) await this.live(this.mine);
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
      // A sign from the future is none either: the clock was set, or is another machine's.
      return Math.abs(this.clock.now() - (await stat(this.fileOf(highest))).mtimeMs);
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
    if (found?.host === processSpace() && !isRunning(found.pid)) return true;
    // Counted in looks and not in time, so that waking from sleep does not make all owners old.
    this.watched =
      this.watched.mark === mark ? { mark, looks: this.watched.looks + 1 } : { mark, looks: 0 };
    return this.watched.looks >= patience;
  }

  private async create(number: number): Promise<boolean> {
    for (let tries = 1; ; tries++) {
      try {
        await mkdir(this.folder, { recursive: true });
        await writeFile(this.fileOf(number), this.ticket(false), { flag: 'wx' });
        return true;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EEXIST') return false;
        // A temporary lock was taken away in between: the count begins anew.
        if (code !== 'ENOENT' || tries === 100) throw error;
      }
    }
  }

  private async live(number: number): Promise<void> {
    const now = this.clock.now() / 1000;
    await utimes(this.fileOf(number), now, now);
    this.beaten.fire(undefined);
  }

  /** The name of the owner with this number; absent where it has gone. */
  private async ownerOf(number: number): Promise<string | undefined> {
    try {
      return (JSON.parse(await readFile(this.fileOf(number), 'utf8')) as Ticket).owner;
    } catch (error) {
      if (error instanceof SyntaxError || isNotThere(error)) return undefined;
      throw error;
    }
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
    const names = await namesIn(this.folder);
    return names.flatMap((name) => {
      const number = /^(\d{1,15})\.lock$/.exec(name)?.[1];
      return number === undefined ? [] : [Number(number)];
    });
  }

  private fileOf(number: number): string {
    return path.join(this.folder, `${number}.lock`);
  }

  private ticket(released: boolean): string {
    const { pid } = process;
    const content: Ticket = { owner: this.name, pid, host: processSpace(), released };
    return JSON.stringify(content);
  }
}

/**
 * Within what a process number tells one process from another. The name of the machine alone does not
 * say: containers have numbers of their own, and share a home with others of the same name.
 */
export function processSpace(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${hostname()} ${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
