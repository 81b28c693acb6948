import * as vscode from 'vscode';
import { movedFile } from '../base/real-file.ts';

/** A file, or a folder with all that is in it, has another address now. */
export interface ScriptMove {
  readonly from: vscode.Uri;
  readonly to: vscode.Uri;
}

/** Tells everybody who knows a script by its address what VS Code renames or moves. */
export class ScriptMoves implements vscode.Disposable {
  private readonly moved = new vscode.EventEmitter<ScriptMove>();
  private readonly listening: vscode.Disposable;

  readonly onDidMove = this.moved.event;

  constructor() {
    this.listening = vscode.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) this.moved.fire({ from: oldUri, to: newUri });
    });
  }

  dispose(): void {
    this.listening.dispose();
    this.moved.dispose();
  }
}

/** Where something is after a move; `undefined` where it has stayed. */
export function movedUri(uri: vscode.Uri, { from, to }: ScriptMove): vscode.Uri | undefined {
  if (uri.scheme !== 'file' || from.scheme !== 'file' || to.scheme !== 'file') return undefined;
  const file = movedFile(uri.fsPath, from.fsPath, to.fsPath);
  return file === undefined ? undefined : vscode.Uri.file(file);
}
