import * as vscode from 'vscode';
import type { Disposable } from '../base/events.ts';

/** Of the right side of a diff; menus ask for it by this name. */
const scheme = 'scenewright-rewrite';

/** A text that the script would have, shown beside the one that it has. */
export interface Proposal {
  readonly uri: vscode.Uri;
}

/** Shows proposed texts as diffs, and knows which of them are open. */
export class Proposals implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly subscriptions: readonly Disposable[];
  private readonly closed = new vscode.EventEmitter<Proposal>();
  private counter = 0;

  /** The writer, or {@link close}, has closed the diff. */
  readonly onDidClose = this.closed.event;

  constructor() {
    this.subscriptions = [
      this.closed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const tab of closed) this.forget(tab);
      }),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  /** The proposal whose diff is in front. */
  get active(): Proposal | undefined {
    const uri = proposedIn(vscode.window.tabGroups.activeTabGroup.activeTab);
    return uri && this.texts.has(uri.toString()) ? { uri } : undefined;
  }

  /** A text to be shown beside the one that the document has. */
  add({ uri: { path } }: vscode.TextDocument, text: string): Proposal {
    const uri = vscode.Uri.from({ scheme, path, query: String(++this.counter) });
    this.texts.set(uri.toString(), text);
    return { uri };
  }

  /** Resolves once its diff is there; the writer may have closed that again. */
  async show({ uri }: Proposal, document: vscode.TextDocument, title: string): Promise<void> {
    // Not as a preview: a look at another file would take its place.
    await vscode.commands.executeCommand('vscode.diff', document.uri, uri, title, {
      preview: false,
    });
  }

  async close({ uri }: Proposal): Promise<void> {
    await vscode.window.tabGroups.close(tabsOf(uri));
  }

  private forget(tab: vscode.Tab): void {
    const uri = proposedIn(tab);
    // One that moves to another group is closed in the old one.
    if (uri === undefined || tabsOf(uri).length > 0) return;
    if (this.texts.delete(uri.toString())) this.closed.fire({ uri });
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function tabsOf(uri: vscode.Uri): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter((tab) => proposedIn(tab)?.toString() === uri.toString());
}

function proposedIn(tab: vscode.Tab | undefined): vscode.Uri | undefined {
  const input = tab?.input;
  if (!(input instanceof vscode.TabInputTextDiff)) return undefined;
  return input.modified.scheme === scheme ? input.modified : undefined;
}
