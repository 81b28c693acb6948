import type { Clock } from '../base/clock.ts';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { Job, JobTable } from './job-table.ts';
import { defined } from '../base/defined.ts';
import type { JobRecord, JobView, NewJob } from './job.ts';
import { hasClip, isClipAtService, isOver, mayStillCome, stateOf } from './job-state.ts';
import { recordVersion } from './migrate-record.ts';
import { newJobId } from './read-record.ts';
import { isSamePicture, type Neighbours } from './sharing/neighbours.ts';
import type { JobStore } from './job-store.ts';
import { tryPlaces } from './try-place.ts';
import { viewOf } from './view.ts';

export interface EnqueuerTools {
  readonly table: JobTable;
  readonly store: JobStore;
  readonly clock: Clock;
  readonly neighbours: Neighbours;
}

/** Takes orders in: each picture once, whichever window orders it, and none before all are on disk. */
export class Enqueuer {
  private readonly table: JobTable;
  private readonly store: JobStore;
  private readonly clock: Clock;
  private readonly neighbours: Neighbours;

  constructor({ table, store, clock, neighbours }: EnqueuerTools) {
    this.table = table;
    this.store = store;
    this.clock = clock;
    this.neighbours = neighbours;
  }

  /**
   * @param begin called for each new job, once all of them are on disk
   * @param wake called for a job that another window has left, and that is this one's now
   * @throws ScenewrightError `disk`, or `bad-input` where another window is at work on one of them;
   *   then there is none of them
   */
  async take(
    requests: readonly NewJob[],
    begin: (job: Job) => void,
    wake: (job: Job) => Promise<void>,
  ): Promise<JobView[]> {
    const underWay = this.underWay();
    const now = this.clock.now();
    const fresh = new Map<string, JobRecord>();
    for (const request of requests) {
      const key = pictureKey(request);
      if (!underWay.has(key) && !fresh.has(key)) fresh.set(key, newRecord(request, now));
    }
    await this.takeFromOthers(fresh, underWay, wake);
    await tryPlaces([...fresh.values()]);
    await this.saveAll([...fresh.values()]);
    for (const [key, record] of fresh) {
      const job = this.table.put(record);
      underWay.set(key, job);
      begin(job);
    }
    for (const job of new Set(requests.flatMap((each) => underWay.get(pictureKey(each)) ?? []))) {
      // What was broken off is fetched.
      if (!isClipAtService(job.record)) continue;
      await this.table.apply(job, { type: 'retry' });
      begin(job);
    }
    return requests.flatMap((request) => {
      const job = underWay.get(pictureKey(request));
      return job === undefined ? [] : viewOf(job);
    });
  }

  /** By picture: what is on its way, or may be without anybody knowing. */
  private underWay(): Map<string, Job> {
    const underWay = new Map<string, Job>();
    for (const job of this.table.all()) {
      const { record } = job;
      const isOnlyLarger = stateOf(record) === 'unclear' && hasClip(record);
      if (mayStillCome(record) && !isOnlyLarger) underWay.set(pictureKey(record), job);
    }
    return underWay;
  }

  /** What need not be ordered because another store has it, or had it, moves on to what is under way. */
  private async takeFromOthers(
    fresh: Map<string, JobRecord>,
    underWay: Map<string, Job>,
    wake: (job: Job) => Promise<void>,
  ): Promise<void> {
    const refusals: ScenewrightError[] = [];
    for (const [key, wanted] of fresh) {
      try {
        const theirs = await this.neighbours.find(wanted, (id) => this.hasSeen(id));
        if (theirs === undefined) continue;
        const job = await this.takeUp(theirs, wake);
        if (isSamePicture(theirs, wanted)) {
          fresh.delete(key);
          underWay.set(key, job);
        } else if (!isOver(job.record)) {
          refusals.push(comesAsBefore(wanted));
        }
      } catch (error) {
        if (!(error instanceof ScenewrightError)) throw error;
        refusals.push(error);
      }
    }
    const [first, ...others] = refusals;
    if (first === undefined) return;
    if (others.length === 0) throw first;
    const told = refusals.map(({ message }) => message).join(' ');
    throw new ScenewrightError(first.code, told);
  }

  private async takeUp(theirs: JobRecord, wake: (job: Job) => Promise<void>): Promise<Job> {
    if (hasClip(theirs)) await this.table.save(theirs);
    const job = this.table.put(theirs);
    await wake(job);
    return job;
  }

  /** All of them, with their places claimed, or none. */
  private async saveAll(records: readonly JobRecord[]): Promise<void> {
    const saved = await Promise.allSettled(records.map((record) => this.savedAndHeld(record)));
    const failure = saved.find((outcome) => outcome.status === 'rejected');
    if (failure === undefined) return;
    await Promise.allSettled(records.map(({ id }) => this.store.remove(id)));
    throw failure.reason;
  }

  /** Whether the writer sees here that another store's clip is there. */
  private hasSeen(id: string): boolean {
    const job = this.table.get(id);
    return job !== undefined && hasClip(job.record);
  }

  private async savedAndHeld(record: JobRecord): Promise<void> {
    await this.table.save(record);
    await this.neighbours.hold(record, (id) => this.hasSeen(id));
  }
}

function comesAsBefore({ number }: JobRecord): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t(
      'Scene {0} is still being rendered as it was before, by order of a window that is closed. It goes on here: wait for that clip or cancel it.',
      number,
    ),
  );
}

/** What makes two orders the same order. */
function pictureKey(job: NewJob): string {
  const { script, scene, number, pictureHash, studio, file } = job;
  return JSON.stringify([script, scene.id, number, pictureHash, studio, file]);
}

function newRecord(request: NewJob, now: number): JobRecord {
  const { script, scriptTitle, scene, number, style, aspect, prompt } = request;
  const { pictureHash, studio, accounts = [], terms, choices, price, file, root } = request;
  const facts = { script, scriptTitle, scene, number, style, aspect, prompt, pictureHash, studio };
  return {
    version: recordVersion,
    id: newJobId(now),
    ...facts,
    ...defined({ terms, choices, price }),
    createdAt: now,
    updatedAt: now,
    paused: false,
    file,
    root,
    posterTried: false,
    orders: [{ kind: 'render', state: 'queued', attempt: 0, accounts: [...new Set(accounts)] }],
  };
}
