import * as vscode from 'vscode';
import type { Registration } from '../commands/registration.ts';
import type { OpenScripts } from './open-scripts.ts';

/** Load something with the first script: windows without any do without it. */
export function withFirstScript(
  registration: Registration,
  scripts: Pick<OpenScripts, 'isScript'>,
  load: () => Promise<vscode.Disposable>,
): void {
  let isBegun = false;
  const begin = (document: vscode.TextDocument): void => {
    if (isBegun || !scripts.isScript(document)) return;
    isBegun = true;
    waiting.dispose();
    void load().then((part) => registration.own(part));
  };
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
