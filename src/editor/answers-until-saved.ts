import * as vscode from 'vscode';
import { planOf } from '../script/story.ts';
import type { KeptAnswers } from '../writing/kept/kept-answers.ts';
import { openDocument, type Scripts } from './scripts.ts';

/**
 * Keeps the answers of planning until the document that holds the plan is on disk: a plan in an
 * editor with unsaved changes may still be thrown away with them, and would have to be paid again.
 */
export class AnswersUntilSaved implements vscode.Disposable {
  private readonly inner: KeptAnswers;
  private readonly scripts: Scripts;
  private readonly onError: (error: unknown) => void;
  private readonly unsaved = new Map<string, Set<string>>();
  private readonly listening: vscode.Disposable;

  constructor(inner: KeptAnswers, scripts: Scripts, onError: (error: unknown) => void) {
    this.inner = inner;
    this.scripts = scripts;
    this.onError = onError;
    this.listening = vscode.workspace.onDidSaveTextDocument((document) => {
      this.saved(document);
    });
  }

  /** The answers that one script is made of. */
  of(uri: vscode.Uri): KeptAnswers {
    return {
      get: (key) => this.inner.get(key),
      put: (key, answer) => this.inner.put(key, answer),
      remove: (key) => this.remove(uri.toString(), key),
    };
  }

  private async remove(uri: string, key: string): Promise<void> {
    if (openDocument(uri)?.isDirty !== true) {
      await this.inner.remove(key);
      return;
    }
    const keys = this.unsaved.get(uri) ?? new Set();
    this.unsaved.set(uri, keys.add(key));
  }

  private saved(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    const keys = this.unsaved.get(uri);
    // The writer may have thrown the plan away, and be saving something else.
    if (keys === undefined || planOf(this.scripts.parse(document)) === undefined) return;
    this.unsaved.delete(uri);
    for (const key of keys) this.inner.remove(key).catch(this.onError);
  }

  dispose(): void {
    this.listening.dispose();
  }
}
