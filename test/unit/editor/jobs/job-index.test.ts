import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/base/events.ts';
import { JobIndex } from '../../../../src/editor/jobs/job-index.ts';
import type { JobRecord, JobView } from '../../../../src/jobs/job.ts';

function record(id: string, createdAt: number, more: Partial<JobRecord> = {}): JobRecord {
  const scene = { id: 'abcdef' } as JobRecord['scene'];
  return { id, createdAt, scene, script: 'a', file: '/a.mp4', ...more } as JobRecord;
}

/** A manager that says which jobs there are, and how often it was asked for all of them. */
class Jobs {
  readonly changed = new Emitter<readonly JobView[]>();
  readonly removed = new Emitter<readonly string[]>();
  readonly onDidChange = this.changed.event;
  readonly onDidRemove = this.removed.event;
  all: JobRecord[] = [];
  asked = 0;

  records(): JobRecord[] {
    this.asked++;
    return this.all;
  }

  change(...ids: string[]): void {
    const views = this.all.filter(({ id }) => ids.includes(id));
    this.changed.fire(views.map(({ id, script }) => ({ id, script }) as JobView));
  }
}

describe('the jobs seen from the scripts', () => {
  let jobs: Jobs;
  let index: JobIndex;

  beforeEach(() => {
    jobs = new Jobs();
    index = new JobIndex(jobs);
  });

  it('finds the newest job of a scene and of a file, in whatever order they are told', () => {
    jobs.all = [record('b', 2), record('a', 1)];
    assert.equal(index.ofScene('a', 'abcdef')?.id, 'b');
    assert.equal(index.ofFile('/a.mp4')?.id, 'b');
    assert.equal(index.job('a')?.id, 'a');
  });

  it('finds the clips of a script that was renamed', () => {
    jobs.all = [record('a', 1)];
    assert.equal(index.ofScene('renamed', 'abcdef')?.id, 'a');
    jobs.all.push(record('b', 2, { script: 'renamed' }));
    jobs.change('b');
    assert.equal(index.ofScene('renamed', 'abcdef')?.id, 'b');
    assert.equal(index.ofScene('a', 'abcdef')?.id, 'a');
  });

  it('finds a job at the new address of its script, and not at the old one any more', () => {
    jobs.all = [record('a', 1), record('b', 2, { script: 'b' })];
    assert.equal(index.ofScene('a', 'abcdef')?.id, 'a');
    jobs.all = [record('a', 1, { script: 'renamed' }), record('b', 2, { script: 'b' })];
    jobs.change('a');
    assert.equal(index.ofScene('renamed', 'abcdef')?.id, 'a');
    assert.equal(index.ofScene('a', 'abcdef')?.id, 'b');
  });

  it('has every job as it stands after it has changed', () => {
    jobs.all = [record('a', 1, { updatedAt: 1 })];
    assert.equal(index.ofScene('a', 'abcdef')?.updatedAt, 1);
    jobs.all = [record('a', 1, { updatedAt: 2 })];
    jobs.change('a');
    assert.equal(index.ofScene('a', 'abcdef')?.updatedAt, 2);
    assert.equal(index.ofFile('/a.mp4')?.updatedAt, 2);
  });

  it('forgets jobs that are removed', () => {
    jobs.all = [record('a', 1), record('b', 2)];
    assert.equal(index.ofFile('/a.mp4')?.id, 'b');
    jobs.all.pop();
    jobs.removed.fire(['b']);
    assert.equal(index.ofFile('/a.mp4')?.id, 'a');
  });

  it('asks for all jobs once, however many look-ups follow a change', () => {
    jobs.all = [record('a', 1)];
    jobs.change('a');
    for (let look = 0; look < 10; look++) index.ofScene('a', 'abcdef');
    assert.equal(jobs.asked, 1);
  });
});
