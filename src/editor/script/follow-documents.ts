import * as vscode from 'vscode';
import type { ScriptMoves } from './script-moves.ts';

/** Who has to know what becomes of the documents. */
export interface DocumentFollower {
  saved(document: vscode.TextDocument): Promise<void>;
  moved(from: string, to: string): Promise<void> | void;
  /** The text is another one, or the document was closed. */
  changed?(document: vscode.TextDocument): void;
}

/** Tells somebody what becomes of the documents that are files: the texts of a diff have the same paths. */
export function followDocuments(
  follower: DocumentFollower,
  moves: ScriptMoves,
  onError: (error: unknown) => void,
): vscode.Disposable {
  const changed = (document: vscode.TextDocument): void => {
    if (document.uri.scheme === 'file') follower.changed?.(document);
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (document.uri.scheme === 'file') follower.saved(document).catch(onError);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) changed(document);
    }),
    vscode.workspace.onDidCloseTextDocument(changed),
    moves.onDidMove(({ from, to }) => {
      Promise.resolve(follower.moved(from.fsPath, to.fsPath)).catch(onError);
    }),
  );
}
