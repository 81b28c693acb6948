import type { Clock } from '../base/clock.ts';
import type { Job, JobBook } from './book.ts';
import { finalStates, hasClip, type JobRecord, type JobView, type NewJob } from './model.ts';
import { newJobId, recordVersion } from './record.ts';
import type { JobStore } from './store.ts';
import { viewOf } from './view.ts';

/** Takes orders in: each picture once, and none before all are on disk. */
export class Intake {
  private readonly book: JobBook;
  private readonly store: JobStore;
  private readonly clock: Clock;

  constructor(book: JobBook, store: JobStore, clock: Clock) {
    this.book = book;
    this.store = store;
    this.clock = clock;
  }

  /**
   * @param begin called for each new job, once all of them are on disk
   * @throws ScenewrightError `disk`; then there is none of them
   */
  async take(requests: readonly NewJob[], begin: (job: Job) => void): Promise<JobView[]> {
    const underWay = this.underWay();
    const now = this.clock.now();
    const fresh = new Map<string, JobRecord>();
    for (const request of requests) {
      const key = pictureKey(request);
      if (!underWay.has(key) && !fresh.has(key)) fresh.set(key, newRecord(request, now));
    }
    await this.saveAll([...fresh.values()]);
    for (const [key, record] of fresh) {
      const job = this.book.put(record);
      underWay.set(key, job);
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
    for (const job of this.book.all()) {
      const { record } = job;
      const mayCome = record.state === 'unclear' && !hasClip(record);
      if (!finalStates.has(record.state) || mayCome) underWay.set(pictureKey(record), job);
    }
    return underWay;
  }

  private async saveAll(records: readonly JobRecord[]): Promise<void> {
    const saved = await Promise.allSettled(records.map((record) => this.book.save(record)));
    const failure = saved.find((outcome) => outcome.status === 'rejected');
    if (failure === undefined) return;
    await Promise.allSettled(records.map(({ id }) => this.store.remove(id)));
    throw failure.reason;
  }
}

/** What makes two orders the same order. */
function pictureKey(job: NewJob): string {
  const { script, scene, number, pictureHash, studio, file } = job;
  return JSON.stringify([script, scene.id, number, pictureHash, studio, file]);
}

function newRecord(request: NewJob, now: number): JobRecord {
  const { script, scriptTitle, scene, number, style, aspect, prompt } = request;
  const { pictureHash, studio, accounts = [], terms, price, file, root } = request;
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
    ...(accounts.length === 0 ? {} : { accounts: [...new Set(accounts)] }),
    ...(terms === undefined ? {} : { terms }),
    ...(price === undefined ? {} : { price }),
    createdAt: now,
    updatedAt: now,
    paused: false,
    attempt: 0,
    file,
    root,
  };
}
