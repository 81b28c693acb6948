import path from 'node:path';
import * as vscode from 'vscode';
import type { JobManager } from '../jobs/manager.ts';
import { finalStates, type JobView } from '../jobs/model.ts';
import type { TreeRow } from './commands.ts';
import { formatBytes, formatSpeed } from './format.ts';
import { tooltip } from './scenes-view.ts';

/** All jobs of one script. */
interface ScriptRow extends TreeRow {
  readonly kind: 'script';
  readonly uri: string;
  /** Ids of its jobs; put into scene order when they are shown. */
  readonly jobs: Set<string>;
}

/** One job. The row stays the same object while its job changes, so that VS Code updates in place. */
export interface JobRow extends TreeRow {
  readonly kind: 'job';
  readonly job: string;
  view: JobView;
}

type Row = ScriptRow | JobRow;

/** The tree of video jobs: grouped by script, in scene order, refreshed row by row. */
export class JobsView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly manager: JobManager;
  private readonly accountName: (id: string) => string | undefined;
  private readonly scripts = new Map<string, ScriptRow>();
  private readonly rows = new Map<string, JobRow>();
  private readonly changed = new vscode.EventEmitter<Row[] | undefined>();
  private readonly view: vscode.TreeView<Row>;
  private readonly subscriptions: { dispose(): unknown }[];

  readonly onDidChangeTreeData = this.changed.event;

  constructor(manager: JobManager, accountName: (id: string) => string | undefined) {
    this.manager = manager;
    this.accountName = accountName;
    this.view = vscode.window.createTreeView('scenewright.jobs', {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
    });
    this.subscriptions = [
      this.view,
      this.changed,
      manager.onDidChange((views) => {
        this.update(views);
      }),
      manager.onDidRemove((ids) => {
        this.forget(ids);
      }),
      manager.onDidChangeOwner(() => {
        this.describe();
      }),
    ];
    this.update(manager.views());
  }

  private update(views: readonly JobView[]): void {
    const touched = new Set<Row>();
    let isNew = false;
    for (const view of views) {
      const row = this.rows.get(view.id);
      const script = this.scriptRow(view.script);
      if (row === undefined) {
        this.rows.set(view.id, { fromTree: true, kind: 'job', job: view.id, view });
        script.jobs.add(view.id);
        isNew = true;
      } else {
        row.view = view;
        touched.add(row);
        touched.add(script);
      }
    }
    this.changed.fire(isNew ? undefined : [...touched]);
    this.describe();
  }

  private forget(ids: readonly string[]): void {
    for (const id of ids) {
      const row = this.rows.get(id);
      this.rows.delete(id);
      const script = row && this.scripts.get(row.view.script);
      script?.jobs.delete(id);
      if (script?.jobs.size === 0) this.scripts.delete(script.uri);
    }
    this.changed.fire(undefined);
    this.describe();
  }

  private scriptRow(uri: string): ScriptRow {
    let row = this.scripts.get(uri);
    if (row === undefined) {
      row = { fromTree: true, kind: 'script', uri, jobs: new Set() };
      this.scripts.set(uri, row);
    }
    return row;
  }

  private describe(): void {
    const active = [...this.rows.values()].filter(
      ({ view }) => !finalStates.has(view.state),
    ).length;
    this.view.badge =
      active === 0
        ? undefined
        : { value: active, tooltip: vscode.l10n.t('{0} clips on their way', active) };
    this.view.message = this.manager.owner
      ? ''
      : vscode.l10n.t('Another window is working on these jobs. This one only shows them.');
  }

  getChildren(row?: Row): Row[] {
    if (row === undefined) return [...this.scripts.values()];
    if (row.kind === 'job') return [];
    return this.jobsOf(row).sort(
      (a, b) => a.view.scene - b.view.scene || a.job.localeCompare(b.job),
    );
  }

  getParent(row: Row): Row | undefined {
    return row.kind === 'script' ? undefined : this.scripts.get(row.view.script);
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return row.kind === 'script' ? this.scriptItem(row) : this.jobItem(row);
  }

  private jobsOf(row: ScriptRow): JobRow[] {
    return [...row.jobs].flatMap((id) => this.rows.get(id) ?? []);
  }

  private scriptItem(row: ScriptRow): vscode.TreeItem {
    const uri = vscode.Uri.parse(row.uri);
    const item = new vscode.TreeItem(
      path.basename(uri.fsPath),
      vscode.TreeItemCollapsibleState.Expanded,
    );
    const jobs = this.jobsOf(row);
    const done = jobs.filter(({ view }) => view.state === 'done').length;
    item.id = row.uri;
    item.description = vscode.l10n.t('{0} of {1} clips', done, jobs.length);
    item.iconPath = new vscode.ThemeIcon('markdown');
    item.contextValue = 'script';
    item.tooltip = uri.fsPath;
    return item;
  }

  private jobItem({ job, view }: JobRow): vscode.TreeItem {
    const item = new vscode.TreeItem(`${view.scene}  ${view.title}`);
    const words = jobWords(view);
    const account = view.account === undefined ? undefined : this.accountName(view.account);
    item.id = job;
    item.description = words;
    item.iconPath = jobIcon(view);
    item.contextValue = contextValue(view);
    item.tooltip = tooltip(
      vscode.l10n.t('Scene {0}: {1}', view.scene, view.title),
      [words, view.studio, account].filter((part) => part !== undefined).join(' · '),
      view.poster,
      view.error,
    );
    item.accessibilityInformation = {
      label: vscode.l10n.t('Scene {0}, {1}, {2}', view.scene, view.title, words),
    };
    if (view.file !== undefined) {
      item.command = {
        command: 'scenewright.jobs.open',
        title: vscode.l10n.t('Open Clip'),
        arguments: [{ fromTree: true, job }],
      };
    }
    return item;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function percent(progress: number | undefined): string | undefined {
  return progress === undefined ? undefined : `${Math.floor(progress * 100)} %`;
}

/** The description of a row: state in a word, percent, size, speed. */
export function jobWords(view: JobView): string {
  const parts = (...all: (string | undefined)[]): string =>
    all.filter((part) => part !== undefined).join(' · ');
  if (view.paused && !finalStates.has(view.state)) return vscode.l10n.t('paused');
  switch (view.state) {
    case 'queued':
      return vscode.l10n.t('waiting');
    case 'submitting':
      return vscode.l10n.t('being handed in');
    case 'rendering':
      return parts(vscode.l10n.t('rendering'), percent(view.progress));
    case 'ready':
      return vscode.l10n.t('ready to download');
    case 'downloading':
      return parts(
        percent(view.progress) ?? vscode.l10n.t('downloading'),
        view.bytes === undefined ? undefined : formatBytes(view.bytes),
        view.speed === undefined ? undefined : formatSpeed(view.speed),
      );
    case 'saved':
    case 'upscaling':
      return vscode.l10n.t('finishing');
    case 'done':
      return parts(
        view.seconds === undefined ? undefined : `${Number(view.seconds.toFixed(1))} s`,
        view.bytes === undefined ? undefined : formatBytes(view.bytes),
      );
    case 'failed':
      return parts(vscode.l10n.t('failed'), view.error);
    case 'cancelled':
      return vscode.l10n.t('cancelled');
    case 'expired':
      return vscode.l10n.t('expired at the studio');
    case 'unclear':
      return vscode.l10n.t('unclear: it may have been accepted');
  }
}

function jobIcon(view: JobView): vscode.ThemeIcon {
  const themed = (name: string, color?: string): vscode.ThemeIcon =>
    new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
  if (view.paused && !finalStates.has(view.state)) return themed('debug-pause');
  switch (view.state) {
    case 'queued':
      return themed('clock');
    case 'submitting':
      return themed('cloud-upload');
    case 'rendering':
      return themed('loading~spin');
    case 'ready':
    case 'downloading':
      return themed('cloud-download', 'charts.blue');
    case 'saved':
    case 'upscaling':
      return themed('sync~spin');
    case 'done':
      return themed('pass-filled', 'charts.green');
    case 'failed':
    case 'expired':
      return themed('error', 'list.errorForeground');
    case 'unclear':
      return themed('question', 'list.warningForeground');
    case 'cancelled':
      return themed('circle-slash', 'disabledForeground');
  }
}

/** What can be done with a job, as tags that the menus in `package.json` look for. */
function contextValue(view: JobView): string {
  const isFinal = finalStates.has(view.state);
  const tags = ['job', view.state];
  if (view.file !== undefined) tags.push('hasClip');
  if (isFinal && view.state !== 'done') tags.push('canRetry');
  if (!isFinal) tags.push(view.paused ? 'canResume' : 'canPause', 'canCancel');
  if (isFinal) tags.push('canRemove');
  return tags.join(' ');
}
