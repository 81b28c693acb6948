import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  fitsFilter,
  jobFilters,
  type JobFilter,
} from '../../../../src/editor/job-list/job-filter.ts';
import {
  JobRows,
  type JobCounts,
  type JobRow,
  type RowChanges,
  type ScriptRow,
} from '../../../../src/editor/job-list/job-rows.ts';
import { finalStates, jobStates, type JobView } from '../../../../src/jobs/job.ts';

function view(id: string, more: Partial<JobView> = {}): JobView {
  return {
    id,
    kind: 'clip',
    take: 1,
    script: 'file:///a.md',
    scene: 1,
    sceneId: 'abcdef',
    title: 'The lamp goes out',
    studio: 'fal',
    state: 'queued',
    paused: false,
    ...more,
  };
}

const ids = (rows: readonly JobRow[]): string[] => rows.map(({ job }) => job);

describe('the rows of the video jobs', () => {
  it('stand by script, the latest first, and by scene, the oldest render first', () => {
    const rows = new JobRows();
    rows.update([
      view('a', { scene: 12 }),
      view('b', { scene: 2 }),
      view('c', { scene: 12 }),
      view('d', { script: 'file:///b.md' }),
    ]);
    assert.deepEqual(
      rows.scripts().map(({ uri }) => uri),
      ['file:///b.md', 'file:///a.md'],
    );
    assert.deepEqual(ids(rows.jobs('file:///a.md')), ['b', 'a', 'c']);
  });

  it('tell of progress on the one row and nothing else', () => {
    const rows = new JobRows();
    rows.update([view('a', { state: 'rendering' }), view('b')]);
    const row = rows.get('a');
    const changes = rows.update([view('a', { state: 'rendering', progress: 0.5 })]);
    assert.deepEqual([...changes.jobs], [row]);
    assert.equal(row?.view.progress, 0.5);
    assert.deepEqual([changes.scripts, changes.lists.size, changes.counts.size], [false, 0, 0]);
  });

  it('leave the list of a script when the filter no longer lets them through', () => {
    const rows = new JobRows();
    rows.update([view('a'), view('b')]);
    rows.setFilter('running');
    const changes = rows.update([view('a', { state: 'done' })]);
    assert.deepEqual(ids(rows.jobs('file:///a.md')), ['b']);
    assert.deepEqual([...changes.lists], rows.scripts());
    assert.equal(rows.update([view('b', { state: 'done' })]).scripts, true);
    assert.deepEqual(rows.scripts(), []);
  });

  it('count what was expired, unclear or not enlarged as failed', () => {
    const rows = new JobRows();
    rows.update([
      view('a', { state: 'failed' }),
      view('b', { state: 'expired' }),
      view('c', { state: 'unclear' }),
      view('d', { state: 'done', stage: 'upscale', error: 'Too large.' }),
      view('e', { state: 'cancelled' }),
    ]);
    rows.setFilter('failed');
    assert.equal(rows.counts.failed, 4);
    assert.deepEqual(ids(rows.jobs('file:///a.md')), ['a', 'b', 'c', 'd']);
  });

  it('are at any time what a list made anew would be, and tell all that changed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const rows = new JobRows();
        const naive = new NaiveList();
        let drawn = drawingOf(rows);
        for (const now of steps) {
          const changes = apply(now, rows);
          naive.apply(now);
          naive.mustEqual(rows);
          const next = drawingOf(rows);
          if (changes !== undefined) mustTell(drawn, next, changes);
          drawn = next;
        }
      }),
      { numRuns: 300 },
    );
  });
});

type Step =
  | { readonly kind: 'update'; readonly views: readonly JobView[] }
  | { readonly kind: 'remove'; readonly ids: readonly string[] }
  | { readonly kind: 'stale' | 'gone'; readonly script: string; readonly ids: readonly string[] }
  | { readonly kind: 'filter'; readonly filter: JobFilter };

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const script = fc.constantFrom('file:///a.md', 'file:///b.md', 'file:///c.md');
const anyView = fc.record(
  {
    id,
    kind: fc.constant('clip' as const),
    take: fc.constantFrom(1, 2),
    script,
    scene: fc.integer({ min: 1, max: 4 }),
    sceneId: fc.constant('abcdef'),
    title: fc.constant('The lamp goes out'),
    studio: fc.constant('fal'),
    state: fc.constantFrom(...jobStates),
    paused: fc.boolean(),
    progress: fc.constantFrom(0.25, 0.5),
    error: fc.constant('No.'),
    retry: fc.constantFrom('helps' as const, 'asks' as const),
    superseded: fc.constant(true as const),
  },
  {
    requiredKeys: [
      'id',
      'kind',
      'take',
      'script',
      'scene',
      'sceneId',
      'title',
      'studio',
      'state',
      'paused',
    ],
  },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('update' as const),
      views: fc.array(anyView, { maxLength: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('remove' as const),
      ids: fc.array(id, { maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('stale' as const, 'gone' as const),
      script,
      ids: fc.array(id),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('filter' as const),
      filter: fc.constantFrom(...jobFilters),
    }),
  },
);

function apply(now: Step, rows: JobRows): RowChanges | undefined {
  switch (now.kind) {
    case 'update':
      return rows.update(now.views);
    case 'remove':
      return rows.remove(now.ids);
    case 'stale':
      return rows.setStale(now.script, new Set(now.ids));
    case 'gone':
      return rows.setGone(now.script, new Set(now.ids));
    case 'filter':
      rows.setFilter(now.filter);
      return undefined;
  }
}

interface NaiveJob {
  view: JobView;
  stale: boolean;
  gone: boolean;
  turn: number;
}

/** The same list, made anew for every look at it. */
class NaiveList {
  private readonly jobs = new Map<string, NaiveJob>();
  private scripts: string[] = [];
  private filter: JobFilter = 'all';
  private turns = 0;

  apply(now: Step): void {
    switch (now.kind) {
      case 'update':
        for (const one of now.views) {
          const known = this.jobs.get(one.id);
          const fresh = { stale: false, gone: false, turn: -1 };
          const { stale, gone, turn } = known ?? { ...fresh, turn: this.turns++ };
          this.jobs.set(one.id, { view: one, stale, gone, turn });
          this.sweep();
          if (!this.scripts.includes(one.script)) this.scripts.push(one.script);
        }
        break;
      case 'remove':
        for (const gone of now.ids) this.jobs.delete(gone);
        this.sweep();
        break;
      case 'stale':
      case 'gone':
        for (const [job, entry] of this.jobs) {
          if (entry.view.script === now.script) entry[now.kind] = now.ids.includes(job);
        }
        break;
      case 'filter':
        this.filter = now.filter;
        break;
    }
  }

  private sweep(): void {
    const used = new Set([...this.jobs.values()].map(({ view: { script: uri } }) => uri));
    this.scripts = this.scripts.filter((uri) => used.has(uri));
  }

  mustEqual(rows: JobRows): void {
    const shown = this.scripts.filter((uri) => this.shownOf(uri).length > 0).reverse();
    assert.deepEqual(
      rows.scripts().map(({ uri }) => uri),
      shown,
    );
    for (const uri of shown) {
      assert.deepEqual(
        rows.jobs(uri).map(({ job, view: one, stale, gone }) => [job, one, stale, gone]),
        this.shownOf(uri).map((entry) => [entry.view.id, entry.view, entry.stale, entry.gone]),
      );
    }
    for (const row of rows.scripts()) {
      const own = [...this.jobs.values()].filter((entry) => entry.view.script === row.uri);
      assert.deepEqual(row.counts, countsOf(own));
      for (const job of rows.jobs(row.uri)) assert.equal(rows.scriptOf(job), row);
    }
    assert.deepEqual(rows.counts, countsOf([...this.jobs.values()]));
    assert.equal([...rows.all()].length, this.jobs.size);
  }

  private shownOf(uri: string): NaiveJob[] {
    return [...this.jobs.values()]
      .filter((entry) => entry.view.script === uri)
      .filter((entry) => fitsFilter(this.filter, entry.view, entry.stale))
      .sort((a, b) => a.view.scene - b.view.scene || a.turn - b.turn);
  }
}

function countsOf(entries: readonly NaiveJob[]): JobCounts {
  const count = (fits: (view: JobView) => boolean): number =>
    entries.filter((entry) => fits(entry.view)).length;
  return {
    all: entries.length,
    done: entries.filter(({ view: { state }, gone }) => state === 'done' && !gone).length,
    underWay: count(({ state, paused }) => !finalStates.has(state) && !paused),
    paused: count(({ state, paused }) => !finalStates.has(state) && paused),
    failed: count((one) => fitsFilter('failed', one, false)),
    retriable: count(({ retry }) => retry === 'helps'),
    stale: entries.filter(({ stale }) => stale).length,
  };
}

/** What was drawn of each row at some moment. */
interface Drawing {
  readonly scripts: readonly ScriptRow[];
  readonly lists: ReadonlyMap<ScriptRow, readonly JobRow[]>;
  readonly counts: ReadonlyMap<ScriptRow, JobCounts>;
  readonly jobs: ReadonlyMap<JobRow, readonly [JobView, boolean, boolean]>;
}

function drawingOf(rows: JobRows): Drawing {
  const scripts = rows.scripts();
  const jobs = scripts.flatMap(({ uri }) => rows.jobs(uri));
  return {
    scripts,
    lists: new Map(scripts.map((row) => [row, [...rows.jobs(row.uri)]])),
    counts: new Map(scripts.map((row) => [row, row.counts])),
    jobs: new Map(jobs.map((row) => [row, [row.view, row.stale, row.gone]])),
  };
}

/** Who draws again only what was told has drawn everything that is different. */
function mustTell(before: Drawing, after: Drawing, changes: RowChanges): void {
  const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
    a.length === b.length && a.every((row, index) => row === b[index]);
  if (!isSame(before.scripts, after.scripts)) {
    assert.ok(changes.scripts, 'the list of scripts');
    return;
  }
  for (const row of after.scripts) {
    const isListed = changes.scripts || changes.lists.has(row);
    const jobs = after.lists.get(row) ?? [];
    if (!isSame(before.lists.get(row) ?? [], jobs)) assert.ok(isListed, `the jobs of ${row.uri}`);
    if (!isDeepEqual(before.counts.get(row), after.counts.get(row))) {
      assert.ok(changes.counts.has(row), `the counts of ${row.uri}`);
    }
    for (const job of jobs) {
      if (isListed || isDeepEqual(before.jobs.get(job), after.jobs.get(job))) continue;
      assert.ok(changes.jobs.has(job), `the job ${job.job}`);
    }
  }
}

function isDeepEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
