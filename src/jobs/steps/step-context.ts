import type { AccountNotice } from '../../accounts/account-notice.ts';
import { AccountPool } from '../../accounts/account-pool.ts';
import type { KeyedAccount } from '../../accounts/keyed-account.ts';
import type { Clock } from '../../base/clock.ts';
import { ScenewrightError, cancelledError, messageOf } from '../../base/errors.ts';
import type { OwnerLock } from '../../base/lock.ts';
import type { Downloader } from '../../downloads/download.ts';
import { backoffMs, type Backoff } from '../../net/retry.ts';
import type { StudioContext, VideoStudio } from '../../studios/port.ts';
import { noticeWords, studioAccounts, type StudioAccount } from '../accounts.ts';
import type { Job, JobTable } from '../job-table.ts';
import { errandOf } from '../errand.ts';
import type { JobRecord, JobStage } from '../job.ts';
import type { PosterMaker } from '../poster.ts';
import { TakenOverError, newName } from '../sharing/generations.ts';
import type { Neighbours } from '../sharing/neighbours.ts';
import type { Enlarger } from './upscale-step.ts';

export interface StepOptions {
  readonly table: JobTable;
  readonly lock: OwnerLock;
  readonly neighbours: Neighbours;
  readonly studios: (id: string, record?: JobRecord) => VideoStudio | undefined;
  readonly account: (id: string, studio: string) => KeyedAccount | undefined;
  readonly onAccountNotice: (notice: AccountNotice) => void;
  readonly upscale: () => 'off' | '4k';
  readonly enlarge: Enlarger | undefined;
  readonly download: Downloader;
  readonly posters: PosterMaker;
  readonly clock: Clock;
  readonly pollMs: () => number;
  readonly submitParallel: number;
  readonly submitBackoff: Backoff;
  /** For an account that is asked to slow down without a word of how long. */
  readonly limitBackoff: Backoff;
  readonly random: () => number;
  readonly onDefect: (error: unknown) => void;
}

/** A service gets this long to hear that a render is not wanted any more, in milliseconds. */
const cancelMs = 15_000;

/** Milliseconds until a job's next step, or `undefined` when it waits for the writer. */
export type Wait = number | undefined;

/** What all steps of a job's life work with. */
export class StepContext {
  readonly options: StepOptions;
  readonly table: JobTable;
  /** Which account orders next. All that it knows is forgotten with the window. */
  readonly accounts: AccountPool;
  /** Aborted when the window closes or loses the jobs to another. */
  readonly stopping = new AbortController();
  /** Aborted a little after the rest, so that an order under way can still be answered. */
  readonly abandon = new AbortController();
  /** What files on their way are called after, so that no other window has the same. */
  readonly name = newName();
  /** Nothing may be written any more: it may be another window's turn. */
  over = false;

  constructor(options: StepOptions) {
    this.options = options;
    this.table = options.table;
    const { clock, table, limitBackoff, random } = options;
    this.accounts = new AccountPool({
      clock,
      words: noticeWords,
      untoldMs: (times) => backoffMs(times, undefined, limitBackoff, random),
      load: (key) => table.servingOf(key),
    });
    this.accounts.onDidNotice(options.onAccountNotice);
  }

  get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  /** The accounts that may be used for a job. */
  accountsOf(studio: string, accounts: readonly string[]): readonly StudioAccount[] {
    return studioAccounts(studio, accounts, this.options.account);
  }

  studioOf(record: JobRecord): VideoStudio {
    const studio = this.options.studios(record.studio, record);
    if (studio !== undefined) return studio;
    throw new ScenewrightError(
      'bad-input',
      `The video service "${record.studio}" of this job is not available. Set it up again, then retry.`,
    );
  }

  /**
   * What a studio is asked with: this account and no other.
   *
   * @throws ScenewrightError `account` where it needs one and there is none
   */
  contextOf(studio: VideoStudio, account: string | undefined, signal: AbortSignal): StudioContext {
    if (!studio.needsAccount) return { signal };
    const keyed = account === undefined ? undefined : this.options.account(account, studio.id);
    if (keyed !== undefined) return { signal, account: keyed };
    throw new ScenewrightError(
      'account',
      `${studio.label} needs an account with a key, and there is none. Add one, then retry.`,
    );
  }

  async fail(job: Job, stage: JobStage, error: unknown): Promise<Wait> {
    // By the time that the writer retries them all, the account may well be in order.
    const retryable =
      error instanceof ScenewrightError && (error.retryable || error.code === 'account');
    job.failures = 0;
    await this.keepGoing(
      this.table.apply(job, { type: 'fail', stage, error: messageOf(error), retryable }),
    );
    return undefined;
  }

  /** For records whose loss costs no money: the step would only be taken again. */
  async keepGoing(written: Promise<boolean>): Promise<void> {
    await written.catch(this.options.onDefect);
  }

  /**
   * Whether this window may still write a job's clip; to be asked as late as possible.
   *
   * @throws ScenewrightError when another window looks after it now
   */
  async expectHeld(record: JobRecord): Promise<void> {
    if (this.over) throw cancelledError('The video job');
    if (!(await this.options.lock.confirm())) throw new TakenOverError();
    await this.options.neighbours.expectHeld(record);
  }

  /** Tell the service to stop; `false` when it cannot be told or did not listen. */
  async cancelAtService(record: JobRecord): Promise<boolean> {
    const studio = this.options.studios(record.studio, record);
    const { remote } = errandOf(record);
    if (studio?.cancel === undefined || remote === undefined) return false;
    try {
      const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(cancelMs)]);
      await studio.cancel(remote, this.contextOf(studio, record.account, signal));
      return true;
    } catch {
      return false;
    }
  }
}
