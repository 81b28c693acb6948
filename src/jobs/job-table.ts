import type { Clock } from '../base/clock.ts';
import { diskError } from '../base/disk-error.ts';
import { ScenewrightError, messageOf } from '../base/errors.ts';
import { Emitter } from '../base/events.ts';
import { accountKey } from './accounts.ts';
import { Attempts } from './attempts.ts';
import { next, type JobEvent } from './job-machine.ts';
import { currentOrder, type JobRecord, type JobView } from './job.ts';
import { chainStandingOf, isHeld, isOver, stateOf } from './job-state.ts';
import { isOpen, type OrderStage } from './order.ts';
import { byAge, type JobStore } from './job-store.ts';
import { FinishTally, type FinishSummary } from './summary.ts';
import { viewOf, type Live } from './view.ts';

/** A job in memory. The record is replaced whole, and only by the table. */
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

/** Changes are told at most this often, in milliseconds. */
const tellEveryMs = 100;

/**
 * All jobs: applies events to records, sees to it that they are on disk, and tells what changed.
 * Listeners are called apart from the work, so that nothing they do can disturb it.
 */
export class JobTable {
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
  private readonly freed = new Emitter<string>();
  private readonly turned = new Emitter<JobRecord>();
  /** Renders and enlargements that are at a service, and of these the enlargements, by account. */
  private readonly serving = new Map<string, number>();
  private readonly enlarging = new Map<string, number>();
  private readonly attempts = new Attempts();
  private readonly ledger = new FinishTally();
  /** Jobs that get on by themselves, and since when there have been any. */
  private active = 0;
  private activeSince = 0;
  private telling = false;
  private toldAt = 0;

  readonly onDidChange = this.changed.event;
  readonly onDidRemove = this.removed.event;
  readonly onDidFinish = this.finished.event;
  /** The account with this key has one enlargement less at its service; told at once. */
  readonly onDidFreeUpscale = this.freed.event;
  /** It stands otherwise with a clip that others may go on from, or with its being there at all; told at once. */
  readonly onDidTurn = this.turned.event;

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

  /** Renders and enlargements that an account has at its service; see `accountKey`. */
  servingOf(key: string): number {
    return this.serving.get(key) ?? 0;
  }

  /** Those of them that are enlargements. */
  enlargingOf(key: string): number {
    return this.enlarging.get(key) ?? 0;
  }

  /** Of the jobs on the list. */
  views(): JobView[] {
    const listed = [...this.jobs.values()].filter(({ record }) => record.unlisted !== true);
    return listed.sort((a, b) => byAge(a.record, b.record)).map((job) => this.viewOf(job));
  }

  viewOf(job: Job): JobView {
    return viewOf(job, this.isSuperseded(job.record));
  }

  /** Whether a job came to nothing, and a later one has made that good. */
  isSuperseded(record: JobRecord): boolean {
    return this.attempts.isSuperseded(record);
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
    this.count(undefined, record);
    this.touch(job);
    this.turned.fire(record);
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

  /** As {@link apply}, for records whose loss costs no money: the step would only be taken again. */
  async tryApply(job: Job, event: JobEvent): Promise<void> {
    await this.apply(job, event).catch(this.onDefect);
  }

  /**
   * The job's current order has failed; on disk as by {@link tryApply}.
   *
   * @returns `undefined`: nothing goes on by itself
   */
  async fail(job: Job, stage: OrderStage, error: unknown): Promise<number | undefined> {
    // By the time that the writer retries them all, the account may well be in order.
    const retryable =
      error instanceof ScenewrightError && (error.retryable || error.code === 'account');
    job.failures = 0;
    await this.tryApply(job, { type: 'fail', stage, error: messageOf(error), retryable });
    return undefined;
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
    this.count(job.record, undefined);
    this.turned.fire(job.record);
    this.gone.add(id);
    this.tell();
  }

  dispose(): void {
    this.stop.abort();
    this.freed.dispose();
    this.turned.dispose();
    this.changed.dispose();
    this.removed.dispose();
    this.finished.dispose();
  }

  private replace(job: Job, record: JobRecord): void {
    const before = job.record;
    job.record = record;
    const isNews =
      stateOf(before) !== stateOf(record) ||
      currentOrder(before).state !== currentOrder(record).state;
    if (isNews) job.live = {};
    this.count(before, record);
    if (!isOver(record)) this.ended.delete(record.id);
    else if (!isOver(before)) this.ended.add(record.id);
    this.touch(job);
    if (chainStandingOf(before) !== chainStandingOf(record)) this.turned.fire(record);
  }

  /** Keep the counts: one record has become another, is new or is gone. */
  private count(before: JobRecord | undefined, after: JobRecord | undefined): void {
    const active = Number(isActive(after)) - Number(isActive(before));
    if (this.active === 0 && active > 0) this.activeSince = this.clock.now();
    this.active += active;
    this.countAtService(after, 1);
    this.countAtService(before, -1);
    for (const id of this.attempts.follow(before, after)) if (this.jobs.has(id)) this.dirty.add(id);
  }

  private countAtService(record: JobRecord | undefined, by: 1 | -1): void {
    if (record === undefined) return;
    const order = currentOrder(record);
    const { kind, state, account } = order;
    if (!isOpen(order) || state === 'queued') return;
    const key = accountKey(record.studio, account);
    if (state === 'accepted') change(this.serving, key, by);
    if (kind !== 'upscale') return;
    change(this.enlarging, key, by);
    if (by === -1 && this.enlargingOf(key) === 0) this.freed.fire(key);
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
    const gone = [...this.gone];
    const views = [...this.dirty].flatMap((id) => {
      const job = this.jobs.get(id);
      if (job?.record.unlisted === true) gone.push(id);
      return job === undefined || job.record.unlisted === true ? [] : this.viewOf(job);
    });
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
    const ended = [...this.ended].flatMap((id) => this.jobs.get(id) ?? []);
    this.ended.clear();
    return {
      ...this.ledger.sum(
        ended.map(({ record }) => record),
        (record) => this.isSuperseded(record),
      ),
      milliseconds: this.clock.now() - this.activeSince,
      jobs: ended.map((job) => this.viewOf(job)),
    };
  }
}

function change(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function isActive(record: JobRecord | undefined): boolean {
  return record !== undefined && !record.paused && !isOver(record) && !isHeld(record);
}
