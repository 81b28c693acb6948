import { ScenewrightError } from '../../base/errors.ts';
import { backoffMs } from '../../net/retry.ts';
import type { PollAnswer } from '../../studios/port.ts';
import { accountKey } from '../accounts.ts';
import type { Job } from '../job-table.ts';
import { errandOf, remoteOf } from '../errand.ts';
import { LimitPerKey } from './limit-per-key.ts';
import type { JobRecord } from '../job.ts';
import type { Wait, StepContext } from './step-context.ts';

/** A poll answers in moments; more at once at one studio would only look like an attack. */
const pollParallel = 8;

/** While nothing changes, polls grow apart to this many times the interval. */
const slowestPoll = 6;

/** When the network is down, polls are this far apart at most, in milliseconds. */
const pollBackoffMaxMs = 60_000;

/** Asks services how renders are getting on, for as long as they say that they are. */
export class PollStep {
  private readonly context: StepContext;
  /** By studio: one that does not answer does not hold up the others. */
  private readonly limits = new LimitPerKey(pollParallel);

  /** By account: until when it must not even ask, in milliseconds since the epoch. */
  private readonly silentUntil = new Map<string, number>();

  constructor(context: StepContext) {
    this.context = context;
  }

  /** These accounts are not what they were: what was said to them holds no more. */
  forget(accounts: readonly string[]): void {
    for (const account of accounts) this.silentUntil.delete(account);
  }

  /** Ask once, and say when to ask again. */
  async poll(job: Job): Promise<Wait> {
    const { signal } = job.stop;
    try {
      const answer = await this.limits.run(job.record.studio, () => this.ask(job, signal));
      if (signal.aborted) return undefined;
      if (typeof answer === 'number') return answer;
      job.failures = 0;
      return await this.heard(job, answer);
    } catch (error) {
      if (signal.aborted) return undefined;
      return await this.notHeard(job, error);
    }
  }

  /** The service's answer, or the milliseconds for which its account must not ask. */
  private async ask(job: Job, signal: AbortSignal): Promise<PollAnswer | number> {
    signal.throwIfAborted();
    const { record } = job;
    const silence =
      (this.silentUntil.get(accountKey(record)) ?? 0) - this.context.options.clock.now();
    if (silence > 0) return silence;
    const studio = this.context.studioOf(record);
    const remote = remoteOf(errandOf(record), record);
    return await studio.poll(remote, this.context.contextOf(studio, record.account, signal));
  }

  private async heard(job: Job, answer: PollAnswer): Promise<Wait> {
    const { table } = this.context;
    switch (answer.state) {
      case 'rendering':
        this.noteProgress(job, answer.progress);
        return this.pollWait(job, answer.retryAfterMs);
      case 'ready':
        await this.context.keepGoing(table.apply(job, { type: 'ready' }));
        return 0;
      case 'failed':
        return await this.context.fail(job, 'render', renderFailed(job.record, answer.reason));
      case 'cancelled':
        await this.context.keepGoing(table.apply(job, { type: 'cancel', atService: true }));
        return undefined;
      case 'expired':
        await this.context.keepGoing(table.apply(job, { type: 'expire' }));
        return undefined;
    }
  }

  private async notHeard(job: Job, error: unknown): Promise<Wait> {
    if (!(error instanceof ScenewrightError) || !error.retryable) {
      return await this.context.fail(job, 'poll', error);
    }
    // The render goes on whether or not it can be asked after, so neither is there a limit here.
    const { pollMs, random, clock } = this.context.options;
    const backoff = { baseMs: pollMs(), maxMs: pollBackoffMaxMs };
    job.failures++;
    const wait =
      error.code === 'rate-limit'
        ? this.silence(job, error)
        : (error.retryAfterMs ?? backoffMs(job.failures, error, backoff, random));
    this.context.table.note(job, {
      ...job.live,
      note: error.message,
      waitingUntil: clock.now() + wait,
    });
    return Math.ceil(wait);
  }

  /** To be asked not to order says nothing about polls; who shall not even ask shall not order either. */
  private silence({ record }: Job, error: ScenewrightError): number {
    const { accounts, options } = this.context;
    const all = this.context.accountsOf(record.studio, errandOf(record).accounts);
    const id = accountKey(record);
    const account = all.find((one) => one.id === id) ?? { id };
    const ms = accounts.slowDown(account, error, all);
    const untilMs = options.clock.now() + ms;
    this.silentUntil.set(id, Math.max(this.silentUntil.get(id) ?? 0, untilMs));
    return ms;
  }

  private noteProgress(job: Job, progress: number | undefined): void {
    const same = job.live.progress === progress && job.live.note === undefined;
    job.unchanged = same ? job.unchanged + 1 : 0;
    if (!same) this.context.table.note(job, progress === undefined ? {} : { progress });
  }

  /** Milliseconds until it is asked again; the service's own wish is kept to the letter. */
  private pollWait(job: Job, wishMs: number | undefined): number {
    if (wishMs !== undefined) return Math.ceil(wishMs);
    const { pollMs, random, studios } = this.context.options;
    const usual = studios(job.record.studio)?.pollMs ?? pollMs();
    const interval = usual * Math.min(slowestPoll, 1.2 ** job.unchanged);
    // A tenth of chance keeps many jobs from asking in one instant.
    return Math.ceil(interval * (1 + random() * 0.1));
  }
}

function renderFailed(record: JobRecord, reason: string): ScenewrightError {
  const what = errandOf(record).kind === 'render' ? 'render' : 'enlarge';
  return new ScenewrightError(
    'refused',
    `The service could not ${what} scene ${record.number}: ${reason.replace(/[.\s]+$/, '')}. A retry orders it anew.`,
    { retryable: true },
  );
}
