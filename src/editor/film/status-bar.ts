import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import { inARow } from '../../base/lists.ts';
import { sceneAt } from '../../script/parse/parse-script.ts';
import { sceneStatistics } from '../../script/scene-statistics.ts';
import { missingScenes } from '../../script/story-order.ts';
import { isPausing } from '../../webview/progress-view.ts';
import { clockTime } from '../../webview/clock-time.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { formatSeconds } from '../ui/format.ts';
import type { WritingRuns } from '../writing/writing-runs.ts';

/** The one status bar item: the writing run while there is one, else the scene under the cursor. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'scenewright.status',
    vscode.StatusBarAlignment.Left,
    10,
  );
  private readonly scripts: OpenScripts;
  private readonly runs: WritingRuns;
  private readonly subscriptions: Disposable[];
  private ticking: NodeJS.Timeout | undefined;
  /** What stands there of the scene under the cursor: each time that it is set is a message to the window. */
  private scene: string | undefined;

  constructor(scripts: OpenScripts, runs: WritingRuns) {
    this.scripts = scripts;
    this.runs = runs;
    this.item.name = 'Scenewright';
    const update = (): void => {
      this.update();
    };
    this.subscriptions = [
      this.item,
      runs.onDidChange(update),
      scripts.onDidChange(update),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor: { document } }) => {
        // The cursor of somebody who types moves with every key; what has changed is told once they pause.
        if (scripts.isRead(document) || document !== scripts.active) update();
      }),
      vscode.window.onDidChangeActiveTextEditor(update),
    ];
    this.update();
  }

  private update(): void {
    const run = this.runs.current;
    // The remaining time goes on running between two events.
    if (run !== undefined)
      this.ticking ??= setInterval(() => {
        this.update();
      }, 1000);
    else this.stopTicking();
    if (run === undefined) {
      this.showScene();
      return;
    }
    this.scene = undefined;
    const view = run.progress.view();
    const { state, written, total, remainingMs, title, outage } = view;
    const icon = state === 'paused' ? '$(debug-pause)' : '$(sync~spin)';
    const count = total === 0 ? t('planning') : `${written}/${total}`;
    const left =
      remainingMs === undefined
        ? ''
        : ` · ${t('{0} left', clockTime(Math.round(remainingMs / 1000) * 1000))}`;
    this.item.text = `${icon} ${count}${isPausing(view) ? ` · ${t('pausing')}` : left}`;
    this.item.tooltip = t('Scenewright is writing “{0}”. Click for the film page.', title);
    this.item.accessibilityInformation = {
      label: t('Scenewright: {0} of {1} scenes written', written, total),
    };
    if (outage !== undefined) this.showOutage(count, outage.retryInMs);
    this.item.command = {
      command: 'scenewright.showProgress',
      title: '',
      arguments: [{ uri: run.uri.toString() }],
    };
    this.item.show();
  }

  private showOutage(count: string, retryInMs: number): void {
    const seconds = Math.ceil(retryInMs / 1000);
    const text =
      seconds > 0
        ? t('The service is not answering; trying again in {0}', clockTime(seconds * 1000))
        : t('The service is not answering; trying again');
    this.item.text = `$(debug-disconnect) ${count} · ${text}`;
    this.item.accessibilityInformation = { label: text };
  }

  private showScene(): void {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || !this.scripts.isScript(editor.document)) {
      this.hide();
      return;
    }
    const script = this.scripts.read(editor.document);
    const node = sceneAt(script, editor.document.offsetAt(editor.selection.active));
    if (node === undefined) {
      this.hide();
      return;
    }
    const { number, of, from, to, total, spoken, words, pace, calmPace } = sceneStatistics(
      script,
      node,
    );
    const clock = (seconds: number): string => clockTime(seconds * 1000);
    const unwritten = missingScenes(script);
    const lines = [
      node.scene.title,
      t('{0} to {1} of {2}', clock(from), clock(to), clock(total)),
      spoken === 0 ? '' : t('about {0} of it spoken', formatSeconds(Math.round(spoken * 2) / 2)),
      words === 0
        ? ''
        : t('{0} words: {1} a minute, of {2} that are calm to hear', words, pace, calmPace),
      unwritten === 0 ? '' : t('{0} scenes of the outline are not written', unwritten),
    ].filter((line) => line !== '');
    const face = [number, of, ...lines].join('\n');
    if (this.scene === face) return;
    this.scene = face;
    this.item.text = `$(symbol-event) ${t('Scene {0}/{1}', number, of)} · ${clock(from)}–${clock(to)}`;
    this.item.tooltip = lines.join('\n');
    this.item.accessibilityInformation = {
      label: t('Scene {0} of {1}: {2}', number, of, inARow(lines)),
    };
    this.item.command = 'scenewright.scenes.focus';
    this.item.show();
  }

  private hide(): void {
    this.scene = undefined;
    this.item.hide();
  }

  private stopTicking(): void {
    clearInterval(this.ticking);
    this.ticking = undefined;
  }

  dispose(): void {
    this.stopTicking();
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
