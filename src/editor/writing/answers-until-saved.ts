import * as vscode from 'vscode';
import { movedFile } from '../../base/real-file.ts';
import { planOf } from '../../script/story-order.ts';
import type { AnswerJournal, AnswerJournals } from '../../writing/journal/answer-journal.ts';
import type { ScriptMoves } from '../script/script-moves.ts';
import { openDocument, type Scripts } from '../script/scripts.ts';

/**
 * Keeps the answers of planning until the document that holds the plan is on disk: a plan in an
 * editor with unsaved changes may still be thrown away with them, and would have to be paid again.
 */
export class AnswersUntilSaved implements vscode.Disposable {
  private readonly inner: AnswerJournals;
  private readonly scripts: Scripts;
  private readonly onError: (error: unknown) => void;
  /** By the path of the script. */
  private unsaved = new Map<string, Set<string>>();
  private readonly following: vscode.Disposable;

  constructor(
    inner: AnswerJournals,
    scripts: Scripts,
    moves: ScriptMoves,
    onError: (error: unknown) => void,
  ) {
    this.inner = inner;
    this.scripts = scripts;
    this.onError = onError;
    this.following = vscode.Disposable.from(
      vscode.workspace.onDidSaveTextDocument((document) => {
        this.saved(document);
      }),
      moves.onDidMove(({ from, to }) => {
        const there = [...this.unsaved].map(
          ([file, keys]) => [movedFile(file, from.fsPath, to.fsPath) ?? file, keys] as const,
        );
        this.unsaved = new Map(there);
        inner.moved(from.fsPath, to.fsPath).catch(onError);
      }),
    );
  }

  /** The answers that one script is made of, whose address may change. */
  of(script: () => vscode.Uri): AnswerJournal {
    const answers = this.inner.of(() => script().fsPath);
    return { ...answers, remove: (key) => this.remove(script(), key) };
  }

  private async remove(uri: vscode.Uri, key: string): Promise<void> {
    const { fsPath } = uri;
    if (openDocument(uri.toString())?.isDirty !== true) {
      await this.inner.of(() => fsPath).remove(key);
      return;
    }
    const keys = this.unsaved.get(fsPath) ?? new Set();
    this.unsaved.set(fsPath, keys.add(key));
  }

  private saved(document: vscode.TextDocument): void {
    const { fsPath } = document.uri;
    const keys = this.unsaved.get(fsPath);
    // The writer may have thrown the plan away, and be saving something else.
    if (keys === undefined || planOf(this.scripts.read(document)) === undefined) return;
    this.unsaved.delete(fsPath);
    const answers = this.inner.of(() => fsPath);
    for (const key of keys) answers.remove(key).catch(this.onError);
  }

  dispose(): void {
    this.following.dispose();
  }
}
