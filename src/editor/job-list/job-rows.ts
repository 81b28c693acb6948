import type { JobView } from '../../jobs/job.ts';
import { chosenByHand, type ByHand } from '../commands/caller.ts';
import { fitsFilter, isPaused, isUnderWay, needsAttention } from './job-filter.ts';
import type { JobFilter } from './job-filter.ts';

/** How many jobs there are of each kind. */
export interface JobCounts {
  readonly all: number;
  readonly done: number;
  /** Those that get on by themselves. */
  readonly underWay: number;
  readonly paused: number;
  /** Those that did not end well; see {@link needsAttention}. */
  readonly failed: number;
  /** Those of them that a retry may help as they are. */
  readonly retriable: number;
  readonly stale: number;
}

/** All jobs of one script. The row stays the same object for as long as it has any. */
export interface ScriptRow extends ByHand {
  readonly kind: 'script';
  readonly uri: string;
  /** Of all its jobs, also those that the filter hides. */
  readonly counts: JobCounts;
}

/** One job. The row stays the same object while its job changes, so that VS Code updates in place. */
export interface JobRow extends ByHand {
  readonly kind: 'job';
  readonly job: string;
  readonly view: JobView;
  /** The picture of its scene has changed in the script since. */
  readonly stale: boolean;
  /** Its clip was here, and is not on disk any more. */
  readonly gone: boolean;
}

/** What has to be drawn again. */
export interface RowChanges {
  /** The list of scripts is another one. */
  readonly scripts: boolean;
  /** Scripts whose list of jobs is another one. */
  readonly lists: ReadonlySet<ScriptRow>;
  /** Scripts whose counts are others. */
  readonly counts: ReadonlySet<ScriptRow>;
  /** Jobs that are shown and are no longer as they were. */
  readonly jobs: ReadonlySet<JobRow>;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface PlacedRow extends Writable<JobRow> {
  /** In the order of their arrival. */
  readonly turn: number;
}

interface Group {
  readonly row: Writable<ScriptRow>;
  /** In the order in which they are shown. */
  readonly jobs: PlacedRow[];
  /** How many of them the filter lets through. */
  shown: number;
}

interface Found {
  scripts: boolean;
  readonly lists: Set<ScriptRow>;
  readonly counts: Set<ScriptRow>;
  readonly jobs: Set<JobRow>;
}

const nothing: JobCounts = {
  ...{ all: 0, done: 0, underWay: 0, paused: 0 },
  ...{ failed: 0, retriable: 0, stale: 0 },
};

/**
 * The rows of the list of video jobs: by script, the latest first, and in each by scene, the oldest
 * render first. Every change costs as much as it changes, however many jobs there are, and tells
 * exactly which rows look different now.
 */
export class JobRows {
  private readonly entries = new Map<string, PlacedRow>();
  private readonly groups = new Map<string, Group>();
  private sum = nothing;
  private chosen: JobFilter = 'all';
  private turns = 0;

  get filter(): JobFilter {
    return this.chosen;
  }

  /** Of all jobs, also those that the filter hides. */
  get counts(): JobCounts {
    return this.sum;
  }

  get(job: string): JobRow | undefined {
    return this.entries.get(job);
  }

  /** The scripts of which the filter lets something through. */
  scripts(): ScriptRow[] {
    const shown = [...this.groups.values()].filter((group) => group.shown > 0);
    return shown.map(({ row }) => row).reverse();
  }

  /** The jobs of a script that the filter lets through. */
  jobs(script: string): readonly JobRow[] {
    const group = this.groups.get(script);
    if (group === undefined) return [];
    return this.chosen === 'all' ? group.jobs : group.jobs.filter((entry) => this.isShown(entry));
  }

  /** All jobs of a script, or of all scripts. */
  *all(script?: string): Iterable<JobRow> {
    if (script !== undefined) {
      yield* this.groups.get(script)?.jobs ?? [];
      return;
    }
    for (const { jobs } of [...this.groups.values()].reverse()) yield* jobs;
  }

  scriptOf({ view }: JobRow): ScriptRow | undefined {
    return this.groups.get(view.script)?.row;
  }

  /** Take in jobs that are new or have changed. */
  update(views: Iterable<JobView>): RowChanges {
    const found = noChanges();
    for (const view of views) {
      const entry = this.entries.get(view.id);
      if (entry?.view.script === view.script && entry.view.scene === view.scene) {
        this.change(entry, { view }, found);
        continue;
      }
      const left = entry === undefined ? undefined : this.takeOut(entry, found);
      this.putIn(view, entry, found);
      if (left !== undefined) this.dropIfEmpty(left, found);
    }
    return found;
  }

  remove(ids: Iterable<string>): RowChanges {
    const found = noChanges();
    for (const id of ids) {
      const entry = this.entries.get(id);
      if (entry === undefined) continue;
      this.entries.delete(id);
      const left = this.takeOut(entry, found);
      if (left !== undefined) this.dropIfEmpty(left, found);
    }
    return found;
  }

  /** Mark which of a script's jobs are stale; all others of it are not. */
  setStale(script: string, stale: ReadonlySet<string>): RowChanges {
    const found = noChanges();
    for (const entry of this.groups.get(script)?.jobs ?? []) {
      const isStale = stale.has(entry.job);
      if (entry.stale !== isStale) this.change(entry, { stale: isStale }, found);
    }
    return found;
  }

  /** Mark of which of a script's jobs the clips are gone from the disk; those of all others of it are not. */
  setGone(script: string, all: ReadonlySet<string>): RowChanges {
    const found = noChanges();
    for (const entry of this.groups.get(script)?.jobs ?? []) {
      const gone = all.has(entry.job);
      if (entry.gone !== gone) this.change(entry, { gone }, found);
    }
    return found;
  }

  /** Everything has to be drawn again after this. */
  setFilter(filter: JobFilter): void {
    this.chosen = filter;
    for (const group of this.groups.values()) {
      group.shown = group.jobs.filter((entry) => this.isShown(entry)).length;
    }
  }

  private isShown({ view, stale }: PlacedRow): boolean {
    return fitsFilter(this.chosen, view, stale);
  }

  private change(
    entry: PlacedRow,
    change: Partial<Pick<JobRow, 'view' | 'stale' | 'gone'>>,
    found: Found,
  ): void {
    const group = this.groups.get(entry.view.script);
    if (group === undefined) return;
    const wasShown = this.isShown(entry);
    const before = countsOf(entry);
    Object.assign(entry, change);
    const after = countsOf(entry);
    if (!same(before, after)) {
      this.count(group, before, -1, found);
      this.count(group, after, 1, found);
    }
    const isShown = this.isShown(entry);
    if (isShown) found.jobs.add(entry);
    if (isShown === wasShown) return;
    this.show(group, isShown ? 1 : -1, found);
  }

  private putIn(view: JobView, known: PlacedRow | undefined, found: Found): void {
    const entry: PlacedRow =
      known ??
      chosenByHand({
        kind: 'job' as const,
        job: view.id,
        view,
        stale: false,
        gone: false,
        turn: this.turns++,
      });
    entry.view = view;
    this.entries.set(view.id, entry);
    const group = this.groupOf(view.script);
    group.jobs.splice(placeOf(group.jobs, entry), 0, entry);
    this.count(group, countsOf(entry), 1, found);
    if (this.isShown(entry)) this.show(group, 1, found);
  }

  /** Returns the group that it was in. */
  private takeOut(entry: PlacedRow, found: Found): Group | undefined {
    const group = this.groups.get(entry.view.script);
    if (group === undefined) return undefined;
    group.jobs.splice(placeOf(group.jobs, entry), 1);
    this.count(group, countsOf(entry), -1, found);
    if (this.isShown(entry)) this.show(group, -1, found);
    return group;
  }

  private dropIfEmpty({ row, jobs }: Group, found: Found): void {
    if (jobs.length > 0) return;
    this.groups.delete(row.uri);
    found.lists.delete(row);
    found.counts.delete(row);
  }

  private groupOf(uri: string): Group {
    let group = this.groups.get(uri);
    if (group === undefined) {
      const row: ScriptRow = chosenByHand({ kind: 'script', uri, counts: nothing });
      group = { row, jobs: [], shown: 0 };
      this.groups.set(uri, group);
    }
    return group;
  }

  private show(group: Group, by: 1 | -1, found: Found): void {
    const before = group.shown;
    group.shown += by;
    found.lists.add(group.row);
    if (before === 0 || group.shown === 0) found.scripts = true;
  }

  private count({ row }: Group, one: JobCounts, by: 1 | -1, found: Found): void {
    row.counts = plus(row.counts, one, by);
    this.sum = plus(this.sum, one, by);
    found.counts.add(row);
  }
}

/** Where an entry stands, or would have to be put in. */
function placeOf(jobs: readonly PlacedRow[], { view, turn }: PlacedRow): number {
  let low = 0;
  let high = jobs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = jobs[middle];
    const isBefore =
      other !== undefined && (other.view.scene - view.scene || other.turn - turn) < 0;
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}

function countsOf({ view, stale, gone }: JobRow): JobCounts {
  return {
    all: 1,
    done: Number(view.state === 'done' && !gone),
    underWay: Number(isUnderWay(view)),
    paused: Number(isPaused(view)),
    failed: Number(needsAttention(view)),
    retriable: Number(view.retry === 'helps'),
    stale: Number(stale),
  };
}

function plus(counts: JobCounts, more: JobCounts, times: number): JobCounts {
  return {
    all: counts.all + times * more.all,
    done: counts.done + times * more.done,
    underWay: counts.underWay + times * more.underWay,
    paused: counts.paused + times * more.paused,
    failed: counts.failed + times * more.failed,
    retriable: counts.retriable + times * more.retriable,
    stale: counts.stale + times * more.stale,
  };
}

function same(a: JobCounts, b: JobCounts): boolean {
  return (Object.keys(a) as (keyof JobCounts)[]).every((key) => a[key] === b[key]);
}

function noChanges(): Found {
  return { scripts: false, lists: new Set(), counts: new Set(), jobs: new Set() };
}
