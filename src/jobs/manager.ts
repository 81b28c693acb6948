import { t } from '../base/l10n.ts';
import { allOf } from './all-of.ts';
import {
  mayBeEnlargedAlready,
  mayBePaidUnseen,
  noClipYet,
  noSuchJob,
  stillUnderWay,
} from './job-errors.ts';
import { diskError } from '../base/disk-error.ts';
import { exists } from '../base/files.ts';
import type { Event } from '../base/events.ts';
import type { Move } from '../base/moves.ts';
import { UntilItWorks } from '../base/until-it-works.ts';
import { Enqueuer } from './enqueue.ts';
import { currentOrder, type JobOrder, type JobRecord, type JobView, type NewJob } from './job.ts';
import { clipFileOf, hasClip, isOver, retryOf, stateOf } from './job-state.ts';
import type { UnreadableRecord } from './job-store.ts';
import { JobTable, type Job } from './job-table.ts';
import type { JobManagerOptions } from './manager-options.ts';
import { orderName, rulesOf } from './order-kinds.ts';
import { isOpen, mayBeTaken } from './order.ts';
import { Ownership } from './ownership.ts';
import { UntoldMoves } from './sharing/move-notes.ts';
import { Neighbours } from './sharing/neighbours.ts';
import { TakePlaces } from './take-places.ts';
import type { JobRunner } from './steps/job-runner.ts';
import type { FinishSummary } from './summary.ts';

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
  private readonly enqueuer: Enqueuer;
  private readonly ownership: Ownership;
  private readonly onDefect: (error: unknown) => void;
  private ordering: Promise<unknown> = Promise.resolve();
  private readonly untold: UntoldMoves;
  private readonly following: UntilItWorks;

  /** The jobs that changed, at most ten times a second. */
  readonly onDidChange: Event<readonly JobView[]>;
  /** Ids of jobs that are no more. */
  readonly onDidRemove: Event<readonly string[]>;
  /** A batch of renders is over: nothing is left that gets on by itself. */
  readonly onDidFinish: Event<FinishSummary>;
  /** Whether this window works on the jobs has changed. */
  readonly onDidChangeOwner: Event<boolean>;
  /** Records that could not be read at start; the rest is not affected. */
  readonly onDidFindUnreadable: Event<readonly UnreadableRecord[]>;

  constructor(options: JobManagerOptions) {
    this.options = options;
    this.onDefect = options.onDefect ?? (() => undefined);
    const { store, clock, claims, lock } = options;
    this.table = new JobTable(store, clock, this.onDefect);
    this.neighbours = new Neighbours({ claims, store, lock });
    const { table, neighbours } = this;
    const places = new TakePlaces(table, neighbours);
    this.enqueuer = new Enqueuer({ table, store, clock, neighbours, places });
    this.ownership = new Ownership(options, table, neighbours, places, this.onDefect);
    this.untold = new UntoldMoves(store.folder);
    this.following = new UntilItWorks(() => this.inOrder(() => this.followAll()), clock);
    this.onDidChange = table.onDidChange;
    this.onDidRemove = table.onDidRemove;
    this.onDidFinish = table.onDidFinish;
    this.onDidChangeOwner = this.ownership.onDidChange;
    this.onDidFindUnreadable = this.ownership.onDidFindUnreadable;
  }

  /** Whether this window works on the jobs; otherwise it only shows them. */
  get owner(): boolean {
    return this.ownership.runner !== undefined;
  }

  /**
   * Take up where the last window left off. Where that cannot be done yet, it is tried again by itself
   * and with every command.
   *
   * @throws ScenewrightError `disk` when the store's folder cannot be used.
   */
  async start(): Promise<void> {
    await this.ownership.start();
  }

  /**
   * Order renders, each as a take beside those that the scene has. A scene whose very same picture is
   * already on its way, as whichever take, or was ordered with an unclear outcome, is not ordered again, but
   * where another take is asked for; its present job is returned.
   *
   * @throws ScenewrightError `disk` when a job cannot be written down; then none is ordered.
   */
  enqueue(requests: readonly NewJob[]): Promise<JobView[]> {
    return this.inOrder(() => this.order(requests));
  }

  private async order(requests: readonly NewJob[]): Promise<JobView[]> {
    const runner = await this.ownership.mustOwn();
    await this.followAll();
    runner.accounts.forgiveRefusals();
    return await this.enqueuer.take(
      requests,
      (job) => {
        runner.go(job);
      },
      (job) => this.ownership.takeUp(job, runner),
    );
  }

  /**
   * Try again what has ended, as the writer's own wish. Fetches again what is still at the service,
   * and orders anew (which may cost money) only what is not.
   */
  async retry(id: string): Promise<JobView> {
    const { runner, job } = await this.mustOwn(id);
    runner.accounts.forgiveRefusals();
    // What the service has after all is not ordered again.
    if (currentOrder(job.record).state === 'unclear' && (await runner.recover(job)) === 0) {
      runner.go(job);
    }
    return await this.beginAgain(job, runner, 'retry');
  }

  /**
   * Try again everything that failed and may do better now; never what is unclear, has expired or
   * was cancelled. What the service itself failed to render is ordered anew, which may cost money.
   *
   * @returns how many jobs are at work again
   */
  async retryFailed(): Promise<number> {
    const runner = await this.ownership.mustOwn();
    runner.accounts.forgiveRefusals();
    const failed = [...this.table.all()].filter(
      ({ record }) =>
        record.unlisted !== true && retryOf(record, this.table.isSuperseded(record)) === 'helps',
    );
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
    const { runner, job } = await this.mustOwn(id);
    if (!hasClip(job.record)) throw noClipYet(job.record);
    if (stateOf(job.record) === 'unclear') throw mayBeEnlargedAlready(job.record);
    runner.accounts.forgiveRefusals();
    return await this.beginAgain(job, runner, 'upscale');
  }

  /** Accounts have changed: what was refused is tried again, and these have a clean slate. */
  forgiveAccounts(changed: readonly string[] = []): void {
    const { runner } = this.ownership;
    runner?.accounts.forgiveRefusals();
    runner?.forgetAccounts(changed);
  }

  /**
   * Stop a job, at the service as well where that can be told. A clip that is here stays. An order
   * under way is waited for, and broken off when that is asked for once more.
   */
  async cancel(id: string): Promise<JobView> {
    const { runner, job } = await this.mustOwn(id);
    const { record } = job;
    const order = currentOrder(record);
    if (!isOpen(order)) return this.table.viewOf(job);
    if (order.state === 'submitting') {
      // Without its answer nobody knows whether it will be paid for.
      if (job.cancelWanted) runner.submit.breakOff(job);
      job.cancelWanted = true;
      this.table.note(job, {
        note: t(
          'Will be cancelled as soon as the service has answered. Cancel again to wait no longer.',
        ),
      });
      return this.table.viewOf(job);
    }
    runner.halt(job);
    const isAccepted = order.state === 'accepted';
    const atService = isAccepted && (await runner.studios.cancel(record, runner.lease.closing));
    await this.table.apply(job, { type: 'cancel', atService });
    await this.discard(record, order);
    return this.table.viewOf(job);
  }

  /** Hold a queued job or a download; a render at the service goes on, and waits there. */
  async pause(id: string): Promise<JobView> {
    const { runner, job } = await this.mustOwn(id);
    await this.hold(job, runner);
    return this.table.viewOf(job);
  }

  /** Hold everything that gets on by itself. */
  async pauseAll(): Promise<void> {
    const runner = await this.ownership.mustOwn();
    await allOf([...this.table.all()], (job) => this.hold(job, runner));
  }

  /** Render a clip that waits for another one without the last frame of that; the writer's own choice. */
  async renderWithout(id: string): Promise<JobView> {
    const { runner, job } = await this.mustOwn(id);
    if (await this.table.apply(job, { type: 'go-without', why: 'chosen' })) runner.go(job);
    return this.table.viewOf(job);
  }

  async resume(id: string): Promise<JobView> {
    const { runner, job } = await this.mustOwn(id);
    await this.letGo(job, runner);
    return this.table.viewOf(job);
  }

  async resumeAll(): Promise<void> {
    const runner = await this.ownership.mustOwn();
    await allOf([...this.table.all()], (job) => this.letGo(job, runner));
  }

  /**
   * Files or folders were moved, one after the other: scripts, clips, pictures. The jobs follow, here or in the window
   * that owns them, and nothing is ordered before they have.
   *
   * @throws ScenewrightError `disk` where that could not be written down
   */
  async follow(moves: readonly Move[]): Promise<void> {
    const now = this.options.clock.now();
    this.untold.add(moves, now);
    try {
      await this.inOrder(() => this.followAll());
    } catch (error) {
      this.following.again();
      throw error;
    } finally {
      // In another workspace the same files may be of jobs that this window does not know.
      await this.neighbours.tell(moves, now);
    }
  }

  /** Follow all that is known to have moved; what the disk does not even hold word of stays to be told. */
  private async followAll(): Promise<void> {
    await this.untold.leave();
    await this.ownership.readNotes();
  }

  /** One after the other: each has to see what the one before has ordered, or has followed. */
  private inOrder<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.ordering.then(act);
    this.ordering = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Take a job off the list, cancelled first if need be. Its clip stays, and so does what is known of it
   * as a take of its scene; without a clip the job is forgotten.
   *
   * @throws ScenewrightError `bad-input` where it was just being ordered, and it stays unclear whether
   *   the service has taken that; it can then be removed like any job that has ended
   */
  async remove(id: string): Promise<void> {
    const { runner, job } = await this.mustOwn(id);
    if (currentOrder(job.record).state === 'submitting') {
      if (!job.cancelWanted) await this.cancel(id);
      await runner.submit.settle(job, this.options.removeGraceMs ?? 10_000);
      if (job.record.orders.some(mayBeTaken)) throw mayBePaidUnseen(job.record);
    }
    if (!isOver(job.record)) await this.cancel(id);
    // Its clip may just have been moved.
    await this.inOrder(() => this.followAll());
    const { record } = job;
    if (await this.isClipThere(record)) await this.table.apply(job, { type: 'unlist' });
    if (job.record.unlisted !== true) await this.drop(job);
    for (const order of record.orders) await this.discard(record, order);
  }

  /**
   * Scenes of a script have other numbers now, and their jobs are told by these. A window that only watches the jobs
   * leaves their records alone.
   *
   * @param numbers of the scenes in the document, from 1, by id
   */
  async renumber(script: string, numbers: ReadonlyMap<string, number>): Promise<void> {
    if (!this.owner) return;
    await allOf([...this.table.all()], async (job) => {
      if (job.record.script === script) await this.table.apply(job, { type: 'renumber', numbers });
    });
  }

  /** The script has the picture of a job, or has no place for it: it is not to be put there again. */
  async settle(id: string): Promise<void> {
    await this.ownership.mustOwn();
    const job = this.table.get(id);
    if (job !== undefined) await this.table.apply(job, { type: 'settle' });
  }

  /**
   * Forget a take whose clip is no more, on the list or not.
   *
   * @throws ScenewrightError `bad-input` where something is under way for it
   */
  async forget(id: string): Promise<void> {
    await this.ownership.mustOwn();
    const job = this.table.get(id);
    if (job === undefined) return;
    if (!isOver(job.record)) throw stillUnderWay(job.record);
    await this.drop(job);
  }

  private async drop({ record: { id } }: Job): Promise<void> {
    try {
      await this.options.store.remove(id);
    } catch (error) {
      throw diskError(error, this.options.store.folder);
    }
    this.table.drop(id);
  }

  private async isClipThere(record: JobRecord): Promise<boolean> {
    return hasClip(record) && (await exists(clipFileOf(record)));
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
    return job === undefined || job.record.unlisted === true ? undefined : this.table.viewOf(job);
  }

  /** Stop promptly; the records say where to go on. Resolves when nothing runs any more. */
  async dispose(): Promise<void> {
    this.following.stop();
    if (await this.ownership.dispose()) this.table.dispose();
  }

  private async beginAgain(
    job: Job,
    runner: JobRunner,
    type: 'retry' | 'upscale',
  ): Promise<JobView> {
    if (!isOver(job.record)) return this.table.viewOf(job);
    job.cancelWanted = false;
    job.failures = 0;
    job.unchanged = 0;
    if (await this.table.apply(job, { type })) runner.go(job);
    return this.table.viewOf(job);
  }

  /** What has been fetched is of no use any more; where it cannot be removed, nothing depends on it. */
  private async discard(record: JobRecord, order: JobOrder): Promise<void> {
    const [file, key] = [rulesOf(order).file(record), orderName(record, order)];
    await this.options.download.discard({ root: record.root, file, key }).catch(this.onDefect);
  }

  private async hold(job: Job, runner: JobRunner): Promise<void> {
    if (await this.table.apply(job, { type: 'pause' })) runner.hold(job);
  }

  private async letGo(job: Job, runner: JobRunner): Promise<void> {
    if (await this.table.apply(job, { type: 'resume' })) runner.go(job);
  }

  private async mustOwn(id: string): Promise<{ runner: JobRunner; job: Job }> {
    const runner = await this.ownership.mustOwn();
    const job = this.table.get(id);
    if (job === undefined || job.record.unlisted === true) throw noSuchJob(id);
    return { runner, job };
  }
}
