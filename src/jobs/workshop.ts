import type { Clock } from '../base/clock.ts';
import { ScenewrightError, messageOf } from '../base/errors.ts';
import type { Backoff } from '../net/retry.ts';
import type { RemoteJob, StudioContext, VideoStudio } from '../studios/port.ts';
import type { Job, JobBook } from './book.ts';
import type { Downloader } from './download.ts';
import type { OwnerLock } from '../base/lock.ts';
import type { JobRecord, JobStage } from './model.ts';
import type { PosterMaker } from './poster.ts';

export interface WorkshopOptions {
  readonly book: JobBook;
  readonly lock: OwnerLock;
  readonly studios: (id: string) => VideoStudio | undefined;
  readonly secret: (accountId: string) => Promise<string | undefined>;
  readonly download: Downloader;
  readonly posters: PosterMaker;
  readonly clock: Clock;
  readonly pollMs: () => number;
  readonly submitParallel: number;
  readonly submitBackoff: Backoff;
  readonly random: () => number;
  readonly onDefect: (error: unknown) => void;
}

/** Milliseconds until a job's next step, or `undefined` when it waits for the writer. */
export type Wait = number | undefined;

/** What all steps of a job's life work with. */
export class Workshop {
  readonly options: WorkshopOptions;
  readonly book: JobBook;
  /** Aborted when the window closes or loses the jobs to another. */
  readonly stopping = new AbortController();
  /** Aborted a little after the rest, so that an order under way can still be answered. */
  readonly abandon = new AbortController();
  /** Nothing may be written any more: it may be another window's turn. */
  over = false;

  constructor(options: WorkshopOptions) {
    this.options = options;
    this.book = options.book;
  }

  get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  /** Aborts when all stops and when this job is halted. */
  signalOf(job: Job): AbortSignal {
    return AbortSignal.any([this.stopping.signal, job.stop.signal]);
  }

  studioOf(record: JobRecord): VideoStudio {
    const studio = this.options.studios(record.studio);
    if (studio !== undefined) return studio;
    throw new ScenewrightError(
      'bad-input',
      `The video service "${record.studio}" of this job is not available. Set it up again, then retry.`,
    );
  }

  /** @throws ScenewrightError `account` when the job's account has no key. */
  async contextOf(
    record: JobRecord,
    studio: VideoStudio,
    signal: AbortSignal,
  ): Promise<StudioContext> {
    if (!studio.needsAccount) return { signal };
    const { account } = record;
    const secret = account === undefined ? undefined : await this.options.secret(account);
    if (secret === undefined || secret.trim() === '') {
      throw new ScenewrightError(
        'account',
        `${studio.label} needs an account with a key, and this job's has none. Add one, then retry.`,
      );
    }
    return { signal, secret };
  }

  async fail(job: Job, stage: JobStage, error: unknown): Promise<Wait> {
    const retryable = error instanceof ScenewrightError && error.retryable;
    job.failures = 0;
    await this.keepGoing(
      this.book.apply(job, { type: 'fail', stage, error: messageOf(error), retryable }),
    );
    return undefined;
  }

  /** For records whose loss costs no money: the step would only be taken again. */
  async keepGoing(written: Promise<boolean>): Promise<void> {
    await written.catch(this.options.onDefect);
  }

  /** Tell the service to stop; `false` when it cannot be told or did not listen. */
  async cancelAtService(record: JobRecord): Promise<boolean> {
    const studio = this.options.studios(record.studio);
    if (studio?.cancel === undefined || record.remote === undefined) return false;
    try {
      const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(15_000)]);
      await studio.cancel(record.remote, await this.contextOf(record, studio, signal));
      return true;
    } catch {
      return false;
    }
  }
}

/** What the service knows the job as; a job that was accepted has it. */
export function remoteOf({ remote, number }: JobRecord): RemoteJob {
  if (remote !== undefined) return remote;
  throw new ScenewrightError(
    'internal',
    `The record of scene ${number} does not say what the service calls it. Remove the job and render the scene again.`,
  );
}

/** The name of one render: that of the job, and one of its own for each render that follows. */
export function renderName({ id, attempt }: JobRecord): string {
  return attempt === 0 ? id : `${id}-${attempt + 1}`;
}
