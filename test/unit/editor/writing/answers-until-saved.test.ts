import assert from 'node:assert/strict';
import { renderNewScript } from '../../../../src/script/render/render-new-script.ts';
import { applyEdits } from '../../../../src/script/edits/text-edit.ts';
import { insertPlan } from '../../../../src/script/edits/insert-plan.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import {
  type AnswerJournal,
  planUnderWayKey,
} from '../../../../src/writing/journal/answer-journal.ts';
import { englishBrief } from '../../writing/durability-answers.ts';
import { AnswersInMemory } from '../../writing/planning/planning-support.ts';
import { answersOf, UnsavedPaper } from '../../writing/unsaved-paper.ts';
import { planOf } from '../../writing/writing-support.ts';
import type { TextDocument } from 'vscode';
import type { AnswersUntilSaved } from '../../../../src/editor/writing/answers-until-saved.ts';

describe('what is kept of a plan until the document is saved', () => {
  const empty = renderNewScript(englishBrief, 'A title');
  const planned = (beats: number): string =>
    applyEdits(empty, insertPlan(parseScript(empty), planOf(beats), ''));
  let disk: AnswersInMemory;
  let paper: UnsavedPaper;
  let document: TextDocument;
  let answers: AnswersUntilSaved;
  let journal: AnswerJournal;

  beforeEach(async () => {
    disk = new AnswersInMemory();
    paper = new UnsavedPaper(planned(2));
    document = paper as unknown as TextDocument;
    answers = answersOf(disk, paper);
    journal = answers.of(() => document.uri);
    await journal.put('how far', 2, 'once saved');
    paper.change(planned(4));
    await journal.put('how far', 4, 'once saved');
  });

  const save = async (): Promise<void> => {
    paper.file = paper.text;
    paper.isDirty = false;
    await answers.saved(document);
  };

  it('is true of the document at once, and of the disk once that is saved', async () => {
    assert.equal(await journal.get('how far'), 4);
    assert.equal(await disk.get('how far'), 2);
    await save();
    assert.equal(await disk.get('how far'), 4);
  });

  it('is removed for the document at once, so that nothing is planned again', async () => {
    await journal.remove('how far');
    assert.equal(await journal.get('how far'), undefined);
    assert.equal(await disk.get('how far'), 2);
    await save();
    assert.equal(disk.files.size, 0);
  });

  it('does not become true by a later save once the changes were thrown away', async () => {
    paper.change(paper.file);
    assert.equal(await journal.get('how far'), 2);
    paper.change(planned(3));
    await save();
    assert.equal(await disk.get('how far'), 2);
  });

  it('is true again where all that was undone as far as the file is done again, step by step', async () => {
    paper.change(paper.file);
    paper.change(planned(2));
    assert.equal(await journal.get('how far'), 2);
    paper.change(planned(4));
    paper.change(planned(3));
    assert.equal(await journal.get('how far'), 4);
    await save();
    assert.equal(await disk.get('how far'), 4);
  });

  it('is true again where all is back at one go as it was last', async () => {
    paper.change(planned(3));
    paper.change(paper.file);
    assert.equal(await journal.get('how far'), 2);
    paper.change(planned(3));
    assert.equal(await journal.get('how far'), 4);
  });

  it('lets nothing more behind beats that were thrown away, until it is known how far it is', async () => {
    const record = (landed: number): Promise<void> =>
      journal.put(planUnderWayKey, landed, landed === 0 ? undefined : 'once saved');
    await record(4);
    answers.requireBeats(document);
    paper.change(paper.file);
    assert.throws(
      () => {
        answers.requireBeats(document);
      },
      { code: 'bad-script', message: /They are kept/ },
    );
    for (const landed of [0, 2]) {
      await record(landed);
      answers.requireBeats(document);
    }
  });

  it('gives way to what is kept later, of a document that is as on disk', async () => {
    paper.change(paper.file);
    await journal.put('how far', 3, 'once saved');
    paper.change(planned(3));
    await save();
    assert.equal(await disk.get('how far'), 3);
  });

  it('is there for a document whose plan was deleted', async () => {
    await journal.remove('how far');
    paper.change(empty);
    assert.equal(await journal.get('how far'), 2);
  });
});
