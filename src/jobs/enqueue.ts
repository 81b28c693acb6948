import type { Clock } from '../base/clock.ts';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { Job, JobTable } from './job-table.ts';
import { defined } from '../base/defined.ts';
import type { JobRecord, JobView, NewJob } from './job.ts';
import { hasClip, isClipAtService, isOver, mayStillCome, stateOf } from './job-state.ts';
import { recordVersion } from './migrate-record.ts';
import { newJobId } from './read-record.ts';
import { MadeMeanwhileError, isSamePicture, type Neighbours } from './sharing/neighbours.ts';
import { subjectOf } from './subject.ts';
import type { JobStore } from './job-store.ts';
import type { TakeNumbers } from './take-numbers.ts';
import { takeOf, takePlace } from './take-place.ts';
import type { TakePlaces } from './take-places.ts';
import { tryPlaces } from './try-place.ts';

export interface EnqueuerTools {
  readonly table: JobTable;
  readonly store: JobStore;
  readonly clock: Clock;
  readonly neighbours: Neighbours;
  readonly places: TakePlaces;
}

/** Takes orders in: each picture once, whichever window orders it, and none before all are on disk. */
export class Enqueuer {
  private readonly table: JobTable;
  private readonly store: JobStore;
  private readonly clock: Clock;
  private readonly neighbours: Neighbours;
  private readonly places: TakePlaces;

  constructor({ table, store, clock, neighbours, places }: EnqueuerTools) {
    this.table = table;
    this.store = store;
    this.clock = clock;
    this.neighbours = neighbours;
    this.places = places;
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
    const wanted = requests.map((request, index) => ({ request, key: orderKey(request, index) }));
    const fresh = new Map<string, NewJob>();
    for (const { request, key } of wanted) {
      if (!underWay.has(key) && !fresh.has(key)) fresh.set(key, request);
    }
    const before = new Map<string, string>();
    for (const { request, key } of wanted) {
      const last = request.follows === undefined ? undefined : wanted[request.follows]?.key;
      if (last !== undefined && last !== key) before.set(key, last);
    }
    let orders: readonly Numbered[] | undefined;
    while (orders === undefined) {
      await this.takeFromOthers(fresh, underWay, wake);
      orders = await this.places
        .inTurn(() => this.handedIn(fresh, before, underWay, now))
        .catch(unlessMadeMeanwhile);
    }
    for (const { key, record } of orders) {
      const job = this.table.put(record);
      underWay.set(key, job);
      begin(job);
    }
    for (const job of new Set(wanted.flatMap(({ key }) => underWay.get(key) ?? []))) {
      // What was broken off is fetched.
      if (!isClipAtService(job.record)) continue;
      await this.table.apply(job, { type: 'retry' });
      begin(job);
    }
    return wanted.flatMap(({ key }) => {
      const job = underWay.get(key);
      return job === undefined ? [] : this.table.viewOf(job);
    });
  }

  /**
   * On disk, each as a take of its own, or none.
   *
   * @param before by the key of an order, that of the one that it is made after
   */
  private async handedIn(
    fresh: ReadonlyMap<string, NewJob>,
    before: ReadonlyMap<string, string>,
    underWay: ReadonlyMap<string, Job>,
    now: number,
  ): Promise<readonly Numbered[]> {
    const numbers = this.places.numbers();
    const orders: Numbered[] = [];
    for (const [key, request] of fresh) {
      const last = before.get(key);
      const after =
        orders.find((order) => order.key === last)?.record.id ??
        (last === undefined ? undefined : underWay.get(last)?.record.id);
      const record = { ...newRecord(request, now), ...defined({ after: after ?? request.after }) };
      orders.push({ key, request, record: await this.numbered(record, request, numbers) });
    }
    await tryPlaces(orders.map(({ record }) => record));
    return await this.saveAll(orders, numbers);
  }

  /** The order as the take after the last one that anybody knows. */
  private async numbered(
    record: JobRecord,
    request: NewJob,
    numbers: TakeNumbers,
  ): Promise<JobRecord> {
    const file = takePlace(request.file, (await numbers.last(request)) + 1);
    numbers.note(request, file);
    return { ...record, file };
  }

  /** By picture: what is on its way, or may be without anybody knowing. */
  private underWay(): Map<string, Job> {
    const underWay = new Map<string, Job>();
    for (const job of this.table.all()) {
      const { record } = job;
      const isOnlyLarger = stateOf(record) === 'unclear' && hasClip(record);
      if (!mayStillCome(record) || isOnlyLarger) continue;
      const key = pictureKey(record);
      // Of several the one that is not over.
      if (!underWay.has(key) || !isOver(record)) underWay.set(key, job);
    }
    return underWay;
  }

  /** What need not be ordered because another store has it, or had it, moves on to what is under way. */
  private async takeFromOthers(
    fresh: Map<string, NewJob>,
    underWay: Map<string, Job>,
    wake: (job: Job) => Promise<void>,
  ): Promise<void> {
    const refusals: ScenewrightError[] = [];
    const numbers = this.places.numbers();
    for (const [key, wanted] of fresh) {
      // Whatever there is, it is wanted beside that.
      if (wanted.another === true) continue;
      try {
        const top = await numbers.last(wanted);
        for (;;) {
          const theirs = await this.neighbours.find(wanted, top, (id) => this.hasSeen(id));
          if (theirs === undefined) break;
          const job = await this.takeUp(theirs, wake);
          if (isSamePicture(theirs, wanted)) {
            fresh.delete(key);
            underWay.set(key, job);
            break;
          }
          if (!isOver(job.record)) throw comesAsBefore(wanted);
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
  private async saveAll(
    orders: readonly Numbered[],
    numbers: TakeNumbers,
  ): Promise<readonly Numbered[]> {
    const saved = await Promise.allSettled(
      orders.map((order) => this.savedAndHeld(order, numbers)),
    );
    const failure = saved.find((outcome) => outcome.status === 'rejected');
    if (failure === undefined) {
      return saved.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
    }
    await Promise.allSettled(orders.map(({ record }) => this.store.remove(record.id)));
    throw failure.reason;
  }

  /** Whether the writer sees here that another store's clip is there. */
  private hasSeen(id: string): boolean {
    const job = this.table.get(id);
    return job !== undefined && hasClip(job.record);
  }

  /** On disk first, so that whoever finds the claim finds what it is for. */
  private async savedAndHeld(order: Numbered, numbers: TakeNumbers): Promise<Numbered> {
    const { request } = order;
    for (let { record } = order; ; record = await this.numbered(record, request, numbers)) {
      await this.table.save(record);
      const isMine = await this.neighbours.claim(record);
      // Another window may have ordered this very picture at the same moment, as this take or another one.
      if (request.another !== true) {
        await this.neighbours.expectAlone(record, takeOf(record.file), (id) => this.hasSeen(id));
      }
      if (isMine) return { ...order, record };
    }
  }
}

/** An order that has its number. */
interface Numbered {
  readonly key: string;
  readonly request: NewJob;
  readonly record: JobRecord;
}

/** Nothing was handed in then; what others have is to be looked at again. */
function unlessMadeMeanwhile(error: unknown): undefined {
  if (!(error instanceof MadeMeanwhileError)) throw error;
}

function comesAsBefore(request: NewJob): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t(
      'A window that is closed has ordered {0} as it was before. That goes on here: wait for it or cancel it.',
      subjectOf(request),
    ),
  );
}

/** What makes two orders the same order: a wish for another take is one of its own. */
function orderKey(request: NewJob, index: number): string {
  return request.another === true ? `another ${index}` : pictureKey(request);
}

/** The picture of a scene, whichever take shows it. */
function pictureKey({ script, scene, drawing, pictureHash, studio }: NewJob): string {
  return JSON.stringify([script, scene.id, drawing, pictureHash, studio]);
}

function newRecord(request: NewJob, now: number): JobRecord {
  const { script, scriptTitle, scene, number, style, aspect, prompt } = request;
  const { pictureHash, studio, accounts = [], terms, choices, price, file, root } = request;
  const { instruction, pictures, takenPictures, sceneLabel, drawing, sheets, chain, isOwnPrice } =
    request;
  const kind = drawing === undefined ? 'render' : 'picture';
  const facts = { script, scriptTitle, scene, number, style, aspect, prompt, pictureHash, studio };
  return {
    version: recordVersion,
    id: newJobId(now),
    ...facts,
    ...defined({ sceneLabel, drawing, terms, choices, pictures, takenPictures, instruction }),
    ...defined({ sheets, chain, price, isOwnPrice }),
    createdAt: now,
    updatedAt: now,
    paused: false,
    file,
    root,
    posterTried: drawing !== undefined,
    orders: [{ kind, state: 'queued', attempt: 0, accounts: [...new Set(accounts)] }],
  };
}
