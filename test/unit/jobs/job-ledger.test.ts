import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/events.ts';
import { JobLedger, type LedgerJobs } from '../../../src/jobs/job-ledger.ts';
import type { JobOrder, JobRecord, JobView } from '../../../src/jobs/job.ts';
import { recordOf } from './world.ts';

/** Jobs that come and go as a test says. */
class FakeJobs implements LedgerJobs {
  owner = true;
  private readonly kept = new Map<string, JobRecord>();
  private readonly changed = new Emitter<readonly JobView[]>();
  private readonly removed = new Emitter<readonly string[]>();
  readonly onDidChange = this.changed.event;
  readonly onDidRemove = this.removed.event;

  records(): JobRecord[] {
    return [...this.kept.values()];
  }

  put(record: JobRecord): void {
    this.kept.set(record.id, record);
    this.changed.fire([{ id: record.id } as JobView]);
  }

  /** It is off the list, which is all that is told, and still known. */
  unlist(id: string): void {
    const record = this.kept.get(id);
    if (record !== undefined) this.kept.set(id, { ...record, unlisted: true });
    this.removed.fire([id]);
  }

  /** It is gone at once; that is told a moment later. */
  drop(id: string): () => void {
    this.kept.delete(id);
    return () => {
      this.removed.fire([id]);
    };
  }
}

/** As VS Code keeps it: what is updated is there at once. */
class FakeState {
  private readonly values = new Map<string, unknown>();
  keys(): readonly string[] {
    return [...this.values.keys()];
  }
  get<T>(key: string, otherwise?: T): T {
    return (this.values.get(key) ?? otherwise) as T;
  }
  update(key: string, value: unknown): Promise<void> {
    this.values.set(key, value);
    return Promise.resolve();
  }
}

const priced = (id: string, render: Partial<JobOrder>): JobRecord =>
  recordOf({ id, price: { currency: 'USD', amount: 3.2 }, render });

const paid = (id: string): JobRecord => priced(id, { state: 'saved', remote: { remoteId: 'r' } });

const dollars = (ledger: JobLedger): number => ledger.ordered().amounts[0]?.amount ?? 0;

describe('what a workspace has ordered', () => {
  it('has each take once, listed or not, and forgets the money of none', () => {
    const jobs = new FakeJobs();
    const ledger = new JobLedger(jobs, new FakeState());
    for (const id of ['a', 'b', 'c']) jobs.put(paid(id));
    assert.equal(dollars(ledger), 9.6);
    jobs.unlist('b');
    assert.equal(dollars(ledger), 9.6);
    // Its clip is deleted, which gives no money back.
    jobs.drop('b')();
    assert.equal(dollars(ledger), 9.6);
  });

  it('does not get less when a job is removed from the list, at no moment', () => {
    const jobs = new FakeJobs();
    const ledger = new JobLedger(jobs, new FakeState());
    jobs.put(paid('a'));
    jobs.put(paid('b'));
    assert.equal(dollars(ledger), 6.4);
    const tell = jobs.drop('a');
    assert.equal(dollars(ledger), 6.4, 'removed, and not told yet');
    tell();
    assert.equal(dollars(ledger), 6.4);
  });

  it('gets less when what was only to be ordered is removed', () => {
    const jobs = new FakeJobs();
    const ledger = new JobLedger(jobs, new FakeState());
    jobs.put(priced('a', { state: 'queued' }));
    assert.equal(dollars(ledger), 3.2);
    jobs.drop('a')();
    assert.equal(dollars(ledger), 0);
  });

  it('is known in the next window too', () => {
    const state = new FakeState();
    const before = new FakeJobs();
    const first = new JobLedger(before, state);
    before.put(paid('a'));
    before.drop('a')();
    first.dispose();
    const jobs = new FakeJobs();
    const ledger = new JobLedger(jobs, state);
    assert.equal(dollars(ledger), 3.2);
    jobs.put(paid('b'));
    assert.equal(dollars(ledger), 6.4);
  });

  it('is kept account of by the window that works on the jobs, and no other', () => {
    const state = new FakeState();
    const jobs = new FakeJobs();
    jobs.owner = false;
    const ledger = new JobLedger(jobs, state);
    jobs.put(paid('a'));
    jobs.drop('a')();
    assert.equal(dollars(ledger), 0);
    assert.deepEqual(state.keys(), []);
  });
});
