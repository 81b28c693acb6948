import type { TextDocument } from 'vscode';
import { AnswersUntilSaved } from '../../../src/editor/writing/answers-until-saved.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { AnswerJournal, AnswerJournals } from '../../../src/writing/journal/answer-journal.ts';
import type { Paper } from './durability-paper.ts';
import type { AnswersInMemory } from './planning/planning-support.ts';

/** A document in an editor, and the file behind it. */
export class UnsavedPaper implements Paper {
  readonly uri = { fsPath: '/story.md' };
  readonly isClosed = false;

  text: string;
  file: string;
  isDirty = false;
  onWritten: () => void = () => undefined;
  /** The text is another one, whoever has changed it. */
  onChange: () => void = () => undefined;
  requireBeats: () => void = () => undefined;

  constructor(text: string) {
    this.text = text;
    this.file = text;
  }

  read(): string {
    return this.text;
  }

  write(text: string): Promise<void> {
    this.change(text);
    this.onWritten();
    return Promise.resolve();
  }

  change(text: string): void {
    this.text = text;
    this.isDirty = text !== this.file;
    this.onChange();
  }
}

/** Keeps answers as the editor has them kept: what tells of the document, once that is saved. */
export function answersOf(disk: AnswersInMemory, paper: UnsavedPaper): AnswersUntilSaved {
  const own: AnswerJournal = {
    get: (key) => disk.get(key),
    put: (key, answer) => disk.put(key, answer),
    remove: (key) => disk.remove(key),
  };
  const document = paper as unknown as TextDocument;
  const answers = new AnswersUntilSaved(
    { of: () => own } as unknown as AnswerJournals,
    { read: () => parseScript(paper.text) },
    () => document,
  );
  paper.onChange = () => {
    answers.changed(document);
  };
  paper.requireBeats = () => {
    answers.requireBeats(document);
  };
  return answers;
}
