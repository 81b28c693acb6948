import type * as vscode from 'vscode';
import type { RewriteJournal, Rewrite } from '../../writing/journal/rewrite-journal.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { UntilSaved } from '../script/until-saved.ts';

interface Taken {
  readonly rewrite: Rewrite;
  /** The text of the scene that it has replaced. */
  readonly instead: string;
  /** It was undone, or thrown away with the unsaved changes: not taken, as long as that lasts. */
  isOut: boolean;
}

/** Keeps rewrites that were taken until the document that holds them is on disk. */
export class TakenUntilSaved {
  private readonly unsaved: UntilSaved<Taken, vscode.TextDocument>;
  private readonly decided: (script: vscode.Uri, rewrite: Rewrite) => Promise<void>;

  constructor(kept: RewriteJournal, scripts: OpenScripts, onError: (error: unknown) => void) {
    // What cannot be deleted is offered once more, which is no reason to fail.
    this.decided = (script, rewrite) => kept.decided(rewrite, script.toString()).catch(onError);
    const isBack = (document: vscode.TextDocument, { rewrite, instead }: Taken): boolean =>
      scripts.sectionOf(document, rewrite.scene.id) === instead;
    this.unsaved = new UntilSaved<Taken, vscode.TextDocument>({
      isIn: (_document, { isOut }) => !isOut,
      release: ({ uri }, { rewrite }) => this.decided(uri, rewrite),
      changed: (document, taken) => {
        // A text that comes without making the document dirty is that of the file: reverted.
        if (document.isClosed || !document.isDirty || isBack(document, taken)) taken.isOut = true;
        else if (scripts.readsAs(document, taken.rewrite.scene)) taken.isOut = false;
      },
    });
  }

  has({ uri }: vscode.TextDocument, { id }: Rewrite): boolean {
    return this.unsaved.get(uri.fsPath, id)?.isOut === false;
  }

  /** The rewrite is in the document now; it may have unsaved changes. */
  async add(document: vscode.TextDocument, rewrite: Rewrite, instead: string): Promise<void> {
    const isKept = this.unsaved.add(document, rewrite.id, { rewrite, instead, isOut: false });
    if (!isKept) await this.decided(document.uri, rewrite);
  }

  saved(document: vscode.TextDocument): Promise<void> {
    return this.unsaved.saved(document);
  }

  changed(document: vscode.TextDocument): void {
    this.unsaved.changed(document);
  }

  moved(from: string, to: string): void {
    this.unsaved.moved(from, to);
  }
}
