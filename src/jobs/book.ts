import type { Clock } from '../base/clock.ts';
import { ScenewrightError } from '../base/errors.ts';
import { Emitter } from '../base/events.ts';
import { diskError } from './disk.ts';
import { next, type JobEvent } from './machine.ts';
import { finalStates, type JobRecord, type JobView } from './model.ts';
import { byAge, type JobStore } from './store.ts';

/** What is known of a job beyond its record; lost with the window, and no loss. */
export interface Live {
  /** 0 to 1. */
  progress?: number;
  bytes?: number;
  total?: number;
  speed?: number;
  /** Why it is not getting on at the moment, though it has not failed. */
  note?: string;
}

/** A job in memory. The record is replaced whole, and only by the book. */
export interface Job {
  record: JobRecord;
  live: Live;
  /** A step of it is under way. */
  busy: boolean;
  /** Another step was asked for meanwhile. */
  again: boolean;
  /** Failures in a row of the present step. */
  failures: number;
  /** Polls in a row that brought nothing new. */
  unchanged: number;
  /** The writer wants it cancelled as soon as the answer to its order is in. */
  cancelWanted: boolean;
  /** Stops the step under way. */
  stop: AbortController;
}

/** How the queue stood when it ran dry. */
export interface FinishSummary {
  readonly succeeded: number;
  /** Failed, expired and unclear. */
  readonly failed: number;
  readonly cancelled: number;
  /** Bytes of the clips that arrived. */
  readonly bytes: number;
  /** All that ended since the queue last ran dry. */
  readonly jobs: readonly JobView[];
}

/** Changes are told at most this often, in milliseconds. */
const tellEveryMs = 100;

/**
 * All jobs: applies events to records, sees to it that they are on disk, and tells what changed.
 * Listeners are called apart from the work, so that nothing they do can disturb it.
 */
export class JobBook {
  private readonly store: JobStore;
  private readonly clock: Clock;
  private readonly onDefect: (error: unknown) => void;
  private readonly jobs = new Map<string, Job>();
  private readonly changed = new Emitter<readonly JobView[]>();
  private readonly removed = new Emitter<readonly string[]>();
  private readonly finished = new Emitter<FinishSummary>();
  private readonly stop = new AbortController();
  private readonly dirty = new Set<string>();
  private readonly gone = new Set<string>();
  private readonly ended = new Set<string>();
  /** Jobs that get on by themselves. */
  private active = 0;
  private telling = false;
  private toldAt = 0;

  readonly onDidChange = this.changed.event;
  readonly onDidRemove = this.removed.event;
  readonly onDidFinish = this.finished.event;

  constructor(store: JobStore, clock: Clock, onDefect: (error: unknown) => void) {
    this.store = store;
    this.clock = clock;
    this.onDefect = onDefect;
  }

  get(id: string): Job | undefined {
    return this.jobs.get(id);
  }

  all(): Iterable<Job> {
    return this.jobs.values();
  }

  views(): JobView[] {
    return [...this.jobs.values()].sort((a, b) => byAge(a.record, b.record)).map(viewOf);
  }

  /** Take a record in as it is on disk. */
  put(record: JobRecord): Job {
    const known = this.jobs.get(record.id);
    if (known !== undefined) {
      this.replace(known, record);
      return known;
    }
    const job: Job = {
      record,
      live: {},
      busy: false,
      again: false,
      failures: 0,
      unchanged: 0,
      cancelWanted: false,
      stop: new AbortController(),
    };
    this.jobs.set(record.id, job);
    if (isActive(record)) this.active++;
    this.touch(job);
    return job;
  }

  /**
   * Apply an event and resolve once the new record is on disk; `false` where the event does not
   * apply. In memory it holds at once, also when the disk refuses.
   *
   * @throws ScenewrightError `disk`.
   */
  async apply(job: Job, event: JobEvent): Promise<boolean> {
    const record = next(job.record, event);
    if (record === undefined) return false;
    this.replace(job, { ...record, updatedAt: this.clock.now() });
    await this.save(job.record);
    return true;
  }

  /** @throws ScenewrightError `disk`. */
  async save(record: JobRecord): Promise<void> {
    try {
      await this.store.save(record);
    } catch (error) {
      throw diskError(error, this.store.folder);
    }
  }

  /** Note what is not worth a write. */
  note(job: Job, live: Live): void {
    job.live = live;
    this.touch(job);
  }

  /** Take a job out of memory; its record is the caller's business. */
  drop(id: string): void {
    const job = this.jobs.get(id);
    if (job === undefined) return;
    this.jobs.delete(id);
    this.dirty.delete(id);
    this.ended.delete(id);
    if (isActive(job.record)) this.active--;
    this.gone.add(id);
    this.tell();
  }

  dispose(): void {
    this.stop.abort();
    this.changed.dispose();
    this.removed.dispose();
    this.finished.dispose();
  }

  private replace(job: Job, record: JobRecord): void {
    const before = job.record;
    job.record = record;
    if (before.state !== record.state) job.live = {};
    this.active += Number(isActive(record)) - Number(isActive(before));
    if (finalStates.has(record.state) && !finalStates.has(before.state)) this.ended.add(record.id);
    if (!finalStates.has(record.state)) this.ended.delete(record.id);
    this.touch(job);
  }

  private touch(job: Job): void {
    this.dirty.add(job.record.id);
    this.tell();
  }

  private tell(): void {
    if (this.telling || this.stop.signal.aborted) return;
    this.telling = true;
    void this.tellSoon();
  }

  private async tellSoon(): Promise<void> {
    try {
      const wait = Math.max(0, this.toldAt + tellEveryMs - this.clock.now());
      await this.clock.sleep(wait, this.stop.signal);
    } catch {
      return;
    }
    this.telling = false;
    this.toldAt = this.clock.now();
    const views = [...this.dirty].flatMap((id) => {
      const job = this.jobs.get(id);
      return job === undefined ? [] : viewOf(job);
    });
    const gone = [...this.gone];
    this.dirty.clear();
    this.gone.clear();
    try {
      if (views.length > 0) this.changed.fire(views);
      if (gone.length > 0) this.removed.fire(gone);
      if (this.active === 0 && this.ended.size > 0) this.finished.fire(this.summary());
    } catch (error) {
      this.onDefect(error);
    }
  }

  private summary(): FinishSummary {
    const jobs = [...this.ended].flatMap((id) => {
      const job = this.jobs.get(id);
      return job === undefined ? [] : viewOf(job);
    });
    this.ended.clear();
    const succeeded = jobs.filter(({ state }) => state === 'done');
    const cancelled = jobs.filter(({ state }) => state === 'cancelled').length;
    return {
      succeeded: succeeded.length,
      failed: jobs.length - succeeded.length - cancelled,
      cancelled,
      bytes: succeeded.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
      jobs,
    };
  }
}

function isActive({ state, paused }: JobRecord): boolean {
  return !finalStates.has(state) && !paused;
}

/** The one place where a job becomes something to show. */
export function viewOf({ record, live }: Job): JobView {
  const here = ['saved', 'upscaling', 'done'].includes(record.state);
  const { account, stage, poster } = record;
  const error = record.error ?? live.note;
  const bytes = live.bytes ?? record.bytes;
  return {
    id: record.id,
    script: record.script,
    scene: record.number,
    sceneId: record.scene.id,
    title: record.scene.title,
    studio: record.studio,
    state: record.state,
    paused: record.paused,
    ...(account === undefined ? {} : { account }),
    ...(stage === undefined ? {} : { stage }),
    ...(live.progress === undefined ? {} : { progress: live.progress }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(live.total === undefined ? {} : { total: live.total }),
    ...(live.speed === undefined ? {} : { speed: live.speed }),
    ...(here ? { file: record.file } : {}),
    ...(poster === undefined ? {} : { poster }),
    ...(record.clipSeconds === undefined ? {} : { seconds: record.clipSeconds }),
    ...(error === undefined ? {} : { error }),
  };
}

/** The error of an id that names no job. */
export function noSuchJob(id: string): ScenewrightError {
  return new ScenewrightError('bad-input', `There is no video job ${id.slice(0, 80)} any more.`);
}
