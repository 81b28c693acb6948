import { ScenewrightError, cancelledError } from '../base/errors.ts';
import { Emitter, type Disposable } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import { UntilItWorks } from '../base/until-it-works.ts';
import { allOf } from './all-of.ts';
import { followMoves } from './job-moves.ts';
import { currentOrder, type JobRecord } from './job.ts';
import { isOver, mayStillCome } from './job-state.ts';
import type { UnreadableRecord } from './job-store.ts';
import type { Job, JobTable } from './job-table.ts';
import type { JobManagerOptions } from './manager-options.ts';
import { TakenOverError } from './sharing/generations.ts';
import { readNotes } from './sharing/late.ts';
import type { Neighbours } from './sharing/neighbours.ts';
import type { TakePlaces } from './take-places.ts';
import { JobRunner } from './steps/job-runner.ts';

/**
 * Whose turn it is: while this window owns the jobs there is a runner that works on them; otherwise the
 * table follows what the owner writes.
 */
export class Ownership {
  private readonly options: JobManagerOptions;
  private readonly table: JobTable;
  private readonly neighbours: Neighbours;
  private readonly places: TakePlaces;
  private readonly onDefect: (error: unknown) => void;
  private readonly changed = new Emitter<boolean>();
  private readonly unreadable = new Emitter<readonly UnreadableRecord[]>();
  private readonly listening: Disposable[] = [];
  private readonly beginning: UntilItWorks;
  private readonly closing = new AbortController();
  /** One change after the other. */
  private changing: Promise<void> = Promise.resolve();
  private current: JobRunner | undefined;

  readonly onDidChange = this.changed.event;
  readonly onDidFindUnreadable = this.unreadable.event;

  constructor(
    options: JobManagerOptions,
    table: JobTable,
    neighbours: Neighbours,
    places: TakePlaces,
    onDefect: (error: unknown) => void,
  ) {
    this.options = options;
    this.table = table;
    this.neighbours = neighbours;
    this.places = places;
    this.onDefect = onDefect;
    this.beginning = new UntilItWorks(() => this.begin(), options.clock);
  }

  /** What works on the jobs; absent in a window that only shows them. */
  get runner(): JobRunner | undefined {
    return this.current;
  }

  /** @throws ScenewrightError `disk` when the store's folder cannot be used. */
  async start(): Promise<void> {
    try {
      await this.beginning.now();
    } catch (error) {
      throw unusable(error, this.options.store.folder);
    }
  }

  /** @throws ScenewrightError `bad-input` where another window works on the jobs */
  async mustOwn(): Promise<JobRunner> {
    if (this.current === undefined) await this.start();
    if (this.current !== undefined) return this.current;
    if (this.closing.signal.aborted) throw cancelledError(t('The video job'));
    throw new ScenewrightError(
      'bad-input',
      t(
        'Another window looks after the video jobs of this workspace. Do this there, or close it: this one then takes over.',
      ),
    );
  }

  /** Take in what other windows, and this one, have left word of; nothing where another one owns the jobs. */
  async readNotes(): Promise<void> {
    await this.inTurn(() => this.readNotesNow());
  }

  /** See to a job as another window has left it. */
  async takeUp(job: Job, runner: JobRunner): Promise<void> {
    const studio = runner.studios.find(job.record);
    await this.table.tryApply(job, { type: 'wake', free: studio?.needsAccount === false });
    const isUnclear = currentOrder(job.record).state === 'unclear';
    if (isOver(job.record) && !isUnclear) await this.letGo(job, runner);
    else runner.go(job);
  }

  /** What a window kept of a picture that is in its place, and ended before it could throw that away. */
  private async letGo({ record }: Job, { studios }: JobRunner): Promise<void> {
    const { kind, state, remote } = currentOrder(record);
    if (kind !== 'picture' || state !== 'saved' || remote === undefined) return;
    // It is only tidying up.
    await studios
      .forPictures(record)
      ?.release?.(remote)
      .catch(() => undefined);
  }

  /** @returns whether this is the first time */
  async dispose(): Promise<boolean> {
    if (this.closing.signal.aborted) return false;
    this.closing.abort();
    this.beginning.stop();
    for (const listener of this.listening) listener.dispose();
    await this.changing;
    await this.current?.stop(this.options.graceMs ?? 3000);
    this.current = undefined;
    await this.options.store.idle();
    await this.options.lock.release();
    this.unreadable.dispose();
    this.changed.dispose();
    return true;
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
          void this.readNotes().catch(() => undefined);
        }),
      );
    }
    await this.inTurn(() => (owned ? this.takeOver() : this.watch()));
  }

  /** @throws what the change throws, which is in the log by then */
  private inTurn(change: () => Promise<void>): Promise<void> {
    const turn = this.changing.then(change);
    this.changing = turn.catch(this.onDefect);
    return turn;
  }

  private async takeOver(): Promise<void> {
    if (this.closing.signal.aborted || this.current !== undefined) return;
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
    const runner = new JobRunner(this.options, this.table, this.neighbours, this.places);
    const jobs = here.map((record) => this.table.put(record));
    await allOf(jobs, (job) => this.takeUp(job, runner));
    this.current = runner;
    try {
      await this.readNotesNow();
    } catch (error) {
      // Nothing has begun, and all of it is done once more.
      this.current = undefined;
      await runner.stop(0);
      throw error;
    }
    runner.start();
    if (unreadable.length > 0) this.unreadable.fire(unreadable);
    this.changed.fire(true);
  }

  private async standBack(): Promise<void> {
    const { current } = this;
    if (current === undefined) return;
    this.current = undefined;
    this.changed.fire(false);
    // What is being ordered is answered to nobody else.
    await current.stop(this.options.graceMs ?? 3000, this.closing.signal);
    const { store } = this.options;
    await store.idle();
    store.close();
    const { changed } = await store.refresh();
    this.forgetAllBut(changed);
    for (const record of changed) this.table.put(record);
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

  private async readNotesNow(): Promise<void> {
    const { current, table, neighbours } = this;
    const { store, scripts } = this.options;
    if (current === undefined) return;
    await followMoves({
      table,
      folder: store.folder,
      scripts,
      breakOff: (job) => current.breakOff(job),
      beginAnew: (job, left) => {
        current.beginAnew(job, left);
      },
    });
    const go = (job: Job): void => {
      current.go(job);
    };
    await readNotes({ table, store, neighbours, go });
  }

  /** As a guest: show what the owner has written since the last look. */
  private async watch(): Promise<void> {
    if (this.closing.signal.aborted || this.current !== undefined) return;
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
}

function unusable(error: unknown, folder: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  return new ScenewrightError(
    'disk',
    t(
      'The video jobs of this workspace cannot be read: {0} cannot be used ({1}). Nothing is lost. Make it a folder that can be read and written; it is looked at again by itself, and with your next command.',
      folder,
      code,
    ),
    { cause: error, retryable: true },
  );
}
