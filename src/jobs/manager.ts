import { diskError } from '../base/disk-error.ts';
import { ScenewrightError, cancelledError } from '../base/errors.ts';
import { Emitter, type Disposable, type Event } from '../base/events.ts';
import { UntilItWorks } from '../base/until-it-works.ts';
import { JobTable, noSuchJob, type Job } from './job-table.ts';
import { errandOf, renderErrand, upscaleErrand } from './errand.ts';
import { Enqueuing } from './enqueue.ts';
import {
  finalStates,
  hasClip,
  mayBeRetried,
  mayStillCome,
  type JobRecord,
  type JobView,
  type NewJob,
} from './job.ts';
import { stepOptions, type JobManagerOptions } from './manager-options.ts';
import { JobRunner } from './steps/job-runner.ts';
import { TakenOverError } from './sharing/generations.ts';
import { readNotes } from './sharing/late.ts';
import { Neighbours } from './sharing/neighbours.ts';
import type { UnreadableRecord } from './job-store.ts';
import type { FinishSummary } from './summary.ts';
import { viewOf } from './view.ts';

export type { JobManagerOptions } from './manager-options.ts';
export type { FinishSummary } from './summary.ts';

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
  private readonly table: JobTable;
  private readonly neighbours: Neighbours;
  private readonly enqueuing: Enqueuing;
  private readonly onDefect: (error: unknown) => void;
  private readonly unreadable = new Emitter<readonly UnreadableRecord[]>();
  private readonly ownership = new Emitter<boolean>();
  private readonly listening: Disposable[] = [];
  private runner: JobRunner | undefined;
  private readonly beginning: UntilItWorks;
  private changing: Promise<void> = Promise.resolve();
  private ordering: Promise<unknown> = Promise.resolve();
  private readonly closing = new AbortController();

  /** The jobs that changed, at most ten times a second. */
  readonly onDidChange: Event<readonly JobView[]>;
  /** Ids of jobs that are no more. */
  readonly onDidRemove: Event<readonly string[]>;
  /** A batch of renders is over: nothing is left that gets on by itself. */
  readonly onDidFinish: Event<FinishSummary>;
  /** Whether this window works on the jobs has changed. */
  readonly onDidChangeOwner = this.ownership.event;
  /** Records that could not be read at start; the rest is not affected. */
  readonly onDidFindUnreadable = this.unreadable.event;

  constructor(options: JobManagerOptions) {
    this.options = options;
    this.onDefect = options.onDefect ?? (() => undefined);
    this.table = new JobTable(options.store, options.clock, this.onDefect);
    const { store, clock, claims, lock } = options;
    this.neighbours = new Neighbours({ claims, store, lock });
    this.enqueuing = new Enqueuing({
      table: this.table,
      store,
      clock,
      neighbours: this.neighbours,
    });
    this.beginning = new UntilItWorks(() => this.begin(), options.clock);
    this.onDidChange = this.table.onDidChange;
    this.onDidRemove = this.table.onDidRemove;
    this.onDidFinish = this.table.onDidFinish;
  }

  /** Whether this window works on the jobs; otherwise it only shows them. */
  get owner(): boolean {
    return this.runner !== undefined;
  }

  /**
   * Take up where the last window left off. Where that cannot be done yet, it is tried again by itself
   * and with every command.
   *
   * @throws ScenewrightError `disk` when the store's folder cannot be used.
   */
  async start(): Promise<void> {
    try {
      await this.beginning.now();
    } catch (error) {
      throw unusable(error, this.options.store.folder);
    }
  }

  private async begin(): Promise<void> {
    const { lock } = this.options;
    const owned = await lock.start();
    if (this.listening.length === 0) {
      this.listening.push(
        lock.onDidChange((owns) => {
          void this.inTurn(() => (owns ? this.takeOver() : this.standBack())).catch(() => {
            this.beginning.again();
          });
        }),
        lock.onDidLook(() => {
          void this.inTurn(() => this.watch()).catch(() => undefined);
        }),
        lock.onDidBeat(() => {
          void this.inTurn(() => this.readNotes()).catch(() => undefined);
        }),
      );
    }
    await this.inTurn(() => (owned ? this.takeOver() : this.watch()));
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
    const runner = await this.mustOwn();
    runner.forgiveRefusals();
    return await this.enqueuing.take(
      requests,
      (job) => {
        runner.go(job);
      },
      (job) => this.takeUp(job, runner),
    );
  }

  /**
   * Try again what has ended, as the writer's own wish. Fetches again what is still at the service,
   * and orders anew (which may cost money) only what is not.
   */
  async retry(id: string): Promise<JobView> {
    const runner = await this.mustOwn();
    const job = this.mustFind(id);
    runner.forgiveRefusals();
    return await this.beginAgain(job, runner, 'retry');
  }

  /**
   * Try again everything that failed and may do better now; never what is unclear, has expired or
   * was cancelled. What the service itself failed to render is ordered anew, which may cost money.
   *
   * @returns how many jobs are at work again
   */
  async retryFailed(): Promise<number> {
    const runner = await this.mustOwn();
    runner.forgiveRefusals();
    const failed = [...this.table.all()].filter(({ record }) => mayBeRetried(record));
    const begun = await Promise.all(
      failed.map((job) => this.beginAgain(job, runner, 'retry').catch(this.onDefect)),
    );
    return begun.filter((view) => view !== undefined).length;
  }

  /**
   * Have a clip enlarged to 4K that is here: by the studio that rendered it, which may cost money, or
   * by this machine. The clip itself stays.
   *
   * @throws ScenewrightError `bad-input` when there is no clip yet, or it is unclear whether the
   *   enlargement was ordered already: sending that again takes a {@link retry}
   */
  async upscale(id: string): Promise<JobView> {
    const runner = await this.mustOwn();
    const job = this.mustFind(id);
    const { record } = job;
    if (!hasClip(record)) {
      throw new ScenewrightError(
        'bad-input',
        `Scene ${record.number} has no clip yet. Enlarge it when the clip is here.`,
      );
    }
    if (record.state === 'unclear') {
      throw new ScenewrightError(
        'bad-input',
        `The enlargement of scene ${record.number} may have been taken already. Look at the service; a retry orders it again.`,
      );
    }
    runner.forgiveRefusals();
    return await this.beginAgain(job, runner, 'upscale');
  }

  /** Accounts have changed: what was refused is tried again, and these have a clean slate. */
  forgiveAccounts(changed: readonly string[] = []): void {
    this.runner?.forgiveRefusals();
    this.runner?.forgetAccounts(changed);
  }

  /**
   * Stop a job, at the service as well where that can be told. A clip that is here stays. An order
   * under way is waited for, and broken off when that is asked for once more.
   */
  async cancel(id: string): Promise<JobView> {
    const runner = await this.mustOwn();
    const job = this.mustFind(id);
    const { phase, file, name } = errandOf(job.record);
    if (phase === 'over') return viewOf(job);
    if (phase === 'submitting') {
      // Without its answer nobody knows whether it will be paid for.
      if (job.cancelWanted) runner.breakOffOrder(job);
      job.cancelWanted = true;
      this.table.note(job, {
        note: 'Will be cancelled as soon as the service has answered. Cancel again to wait no longer.',
      });
      return viewOf(job);
    }
    runner.halt(job);
    const atService = phase === 'rendering' && (await runner.cancelAtService(job.record));
    await this.table.apply(job, { type: 'cancel', atService });
    await this.discard(job.record.root, file, name);
    return viewOf(job);
  }

  /** Hold a queued job or a download; a render at the service goes on, and waits there. */
  async pause(id: string): Promise<JobView> {
    const runner = await this.mustOwn();
    const job = this.mustFind(id);
    await this.hold(job, runner);
    return viewOf(job);
  }

  /** Hold everything that gets on by itself. */
  async pauseAll(): Promise<void> {
    const runner = await this.mustOwn();
    await allOf([...this.table.all()], (job) => this.hold(job, runner));
  }

  async resume(id: string): Promise<JobView> {
    const runner = await this.mustOwn();
    const job = this.mustFind(id);
    await this.letGo(job, runner);
    return viewOf(job);
  }

  async resumeAll(): Promise<void> {
    const runner = await this.mustOwn();
    await allOf([...this.table.all()], (job) => this.letGo(job, runner));
  }

  /**
   * Scripts have other addresses now. A window that only watches the jobs leaves their records alone:
   * a scene finds its clips by its id all the same.
   *
   * @param addressOf the new one, or `undefined` for a script that is where it was
   */
  async moveScripts(addressOf: (script: string) => string | undefined): Promise<void> {
    if (this.runner === undefined) return;
    await allOf([...this.table.all()], async (job) => {
      const script = addressOf(job.record.script);
      if (script !== undefined) await this.table.apply(job, { type: 'move', script });
    });
  }

  /**
   * Forget a job, cancelled first if need be. Its clip stays.
   *
   * @throws ScenewrightError `bad-input` where it was just being ordered, and it stays unclear whether
   *   the service has taken that; it can then be removed like any job that has ended
   */
  async remove(id: string): Promise<void> {
    const runner = await this.mustOwn();
    const job = this.mustFind(id);
    if (errandOf(job.record).phase === 'submitting') {
      if (!job.cancelWanted) await this.cancel(id);
      await runner.settleOrder(job, this.options.removeGraceMs ?? 10_000);
      this.mustNotBePaidUnseen(job.record);
    }
    const { record } = job;
    if (!finalStates.has(record.state)) await this.cancel(id);
    try {
      await this.options.store.remove(id);
    } catch (error) {
      throw diskError(error, this.options.store.folder);
    }
    this.table.drop(id);
    for (const { file, name } of [renderErrand(record), upscaleErrand(record)]) {
      await this.discard(record.root, file, name);
    }
  }

  /** Whether a clip's place belongs to another scene, by the jobs of other workspaces. */
  async belongsToAnother(file: string, sceneId: string): Promise<boolean> {
    return await this.neighbours.belongsToAnother(file, sceneId);
  }

  /** All jobs, oldest first. */
  views(): JobView[] {
    return this.table.views();
  }

  /** What stands on disk of all jobs, with what a {@link JobView} does not tell; in no order. */
  records(): JobRecord[] {
    return [...this.table.all()].map(({ record }) => record);
  }

  view(id: string): JobView | undefined {
    const job = this.table.get(id);
    return job === undefined ? undefined : viewOf(job);
  }

  /** Stop promptly; the records say where to go on. Resolves when nothing runs any more. */
  async dispose(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    this.beginning.stop();
    for (const listener of this.listening) listener.dispose();
    await this.changing;
    await this.runner?.stop(this.options.graceMs ?? 3000);
    this.runner = undefined;
    await this.options.store.idle();
    await this.options.lock.release();
    this.table.dispose();
    this.unreadable.dispose();
    this.ownership.dispose();
  }

  private async beginAgain(
    job: Job,
    runner: JobRunner,
    type: 'retry' | 'upscale',
  ): Promise<JobView> {
    if (!finalStates.has(job.record.state)) return viewOf(job);
    job.cancelWanted = false;
    job.failures = 0;
    job.unchanged = 0;
    if (await this.table.apply(job, { type })) runner.go(job);
    return viewOf(job);
  }

  /** What has been fetched is of no use any more; where it cannot be removed, nothing depends on it. */
  private async discard(root: string, file: string, key: string): Promise<void> {
    await this.options.download.discard({ root, file, key }).catch(this.onDefect);
  }

  private async hold(job: Job, runner: JobRunner): Promise<void> {
    if (!(await this.table.apply(job, { type: 'pause' }))) return;
    const { kind, phase } = errandOf(job.record);
    // An order that is on its way out is not broken off by this, but an enlargement made here is.
    if (phase === 'ready' || (kind === 'upscale' && phase === 'queued')) runner.halt(job);
  }

  private async letGo(job: Job, runner: JobRunner): Promise<void> {
    if (await this.table.apply(job, { type: 'resume' })) runner.go(job);
  }

  // ——— whose turn it is ———

  /** @throws what the change throws, which is in the log by then */
  private inTurn(change: () => Promise<void>): Promise<void> {
    const turn = this.changing.then(change);
    this.changing = turn.catch(this.onDefect);
    return turn;
  }

  private async takeOver(): Promise<void> {
    if (this.closing.signal.aborted || this.runner !== undefined) return;
    try {
      await this.takeAll();
    } catch (error) {
      if (!(error instanceof TakenOverError)) throw error;
      // It stood still between owning and taking: another window was faster.
      await this.watch();
    }
  }

  private async takeAll(): Promise<void> {
    const { store, lock } = this.options;
    const { records, unreadable } = await store.load(() => lock.confirm());
    const here = await this.onlyOwn(records);
    this.forgetAllBut(here);
    const runner = new JobRunner(
      stepOptions(this.options, this.table, this.neighbours, this.onDefect),
    );
    const jobs = here.map((record) => this.table.put(record));
    await allOf(jobs, (job) => this.takeUp(job, runner));
    this.runner = runner;
    await this.readNotes();
    runner.start();
    if (unreadable.length > 0) this.unreadable.fire(unreadable);
    this.ownership.fire(true);
  }

  private async standBack(): Promise<void> {
    const { runner } = this;
    if (runner === undefined) return;
    this.runner = undefined;
    this.ownership.fire(false);
    // What is being ordered is answered to nobody else.
    await runner.stop(this.options.graceMs ?? 3000, this.closing.signal);
    const { store } = this.options;
    await store.idle();
    store.close();
    const { changed } = await store.refresh();
    this.forgetAllBut(changed);
    for (const record of changed) this.table.put(record);
  }

  /** See to a job as another window has left it. */
  private async takeUp(job: Job, runner: JobRunner): Promise<void> {
    const free = this.options.studios(job.record.studio)?.needsAccount === false;
    await this.table.apply(job, { type: 'wake', free }).catch(this.onDefect);
    if (!finalStates.has(job.record.state)) runner.go(job);
  }

  /** Without the left-overs of jobs that another store has taken over. */
  private async onlyOwn(records: readonly JobRecord[]): Promise<readonly JobRecord[]> {
    const gone = new Set<JobRecord>();
    await allOf(records.filter(mayStillCome), async (record) => {
      if (await this.neighbours.isStillHere(record)) return;
      gone.add(record);
      await this.options.store.remove(record.id);
    });
    return gone.size === 0 ? records : records.filter((record) => !gone.has(record));
  }

  private async readNotes(): Promise<void> {
    const { runner, table, neighbours } = this;
    const { store } = this.options;
    if (runner === undefined) return;
    const go = (job: Job): void => {
      runner.go(job);
    };
    await readNotes({ table, store, neighbours, go });
  }

  /** As a guest: show what the owner has written since the last look. */
  private async watch(): Promise<void> {
    if (this.closing.signal.aborted || this.runner !== undefined) return;
    const { changed, removed } = await this.options.store.refresh();
    for (const record of changed) this.table.put(record);
    for (const id of removed) this.table.drop(id);
  }

  private forgetAllBut(records: readonly JobRecord[]): void {
    const ids = new Set(records.map(({ id }) => id));
    for (const { record } of [...this.table.all()]) {
      if (!ids.has(record.id)) this.table.drop(record.id);
    }
  }

  /** What may have been paid for is not forgotten before the writer has been told. */
  private mustNotBePaidUnseen({ state, upscale, number }: JobRecord): void {
    const isOpen = [state, upscale?.step].some((one) => one === 'submitting' || one === 'unclear');
    if (!isOpen) return;
    throw new ScenewrightError(
      'bad-input',
      `Scene ${number} was just being ordered, and the service has not said whether it took the order. Look there; the job is kept until you remove it once more.`,
    );
  }

  private async mustOwn(): Promise<JobRunner> {
    if (this.runner === undefined) await this.start();
    if (this.runner !== undefined) return this.runner;
    if (this.closing.signal.aborted) throw cancelledError('The video job');
    throw new ScenewrightError(
      'bad-input',
      'Another window looks after the video jobs of this workspace. Do this there, or close it: this one then takes over.',
    );
  }

  private mustFind(id: string): Job {
    const job = this.table.get(id);
    if (job === undefined) throw noSuchJob(id);
    return job;
  }
}

function unusable(error: unknown, folder: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  return new ScenewrightError(
    'disk',
    `The video jobs of this workspace cannot be read: ${folder} cannot be used (${code}). Nothing is lost. Make it a folder that can be read and written; it is looked at again by itself, and with your next command.`,
    { cause: error, retryable: true },
  );
}

/** Do it for all at once, and fail with the first failure once all have ended. */
async function allOf<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const results = await Promise.allSettled(items.map(act));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}
