import { orAborted } from '../../base/abort.ts';
import { ScenewrightError, messageOf } from '../../base/errors.ts';
import { backoffMs } from '../../net/retry.ts';
import type { RemoteJob, RenderRequest, StudioContext, VideoStudio } from '../../studios/port.ts';
import type { StudioAccount } from '../accounts.ts';
import type { Job } from '../job-table.ts';
import { errandOf, remoteOf, renderErrand, type Errand } from '../errand.ts';
import { LimitPerKey } from './limit-per-key.ts';
import { next } from '../job-machine.ts';
import type { JobRecord } from '../job.ts';
import { TakenOverError } from '../sharing/generations.ts';
import type { Wait, StepContext } from './step-context.ts';

/** Times an order that surely was not taken is sent again, before the job fails. */
const submitRetries = 4;

/** An order that was broken off has ended in so many milliseconds. */
const lastWordMs = 2000;

/**
 * Hands orders in, of renders and of enlargements: the one step that costs money. It goes out only
 * after `submitting` and the account are on disk, and nothing sends it again but the certainty that
 * it was not taken, or the writer.
 */
export class SubmitStep {
  private readonly context: StepContext;
  /** By studio: one that takes its time over orders does not hold up the others. */
  private readonly limits: LimitPerKey;
  /** What breaks off the order of a job that is at its service. */
  private readonly underWay = new Map<string, { stop: AbortController; ended: Promise<void> }>();

  constructor(context: StepContext) {
    this.context = context;
    this.limits = new LimitPerKey(context.options.submitParallel);
  }

  /** Hand the order in when it is its turn. */
  async submit(job: Job): Promise<Wait> {
    return await this.limits.run(job.record.studio, () => this.order(job));
  }

  /** Break off the order of a job, if it is at its service; where it may have been taken, it is unclear. */
  breakOff({ record }: Job): void {
    this.underWay.get(record.id)?.stop.abort();
  }

  /**
   * Resolves when the order of a job is over: by its answer within `graceMs`, else broken off. A
   * studio that does not listen to that is not waited for.
   */
  async settle(job: Job, graceMs: number): Promise<void> {
    const order = this.underWay.get(job.record.id);
    if (order === undefined) return;
    for (const ms of [graceMs, lastWordMs]) {
      const isOver = await orAborted(order.ended, AbortSignal.timeout(ms)).then(
        () => true,
        () => false,
      );
      if (isOver) return;
      order.stop.abort();
    }
  }

  private async order(job: Job): Promise<Wait> {
    const { context } = this;
    const { accounts, options } = context;
    // Much may have happened while it waited for its turn.
    if (!this.mayStillGoOut(job)) return undefined;
    const candidates = context.accountsOf(job.record.studio, errandOf(job.record).accounts);
    const choice = accounts.choose(candidates);
    switch (choice.kind) {
      case 'refused':
        return await context.fail(job, 'submit', choice.error);
      case 'cooldown':
        context.table.note(job, {
          note: waitsFor(choice.account.name, choice.reason),
          waitingUntil: choice.untilMs,
        });
        return Math.max(1, choice.untilMs - options.clock.now());
      case 'ready': {
        const { account } = choice;
        const letGo = accounts.take(account);
        const { promise: ended, resolve } = Promise.withResolvers<undefined>();
        const stop = new AbortController();
        this.underWay.set(job.record.id, { stop, ended });
        try {
          return await this.orderWith(job, account, stop.signal);
        } finally {
          this.underWay.delete(job.record.id);
          resolve(undefined);
          letGo();
        }
      }
    }
  }

  private async orderWith(job: Job, chosen: StudioAccount, stop: AbortSignal): Promise<Wait> {
    const { context } = this;
    const { account } = chosen;
    const { lock, pollMs } = context.options;
    let studio: VideoStudio;
    let credentials: StudioContext;
    try {
      studio = context.studioOf(job.record);
      const signal = AbortSignal.any([context.abandon.signal, stop]);
      credentials = context.contextOf(studio, account, signal);
      // Before it is written down as on its way: an order without a key never was.
      await studio.prepare?.(credentials);
    } catch (error) {
      if (!isRefusal(error)) return await context.fail(job, 'submit', error);
      this.refuse(job, chosen, error);
      return 0;
    }
    try {
      await context.options.neighbours.hold(job.record);
    } catch (error) {
      return await context.fail(job, 'submit', error);
    }
    if (!this.mayStillGoOut(job) || !(await lock.confirm())) return undefined;
    try {
      const bound = account === undefined ? {} : { account };
      if (!(await context.table.apply(job, { type: 'submit', ...bound }))) return undefined;
    } catch (error) {
      // Not on disk, so not ordered.
      return await context.fail(job, 'submit', error);
    }
    if (this.isUnwanted(job)) return await this.putBack(job);
    const sent = job.record;
    let remote: RemoteJob;
    try {
      remote = await send(studio, sent, credentials);
    } catch (error) {
      return await this.notOrdered(job, studio, chosen, error);
    }
    context.accounts.succeeded(chosen);
    if (!(await this.accepted(job, sent, remote))) return undefined;
    // What is made on this machine may be ready any moment; a service needs its time.
    return studio.needsAccount ? (studio.pollMs ?? pollMs()) : 0;
  }

  /** @returns whether the job is still this window's */
  private async accepted(job: Job, sent: JobRecord, remote: RemoteJob): Promise<boolean> {
    const { context } = this;
    const event = { type: 'accepted', remote } as const;
    job.failures = 0;
    job.unchanged = 0;
    try {
      if (context.over || !(await context.table.apply(job, event))) throw new TakenOverError();
    } catch (error) {
      if (error instanceof TakenOverError) {
        // It is paid for, and whoever looks after the job by now cannot know what it is called.
        const record = next(sent, event);
        if (record !== undefined) await context.options.neighbours.leave(record);
        return false;
      }
      await context.fail(job, 'poll', unsaved(remote, error));
      return true;
    }
    if (!job.cancelWanted) return true;
    job.cancelWanted = false;
    const atService = await context.cancelAtService(job.record);
    await context.table.apply(job, { type: 'cancel', atService });
    return true;
  }

  private async notOrdered(
    job: Job,
    studio: VideoStudio,
    account: StudioAccount,
    thrown: unknown,
  ): Promise<Wait> {
    const { context } = this;
    if (context.over) return undefined;
    const error =
      thrown instanceof ScenewrightError
        ? thrown
        : new ScenewrightError(
            studio.needsAccount ? 'unclear' : 'internal',
            `Something went wrong while this was ordered: ${messageOf(thrown)}.`,
            { cause: thrown },
          );
    if (error.code === 'unclear') {
      job.cancelWanted = false;
      await context.table.apply(job, { type: 'lost', error: error.message });
      return undefined;
    }
    const refused = error.code === 'account';
    if (refused) this.refuse(job, account, error);
    const limited = error.code === 'rate-limit' && error.retryable;
    if (limited) context.accounts.slowDown(account, error, this.allOf(job));
    if (this.isUnwanted(job)) return await this.putBack(job);
    // Another account may take it at once, and if there is none, the next look says so.
    if (refused || limited) {
      await this.putBack(job);
      return 0;
    }
    if (!error.retryable || ++job.failures > submitRetries) {
      return await context.fail(job, 'submit', error);
    }
    const { submitBackoff, random, clock } = context.options;
    const wait = backoffMs(job.failures, error, submitBackoff, random);
    await this.putBack(job);
    context.table.note(job, { note: error.message, waitingUntil: clock.now() + wait });
    return wait;
  }

  private refuse(job: Job, account: StudioAccount, error: ScenewrightError): void {
    this.context.accounts.refuse(account, error, this.allOf(job));
  }

  private allOf({ record }: Job): readonly StudioAccount[] {
    return this.context.accountsOf(record.studio, renderErrand(record).accounts);
  }

  /** Surely not ordered: back into the queue, or out of it if the writer wants that. */
  private async putBack(job: Job): Promise<Wait> {
    await this.context.table.apply(job, { type: 'put-back' });
    if (job.cancelWanted) {
      job.cancelWanted = false;
      await this.context.table.apply(job, { type: 'cancel', atService: true });
    }
    return undefined;
  }

  private mayStillGoOut({ record }: Job): boolean {
    return !this.context.stopped && !record.paused && errandOf(record).phase === 'queued';
  }

  /** Whether an order that has not gone out need not go out. */
  private isUnwanted(job: Job): boolean {
    return job.cancelWanted || this.context.stopped;
  }
}

async function send(
  studio: VideoStudio,
  record: JobRecord,
  context: StudioContext,
): Promise<RemoteJob> {
  const errand = errandOf(record);
  if (errand.kind === 'render') return await studio.submit(requestOf(record, errand), context);
  if (studio.upscale === undefined) {
    throw new ScenewrightError('bad-input', `${studio.label} does not enlarge clips.`);
  }
  const render = remoteOf(renderErrand(record), record);
  const seconds = record.clipSeconds ?? record.scene.seconds;
  return await studio.upscale({ jobId: errand.name, render, seconds }, context);
}

function requestOf(record: JobRecord, { name }: Errand): RenderRequest {
  return {
    jobId: name,
    scene: record.scene,
    number: record.number,
    scriptTitle: record.scriptTitle,
    style: record.style,
    aspect: record.aspect,
    seconds: record.scene.seconds,
    prompt: record.prompt,
  };
}

function isRefusal(error: unknown): error is ScenewrightError {
  return error instanceof ScenewrightError && error.code === 'account';
}

function waitsFor(account: string | undefined, reason: string): string {
  return account === undefined ? reason : `Waits for the account "${account}". ${reason}`;
}

function unsaved({ remoteId }: RemoteJob, cause: unknown): ScenewrightError {
  return new ScenewrightError(
    'disk',
    `The service took the order as ${remoteId}, but that could not be written down: ${messageOf(cause)} Write the id down, make the disk writable, then retry before you close the editor: nothing is ordered twice.`,
    { cause, retryable: true },
  );
}
