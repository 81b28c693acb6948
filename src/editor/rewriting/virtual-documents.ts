import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';

/** Of the right side of a diff; menus ask for it by this name. */
const scheme = 'scenewright-rewrite';

/** Shows texts that a document would have as diffs, each under an address of its own. */
export class VirtualDocuments implements vscode.TextDocumentContentProvider, Disposable {
  private readonly texts = new Map<string, string>();
  private readonly subscriptions: readonly Disposable[];
  private readonly closed = new vscode.EventEmitter<vscode.Uri>();

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
    // Where only the extensions were restarted their diffs are still there, and nobody knows them.
    void vscode.window.tabGroups.close(tabsOf(() => true));
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  /** Address of the proposed text whose diff is in front. */
  get active(): vscode.Uri | undefined {
    return proposedIn(vscode.window.tabGroups.activeTabGroup.activeTab);
  }

  /** A text to be shown beside the one that the document has. */
  add({ uri: { path } }: vscode.TextDocument, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path, query: randomUUID() });
    this.texts.set(uri.toString(), text);
    return uri;
  }

  /** Resolves once the diff is there; the writer may have closed it again. */
  async show(proposed: vscode.Uri, document: vscode.TextDocument, title: string): Promise<void> {
    // Not as a preview: a look at another file would take its place.
    await vscode.commands.executeCommand('vscode.diff', document.uri, proposed, title, {
      preview: false,
    });
  }

  async close(proposed: vscode.Uri): Promise<void> {
    await vscode.window.tabGroups.close(tabsOf((uri) => uri.toString() === proposed.toString()));
  }

  private forget(tab: vscode.Tab): void {
    const closed = proposedIn(tab);
    // One that moves to another group is closed in the old one.
    if (closed === undefined || tabsOf((uri) => uri.toString() === closed.toString()).length > 0)
      return;
    if (this.texts.delete(closed.toString())) this.closed.fire(closed);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function tabsOf(isMeant: (proposed: vscode.Uri) => boolean): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter((tab) => {
      const uri = proposedIn(tab);
      return uri !== undefined && isMeant(uri);
    });
}

function proposedIn(tab: vscode.Tab | undefined): vscode.Uri | undefined {
  const input = tab?.input;
  if (!(input instanceof vscode.TabInputTextDiff)) return undefined;
  return input.modified.scheme === scheme ? input.modified : undefined;
}
