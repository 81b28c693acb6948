import * as vscode from 'vscode';
import type { Move } from '../../base/moves.ts';
import { movedFile } from '../../base/real-file.ts';

/** How long a rename may take that VS Code has announced, in milliseconds; it may also have failed. */
const renameMs = 10_000;

/** A file, or a folder with all that is in it, has another address now. */
export interface ScriptMove {
  readonly from: vscode.Uri;
  readonly to: vscode.Uri;
}

/**
 * Tells everybody who knows a script by its address what VS Code renames or moves, and keeps such a
 * rename and our own changes of documents from crossing each other.
 */
export class ScriptMoves implements vscode.Disposable {
  private readonly moved = new vscode.EventEmitter<ScriptMove>();
  private readonly movedFiles = new vscode.EventEmitter<readonly Move[]>();
  private readonly ended = new vscode.EventEmitter<void>();
  private readonly editing = new Set<Promise<unknown>>();
  /** Renames that are announced and have not been done yet. */
  private readonly announced = new Set<vscode.Uri>();
  private readonly listening: vscode.Disposable;

  readonly onDidMove = this.moved.event;
  /** All files that were moved by one edit, in the order in which that was done. */
  readonly onDidMoveFiles = this.movedFiles.event;

  constructor() {
    this.listening = vscode.Disposable.from(
      vscode.workspace.onWillRenameFiles((event) => {
        for (const { oldUri } of event.files) this.announce(oldUri);
        if (this.editing.size > 0) event.waitUntil(Promise.allSettled(this.editing));
      }),
      vscode.workspace.onDidRenameFiles(({ files }) => {
        const moves = movesOf(files);
        if (moves.length > 0) this.movedFiles.fire(moves);
        for (const { oldUri, newUri } of files) this.moved.fire({ from: oldUri, to: newUri });
        for (const { oldUri } of files) this.end(oldUri);
      }),
    );
  }

  /** Change a document: what VS Code is about to rename waits until that is done, and saved. */
  async edit<T>(uri: vscode.Uri, act: () => Promise<T>): Promise<T> {
    await this.settled(uri);
    const editing = act();
    this.editing.add(editing);
    try {
      return await editing;
    } finally {
      this.editing.delete(editing);
    }
  }

  /** Settles once no rename of this file is under way any more. */
  async settled(uri: vscode.Uri): Promise<void> {
    while (
      [...this.announced].some((from) => movedFile(uri.fsPath, from.fsPath, '') !== undefined)
    ) {
      await new Promise<void>((resolve) => {
        const once = this.ended.event(() => {
          once.dispose();
          resolve();
        });
      });
    }
  }

  private announce(uri: vscode.Uri): void {
    this.announced.add(uri);
    setTimeout(() => {
      if (this.announced.delete(uri)) this.ended.fire();
    }, renameMs).unref();
  }

  private end(uri: vscode.Uri): void {
    for (const announced of this.announced) {
      if (announced.toString() === uri.toString()) this.announced.delete(announced);
    }
    this.ended.fire();
  }

  dispose(): void {
    this.listening.dispose();
    this.announced.clear();
    this.ended.fire();
    this.moved.dispose();
    this.movedFiles.dispose();
    this.ended.dispose();
  }
}

/** What of a rename is about files, as paths. */
export function movesOf(files: vscode.FileRenameEvent['files']): Move[] {
  return files
    .filter(({ oldUri, newUri }) => oldUri.scheme === 'file' && newUri.scheme === 'file')
    .map(({ oldUri, newUri }) => ({ from: oldUri.fsPath, to: newUri.fsPath }));
}

/** Where something is after a move; `undefined` where it has stayed. */
export function movedUri(uri: vscode.Uri, { from, to }: ScriptMove): vscode.Uri | undefined {
  if ([uri, from, to].some(({ scheme }) => scheme !== 'file')) return undefined;
  const file = movedFile(uri.fsPath, from.fsPath, to.fsPath);
  return file === undefined ? undefined : vscode.Uri.file(file);
}
