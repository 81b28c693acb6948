import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { t, translated } from '../../base/l10n.ts';
import { Throttle } from '../../base/throttle.ts';
import { pageDocument } from '../../webview/document.ts';
import { readFromPage, type FromPage, type ToPage } from '../../webview/protocol.ts';
import { defaultStrings } from '../../webview/strings.ts';
import { idleProgress } from '../writing/progress-model.ts';
import { openDocument, type OpenScripts } from '../script/open-scripts.ts';
import { movedUri, type ScriptMoves } from '../script/script-moves.ts';
import type { WritingRun } from '../writing/writing-run.ts';
import type { WritingRuns } from '../writing/writing-runs.ts';

const viewType = 'scenewright.progress';
/** At most ten views a second reach the page, however fast the events come. */
const minimumGapMs = 100;

export interface ProgressActions {
  retry(uri: vscode.Uri): void;
  reveal(uri: vscode.Uri, sceneId: string): void;
  account(): void;
}

/** The progress page: one panel, which follows the run that was shown last. */
export class ProgressPage implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly assets: vscode.Uri;
  private readonly icon: { readonly light: vscode.Uri; readonly dark: vscode.Uri };
  private readonly scripts: OpenScripts;
  private readonly runs: WritingRuns;
  private readonly actions: ProgressActions;
  private readonly subscriptions: vscode.Disposable[];
  private panel: vscode.WebviewPanel | undefined;
  private shown: vscode.Uri | undefined;
  private readonly sending = new Throttle(minimumGapMs, () => {
    this.send();
  });

  constructor(
    extension: vscode.Uri,
    scripts: OpenScripts,
    runs: WritingRuns,
    moves: ScriptMoves,
    actions: ProgressActions,
  ) {
    this.assets = vscode.Uri.joinPath(extension, 'dist', 'webview');
    const media = (name: string): vscode.Uri => vscode.Uri.joinPath(extension, 'media', name);
    this.icon = { light: media('progress-light.svg'), dark: media('progress-dark.svg') };
    this.scripts = scripts;
    this.runs = runs;
    this.actions = actions;
    this.subscriptions = [
      vscode.window.registerWebviewPanelSerializer(viewType, this),
      runs.onDidChange((run) => {
        this.changed(run);
      }),
      moves.onDidMove((move) => {
        const moved = this.shown && movedUri(this.shown, move);
        if (moved === undefined) return;
        this.shown = moved;
        this.sending.soon();
      }),
    ];
  }

  /** Open the page, or bring it to the front, beside the script and without taking the focus. */
  show(uri: vscode.Uri | undefined): void {
    this.shown = uri ?? this.runs.current?.uri ?? this.shown;
    if (this.panel === undefined) {
      this.adopt(
        vscode.window.createWebviewPanel(
          viewType,
          t('Writing Progress'),
          { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
          this.options(),
        ),
      );
    } else {
      this.panel.reveal(undefined, true);
      this.send();
    }
  }

  /** VS Code brings the page back after a reload of the window. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    panel.webview.options = this.options();
    this.shown ??= this.runs.current?.uri ?? uriOfState(state);
    this.adopt(panel);
    return Promise.resolve();
  }

  private options(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [this.assets] };
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    panel.iconPath = this.icon;
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const known = readFromPage(message);
      if (known !== undefined) this.receive(known);
    });
    panel.onDidChangeViewState(() => {
      this.send();
    });
    panel.onDidDispose(() => {
      if (this.panel === panel) this.panel = undefined;
    });
    panel.webview.html = this.html(panel.webview);
  }

  private receive(message: FromPage): void {
    const uri = this.shown;
    switch (message.type) {
      case 'ready':
        this.send();
        return;
      case 'account':
        this.actions.account();
        return;
      case 'retry':
        if (uri !== undefined) this.actions.retry(uri);
        return;
      case 'reveal':
        if (uri !== undefined) this.actions.reveal(uri, message.id);
        return;
      case 'pause':
      case 'resume':
      case 'tryNow':
      case 'cancel':
        // A click may cross the end of the run on its way; there is nothing left to do then.
        if (uri !== undefined && this.runs.get(uri)?.running === true) this.runs[message.type](uri);
        return;
    }
  }

  private changed(run: WritingRun): void {
    this.shown ??= run.uri;
    const isShown = run.uri.toString() === this.shown.toString();
    const shownRuns = this.runs.get(this.shown)?.running === true;
    if (!isShown && shownRuns) return;
    this.shown = run.uri;
    this.sending.soon();
  }

  private send(): void {
    if (this.panel?.visible !== true) return;
    const run = this.shown === undefined ? undefined : this.runs.get(this.shown);
    const message: ToPage =
      run === undefined ? this.withoutRun() : { type: 'view', view: run.progress.view() };
    void this.panel.webview.postMessage(message);
  }

  /** After a reload of the window no run is left, but the script itself says how far it has come. */
  private withoutRun(): ToPage {
    const document = openDocument(this.shown?.toString());
    if (document === undefined || !this.scripts.isScript(document)) return { type: 'empty' };
    return { type: 'view', view: idleProgress(document.uri, this.scripts.read(document)).view() };
  }

  private html(webview: vscode.Webview): string {
    return pageDocument({
      cspSource: webview.cspSource,
      address: (file) => webview.asWebviewUri(vscode.Uri.joinPath(this.assets, file)).toString(),
      nonce: randomBytes(16).toString('base64url'),
      lang: vscode.env.language,
      strings: translated(defaultStrings),
    });
  }

  dispose(): void {
    this.sending.dispose();
    this.panel?.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

/** The script that the page showed before the reload, as far as its own state tells. */
function uriOfState(state: unknown): vscode.Uri | undefined {
  if (typeof state !== 'object' || state === null || !('view' in state)) return undefined;
  const { view } = state;
  if (typeof view !== 'object' || view === null || !('uri' in view)) return undefined;
  if (typeof view.uri !== 'string' || !URL.canParse(view.uri)) return undefined;
  const uri = vscode.Uri.parse(view.uri);
  return uri.scheme === 'file' ? uri : undefined;
}
