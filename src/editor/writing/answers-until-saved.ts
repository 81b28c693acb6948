import type * as vscode from 'vscode';
import { planOf } from '../../script/story-order.ts';
import type { AnswerJournal, AnswerJournals } from '../../writing/journal/answer-journal.ts';
import { openDocument, type OpenScripts } from '../script/open-scripts.ts';
import { UntilSaved } from '../script/until-saved.ts';

/**
 * Keeps the answers of planning until the document that holds the plan is on disk: a plan in an
 * editor with unsaved changes may still be thrown away with them, and would have to be paid again.
 */
export class AnswersUntilSaved {
  private readonly inner: AnswerJournals;
  private readonly unsaved: UntilSaved<string, vscode.TextDocument>;

  constructor(inner: AnswerJournals, scripts: OpenScripts) {
    this.inner = inner;
    this.unsaved = new UntilSaved({
      // The writer may have thrown the plan away, and be saving something else.
      isIn: (document) => planOf(scripts.read(document)) !== undefined,
      release: ({ uri }, key) => inner.of(() => uri.fsPath).remove(key),
    });
  }

  /** The answers that one script is made of, whose address may change. */
  of(script: () => vscode.Uri): AnswerJournal {
    const answers = this.inner.of(() => script().fsPath);
    return {
      ...answers,
      remove: async (key) => {
        const document = openDocument(script().toString());
        if (document === undefined || !this.unsaved.add(document, key, key)) {
          await answers.remove(key);
        }
      },
    };
  }

  saved(document: vscode.TextDocument): Promise<void> {
    return this.unsaved.saved(document);
  }

  async moved(from: string, to: string): Promise<void> {
    this.unsaved.moved(from, to);
    await this.inner.moved(from, to);
  }
}
