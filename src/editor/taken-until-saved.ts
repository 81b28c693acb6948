import * as vscode from 'vscode';
import type { Disposable } from '../base/events.ts';
import type { KeptRewrites, Rewrite } from '../writing/kept/kept-rewrites.ts';
import type { Scripts } from './scripts.ts';

interface Taken {
  readonly rewrite: Rewrite;
  readonly uri: string;
  /** The text of the scene that it has replaced. */
  readonly instead: string;
}

/**
 * Keeps rewrites that were taken until the document that holds them is on disk: text in an editor
 * with unsaved changes is not safe yet. One that is undone, or thrown away with the unsaved changes,
 * was not taken after all.
 */
export class TakenUntilSaved implements Disposable {
  private readonly kept: KeptRewrites;
  private readonly scripts: Scripts;
  private readonly taken = new Map<string, Taken>();
  private readonly subscriptions: readonly Disposable[];

  constructor(kept: KeptRewrites, scripts: Scripts, onError: (error: unknown) => void) {
    this.kept = kept;
    this.scripts = scripts;
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        for (const { rewrite, instead } of this.of(document)) {
          if (this.scripts.sectionOf(document, rewrite.scene.id) === instead)
            this.taken.delete(rewrite.id);
        }
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        // What was saved is not here any more.
        for (const { rewrite } of this.of(document)) this.taken.delete(rewrite.id);
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        for (const { rewrite } of this.of(document)) {
          this.taken.delete(rewrite.id);
          this.kept.remove(rewrite).catch(onError);
        }
      }),
    ];
  }

  has({ id }: Rewrite): boolean {
    return this.taken.has(id);
  }

  /** The rewrite is in the document now; it may have unsaved changes. */
  async add(document: vscode.TextDocument, rewrite: Rewrite, instead: string): Promise<void> {
    if (document.isDirty) {
      this.taken.set(rewrite.id, { rewrite, uri: document.uri.toString(), instead });
    } else await this.kept.remove(rewrite);
  }

  private of(document: vscode.TextDocument): Taken[] {
    if (this.taken.size === 0) return [];
    const uri = document.uri.toString();
    return [...this.taken.values()].filter((taken) => taken.uri === uri);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
