import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Emitter } from '../../../../src/base/events.ts';
import { isOnePlace } from '../../../../src/base/one-place.ts';
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

  it('has takes that were ordered at one moment in the order of their numbers, whatever their ids', () => {
    const names = ['scene-001.take-10.mp4', 'scene-001.mp4', 'scene-001.take-2.mp4'];
    jobs.all = names.map((name, i) => record(`${i}`, 5, { number: 1, file: `/videos/${name}` }));
    const files = index.takesOf('a', 'abcdef').map(({ file }) => path.basename(file));
    assert.deepEqual(files, ['scene-001.mp4', 'scene-001.take-2.mp4', 'scene-001.take-10.mp4']);
    assert.equal(index.ofScene('a', 'abcdef')?.id, '0');
  });

  it('knows the ids that scenes had by their titles, where those are of one scene', () => {
    const of = (id: string, title: string, script = 'a'): Partial<JobRecord> => ({
      script,
      scene: { ...record('x', 1).scene, id, title },
    });
    jobs.all = [
      record('a', 1, of('aaaaa1', 'The Lamp')),
      record('b', 2, of('aaaaa1', 'the lamp')),
      record('c', 3, of('aaaaa2', 'A ship')),
      record('d', 4, of('aaaaa3', 'A ship')),
      record('e', 5, of('aaaaa4', 'The storm', 'b')),
      record('f', 6, of('aaaaa5', '')),
    ];
    assert.deepEqual([...index.idsByTitle('a').values()], ['aaaaa1']);
  });

  it('takes two names for one clip where the disk does, and for two where it does not', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-names-'));
    try {
      const [lower, upper, composed, apart] = ['story', 'Story', 'caf\u00e9', 'cafe\u0301'].map(
        (name) => path.join(folder, name, 'scene-001.mp4'),
      );
      assert.ok(lower && upper && composed && apart);
      jobs.all = [record('a', 1, { file: lower }), record('b', 2, { file: composed })];
      for (const one of [lower, upper, composed, apart]) {
        await mkdir(path.dirname(one)).catch(() => undefined);
      }
      const isCaseTold = (await readdir(folder)).length === 4;
      assert.equal(index.ofFile(upper)?.id, isCaseTold ? undefined : 'a');
      assert.equal(index.ofFile(apart)?.id, isCaseTold ? undefined : 'b');
      assert.equal(index.ofFile(lower)?.id, 'a');
      if (!isCaseTold) return;
      // As a disk that does not tell: both names lead to one folder.
      for (const [from, to] of [
        [upper, lower],
        [apart, composed],
      ] as const) {
        await rm(path.dirname(from), { recursive: true });
        await symlink(path.dirname(to), path.dirname(from));
      }
      assert.equal(index.ofFile(upper)?.id, 'a');
      assert.equal(index.ofFile(apart)?.id, 'b');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('asks the system where no clip is there yet', () => {
    const names = ['/nowhere/Story/scene-001.mp4', '/nowhere/story/scene-001.mp4'] as const;
    assert.deepEqual(
      (['darwin', 'win32', 'linux'] as const).map((platform) => isOnePlace(...names, platform)),
      [true, true, false],
    );
    assert.equal(isOnePlace('/nowhere/a/x.mp4', '/nowhere/b/x.mp4', 'darwin'), false);
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
