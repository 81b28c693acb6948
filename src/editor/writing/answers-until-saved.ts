import type * as vscode from 'vscode';
import { planOf } from '../../script/story-order.ts';
import type { AnswerJournal, AnswerJournals } from '../../writing/journal/answer-journal.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { UntilSaved } from '../script/until-saved.ts';

/** What is done with a kept answer once the document is on disk: it is replaced, or removed. */
interface OnceSaved {
  readonly key: string;
  readonly answer?: unknown;
  /** What it tells of was thrown away with the unsaved changes, or undone as far as the file. */
  isOut: boolean;
}

/**
 * Keeps the answers of planning until the document that holds the plan is on disk: a plan in an
 * editor with unsaved changes may still be thrown away with them, and would have to be paid again.
 */
export class AnswersUntilSaved {
  private readonly inner: AnswerJournals;
  private readonly unsaved: UntilSaved<OnceSaved, vscode.TextDocument>;
  private readonly isIn: (document: vscode.TextDocument, item: OnceSaved) => boolean;
  private readonly opened: (uri: string) => vscode.TextDocument | undefined;

  /** @param opened the document of an address, where it is open */
  constructor(
    inner: AnswerJournals,
    scripts: Pick<OpenScripts, 'read'>,
    opened: (uri: string) => vscode.TextDocument | undefined,
  ) {
    this.inner = inner;
    this.opened = opened;
    // The writer may have thrown the plan away, all or the end of it, and be saving something else.
    this.isIn = (document, { isOut }) => !isOut && planOf(scripts.read(document)) !== undefined;
    this.unsaved = new UntilSaved<OnceSaved, vscode.TextDocument>({
      isIn: this.isIn,
      release: ({ uri }, { key, answer }) => {
        const answers = inner.of(() => uri.fsPath);
        return answer === undefined ? answers.remove(key) : answers.put(key, answer);
      },
      changed: (document, item) => {
        // A text that comes without making the document dirty is that of the file.
        if (document.isClosed || !document.isDirty) item.isOut = true;
      },
    });
  }

  /** The answers that one script is made of, whose address may change. */
  of(script: () => vscode.Uri): AnswerJournal {
    const answers = this.inner.of(() => script().fsPath);
    const waits = (item: Omit<OnceSaved, 'isOut'>): boolean => {
      const document = this.opened(script().toString());
      return (
        document !== undefined && this.unsaved.add(document, item.key, { ...item, isOut: false })
      );
    };
    return {
      get: (key) => {
        const document = this.opened(script().toString());
        const item = document && this.unsaved.get(document.uri.fsPath, key);
        // What is true of the document counts, not what was true of the file.
        return document && item && this.isIn(document, item)
          ? Promise.resolve(item.answer)
          : answers.get(key);
      },
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

  changed(document: vscode.TextDocument): void {
    this.unsaved.changed(document);
  }

  async moved(from: string, to: string): Promise<void> {
    this.unsaved.moved(from, to);
    await this.inner.moved(from, to);
  }
}
