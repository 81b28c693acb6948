import { messageOf } from '../base/errors.ts';
import type { Job } from './book.ts';
import { Clips } from './clips.ts';
import { errandOf } from './errand.ts';
import type { JobRecord } from './model.ts';
import { Orders } from './orders.ts';
import { Polls } from './polls.ts';
import { Timetable } from './timetable.ts';
import { Upscales } from './upscale.ts';
import { Workshop, type WorkshopOptions, type Wait } from './workshop.ts';

/** What was broken off gets this long to end properly, in milliseconds. */
const lastWordMs = 500;

/** After a defect of our own, a job is tried again this much later, in milliseconds. */
const afterDefectMs = 60_000;

/**
 * Carries each job from step to step: order, ask, fetch, poster, enlarge. One step of a job at a time, steps
 * of different jobs side by side, and a record on disk before anything that it promises.
 */
export class JobRunner {
  private readonly workshop: Workshop;
  private readonly timetable: Timetable;
  private readonly orders: Orders;
  private readonly polls: Polls;
  private readonly clips: Clips;
  private readonly upscales: Upscales;
  private readonly steps = new Set<Promise<void>>();

  constructor(options: WorkshopOptions) {
    this.workshop = new Workshop(options);
    this.orders = new Orders(this.workshop);
    this.polls = new Polls(this.workshop);
    this.clips = new Clips(this.workshop);
    this.upscales = new Upscales(this.workshop, this.orders, (job) => {
      this.go(job);
    });
    this.timetable = new Timetable(options.clock, (id) => {
      const job = options.book.get(id);
      if (job !== undefined) this.step(job);
    });
  }

  start(): void {
    this.timetable.start();
  }

  /** See to a job's next step now. */
  go(job: Job): void {
    if (job.stop.signal.aborted) job.stop = new AbortController();
    this.timetable.set(job.record.id, 0);
  }

  /** Break off what a job is doing, but never an order. */
  halt(job: Job): void {
    this.timetable.clear(job.record.id);
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
    this.workshop.accounts.forgiveRefusals();
  }

  /** These accounts are not what they were; what waited for one of them may go at once. */
  forgetAccounts(accounts: readonly string[]): void {
    this.workshop.accounts.forget(accounts);
    this.polls.forget(accounts);
    for (const job of this.workshop.book.all()) {
      const errand = errandOf(job.record);
      const isConcerned = errand.accounts.some((account) => accounts.includes(account));
      if (errand.phase === 'queued' && isConcerned) this.go(job);
    }
  }

  /** Tell the service to stop; `false` when it cannot be told or did not listen. */
  async cancelAtService(record: JobRecord): Promise<boolean> {
    return await this.workshop.cancelAtService(record);
  }

  /**
   * Stop everything. Orders under way get `graceMs` for their answer, because one that is lost here
   * leaves a job that nobody can tell the state of.
   *
   * @param from while it has not aborted there is no hurry: the window stays, and only the jobs go
   */
  async stop(graceMs: number, from?: AbortSignal): Promise<void> {
    const { workshop } = this;
    workshop.stopping.abort();
    this.upscales.dispose();
    for (const job of workshop.book.all()) job.stop.abort();
    await this.timetable.stop();
    const ended = new AbortController();
    const steps = Promise.allSettled(this.steps).then(() => {
      ended.abort();
    });
    const patience = async (ms: number): Promise<void> => {
      await workshop.options.clock.sleep(ms, ended.signal).catch(() => undefined);
    };
    if (from !== undefined) await Promise.race([steps, untilAborted(from)]);
    await Promise.race([steps, patience(graceMs)]);
    workshop.abandon.abort();
    // A studio that does not listen cannot keep the window from closing; its job will be unclear.
    await Promise.race([steps, patience(lastWordMs)]);
    workshop.over = true;
  }

  private step(job: Job): void {
    if (this.workshop.stopped) return;
    if (job.busy) {
      job.again = true;
      return;
    }
    job.busy = true;
    job.again = false;
    const run = this.stepNow(job)
      .catch((error: unknown) => {
        this.workshop.options.onDefect(error);
        this.workshop.book.note(job, { note: messageOf(error) });
        return afterDefectMs;
      })
      .then((wait) => {
        job.busy = false;
        this.steps.delete(run);
        const next = job.again ? 0 : wait;
        if (next !== undefined && !this.workshop.stopped) {
          this.timetable.set(job.record.id, next);
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
