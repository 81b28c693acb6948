import { messageOf } from '../../base/errors.ts';
import type { Job } from '../job-table.ts';
import { DownloadStep } from './download-step.ts';
import { errandOf } from '../errand.ts';
import type { JobRecord } from '../job.ts';
import { SubmitStep } from './submit-step.ts';
import { PollStep } from './poll-step.ts';
import { TimerQueue } from '../timer-queue.ts';
import { UpscaleStep } from './upscale-step.ts';
import { StepContext, type StepOptions, type Wait } from './step-context.ts';

/** What was broken off gets this long to end properly, in milliseconds. */
const lastWordMs = 500;

/** After a defect of our own, a job is tried again this much later, in milliseconds. */
const afterDefectMs = 60_000;

/**
 * Carries each job from step to step: order, ask, fetch, poster, enlarge. One step of a job at a time, steps
 * of different jobs side by side, and a record on disk before anything that it promises.
 */
export class JobRunner {
  private readonly context: StepContext;
  private readonly timers: TimerQueue;
  private readonly orders: SubmitStep;
  private readonly polls: PollStep;
  private readonly clips: DownloadStep;
  private readonly upscales: UpscaleStep;
  private readonly steps = new Set<Promise<void>>();

  constructor(options: StepOptions) {
    this.context = new StepContext(options);
    this.orders = new SubmitStep(this.context);
    this.polls = new PollStep(this.context);
    this.clips = new DownloadStep(this.context);
    this.upscales = new UpscaleStep(this.context, this.orders, (job) => {
      this.go(job);
    });
    this.timers = new TimerQueue(options.clock, (id) => {
      const job = options.table.get(id);
      if (job !== undefined) this.step(job);
    });
  }

  start(): void {
    this.timers.start();
  }

  /** See to a job's next step now. */
  go(job: Job): void {
    if (job.stop.signal.aborted) job.stop = new AbortController();
    this.timers.set(job.record.id, 0);
  }

  /** Break off what a job is doing, but never an order. */
  halt(job: Job): void {
    this.timers.clear(job.record.id);
    job.stop.abort();
  }

  /** Break off even an order: where the service may have taken it, the job is unclear then. */
  breakOffOrder(job: Job): void {
    this.orders.breakOff(job);
  }

  /** Resolves when an order under way is over: answered within `graceMs`, else broken off. */
  async settleOrder(job: Job, graceMs: number): Promise<void> {
    await this.orders.settle(job, graceMs);
  }

  /** The writer means to try again: no account is set aside any more. */
  forgiveRefusals(): void {
    this.context.accounts.forgiveRefusals();
  }

  /** These accounts are not what they were; what waited for one of them may go at once. */
  forgetAccounts(accounts: readonly string[]): void {
    this.context.accounts.forget(accounts);
    this.polls.forget(accounts);
    for (const job of this.context.table.all()) {
      const errand = errandOf(job.record);
      const isConcerned = errand.accounts.some((account) => accounts.includes(account));
      if (errand.phase === 'queued' && isConcerned) this.go(job);
    }
  }

  /** Tell the service to stop; `false` when it cannot be told or did not listen. */
  async cancelAtService(record: JobRecord): Promise<boolean> {
    return await this.context.cancelAtService(record);
  }

  /**
   * Stop everything. Orders under way get `graceMs` for their answer, because one that is lost here
   * leaves a job that nobody can tell the state of.
   *
   * @param from while it has not aborted there is no hurry: the window stays, and only the jobs go
   */
  async stop(graceMs: number, from?: AbortSignal): Promise<void> {
    const { context } = this;
    context.stopping.abort();
    this.upscales.dispose();
    for (const job of context.table.all()) job.stop.abort();
    await this.timers.stop();
    const ended = new AbortController();
    const steps = Promise.allSettled(this.steps).then(() => {
      ended.abort();
    });
    const patience = async (ms: number): Promise<void> => {
      await context.options.clock.sleep(ms, ended.signal).catch(() => undefined);
    };
    if (from !== undefined) await Promise.race([steps, untilAborted(from)]);
    await Promise.race([steps, patience(graceMs)]);
    context.abandon.abort();
    // A studio that does not listen cannot keep the window from closing; its job will be unclear.
    await Promise.race([steps, patience(lastWordMs)]);
    context.over = true;
  }

  private step(job: Job): void {
    if (this.context.stopped) return;
    if (job.busy) {
      job.again = true;
      return;
    }
    job.busy = true;
    job.again = false;
    const run = this.stepNow(job)
      .catch((error: unknown) => {
        this.context.options.onDefect(error);
        this.context.table.note(job, { note: messageOf(error) });
        return afterDefectMs;
      })
      .then((wait) => {
        job.busy = false;
        this.steps.delete(run);
        const next = job.again ? 0 : wait;
        if (next !== undefined && !this.context.stopped) {
          this.timers.set(job.record.id, next);
        }
      });
    this.steps.add(run);
  }

  private async stepNow(job: Job): Promise<Wait> {
    const { state, paused } = job.record;
    if (state === 'saved') return await this.clips.addPoster(job);
    const { kind, phase } = errandOf(job.record);
    switch (phase) {
      case 'queued':
        if (paused) return undefined;
        return kind === 'render' ? await this.orders.submit(job) : await this.upscales.begin(job);
      case 'rendering':
        return await this.polls.poll(job);
      case 'ready':
        return paused ? undefined : await this.clips.fetch(job);
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
