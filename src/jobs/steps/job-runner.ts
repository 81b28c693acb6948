import { AccountPool } from '../../accounts/account-pool.ts';
import type { Clock } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import type { Disposable } from '../../base/events.ts';
import { backoffMs, type Backoff } from '../../net/retry.ts';
import { noticeWords } from '../accounts.ts';
import { currentOrder, type OrderKind } from '../job.ts';
import { stateOf } from '../job-state.ts';
import type { Job, JobTable } from '../job-table.ts';
import { orderName, rulesOf } from '../order-kinds.ts';
import type { JobManagerOptions } from '../manager-options.ts';
import type { Neighbours } from '../sharing/neighbours.ts';
import { ChainWait, waitingFor } from './chain-wait.ts';
import { DownloadStep } from './download-step.ts';
import { Lease } from './lease.ts';
import { joinPictures } from './picture-wait.ts';
import { PosterStep } from './poster-step.ts';
import { StudioAccess } from './studio-access.ts';
import { SubmitStep } from './submit-step.ts';
import { PollStep } from './poll-step.ts';
import type { TakePlaces } from '../take-places.ts';
import { TimerQueue } from '../timer-queue.ts';
import { UpscaleStep } from './upscale-step.ts';
import type { StepContext, Wait } from './step-context.ts';

/** Cooldowns of an account that is not told how long. */
const usualCooldown: Backoff = { baseMs: 15_000, maxMs: 120_000 };

/** What was broken off gets this long to end properly, in milliseconds. */
const lastWordMs = 500;

/** After a defect of our own, a job is tried again this much later, in milliseconds. */
const afterDefectMs = 60_000;

/**
 * Carries each job from step to step: order, ask, fetch, poster, enlarge. One step of a job at a time, steps
 * of different jobs side by side, and a record on disk before anything that it promises.
 */
export class JobRunner {
  /** Hands orders in, and breaks off what is on its way. */
  readonly submit: SubmitStep;
  readonly studios: StudioAccess;
  readonly accounts: AccountPool;
  readonly lease: Lease;
  private readonly table: JobTable;
  private readonly download: JobManagerOptions['download'];
  private readonly clock: Clock;
  private readonly onDefect: (error: unknown) => void;
  private readonly timers: TimerQueue;
  private readonly polls: PollStep;
  private readonly downloads: DownloadStep;
  private readonly posters: PosterStep;
  private readonly upscales: UpscaleStep;
  private readonly chains: ChainWait;
  private listening: Disposable | undefined;
  /** How an order of each kind begins. */
  private readonly begin: Readonly<Record<OrderKind, (job: Job) => Promise<Wait>>>;
  /** Those under way. */
  private readonly steps = new Map<Job, Promise<void>>();

  constructor(
    options: JobManagerOptions,
    table: JobTable,
    neighbours: Neighbours,
    { moveOn }: Pick<TakePlaces, 'moveOn'>,
  ) {
    const { random = Math.random, limitBackoff = usualCooldown } = options;
    this.table = table;
    this.download = options.download;
    this.clock = options.clock;
    this.onDefect = options.onDefect ?? (() => undefined);
    this.lease = new Lease(options.lock, neighbours);
    this.studios = new StudioAccess(options);
    this.accounts = new AccountPool({
      clock: options.clock,
      words: noticeWords(),
      untoldMs: (times) => backoffMs(times, undefined, limitBackoff, random),
      load: (key) => table.servingOf(key),
    });
    if (options.onAccountNotice) this.accounts.onDidNotice(options.onAccountNotice);
    const { lease, studios, accounts } = this;
    const context: StepContext = {
      ...options,
      table,
      lease,
      studios,
      accounts,
      neighbours,
      moveOn,
      random,
    };
    this.submit = new SubmitStep(context);
    this.polls = new PollStep(context);
    this.downloads = new DownloadStep(context);
    this.posters = new PosterStep(context);
    const submit = (job: Job): Promise<Wait> => this.submit.submit(job);
    this.upscales = new UpscaleStep(context, submit, (job) => {
      this.go(job);
    });
    this.chains = new ChainWait(context);
    this.begin = {
      render: async (job) => {
        if (job.record.after !== undefined && !(await this.chains.join(job))) return undefined;
        return await submit(job);
      },
      upscale: (job) => this.upscales.begin(job),
      picture: async (job) => {
        const turn = await joinPictures(job, table);
        return turn.isHere ? await submit(job) : turn.wait;
      },
    };
    this.timers = new TimerQueue(options.clock, (id) => {
      const job = table.get(id);
      if (job !== undefined) this.step(job);
    });
  }

  start(): void {
    this.listening = this.table.onDidTurn((record) => {
      for (const job of waitingFor(record, this.table)) this.go(job);
    });
    this.timers.start();
  }

  /** See to a job's next step now, or when its service is to be asked again. */
  go(job: Job): void {
    if (job.stop.signal.aborted) job.stop = new AbortController();
    const { until = 0 } = currentOrder(job.record).doubt ?? {};
    this.timers.set(job.record.id, Math.max(0, until - this.clock.now()));
  }

  /** Look whether an order that may have been taken is known after all; then it goes on. */
  async recover(job: Job): Promise<Wait> {
    const { kind, account } = currentOrder(job.record);
    const remote = await this.studios.recover(job.record, this.lease.closing);
    if (remote === undefined || this.lease.isClosing) return undefined;
    await this.table.tryApply(job, { type: 'found', kind, remote, account });
    return 0;
  }

  /** Break off what a job is doing, but never an order. */
  halt(job: Job): void {
    this.timers.clear(job.record.id);
    job.stop.abort();
  }

  /** Break off what goes on by itself again later: neither an order on its way out nor a poll. */
  hold(job: Job): void {
    const order = currentOrder(job.record);
    const { state } = order;
    const isMadeHere = state === 'queued' && !rulesOf(order).isAlwaysSent;
    if (state === 'ready' || state === 'fetching' || isMadeHere) this.halt(job);
  }

  /** What a job is fetching was moved: resolves once it has stopped, or its clip has come in after all and its record says so. */
  async breakOff(job: Job): Promise<void> {
    const { state } = currentOrder(job.record);
    this.hold(job);
    if (state === 'ready' || state === 'fetching') await this.steps.get(job);
  }

  /**
   * What was broken off because it was moved begins anew in its own place: fetching costs nothing. What there was of it
   * goes.
   *
   * @param left where it would be, had it come there
   */
  beginAnew(job: Job, left: string): void {
    const { record } = job;
    if (job.stop.signal.aborted) this.go(job);
    const order = currentOrder(record);
    if (left === rulesOf(order).file(record)) return;
    const request = { root: record.root, file: left, key: orderName(record, order) };
    void this.download.discard(request, this.lease.name).catch(() => undefined);
  }

  /** These accounts are not what they were; what waited for one of them may go at once. */
  forgetAccounts(accounts: readonly string[]): void {
    this.accounts.forget(accounts);
    this.polls.forget(accounts);
    for (const job of this.table.all()) {
      const order = currentOrder(job.record);
      const isConcerned = order.accounts.some((account) => accounts.includes(account));
      if (order.state === 'queued' && isConcerned) this.go(job);
    }
  }

  /**
   * Stop everything. Orders under way get `graceMs` for their answer, because one that is lost here
   * leaves a job that nobody can tell the state of.
   *
   * @param from while it has not aborted there is no hurry: the window stays, and only the jobs go
   */
  async stop(graceMs: number, from?: AbortSignal): Promise<void> {
    this.lease.close();
    this.upscales.dispose();
    this.listening?.dispose();
    for (const job of this.table.all()) job.stop.abort();
    await this.timers.stop();
    const ended = new AbortController();
    const steps = Promise.allSettled(this.steps.values()).then(() => {
      ended.abort();
    });
    const patience = async (ms: number): Promise<void> => {
      await this.clock.sleep(ms, ended.signal).catch(() => undefined);
    };
    if (from !== undefined) await Promise.race([steps, untilAborted(from)]);
    await Promise.race([steps, patience(graceMs)]);
    this.lease.abandon();
    // A studio that does not listen cannot keep the window from closing; its job will be unclear.
    await Promise.race([steps, patience(lastWordMs)]);
    this.lease.end();
  }

  private step(job: Job): void {
    if (this.lease.isClosing) return;
    if (job.busy) {
      job.again = true;
      return;
    }
    job.busy = true;
    job.again = false;
    const run = this.stepNow(job)
      .catch((error: unknown) => {
        this.onDefect(error);
        this.table.note(job, { note: messageOf(error) });
        return afterDefectMs;
      })
      .then((wait) => {
        job.busy = false;
        this.steps.delete(job);
        const next = job.again ? 0 : wait;
        if (next !== undefined && !this.lease.isClosing) {
          this.timers.set(job.record.id, next);
        }
      });
    this.steps.set(job, run);
  }

  private async stepNow(job: Job): Promise<Wait> {
    const { record } = job;
    if (stateOf(record) === 'saved') return await this.posters.make(job);
    const { kind, state } = currentOrder(record);
    switch (state) {
      case 'queued':
        return record.paused ? undefined : await this.begin[kind](job);
      case 'accepted':
        return await this.polls.poll(job);
      case 'ready':
      case 'fetching':
        return record.paused ? undefined : await this.downloads.fetch(job);
      case 'unclear':
        return await this.recover(job);
      default:
        return undefined;
    }
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else {
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
    }
  });
}
