import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import type { RewriteJournal, Rewrite } from '../../writing/journal/rewrite-journal.ts';
import type { Scripts } from '../script/scripts.ts';

interface Taken {
  readonly rewrite: Rewrite;
  readonly uri: string;
  /** The text of the scene that it has replaced. */
  readonly instead: string;
  /** It was undone, or thrown away with the unsaved changes: not taken, as long as that lasts. */
  isOut: boolean;
}

/**
 * Keeps rewrites that were taken until the document that holds them is on disk: text in an editor
 * with unsaved changes is not safe yet.
 */
export class TakenUntilSaved implements Disposable {
  private readonly kept: RewriteJournal;
  private readonly scripts: Scripts;
  private readonly onError: (error: unknown) => void;
  private readonly taken = new Map<string, Taken>();
  private readonly subscriptions: readonly Disposable[];

  constructor(kept: RewriteJournal, scripts: Scripts, onError: (error: unknown) => void) {
    this.kept = kept;
    this.scripts = scripts;
    this.onError = onError;
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        for (const taken of this.of(document)) {
          // A text that comes without making the document dirty is that of the file: reverted.
          if (!document.isDirty || this.isBack(document, taken)) taken.isOut = true;
          else if (this.scripts.readsAs(document, taken.rewrite.scene)) taken.isOut = false;
        }
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        // What was saved is not here any more.
        for (const { rewrite } of this.of(document)) this.taken.delete(rewrite.id);
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        for (const { rewrite, isOut } of this.of(document)) {
          if (isOut) continue;
          this.taken.delete(rewrite.id);
          void this.forget(document, rewrite);
        }
      }),
    ];
  }

  has({ id }: Rewrite): boolean {
    return this.taken.get(id)?.isOut === false;
  }

  /** The rewrite is in the document now; it may have unsaved changes. */
  async add(document: vscode.TextDocument, rewrite: Rewrite, instead: string): Promise<void> {
    if (document.isDirty) {
      const uri = document.uri.toString();
      this.taken.set(rewrite.id, { rewrite, uri, instead, isOut: false });
    } else await this.forget(document, rewrite);
  }

  private isBack(document: vscode.TextDocument, { rewrite, instead }: Taken): boolean {
    return this.scripts.sectionOf(document, rewrite.scene.id) === instead;
  }

  /** What cannot be deleted is offered once more, which is no reason to fail. */
  private async forget({ uri }: vscode.TextDocument, rewrite: Rewrite): Promise<void> {
    await this.kept.decided(rewrite, uri.toString()).catch(this.onError);
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
