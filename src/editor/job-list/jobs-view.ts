import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import { Throttle } from '../../base/throttle.ts';
import type { JobManager } from '../../jobs/manager.ts';
import type { JobView } from '../../jobs/job.ts';
import type { AccountNotices } from '../accounts/account-notices.ts';
import { acceptClips, JobDrag } from './job-drop.ts';
import type { JobFilter } from './job-filter.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import { JobRows, type JobRow, type RowChanges, type ScriptRow } from './job-rows.ts';
import { jobFace, jobItem, scriptFace, scriptItem } from './job-tree-items.ts';
import { jobTooltip } from './job-tooltip.ts';
import type { JobSurroundings } from './job-words.ts';
import { JobsViewStatus } from './jobs-view-status.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { settings } from '../settings.ts';
import { JobsInScripts, type JobsInScript } from './jobs-in-scripts.ts';

type Row = ScriptRow | JobRow;

/** From this many jobs on, scripts of which nothing is left to do are folded at first. */
const foldFrom = 300;

/**
 * From this many changed jobs of one script on, its whole list is drawn: VS Code compares each row
 * that it is told of with all others.
 */
const manyRows = 100;

/**
 * Milliseconds between two changes of the tree. VS Code draws none before 200 ms have passed without
 * another one, so a tree that changes more often stands still.
 */
const drawEveryMs = 300;

export interface JobsViewTools {
  readonly manager: Pick<
    JobManager,
    'views' | 'owner' | 'renumber' | 'onDidChange' | 'onDidRemove' | 'onDidChangeOwner'
  >;
  readonly jobs: JobIndex;
  readonly clips: Pick<ScriptClips, 'of' | 'onDidChange'>;
  readonly scripts: OpenScripts;
  readonly notices: AccountNotices;
  readonly onDefect: (error: unknown) => void;
  readonly accountName: (id: string) => string | undefined;
}

/**
 * The tree of video jobs. Draws the rows that look different and no others; only where the list
 * itself changes VS Code asks for all of it again.
 */
export class JobsView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly rows = new JobRows();
  private readonly tools: JobsViewTools;
  private readonly inScripts: JobsInScripts;
  private readonly changed = new vscode.EventEmitter<Row[] | undefined>();
  private readonly view: vscode.TreeView<Row>;
  private readonly status: JobsViewStatus;
  private readonly subscriptions: Disposable[];
  /** How rows looked when VS Code last asked; absent for those that it never asked for. */
  private readonly faces = new WeakMap<Row, string>();
  /** Scripts that are folded, by address. */
  private readonly folded = new Set<string>();
  private readonly known = new Set<string>();
  private readonly redraws = new Map<ScriptRow, NodeJS.Timeout>();
  /** Rows that are to be drawn next; all where it says so. */
  private pending: Set<Row> | 'all' = new Set();
  private readonly drawing = new Throttle(drawEveryMs, () => {
    this.drawPending();
  });

  readonly onDidChangeTreeData = this.changed.event;

  constructor(tools: JobsViewTools) {
    this.tools = tools;
    const { manager, jobs, clips, scripts, notices } = tools;
    const filesOf = (script: string): [string, string][] =>
      [...this.rows.all(script)].flatMap(({ job, view: { file } }) => (file ? [[job, file]] : []));
    this.inScripts = new JobsInScripts(scripts, jobs, clips, filesOf, (script, found) => {
      this.found(script, found);
    });
    this.view = vscode.window.createTreeView('scenewright.jobs', {
      treeDataProvider: this,
      dragAndDropController: new JobDrag(this.rows),
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.status = new JobsViewStatus(this.view, this.rows, tools);
    this.subscriptions = [
      this.view,
      this.changed,
      this.drawing,
      this.inScripts,
      acceptClips(),
      this.view.onDidCollapseElement(({ element }) => {
        if (element.kind === 'script') this.folded.add(element.uri);
      }),
      this.view.onDidExpandElement(({ element }) => {
        if (element.kind === 'script') this.folded.delete(element.uri);
      }),
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible) this.lookForStale();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        const uri = document.uri.toString();
        if (this.known.has(uri)) this.inScripts.check(uri);
      }),
      settings.video.provider.onDidChange(() => {
        this.lookForStale();
      }),
      clips.onDidChange(() => {
        for (const { uri } of vscode.workspace.textDocuments) {
          if (this.known.has(uri.toString())) this.inScripts.check(uri.toString());
        }
      }),
      manager.onDidChange((views) => {
        this.update(views);
      }),
      manager.onDidRemove((ids) => {
        this.draw(this.rows.remove(ids));
      }),
      manager.onDidChangeOwner(() => {
        this.status.update();
      }),
      notices.onDidChange(() => {
        this.status.update();
      }),
    ];
    this.update(manager.views());
  }

  get filter(): JobFilter {
    return this.rows.filter;
  }

  set filter(filter: JobFilter) {
    this.rows.setFilter(filter);
    this.changed.fire(undefined);
    this.status.update();
  }

  /** The rows that are selected in the view. */
  get selection(): readonly Row[] {
    return this.view.selection;
  }

  /** Show the view with this job selected, if the filter lets it through. */
  async reveal(job: string): Promise<void> {
    const row = this.rows.get(job);
    if (row === undefined || !this.rows.jobs(row.view.script).includes(row)) return;
    await this.view.reveal(row, { select: true, focus: true });
  }

  private update(views: readonly JobView[]): void {
    const { notices } = this.tools;
    for (const view of views) {
      const before = this.rows.get(view.id)?.view;
      const { state, account, script } = view;
      const isAccepted = before?.state === 'submitting' && state === 'rendering';
      if (isAccepted && account !== undefined) notices.clear(account);
      this.known.add(script);
      // A new job makes those before it ones of the past, and only what is done can be stale.
      const wasDone = before?.state === 'done';
      if (before === undefined || wasDone !== (state === 'done')) this.inScripts.check(script);
    }
    this.draw(this.rows.update(views));
  }

  private found(script: string, { stale, gone, numbers }: JobsInScript): void {
    this.draw(this.rows.setStale(script, stale));
    this.draw(this.rows.setGone(script, gone));
    const { manager, onDefect } = this.tools;
    const isOther = [...this.rows.all(script)].some(
      ({ view: { sceneId, scene } }) => (numbers.get(sceneId) ?? scene) !== scene,
    );
    if (isOther) manager.renumber(script, numbers).catch(onDefect);
  }

  private lookForStale(): void {
    for (const script of this.known) this.inScripts.check(script);
  }

  private draw({ scripts, lists, counts, jobs }: RowChanges): void {
    this.status.update();
    if (scripts) this.pending = 'all';
    if (this.pending !== 'all') for (const row of [...lists, ...jobs]) this.pending.add(row);
    this.drawing.soon();
    for (const row of counts) this.redrawSoon(row);
  }

  private drawPending(): void {
    const { pending } = this;
    this.pending = new Set();
    if (pending === 'all') {
      this.changed.fire(undefined);
      return;
    }
    const drawn = new Set<Row>([...pending].filter(({ kind }) => kind === 'script'));
    const perScript = new Map<ScriptRow, JobRow[]>();
    for (const row of pending) {
      if (row.kind === 'script') continue;
      const face = this.faces.get(row);
      const script = this.rows.scriptOf(row);
      if (script === undefined || drawn.has(script)) continue;
      if (face === undefined || face === this.faceOf(row)) continue;
      const rows = perScript.get(script) ?? [];
      rows.push(row);
      perScript.set(script, rows);
    }
    for (const [script, rows] of perScript) {
      if (rows.length >= manyRows) drawn.add(script);
      else for (const row of rows) drawn.add(row);
    }
    if (drawn.size > 0) this.changed.fire([...drawn]);
  }

  /**
   * Draw a script's own row with its counts. VS Code then asks for all of its jobs again, so the
   * more there are, the longer it has to wait.
   */
  private redrawSoon(row: ScriptRow): void {
    if (this.redraws.has(row)) return;
    const rows = this.folded.has(row.uri) ? 0 : row.counts.all;
    const timer = setTimeout(
      () => {
        this.redraws.delete(row);
        const face = this.faces.get(row);
        if (face !== undefined && face !== this.faceOf(row)) this.changed.fire([row]);
      },
      1000 + 4 * rows,
    );
    this.redraws.set(row, timer);
  }

  getChildren(row?: Row): Row[] {
    if (row === undefined) return this.rows.scripts();
    return row.kind === 'script' ? [...this.rows.jobs(row.uri)] : [];
  }

  getParent(row: Row): Row | undefined {
    return row.kind === 'script' ? undefined : this.rows.scriptOf(row);
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const isNew = !this.faces.has(row);
    this.faces.set(row, this.faceOf(row));
    if (row.kind === 'job') return jobItem(row, this.surroundings(row));
    const { filter, counts } = this.rows;
    const isOver = row.counts.underWay + row.counts.paused === 0;
    if (isNew && counts.all >= foldFrom && isOver) this.folded.add(row.uri);
    return scriptItem(row, filter, this.folded.has(row.uri));
  }

  /** Tooltips are made for the rows that somebody points at. */
  resolveTreeItem(item: vscode.TreeItem, row: Row): vscode.TreeItem {
    if (row.kind === 'job') {
      item.tooltip = jobTooltip(row.view, this.tools.jobs.job(row.job), this.surroundings(row));
    }
    return item;
  }

  private faceOf(row: Row): string {
    return row.kind === 'script' ? scriptFace(row) : jobFace(row, this.surroundings(row));
  }

  private surroundings({ view, stale, gone }: JobRow): JobSurroundings {
    const { accountName, notices } = this.tools;
    // A job that waits for its turn is bound to no account yet: the one that is back first takes it.
    const awaited = notices.current().find(({ untilMs }) => untilMs === view.waitingUntil);
    const id = view.account ?? (view.waitingUntil === undefined ? undefined : awaited?.account);
    return { stale, gone, account: id === undefined ? undefined : (accountName(id) ?? id) };
  }

  dispose(): void {
    for (const timer of this.redraws.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
