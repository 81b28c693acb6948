import type * as vscode from 'vscode';
import { planOf } from '../../script/story-order.ts';
import type { AnswerJournal, AnswerJournals } from '../../writing/journal/answer-journal.ts';
import { openDocument, type OpenScripts } from '../script/open-scripts.ts';
import { UntilSaved } from '../script/until-saved.ts';

/** What is done with a kept answer once the document is on disk: it is replaced, or removed. */
interface OnceSaved {
  readonly key: string;
  readonly answer?: unknown;
}

/**
 * Keeps the answers of planning until the document that holds the plan is on disk: a plan in an
 * editor with unsaved changes may still be thrown away with them, and would have to be paid again.
 */
export class AnswersUntilSaved {
  private readonly inner: AnswerJournals;
  private readonly unsaved: UntilSaved<OnceSaved, vscode.TextDocument>;

  constructor(inner: AnswerJournals, scripts: OpenScripts) {
    this.inner = inner;
    this.unsaved = new UntilSaved({
      // The writer may have thrown the plan away, and be saving something else.
      isIn: (document) => planOf(scripts.read(document)) !== undefined,
      release: ({ uri }, { key, answer }) => {
        const answers = inner.of(() => uri.fsPath);
        return answer === undefined ? answers.remove(key) : answers.put(key, answer);
      },
    });
  }

  /** The answers that one script is made of, whose address may change. */
  of(script: () => vscode.Uri): AnswerJournal {
    const answers = this.inner.of(() => script().fsPath);
    const waits = (item: OnceSaved): boolean => {
      const document = openDocument(script().toString());
      return document !== undefined && this.unsaved.add(document, item.key, item);
    };
    return {
      ...answers,
      put: async (key, answer, when) => {
        if (when === undefined || !waits({ key, answer })) await answers.put(key, answer);
      },
      remove: async (key) => {
        if (!waits({ key })) await answers.remove(key);
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
