import { orAborted } from '../../base/abort.ts';
import { t } from '../../base/l10n.ts';
import { LimiterPerKey } from '../../base/limiter.ts';
import { ScenewrightError, messageOf } from '../../base/errors.ts';
import { nextTry, type Backoff } from '../../net/retry.ts';
import type { RemoteJob, StudioContext } from '../../studios/port.ts';
import type { StudioAccount } from '../accounts.ts';
import type { Job } from '../job-table.ts';
import { next } from '../job-machine.ts';
import { currentOrder, renderOf, type JobRecord } from '../job.ts';
import { orderName, rulesOf, type AnyStudio } from '../order-kinds.ts';
import { TakenOverError } from '../sharing/generations.ts';
import { isPlaceTaken, placeTaken } from '../../downloads/place-taken.ts';
import { tryPlaces } from '../try-place.ts';
import type { Wait, StepContext } from './step-context.ts';

/** Times an order that surely was not taken is sent again, before the job fails. */
const submitRetries = 4;

/** Waits before an order that was not taken goes out again. */
const usualBackoff: Backoff = { baseMs: 1000, maxMs: 30_000 };

/** An order that was broken off has ended in so many milliseconds. */
const lastWordMs = 2000;

type Tools = Pick<
  StepContext,
  | 'table'
  | 'lease'
  | 'studios'
  | 'accounts'
  | 'neighbours'
  | 'clock'
  | 'random'
  | 'pollMs'
  | 'submitBackoff'
  | 'submitParallel'
>;

/**
 * Hands orders in, of renders, pictures and enlargements: the one step that costs money. It goes out only
 * after `submitting` and the account are on disk, and nothing sends it again but the certainty that
 * it was not taken, or the writer.
 */
export class SubmitStep {
  private readonly tools: Tools;
  /** By studio: one that takes its time over orders does not hold up the others. */
  private readonly limits: LimiterPerKey;
  /** What breaks off the order of a job that is at its service. */
  private readonly underWay = new Map<string, { stop: AbortController; ended: Promise<void> }>();

  constructor(tools: Tools) {
    this.tools = tools;
    this.limits = new LimiterPerKey(tools.submitParallel ?? 4);
  }

  /** Hand the order in when it is its turn. */
  async submit(job: Job): Promise<Wait> {
    return await this.limits.of(job.record.studio).run(() => this.order(job));
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
    const { table, accounts, clock } = this.tools;
    // Much may have happened while it waited for its turn.
    if (!this.mayStillGoOut(job)) return undefined;
    const choice = accounts.choose(
      this.tools.studios.accountsOf(job.record, currentOrder(job.record)),
    );
    switch (choice.kind) {
      case 'refused':
        return await table.fail(job, 'submit', choice.error);
      case 'cooldown':
        table.note(job, {
          note: waitsFor(choice.account.name, choice.reason),
          waitingUntil: choice.untilMs,
        });
        return Math.max(1, choice.untilMs - clock.now());
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
    const { table, lease, studios, accounts, neighbours, pollMs } = this.tools;
    const { account } = chosen;
    let studio: AnyStudio;
    let context: StudioContext;
    try {
      studio = studios.of(job.record);
      const signal = AbortSignal.any([lease.abandoned, stop]);
      context = studios.contextOf(studio, account, signal);
      // Before it is written down as on its way: an order without a key never was.
      await studio.prepare?.(context);
    } catch (error) {
      if (!isRefusal(error)) return await table.fail(job, 'submit', error);
      this.refuse(job, chosen, error);
      return 0;
    }
    try {
      const { record } = job;
      // What was tried when it was handed in may have changed since.
      const order = currentOrder(record);
      const file = rulesOf(order).file(record);
      await tryPlaces([{ file, root: record.root }]);
      // A clip goes to another take; an enlargement has this place alone.
      if (order.kind === 'upscale' && (await isPlaceTaken(file))) throw placeTaken(file);
      await neighbours.hold(record);
    } catch (error) {
      return await table.fail(job, 'submit', error);
    }
    if (!this.mayStillGoOut(job) || !(await lease.confirm())) return undefined;
    try {
      if (!(await table.apply(job, { type: 'submit', account }))) return undefined;
    } catch (error) {
      // Not on disk, so not ordered.
      return await table.fail(job, 'submit', error);
    }
    if (this.isUnwanted(job)) return await this.putBack(job);
    const sent = job.record;
    let remote: RemoteJob;
    try {
      remote = await send(studio, sent, context);
    } catch (error) {
      return await this.notOrdered(job, studio, chosen, error);
    }
    accounts.succeeded(chosen);
    if (!(await this.accepted(job, sent, remote))) return undefined;
    // What is made on this machine may be ready any moment; a service needs its time.
    return studio.needsAccount ? (studio.pollMs ?? pollMs()) : 0;
  }

  /** @returns whether the job is still this window's */
  private async accepted(job: Job, sent: JobRecord, remote: RemoteJob): Promise<boolean> {
    const { table, lease, studios, neighbours } = this.tools;
    const event = { type: 'accepted', remote } as const;
    job.failures = 0;
    job.unchanged = 0;
    try {
      if (lease.isOver || !(await table.apply(job, event))) throw new TakenOverError();
    } catch (error) {
      if (error instanceof TakenOverError) {
        // It is paid for, and whoever looks after the job by now cannot know what it is called.
        const record = next(sent, event);
        if (record !== undefined) await neighbours.leave(record);
        return false;
      }
      await table.fail(job, 'poll', unsaved(remote, error));
      return true;
    }
    if (!job.cancelWanted) return true;
    job.cancelWanted = false;
    const atService = await studios.cancel(job.record, lease.closing);
    await table.apply(job, { type: 'cancel', atService });
    return true;
  }

  private async notOrdered(
    job: Job,
    studio: AnyStudio,
    account: StudioAccount,
    thrown: unknown,
  ): Promise<Wait> {
    const { table, lease, accounts, random, clock } = this.tools;
    if (lease.isOver) return undefined;
    const error =
      thrown instanceof ScenewrightError
        ? thrown
        : new ScenewrightError(
            studio.needsAccount ? 'unclear' : 'internal',
            t('The order went wrong: {0}.', messageOf(thrown)),
            { cause: thrown },
          );
    if (error.code === 'unclear') {
      job.cancelWanted = false;
      await table.apply(job, { type: 'lost', error: error.message });
      return undefined;
    }
    const refused = error.code === 'account';
    if (refused) this.refuse(job, account, error);
    const limited = error.code === 'rate-limit' && error.retryable;
    if (limited) accounts.slowDown(account, error, this.allOf(job));
    if (this.isUnwanted(job)) return await this.putBack(job);
    // Another account may take it at once, and if there is none, the next look says so.
    if (refused || limited) {
      await this.putBack(job);
      return 0;
    }
    const { submitBackoff: backoff = usualBackoff } = this.tools;
    const wait = nextTry({ attempts: submitRetries + 1, backoff }, ++job.failures, error, random);
    if (wait === undefined) return await table.fail(job, 'submit', error);
    await this.putBack(job);
    table.note(job, { note: error.message, waitingUntil: clock.now() + wait });
    return wait;
  }

  private refuse(job: Job, account: StudioAccount, error: ScenewrightError): void {
    this.tools.accounts.refuse(account, error, this.allOf(job));
  }

  /** All that the job may use, also where what is ordered now belongs to one of them. */
  private allOf({ record }: Job): readonly StudioAccount[] {
    return this.tools.studios.accountsOf(record, renderOf(record));
  }

  /** Surely not ordered: back into the queue, or out of it if the writer wants that. */
  private async putBack(job: Job): Promise<Wait> {
    const { table } = this.tools;
    await table.apply(job, { type: 'put-back' });
    if (job.cancelWanted) {
      job.cancelWanted = false;
      await table.apply(job, { type: 'cancel', atService: true });
    }
    return undefined;
  }

  private mayStillGoOut({ record }: Job): boolean {
    const { state } = currentOrder(record);
    return !this.tools.lease.isClosing && !record.paused && state === 'queued';
  }

  /** Whether an order that has not gone out need not go out. */
  private isUnwanted(job: Job): boolean {
    return job.cancelWanted || this.tools.lease.isClosing;
  }
}

async function send(
  studio: AnyStudio,
  record: JobRecord,
  context: StudioContext,
): Promise<RemoteJob> {
  const order = currentOrder(record);
  return await rulesOf(order).send(studio, record, orderName(record, order), context);
}

function isRefusal(error: unknown): error is ScenewrightError {
  return error instanceof ScenewrightError && error.code === 'account';
}

function waitsFor(account: string | undefined, reason: string): string {
  return account === undefined ? reason : t('{0} It waits for the account "{1}".', reason, account);
}

function unsaved({ remoteId }: RemoteJob, cause: unknown): ScenewrightError {
  return new ScenewrightError(
    'disk',
    t(
      'The service took the order as {0}, but that could not be written down: {1} Write the id down, make the disk writable, then retry before you close the editor: nothing is ordered twice.',
      remoteId,
      messageOf(cause),
    ),
    { cause, retryable: true },
  );
}
