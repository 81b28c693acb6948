import { statSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { OpenScripts } from '../script/open-scripts.ts';
import { movesOf } from '../script/script-moves.ts';
import type { ProposedMoves } from './proposed-moves.ts';

/** What is renamed or moved in VS Code is named anew in the scripts that name it. */
export function followMoves(scripts: OpenScripts, proposed: ProposedMoves): vscode.Disposable {
  const toSave = new Set<string>();
  /** How scripts that we have saved were before, by their paths. */
  const before = new Map<string, string>();
  return vscode.Disposable.from(
    vscode.workspace.onWillRenameFiles((event) => {
      const moves = movesOf(event.files).filter(({ from }) => mayMatter(from));
      if (moves.length === 0 || !vscode.workspace.isTrusted) return;
      event.waitUntil(
        import('./moved-pictures.ts').then(async ({ editForMoves }) => {
          const made = await editForMoves(scripts, moves, proposed);
          before.clear();
          for (const { file, text } of made.toSave) {
            toSave.add(file);
            before.set(file, text);
          }
          return made.edit;
        }),
      );
    }),
    vscode.workspace.onDidRenameFiles(async () => {
      const files = [...toSave];
      toSave.clear();
      for (const document of vscode.workspace.textDocuments) {
        if (files.includes(document.uri.fsPath) && document.isDirty) await document.save();
      }
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, reason }) => {
      // Who undoes a move may not even see that this script was changed by it. VS Code tells of it before it is dirty.
      if (reason !== vscode.TextDocumentChangeReason.Undo) return;
      if (before.get(document.uri.fsPath) === document.getText()) void document.save();
    }),
  );
}

/** A picture, a script, or a folder that may hold either. */
function mayMatter(file: string): boolean {
  if (/^\.(?:png|jpe?g|webp|md)$/iu.test(path.extname(file))) return true;
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}
