import path from 'node:path';
import * as vscode from 'vscode';
import type { OpenScripts } from '../script/open-scripts.ts';
import { movesOf } from '../script/script-moves.ts';

/** What is renamed or moved in VS Code is named anew in the scripts that name it. */
export function followMoves(scripts: OpenScripts): vscode.Disposable {
  const toSave = new Set<string>();
  return vscode.Disposable.from(
    vscode.workspace.onWillRenameFiles((event) => {
      const moves = movesOf(event.files).filter(({ from }) => mayMatter(from));
      if (moves.length === 0 || !vscode.workspace.isTrusted) return;
      event.waitUntil(
        import('./moved-pictures.ts').then(async ({ editForMoves }) => {
          const made = await editForMoves(scripts, moves);
          for (const file of made.toSave) toSave.add(file);
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
  );
}

/** A picture, a script, or a folder that may hold either. */
function mayMatter(file: string): boolean {
  return /^(?:|\.(?:png|jpe?g|webp|md))$/iu.test(path.extname(file));
}
