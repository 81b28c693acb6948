import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { defined } from '../../base/defined.ts';
import type { Disposable } from '../../base/events.ts';

/** Of the right side of a diff, which proposes a text for one scene, or for several; menus ask for it by these names. */
const schemes = { one: 'scenewright-rewrite', several: 'scenewright-rewrites' } as const;
const isProposed = ({ scheme }: vscode.Uri): boolean =>
  Object.values<string>(schemes).includes(scheme);

/** Shows texts that a document would have as diffs, each under an address of its own. */
export class VirtualDocuments implements vscode.TextDocumentContentProvider, Disposable {
  private readonly texts = new Map<string, string>();
  private readonly subscriptions: readonly Disposable[];
  private readonly closed = new vscode.EventEmitter<vscode.Uri>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();

  readonly onDidChange = this.changed.event;

  /** The writer, or {@link close}, has closed the diff. */
  readonly onDidClose = this.closed.event;

  constructor() {
    this.subscriptions = [
      this.closed,
      this.changed,
      ...Object.values(schemes).map((scheme) =>
        vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      ),
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
  add(
    { uri: { path } }: vscode.TextDocument,
    text: string,
    proposes: keyof typeof schemes,
  ): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: schemes[proposes], path, query: randomUUID() });
    this.texts.set(uri.toString(), text);
    return uri;
  }

  /** Another text is shown in the place of a proposed one; resolves once it is there, or nobody sees it. */
  async replace(proposed: vscode.Uri, text: string): Promise<void> {
    const address = proposed.toString();
    const shown = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === address);
    if (this.texts.get(address) === text) return;
    this.texts.set(address, text);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const listening = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === shown) resolve(undefined);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === shown) resolve(undefined);
      }),
    );
    this.changed.fire(proposed);
    if (shown === undefined) resolve(undefined);
    await promise;
    listening.dispose();
  }

  /** Resolves once the diff is there; the writer may have closed it again. */
  async show(
    proposed: vscode.Uri,
    document: vscode.TextDocument,
    title: string,
    selection?: vscode.Range,
  ): Promise<void> {
    // Not as a preview: a look at another file would take its place.
    await vscode.commands.executeCommand('vscode.diff', document.uri, proposed, title, {
      preview: false,
      ...defined({ selection }),
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
  return isProposed(input.modified) ? input.modified : undefined;
}
