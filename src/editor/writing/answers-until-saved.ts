import type * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { SceneId } from '../../script/script-model.ts';
import { planOf } from '../../script/story-order.ts';
import {
  type AnswerJournal,
  type AnswerJournals,
  planUnderWayKey,
} from '../../writing/journal/answer-journal.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { UntilSaved } from '../script/until-saved.ts';

/** What is done with a kept answer once the document is on disk: it is replaced, or removed. */
interface OnceSaved {
  readonly key: string;
  readonly answer?: unknown;
  /** The document when it got what this tells of, and when it had it last. */
  readonly first: ParsedScript;
  last: ParsedScript;
  /**
   * What it tells of was thrown away with the unsaved changes, or undone as far as the file, and has
   * not come back since.
   */
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
  private readonly scripts: Pick<OpenScripts, 'read'>;
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
    this.isIn = (document, { isOut }) => {
      const script = scripts.read(document);
      return !isOut && script.conflicts.length === 0 && planOf(script) !== undefined;
    };
    this.scripts = scripts;
    this.unsaved = new UntilSaved<OnceSaved, vscode.TextDocument>({
      isIn: this.isIn,
      release: ({ uri }, { key, answer }) => {
        const answers = inner.of(() => uri.fsPath);
        return answer === undefined ? answers.remove(key) : answers.put(key, answer);
      },
      changed: (document, item) => {
        // A text that comes without making the document dirty is that of the file.
        if (document.isClosed || !document.isDirty) item.isOut = true;
        else {
          const now = scripts.read(document);
          if (item.isOut) item.isOut = !isBack(now, item);
          if (!item.isOut) item.last = now;
        }
      },
    });
  }

  /** The answers that one script is made of, whose address may change. */
  of(script: () => vscode.Uri): AnswerJournal {
    const answers = this.inner.of(() => script().fsPath);
    const waits = (item: Pick<OnceSaved, 'key' | 'answer'>): boolean => {
      const document = this.opened(script().toString());
      if (document === undefined) return false;
      const now = this.scripts.read(document);
      return this.unsaved.add(document, item.key, { ...item, first: now, last: now, isOut: false });
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
        if (when !== undefined && waits({ key, answer })) return;
        const { fsPath } = script();
        // What is kept from now on is not what had gone, should that come back.
        if (this.unsaved.get(fsPath, key)?.isOut === true) this.unsaved.forget(fsPath, key);
        await answers.put(key, answer);
      },
      remove: async (key) => {
        if (!waits({ key })) await answers.remove(key);
      },
    };
  }

  /**
   * @throws ScenewrightError where beats of an outline that still grows have gone from a document with
   *   its unsaved changes: what comes in behind would leave a gap, as if the writer had deleted them
   */
  requireBeats(document: vscode.TextDocument): void {
    if (this.unsaved.get(document.uri.fsPath, planUnderWayKey)?.isOut === true) {
      throw new ScenewrightError(
        'bad-script',
        t(
          'Beats that had come into the outline went with changes that were not saved, so nothing more was put behind them. They are kept, and so is all that is finished.',
        ),
        {
          advice: t('Choose “Write Scenes” to have it in the script again and to go on.'),
          next: 'write-scenes',
        },
      );
    }
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

/**
 * Whether a document that was undone is done again: step by step it comes by a text with all beats that it
 * had first, whatever was deleted later; at one go it is at once as it was last.
 */
function isBack(now: ParsedScript, { first, last }: OnceSaved): boolean {
  const ids = idsOf(now);
  if (ids.length === 0) return false;
  if (ids.join() === idsOf(last).join()) return true;
  const there = new Set(ids);
  const all = idsOf(first);
  return all.length > 0 && all.every((id) => there.has(id));
}

function idsOf({ outline }: ParsedScript): SceneId[] {
  return outline.map(({ beat }) => beat.id);
}
