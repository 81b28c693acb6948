import { messageOf } from '../base/errors.ts';
import { Workshop, type WorkshopOptions, type Wait } from './workshop.ts';
import type { Job } from './book.ts';
import { Clips } from './clips.ts';
import type { JobRecord } from './model.ts';
import { Orders } from './orders.ts';
import { Polls } from './polls.ts';
import { Timetable } from './timetable.ts';

/** What was broken off gets this long to end properly, in milliseconds. */
const lastWordMs = 500;

/** After a defect of our own, a job is tried again this much later, in milliseconds. */
const afterDefectMs = 60_000;

/**
 * Carries each job from step to step: order, ask, fetch, poster. One step of a job at a time, steps
 * of different jobs side by side, and a record on disk before anything that it promises.
 */
export class JobRunner {
  private readonly workshop: Workshop;
  private readonly timetable: Timetable;
  private readonly orders: Orders;
  private readonly polls: Polls;
  private readonly clips: Clips;
  private readonly steps = new Set<Promise<void>>();

  constructor(options: WorkshopOptions) {
    this.workshop = new Workshop(options);
    this.orders = new Orders(this.workshop);
    this.polls = new Polls(this.workshop);
    this.clips = new Clips(this.workshop);
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

  /** The writer has done something about an account; what it was told before is void. */
  forgive(record: JobRecord): void {
    this.orders.forgive(record);
  }

  /** Tell the service to stop; `false` when it cannot be told or did not listen. */
  async cancelAtService(record: JobRecord): Promise<boolean> {
    return await this.workshop.cancelAtService(record);
  }

  /**
   * Stop everything. Orders under way get `graceMs` for their answer, because one that is lost here
   * leaves a job that nobody can tell the state of.
   */
  async stop(graceMs: number): Promise<void> {
    const { workshop } = this;
    workshop.stopping.abort();
    await this.timetable.stop();
    for (const job of workshop.book.all()) job.stop.abort();
    const ended = new AbortController();
    const steps = Promise.allSettled(this.steps).then(() => {
      ended.abort();
    });
    const patience = async (ms: number): Promise<void> => {
      await workshop.options.clock.sleep(ms, ended.signal).catch(() => undefined);
    };
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
    switch (state) {
      case 'queued':
        return paused ? undefined : await this.orders.submit(job);
      case 'rendering':
        return await this.polls.poll(job);
      case 'ready':
      case 'downloading':
        return paused ? undefined : await this.clips.fetch(job);
      case 'saved':
        return await this.clips.addPoster(job);
      default:
        return undefined;
    }
  }
}
