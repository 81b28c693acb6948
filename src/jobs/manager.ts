import type { Clock } from '../base/clock.ts';
import { ScenewrightError, cancelledError } from '../base/errors.ts';
import { Emitter, type Disposable, type Event } from '../base/events.ts';
import type { Backoff } from '../net/retry.ts';
import type { VideoStudio } from '../studios/port.ts';
import { renderName } from './workshop.ts';
import { JobBook, noSuchJob, viewOf, type FinishSummary, type Job } from './book.ts';
import { diskError } from './disk.ts';
import type { Downloader } from './download.ts';
import type { OwnerLock } from '../base/lock.ts';
import { finalStates, type JobRecord, type JobView, type NewJob } from './model.ts';
import { discardPartOf } from './part-file.ts';
import type { PosterMaker } from './poster.ts';
import { newJobId, recordVersion } from './record.ts';
import { JobRunner } from './runner.ts';
import type { JobStore, UnreadableRecord } from './store.ts';

export type { FinishSummary } from './book.ts';

export interface JobManagerOptions {
  readonly store: JobStore;
  /** Keeps a second window from working on the same jobs; on the store's own folder. */
  readonly lock: OwnerLock;
  readonly studios: (id: string) => VideoStudio | undefined;
  /** The secret of an account, asked for right before each use. */
  readonly secret: (accountId: string) => Promise<string | undefined>;
  readonly download: Downloader;
  readonly posters: PosterMaker;
  readonly clock: Clock;
  /** Milliseconds between polls of one job, asked before each. */
  readonly pollMs: () => number;
  /** Orders that go out at once (default 4). */
  readonly submitParallel?: number;
  /** Waits before an order that was not taken goes out again (default 1 s, growing to 30 s). */
  readonly submitBackoff?: Backoff;
  /** How long orders under way may still be answered when it all ends (default 3000 ms). */
  readonly graceMs?: number;
  readonly random?: () => number;
  /** Told of errors that belong into the log and that no job can show. */
  readonly onDefect?: (error: unknown) => void;
}

/**
 * The jobs of a workspace, from the order to the clip. What it says of a job is on disk before it
 * happens, so that it can be stopped, killed or crash at any moment and goes on where it was,
 * without ordering anything twice.
 *
 * In a second window on the same workspace it only shows what the first one does, and takes over
 * when that one is gone.
 */
export class JobManager {
  private readonly options: JobManagerOptions;
  private readonly book: JobBook;
  private readonly onDefect: (error: unknown) => void;
  private readonly unreadable = new Emitter<readonly UnreadableRecord[]>();
  private readonly ownership = new Emitter<boolean>();
  private readonly listening: Disposable[] = [];
  private runner: JobRunner | undefined;
  private changing: Promise<void> = Promise.resolve();
  private ordering: Promise<unknown> = Promise.resolve();
  private disposed = false;

  /** The jobs that changed, at most ten times a second. */
  readonly onDidChange: Event<readonly JobView[]>;
  /** Ids of jobs that are no more. */
  readonly onDidRemove: Event<readonly string[]>;
  /** Nothing is left that gets on by itself. */
  readonly onDidFinish: Event<FinishSummary>;
  /** Whether this window works on the jobs has changed. */
  readonly onDidChangeOwner = this.ownership.event;
  /** Records that could not be read at start; the rest is not affected. */
  readonly onDidFindUnreadable = this.unreadable.event;

  constructor(options: JobManagerOptions) {
    this.options = options;
    this.onDefect = options.onDefect ?? (() => undefined);
    this.book = new JobBook(options.store, options.clock, this.onDefect);
    this.onDidChange = this.book.onDidChange;
    this.onDidRemove = this.book.onDidRemove;
    this.onDidFinish = this.book.onDidFinish;
  }

  /** Whether this window works on the jobs; otherwise it only shows them. */
  get owner(): boolean {
    return this.runner !== undefined;
  }

  /**
   * Take up where the last window left off.
   *
   * @throws ScenewrightError `disk` when the store's folder cannot be used.
   */
  async start(): Promise<void> {
    const { lock, store } = this.options;
    try {
      const owned = await lock.start();
      this.listening.push(
        lock.onDidChange((owns) => {
          this.inTurn(() => (owns ? this.takeOver() : this.standBack()));
        }),
        lock.onDidLook(() => {
          this.inTurn(() => this.watch());
        }),
      );
      this.inTurn(() => (owned ? this.takeOver() : this.watch()));
      await this.changing;
    } catch (error) {
      throw diskError(error, store.folder);
    }
  }

  /**
   * Order renders. A scene whose very same picture is already on its way, or was ordered with an
   * unclear outcome, is not ordered again; its present job is returned.
   *
   * @throws ScenewrightError `disk` when a job cannot be written down; then none is ordered.
   */
  enqueue(requests: readonly NewJob[]): Promise<JobView[]> {
    // One call after the other: each has to see what the one before has ordered.
    const turn = this.ordering.then(() => this.order(requests));
    this.ordering = turn.catch(() => undefined);
    return turn;
  }

  private async order(requests: readonly NewJob[]): Promise<JobView[]> {
    const runner = this.mustOwn();
    const { clock, store } = this.options;
    const underWay = new Map<string, Job>();
    for (const job of this.book.all()) {
      const { state } = job.record;
      if (!finalStates.has(state) || state === 'unclear') underWay.set(pictureKey(job.record), job);
    }
    const now = clock.now();
    const fresh = new Map<string, JobRecord>();
    for (const request of requests) {
      const key = pictureKey(request);
      if (!underWay.has(key) && !fresh.has(key)) fresh.set(key, newRecord(request, now));
    }
    const saved = await Promise.allSettled(
      [...fresh.values()].map((record) => this.book.save(record)),
    );
    const failure = saved.find((outcome) => outcome.status === 'rejected');
    if (failure !== undefined) {
      await Promise.allSettled([...fresh.values()].map(({ id }) => store.remove(id)));
      throw failure.reason;
    }
    for (const [key, record] of fresh) {
      const job = this.book.put(record);
      underWay.set(key, job);
      runner.go(job);
    }
    return requests.flatMap((request) => {
      const job = underWay.get(pictureKey(request));
      return job === undefined ? [] : viewOf(job);
    });
  }

  /**
   * Try again what has ended, as the writer's own wish. Fetches again what is still at the service,
   * and orders anew (which may cost money) only what is not.
   */
  async retry(id: string): Promise<JobView> {
    const runner = this.mustOwn();
    const job = this.mustFind(id);
    if (!finalStates.has(job.record.state) || job.record.state === 'done') return viewOf(job);
    runner.forgive(job.record);
    job.cancelWanted = false;
    job.failures = 0;
    job.unchanged = 0;
    await this.book.apply(job, { type: 'retry' });
    runner.go(job);
    return viewOf(job);
  }

  /** Stop a job, at the service as well where that can be told. */
  async cancel(id: string): Promise<JobView> {
    const runner = this.mustOwn();
    const job = this.mustFind(id);
    if (job.record.state === 'submitting') {
      job.cancelWanted = true;
      this.book.note(job, { note: 'Will be cancelled as soon as the service has answered.' });
      return viewOf(job);
    }
    // A clip that is in its place is not taken away again.
    if (!['queued', 'rendering', 'ready', 'downloading'].includes(job.record.state)) {
      return viewOf(job);
    }
    runner.halt(job);
    const rendering = job.record.state === 'rendering';
    const atService = rendering && (await runner.cancelAtService(job.record));
    await this.book.apply(job, { type: 'cancel', atService });
    return viewOf(job);
  }

  /** Hold a queued job or a download; a render at the service goes on, and waits there. */
  async pause(id: string): Promise<JobView> {
    const runner = this.mustOwn();
    const job = this.mustFind(id);
    await this.book.apply(job, { type: 'pause' });
    if (job.record.paused && ['ready', 'downloading'].includes(job.record.state)) runner.halt(job);
    return viewOf(job);
  }

  async resume(id: string): Promise<JobView> {
    const runner = this.mustOwn();
    const job = this.mustFind(id);
    if (await this.book.apply(job, { type: 'resume' })) runner.go(job);
    return viewOf(job);
  }

  /** Forget a job, cancelled first if need be. Its clip stays. */
  async remove(id: string): Promise<void> {
    this.mustOwn();
    const job = this.mustFind(id);
    const { record } = job;
    if (record.state === 'submitting') {
      throw new ScenewrightError(
        'bad-input',
        `Scene ${record.number} is just being ordered. Remove the job when the service has answered.`,
      );
    }
    if (!finalStates.has(record.state)) await this.cancel(id);
    try {
      await this.options.store.remove(id);
      await discardPartOf(record.file, renderName(record));
    } catch (error) {
      throw diskError(error, this.options.store.folder);
    }
    this.book.drop(id);
  }

  /** All jobs, oldest first. */
  views(): JobView[] {
    return this.book.views();
  }

  /** What stands on disk of all jobs, with what a {@link JobView} does not tell; in no order. */
  records(): JobRecord[] {
    return [...this.book.all()].map(({ record }) => record);
  }

  view(id: string): JobView | undefined {
    const job = this.book.get(id);
    return job === undefined ? undefined : viewOf(job);
  }

  /** Stop promptly; the records say where to go on. Resolves when nothing runs any more. */
  async dispose(): Promise<void> {
    if (this.disposed) return;
    this.disposed = true;
    for (const listener of this.listening) listener.dispose();
    await this.changing;
    await this.runner?.stop(this.options.graceMs ?? 3000);
    this.runner = undefined;
    await this.options.store.idle();
    await this.options.lock.release();
    this.book.dispose();
    this.unreadable.dispose();
    this.ownership.dispose();
  }

  // ——— whose turn it is ———

  private inTurn(change: () => Promise<void>): void {
    this.changing = this.changing.then(change).catch(this.onDefect);
  }

  private async takeOver(): Promise<void> {
    if (this.disposed || this.runner !== undefined) return;
    const { store, studios } = this.options;
    const { records, unreadable } = await store.load();
    this.forgetAllBut(records);
    const runner = new JobRunner({
      submitParallel: 4,
      submitBackoff: { baseMs: 1000, maxMs: 30_000 },
      random: Math.random,
      ...this.options,
      book: this.book,
      onDefect: this.onDefect,
    });
    for (const record of records) {
      const job = this.book.put(record);
      const free = studios(record.studio)?.needsAccount === false;
      await this.book.apply(job, { type: 'wake', free }).catch(this.onDefect);
      if (!finalStates.has(job.record.state)) runner.go(job);
    }
    this.runner = runner;
    runner.start();
    if (unreadable.length > 0) this.unreadable.fire(unreadable);
    this.ownership.fire(true);
  }

  private async standBack(): Promise<void> {
    const { runner } = this;
    if (runner === undefined) return;
    this.runner = undefined;
    await runner.stop(this.options.graceMs ?? 3000);
    this.ownership.fire(false);
    await this.watch();
  }

  /** As a guest: show what the owner has written since the last look. */
  private async watch(): Promise<void> {
    if (this.disposed || this.runner !== undefined) return;
    const { changed, removed } = await this.options.store.refresh();
    for (const record of changed) this.book.put(record);
    for (const id of removed) this.book.drop(id);
  }

  private forgetAllBut(records: readonly JobRecord[]): void {
    const ids = new Set(records.map(({ id }) => id));
    for (const { record } of [...this.book.all()]) {
      if (!ids.has(record.id)) this.book.drop(record.id);
    }
  }

  private mustOwn(): JobRunner {
    if (this.runner !== undefined) return this.runner;
    if (this.disposed) throw cancelledError('The video job');
    throw new ScenewrightError(
      'bad-input',
      'Another window looks after the video jobs of this workspace. Do this there, or close it: this one then takes over.',
    );
  }

  private mustFind(id: string): Job {
    const job = this.book.get(id);
    if (job === undefined) throw noSuchJob(id);
    return job;
  }
}

/** What makes two orders the same order. */
function pictureKey(job: NewJob): string {
  const { script, scene, number, pictureHash, studio, file } = job;
  return JSON.stringify([script, scene.id, number, pictureHash, studio, file]);
}

function newRecord(request: NewJob, now: number): JobRecord {
  const { script, scriptTitle, scene, number, style, aspect, prompt } = request;
  const { pictureHash, studio, account, file, root } = request;
  return {
    version: recordVersion,
    id: newJobId(now),
    state: 'queued',
    script,
    scriptTitle,
    scene,
    number,
    style,
    aspect,
    prompt,
    pictureHash,
    studio,
    ...(account === undefined ? {} : { account }),
    createdAt: now,
    updatedAt: now,
    paused: false,
    attempt: 0,
    file,
    root,
  };
}
