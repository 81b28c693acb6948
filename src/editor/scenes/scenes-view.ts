import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import { factLine } from '../../base/lists.ts';
import { Throttle } from '../../base/throttle.ts';
import type { ClipState } from '../jobs/scene-clips.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import { takeLine } from '../jobs/take-list.ts';
import { stateIcons, stateWords } from '../cards/card-words.ts';
import { Hover } from '../ui/hover.ts';
import type { Marks } from '../script/marks.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { rowsOf, toRedraw, type SceneRow, type TakeRow } from './scene-rows.ts';
import type { WritingRuns } from '../writing/writing-runs.ts';

type Row = SceneRow | TakeRow;

/** The scenes of the active script: what is written, what is rendered, what is stale. */
export class ScenesView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly scripts: OpenScripts;
  private readonly runs: WritingRuns;
  private readonly clips: Pick<ScriptClips, 'of' | 'onDidChange'>;
  private readonly marks: Pick<Marks, 'of' | 'onDidChange'>;
  private readonly changed = new vscode.EventEmitter<Row[] | undefined>();
  private readonly view: vscode.TreeView<Row>;
  private readonly subscriptions: Disposable[];
  /** However fast a run gets on, the rows are looked at four times a second. */
  private readonly drawing = new Throttle(250, () => {
    this.redraw();
  });
  /** What the tree has been given last. */
  private drawn: readonly SceneRow[] = [];

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    scripts: OpenScripts,
    runs: WritingRuns,
    clips: Pick<ScriptClips, 'of' | 'onDidChange'>,
    marks: Pick<Marks, 'of' | 'onDidChange'>,
  ) {
    this.scripts = scripts;
    this.runs = runs;
    this.clips = clips;
    this.marks = marks;
    this.view = vscode.window.createTreeView('scenewright.scenes', {
      treeDataProvider: this,
      canSelectMany: true,
    });
    this.subscriptions = [
      this.view,
      this.changed,
      // At once, as all others that show it: both are told at a pace.
      scripts.onDidChange(() => {
        this.redraw();
      }),
      clips.onDidChange(() => {
        this.redraw();
      }),
      marks.onDidChange(() => {
        this.redraw();
      }),
      runs.onDidChange(() => {
        this.drawing.soon();
      }),
    ];
  }

  /** Only those rows are drawn that say something else; while nobody sees any, nothing is asked for. */
  private redraw(): void {
    const rows = this.view.visible ? toRedraw(this.drawn, this.rows()) : undefined;
    if (rows?.length !== 0) this.changed.fire(rows);
  }

  getChildren(row?: Row): Row[] {
    if (row !== undefined) return 'takes' in row ? [...row.takes] : [];
    const rows = this.rows();
    this.drawn = rows;
    return rows;
  }

  private rows(): SceneRow[] {
    const document = this.scripts.active;
    if (document === undefined) {
      this.describe('');
      return [];
    }
    const script = this.scripts.read(document);
    this.describe(script.title);
    const cells = this.runs.get(document.uri)?.progress.view().cells ?? [];
    const states = new Map(cells.map(({ id, state }) => [id, state]));
    const clips = this.clips.of(document);
    return rowsOf(document.uri, script, clips, states, this.marks.of(document));
  }

  /** Each time that it is set is a message to the window. */
  private describe(title: string): void {
    if (this.view.description !== title) this.view.description = title;
  }

  getTreeItem(row: Row): vscode.TreeItem {
    if (!('takes' in row)) return takeItem(row);
    const item = new vscode.TreeItem(`${row.position}  ${row.title}`);
    if (row.takes.length > 0) item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
    const words = this.words(row);
    item.id = `${row.uri.toString()}#${row.key}`;
    item.description = described(row.seconds, words);
    item.iconPath = icon(row);
    item.contextValue = [
      row.writing,
      `clip-${row.clip}`,
      `still-${row.still}`,
      ...(row.takes.length > 0 ? ['has-takes'] : []),
      ...(row.marks.length > 0 ? ['to-look-at'] : []),
    ].join(' ');
    item.accessibilityInformation = {
      label: t('Scene {0}, {1}, {2} seconds, {3}', row.position, row.title, row.seconds, words),
    };
    item.command = {
      command: 'scenewright.revealScene',
      title: t('Go to Scene'),
      arguments: [row],
    };
    return item;
  }

  /** Made for the rows that somebody points at. */
  resolveTreeItem(item: vscode.TreeItem, row: Row): vscode.TreeItem {
    if (!('takes' in row)) {
      const { shown } = row;
      item.tooltip = tooltip(
        t('Take {0}', row.take),
        takeLine(shown),
        shown.poster,
        shown.instruction,
      );
      return item;
    }
    const line = described(row.seconds, this.words(row));
    item.tooltip = tooltip(row.title, line, row.poster, ...row.marks);
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
        return factLine([
          row.clip === 'none' ? '' : stateWords({ state: row.clip }),
          row.marks.length === 0 ? '' : t('to look at'),
        ]);
    }
  }

  dispose(): void {
    this.drawing.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function described(seconds: number, words: string): string {
  const length = t('{0} s', seconds);
  return factLine([length, words]);
}

function takeItem(row: TakeRow): vscode.TreeItem {
  const { state, counts, stale } = row.shown;
  const item = new vscode.TreeItem(t('Take {0}', row.take));
  item.id = `${row.uri.toString()}#${row.sceneKey}#${row.take}`;
  item.description = takeLine(row.shown);
  const name = counts ? 'pass-filled' : stale ? 'history' : 'circle-outline';
  item.iconPath = new vscode.ThemeIcon(
    { here: name, coming: 'loading~spin', over: 'circle-slash' }[state],
    ...(counts ? [new vscode.ThemeColor('charts.green')] : []),
  );
  if (state === 'here') {
    item.contextValue = 'take';
    item.command = { command: 'scenewright.openClip', title: t('Open Clip'), arguments: [row] };
  }
  return item;
}

const clipColors: Readonly<Partial<Record<ClipState, string>>> = {
  failed: 'list.warningForeground',
  current: 'charts.green',
  stale: 'list.warningForeground',
};

function icon({ writing, clip, marks }: SceneRow): vscode.ThemeIcon {
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
  // What is on its way, or went wrong, says more at this moment.
  if (marks.length > 0 && clip !== 'running' && clip !== 'failed') {
    return themed('eye', 'list.warningForeground');
  }
  return themed(stateIcons[clip], clipColors[clip]);
}

/** A hover with the poster, what the row says, and the title in full. */
function tooltip(
  title: string,
  line: string,
  poster: string | undefined,
  ...more: readonly (string | undefined)[]
): vscode.MarkdownString {
  const hover = new Hover();
  if (poster !== undefined) hover.picture(poster);
  hover.words(title);
  hover.words(line);
  for (const words of more) hover.words(words);
  return hover.text;
}
