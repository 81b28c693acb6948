import pLimit from 'p-limit';
import { ScenewrightError } from '../base/errors.ts';
import { backoffMs } from '../net/retry.ts';
import { remoteOf, type Wait, type Workshop } from './workshop.ts';
import type { Job } from './book.ts';
import type { JobRecord } from './model.ts';

/** A poll answers in moments; more at once than this would only look like an attack. */
const pollParallel = 8;

/** While nothing changes, polls grow apart to this many times the interval. */
const slowestPoll = 6;

/** When the network is down, polls are this far apart at most, in milliseconds. */
const pollBackoffMaxMs = 60_000;

/** Asks services how renders are getting on, for as long as they say that they are. */
export class Polls {
  private readonly workshop: Workshop;
  private readonly polls = pLimit(pollParallel);

  constructor(workshop: Workshop) {
    this.workshop = workshop;
  }

  /** Ask once, and say when to ask again. */
  async poll(job: Job): Promise<Wait> {
    const { record } = job;
    const signal = this.workshop.signalOf(job);
    try {
      const studio = this.workshop.studioOf(record);
      const remote = remoteOf(record);
      const answer = await this.polls(async () => {
        signal.throwIfAborted();
        return await studio.poll(remote, await this.workshop.contextOf(record, studio, signal));
      });
      if (signal.aborted) return undefined;
      job.failures = 0;
      switch (answer.state) {
        case 'rendering':
          this.noteProgress(job, answer.progress);
          return this.pollWait(job, answer.retryAfterMs);
        case 'ready':
          await this.workshop.keepGoing(this.workshop.book.apply(job, { type: 'ready' }));
          return 0;
        case 'failed':
          return await this.workshop.fail(job, 'render', renderFailed(record, answer.reason));
        case 'cancelled':
          await this.workshop.keepGoing(
            this.workshop.book.apply(job, { type: 'cancel', atService: true }),
          );
          return undefined;
        case 'expired':
          await this.workshop.keepGoing(this.workshop.book.apply(job, { type: 'expire' }));
          return undefined;
      }
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!(error instanceof ScenewrightError) || !error.retryable) {
        return await this.workshop.fail(job, 'poll', error);
      }
      // The render goes on whether or not it can be asked after, so neither is there a limit here.
      this.workshop.book.note(job, { ...job.live, note: error.message });
      const backoff = { baseMs: this.workshop.options.pollMs(), maxMs: pollBackoffMaxMs };
      return backoffMs(++job.failures, error, backoff, this.workshop.options.random);
    }
  }

  private noteProgress(job: Job, progress: number | undefined): void {
    const same = job.live.progress === progress && job.live.note === undefined;
    job.unchanged = same ? job.unchanged + 1 : 0;
    if (!same) this.workshop.book.note(job, progress === undefined ? {} : { progress });
  }

  /** Milliseconds until it is asked again; the service's own wish goes first. */
  private pollWait(job: Job, wishMs: number | undefined): number {
    const { pollMs, random, studios } = this.workshop.options;
    const usual = studios(job.record.studio)?.pollMs ?? pollMs();
    const interval = wishMs ?? usual * Math.min(slowestPoll, 1.2 ** job.unchanged);
    // A tenth of chance keeps many jobs from asking in one instant.
    return Math.ceil(interval * (1 + random() * 0.1));
  }
}

function renderFailed(record: JobRecord, reason: string): ScenewrightError {
  return new ScenewrightError(
    'refused',
    `The service could not render scene ${record.number}: ${reason.replace(/[.\s]+$/, '')}. A retry orders it anew.`,
    { retryable: true },
  );
}
