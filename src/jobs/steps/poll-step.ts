import { defined } from '../../base/defined.ts';
import { t } from '../../base/l10n.ts';
import { LimiterPerKey } from '../../base/limiter.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { backoffMs } from '../../net/retry.ts';
import type { PollAnswer } from '../../studios/port.ts';
import { accountKey } from '../accounts.ts';
import type { Job } from '../job-table.ts';
import { currentOrder, type JobRecord } from '../job.ts';
import { remoteOf } from '../order-kinds.ts';
import { beliefMs, nextDoubt, patienceMinutes } from './patience.ts';
import { waitingFor } from './chain-wait.ts';
import { serviceFailed } from './service-failure.ts';
import type { Wait, StepContext } from './step-context.ts';

/** A poll answers in moments; more at once at one studio would only look like an attack. */
const pollParallel = 8;

/** While nothing changes, polls grow apart to this many times the interval. */
const slowestPoll = 6;

/** When the network is down, polls are this far apart at most, in milliseconds. */
const pollBackoffMaxMs = 60_000;

type Rendering = Extract<PollAnswer, { readonly state: 'rendering' }>;
type Tools = Pick<StepContext, 'table' | 'studios' | 'accounts' | 'clock' | 'random' | 'pollMs'>;

/** Asks services how orders are getting on, for as long as they say that they are. */
export class PollStep {
  private readonly tools: Tools;
  /** By studio: one that does not answer does not hold up the others. */
  private readonly limits = new LimiterPerKey(pollParallel);

  /** By account: until when it must not even ask, in milliseconds since the epoch. */
  private readonly silentUntil = new Map<string, number>();

  constructor(tools: Tools) {
    this.tools = tools;
  }

  /** These accounts are not what they were: what was said to them holds no more. */
  forget(accounts: readonly string[]): void {
    for (const account of accounts) this.silentUntil.delete(account);
  }

  /** Ask once, and say when to ask again. */
  async poll(job: Job): Promise<Wait> {
    const { signal } = job.stop;
    try {
      const answer = await this.limits.of(job.record.studio).run(() => this.ask(job, signal));
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
    const { studios, clock } = this.tools;
    const order = currentOrder(record);
    const untilMs = this.silentUntil.get(accountKey(record.studio, order.account)) ?? 0;
    const silence = untilMs - clock.now();
    if (silence > 0) return silence;
    const studio = studios.of(record);
    const context = studios.contextOf(studio, order.account, signal);
    return await studio.poll(remoteOf(record, order), context);
  }

  private async heard(job: Job, answer: PollAnswer): Promise<Wait> {
    const { table } = this.tools;
    switch (answer.state) {
      case 'rendering':
        return await this.goesOn(job, answer);
      case 'ready':
        await table.tryApply(job, {
          type: 'ready',
          ranMs: answer.ranMs,
          charged: answer.charged,
        });
        return 0;
      case 'failed':
        return await table.fail(
          job,
          'service',
          serviceFailed(job.record, answer.reason, answer.isDeclined),
        );
      case 'cancelled':
        await table.tryApply(job, { type: 'cancel', atService: true });
        return undefined;
      case 'expired':
        await table.tryApply(job, { type: 'expire', reason: answer.reason });
        return undefined;
    }
  }

  /** As long as the service says so; where that is only concluded, for as long as it is to be believed. */
  private async goesOn(job: Job, answer: Rendering): Promise<Wait> {
    const { table, clock } = this.tools;
    const { progress, guess: why } = answer;
    const { doubt } = currentOrder(job.record);
    const now = clock.now();
    const isNews = doubt?.why !== why || (job.live.progress ?? progress) !== progress;
    if (why === undefined) await table.tryApply(job, { type: 'trust' });
    else if (isNews || doubt === undefined || doubt.times > 0) {
      await table.tryApply(job, {
        type: 'doubt',
        doubt: { times: 0, since: now, until: now, why },
      });
    } else if (now - doubt.since > beliefMs) {
      return await table.fail(job, 'poll', givenUp(job.record, why, beliefMs / 60_000));
    }
    this.noteProgress(job, progress, answer.ahead);
    return this.pollWait(job, answer.retryAfterMs);
  }

  private async notHeard(job: Job, error: unknown): Promise<Wait> {
    const { table, pollMs, random, clock } = this.tools;
    if (!(error instanceof ScenewrightError)) return await table.fail(job, 'poll', error);
    if (isDoubt(error)) return await this.doubt(job, error);
    if (!error.retryable) return await table.fail(job, 'poll', error);
    // The render goes on whether or not it can be asked after, so neither is there a limit here.
    const backoff = { baseMs: pollMs(), maxMs: pollBackoffMaxMs };
    job.failures++;
    const wait =
      error.code === 'rate-limit'
        ? this.silence(job, error)
        : (error.retryAfterMs ?? backoffMs(job.failures, error, backoff, random));
    table.note(job, {
      ...job.live,
      note: error.message,
      waitingUntil: clock.now() + wait,
    });
    return Math.ceil(wait);
  }

  /** One such answer proves nothing: a service may be starting anew. Several over minutes do. */
  private async doubt(job: Job, error: ScenewrightError): Promise<Wait> {
    const { table, clock } = this.tools;
    const { progress } = job.live;
    const now = clock.now();
    const { doubt: before } = currentOrder(job.record);
    const doubt = nextDoubt(before, error.message, now, error.retryAfterMs);
    if (doubt === undefined) {
      return await table.fail(job, 'poll', givenUp(job.record, error.message, patienceMinutes));
    }
    await table.tryApply(job, { type: 'doubt', doubt });
    // What was wrong before is not wrong any more.
    table.note(job, defined({ progress }));
    return doubt.until - now;
  }

  /** To be asked not to order says nothing about polls; who shall not even ask shall not order either. */
  private silence({ record }: Job, error: ScenewrightError): number {
    const { accounts, studios, clock } = this.tools;
    const order = currentOrder(record);
    const all = studios.accountsOf(record, order);
    const id = accountKey(record.studio, order.account);
    const account = all.find((one) => one.id === id) ?? { id };
    const ms = accounts.slowDown(account, error, all);
    const untilMs = clock.now() + ms;
    this.silentUntil.set(id, Math.max(this.silentUntil.get(id) ?? 0, untilMs));
    return ms;
  }

  private noteProgress(job: Job, progress: number | undefined, ahead: number | undefined): void {
    const { live } = job;
    const same = live.progress === progress && live.ahead === ahead && live.note === undefined;
    job.unchanged = same ? job.unchanged + 1 : 0;
    if (!same) this.tools.table.note(job, defined({ progress, ahead }));
  }

  /** Milliseconds until it is asked again; the service's own wish is kept to the letter. */
  private pollWait(job: Job, wishMs: number | undefined): number {
    if (wishMs !== undefined) return Math.ceil(wishMs);
    const { pollMs, random, studios, table } = this.tools;
    const usual = studios.find(job.record)?.pollMs ?? pollMs();
    // What comes too late here comes too late for all that goes on from it.
    const isAwaited = waitingFor(job.record, table).length > 0;
    const interval = isAwaited ? usual : usual * Math.min(slowestPoll, 1.2 ** job.unchanged);
    // A tenth of chance keeps many jobs from asking in one instant.
    return Math.ceil(interval * (1 + random() * 0.1));
  }
}

/**
 * Whether an answer to a poll says something that cannot be about the render's own end: that it is not
 * known, that the request is not right, or something that cannot be understood.
 */
function isDoubt({ code, status, retryable }: ScenewrightError): boolean {
  if (code === 'bad-answer') return true;
  return !retryable && status !== undefined && code !== 'account' && code !== 'cancelled';
}

function givenUp(record: JobRecord, why: string, minutes: number): ScenewrightError {
  const { remoteId } = remoteOf(record, currentOrder(record));
  return new ScenewrightError(
    'bad-answer',
    t(
      '{0} So it has been for {1} minutes. The service took the order as {2}; a retry asks for it again and orders nothing. If it is gone for good, remove the job and order it anew.',
      why,
      minutes,
      remoteId,
    ),
    { retryable: true },
  );
}
