import * as vscode from 'vscode';
import { lazily } from '../../base/lazily.ts';
import type { SceneId } from '../../script/script-model.ts';
import type { ScriptReview } from './script-review.ts';

const none: ReadonlyMap<SceneId, readonly string[]> = new Map();

/**
 * The scenes that are to be looked at, because a check has something against them, as far as that is known: of
 * a script that was typed in it is told again once it rests.
 */
export class Marks implements vscode.Disposable {
  private readonly known = new WeakMap<vscode.TextDocument, typeof none>();
  private readonly changed = new vscode.EventEmitter<void>();

  /** What finds them; windows without any script do without. */
  readonly review: () => Promise<ScriptReview>;
  readonly onDidChange = this.changed.event;

  /** @param state what it remembers of the scripts of this workspace */
  constructor(state: vscode.Memento) {
    this.review = lazily(async () => {
      const { ScriptReview } = await import('./script-review.ts');
      return new ScriptReview(state);
    });
  }

  /**
   * What is to be looked at of a script's scenes, one sentence each. Of a scene that was looked at already
   * there is an empty list.
   */
  of(document: vscode.TextDocument): ReadonlyMap<SceneId, readonly string[]> {
    return this.known.get(document) ?? none;
  }

  /** These are the marks of a script now. */
  tell(document: vscode.TextDocument, marks: typeof none): void {
    const before = this.of(document);
    this.known.set(document, marks);
    if (!areSame(before, marks)) this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}

function areSame(some: typeof none, others: typeof none): boolean {
  if (some.size !== others.size) return false;
  return [...some].every(([id, words]) => words.join('\n') === others.get(id)?.join('\n'));
}
