import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import type { SceneId } from '../../script/script-model.ts';
import { Throttle } from '../../base/throttle.ts';
import { storyOrder } from '../../script/story-order.ts';
import type { CellState } from '../../webview/protocol.ts';
import { chosenByHand, type ByHand } from '../commands/caller.ts';
import { clipOf, type ClipState } from '../jobs/scene-clips.ts';
import { Hover } from '../ui/hover.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import type { WritingRuns } from '../writing/writing-runs.ts';

/** One row: a beat of the outline, or a scene that the outline does not have. */
export interface SceneRow extends ByHand {
  readonly uri: vscode.Uri;
  readonly sceneId: SceneId;
  /** Tells the rows apart, also while scenes have no id or, just copied, the same. */
  readonly key: string;
  /** Number in the document, from 1; absent while the scene is not written. */
  readonly scene?: number;
  readonly scenes?: readonly number[];
  readonly position: number;
  readonly title: string;
  readonly seconds: number;
  readonly writing: CellState;
  readonly clip: ClipState;
  readonly poster?: string;
}

/** The scenes of the active script: what is written, what is rendered, what is stale. */
export class ScenesView implements vscode.TreeDataProvider<SceneRow>, vscode.Disposable {
  private readonly scripts: OpenScripts;
  private readonly runs: WritingRuns;
  private readonly jobs: JobIndex;
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly view: vscode.TreeView<SceneRow>;
  private readonly subscriptions: Disposable[];
  private readonly drawing = new Throttle(250, () => {
    this.changed.fire(undefined);
  });

  readonly onDidChangeTreeData = this.changed.event;

  constructor(scripts: OpenScripts, runs: WritingRuns, jobs: JobIndex) {
    this.scripts = scripts;
    this.runs = runs;
    this.jobs = jobs;
    this.view = vscode.window.createTreeView('scenewright.scenes', {
      treeDataProvider: this,
      canSelectMany: false,
    });
    this.subscriptions = [
      this.view,
      this.changed,
      scripts.onDidChange(() => {
        this.refresh();
      }),
      runs.onDidChange(() => {
        this.refresh();
      }),
    ];
  }

  /** Typing must stay smooth: however many changes come, the tree is rebuilt four times a second. */
  refresh(): void {
    this.drawing.soon();
  }

  getChildren(row?: SceneRow): SceneRow[] {
    if (row !== undefined) return [];
    const document = this.scripts.active;
    if (document === undefined) {
      this.view.description = '';
      return [];
    }
    const script = this.scripts.read(document);
    this.view.description = script.title;
    const cells = new Map(
      this.runs
        .get(document.uri)
        ?.progress.view()
        .cells.map(({ id, state }) => [id, state]),
    );
    const seen = new Set<SceneId>(['']);
    return storyOrder(script).flatMap(({ beat, node }, index): SceneRow[] => {
      const shown = node?.scene ?? beat;
      if (shown === undefined) return [];
      const { id, title, seconds } = shown;
      const isFirst = !seen.has(id);
      seen.add(id);
      const number = node === undefined ? undefined : script.scenes.indexOf(node) + 1;
      const clip =
        node === undefined || number === undefined
          ? undefined
          : clipOf(script, document.uri, node, number, this.jobs);
      const row: SceneRow = chosenByHand({
        uri: document.uri,
        sceneId: id,
        key: isFirst ? id : `${id}@${index + 1}`,
        ...(number === undefined ? {} : { scene: number, scenes: [number] }),
        position: index + 1,
        title,
        seconds,
        writing: node?.written === true ? 'written' : (cells.get(id) ?? 'planned'),
        clip: clip?.state ?? 'none',
        ...(clip?.job?.poster === undefined ? {} : { poster: clip.job.poster }),
      });
      return [row];
    });
  }

  getTreeItem(row: SceneRow): vscode.TreeItem {
    const item = new vscode.TreeItem(`${row.position}  ${row.title}`);
    const words = this.words(row);
    item.id = `${row.uri.toString()}#${row.key}`;
    item.description = `${row.seconds} s${words === '' ? '' : ` · ${words}`}`;
    item.iconPath = icon(row);
    item.contextValue = [row.writing, `clip-${row.clip}`].join(' ');
    item.accessibilityInformation = {
      label: t('Scene {0}, {1}, {2} seconds, {3}', row.position, row.title, row.seconds, words),
    };
    item.tooltip = tooltip(row.title, item.description, row.poster);
    item.command = {
      command: 'scenewright.revealScene',
      title: t('Go to Scene'),
      arguments: [row],
    };
    return item;
  }

  private words(row: SceneRow): string {
    switch (row.writing) {
      case 'planned':
        return t('planned');
      case 'writing':
        return t('being written');
      case 'retrying':
        return t('trying again');
      case 'mending':
        return t('being written again');
      case 'kept':
        return t('kept for its batch');
      case 'failed':
        return t('not written');
      case 'written':
        return clipWords(row.clip);
    }
  }

  dispose(): void {
    this.drawing.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function clipWords(clip: ClipState): string {
  switch (clip) {
    case 'none':
      return '';
    case 'running':
      return t('rendering');
    case 'failed':
      return t('render failed');
    case 'current':
      return t('clip ready');
    case 'stale':
      return t('clip is stale');
  }
}

function icon({ writing, clip }: SceneRow): vscode.ThemeIcon {
  const themed = (name: string, color?: string): vscode.ThemeIcon =>
    new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
  switch (writing) {
    case 'planned':
      return themed('circle-large-outline', 'disabledForeground');
    case 'writing':
    case 'retrying':
    case 'mending':
      return themed('sync~spin');
    case 'kept':
      return themed('archive');
    case 'failed':
      return themed('error', 'list.errorForeground');
    case 'written':
      break;
  }
  switch (clip) {
    case 'none':
      return themed('file-text');
    case 'running':
      return themed('loading~spin');
    case 'failed':
      return themed('warning', 'list.warningForeground');
    case 'current':
      return themed('pass-filled', 'charts.green');
    case 'stale':
      return themed('history', 'list.warningForeground');
  }
}

/** A hover with the poster, what the row says, and the title in full. */
function tooltip(title: string, line: string, poster: string | undefined): vscode.MarkdownString {
  const hover = new Hover();
  if (poster !== undefined) hover.picture(poster);
  hover.words(title);
  hover.words(line);
  return hover.text;
}
