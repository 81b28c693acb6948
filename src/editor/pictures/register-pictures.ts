import * as vscode from 'vscode';
import type { Registration } from '../commands/registration.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { followMoves } from './follow-moves.ts';
import { pictureCommands } from './picture-commands.ts';

/** The pictures that scripts name: what is wrong with them, where they go, and whom they show. */
export function registerPictures(registration: Registration, scripts: OpenScripts): void {
  registration.own(followMoves(scripts));
  registration.commands(pictureCommands(scripts));
  // What windows without any script do without.
  const begin = (document: vscode.TextDocument): void => {
    if (!scripts.isScript(document)) return;
    waiting.dispose();
    void import('./script-pictures.ts').then(({ registerScriptPictures }) => {
      if (!isBegun) registration.own(registerScriptPictures(scripts));
      isBegun = true;
    });
  };
  let isBegun = false;
  const waiting = registration.own(
    vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument(begin),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        begin(document);
      }),
    ),
  );
  vscode.workspace.textDocuments.forEach(begin);
}
