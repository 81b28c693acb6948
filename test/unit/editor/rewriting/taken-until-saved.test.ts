import assert from 'node:assert/strict';
import path from 'node:path';
import type { OpenScripts } from '../../../../src/editor/script/open-scripts.ts';
import { TakenUntilSaved } from '../../../../src/editor/rewriting/taken-until-saved.ts';
import type { Rewrite, RewriteJournal } from '../../../../src/writing/journal/rewrite-journal.ts';
import type { TextDocument } from 'vscode';

const rewrite = { id: 'a', scene: { id: 'scene1', title: 'new' } } as unknown as Rewrite;

/** Documents that consist of one scene. */
const scripts = {
  sectionOf: (document: TextDocument) => document.getText(),
  readsAs: (document: TextDocument, { title }: { title: string }) => document.getText() === title,
} as unknown as OpenScripts;

function document(text: string, state: 'dirty' | 'saved' | 'closed'): TextDocument {
  return {
    uri: { fsPath: path.resolve('story.md'), toString: () => 'file:///story.md' },
    isDirty: state === 'dirty',
    isClosed: state === 'closed',
    getText: () => text,
  } as unknown as TextDocument;
}

describe('a rewrite that was taken', () => {
  let decided: string[];
  let taken: TakenUntilSaved;

  beforeEach(async () => {
    decided = [];
    const journal = {
      decided: ({ id }: Rewrite) => {
        decided.push(id);
        return Promise.resolve();
      },
    } as unknown as RewriteJournal;
    taken = new TakenUntilSaved(journal, scripts, assert.ifError);
    await taken.add(document('new', 'dirty'), rewrite, 'old');
  });

  const change = (text: string, state: 'dirty' | 'saved' | 'closed'): boolean => {
    taken.changed(document(text, state));
    return taken.has(document(text, state), rewrite);
  };

  it('is forgotten when it is saved, also after it was worked on', async () => {
    assert.equal(change('new and better', 'dirty'), true);
    await taken.saved(document('new and better', 'saved'));
    assert.deepEqual(decided, ['a']);
  });

  it('is open again when it was undone, whatever is written and saved then', async () => {
    assert.equal(change('old', 'dirty'), false);
    assert.equal(change('old, but other', 'dirty'), false);
    await taken.saved(document('old, but other', 'saved'));
    assert.deepEqual(decided, []);
  });

  it('counts as taken again once undoing it was undone', async () => {
    assert.equal(change('old', 'dirty'), false);
    assert.equal(change('new', 'dirty'), true);
    await taken.saved(document('new', 'saved'));
    assert.deepEqual(decided, ['a']);
  });

  it('is open again when the unsaved changes were thrown away', async () => {
    assert.equal(change('old', 'saved'), false);
    await taken.saved(document('old', 'saved'));
    assert.deepEqual(decided, []);
  });

  it('is open again when the document was closed unsaved', () => {
    assert.equal(change('new', 'closed'), false);
  });

  it('need not be kept where the document is on disk with it', async () => {
    await taken.add(document('new', 'saved'), { ...rewrite, id: 'b' }, 'old');
    assert.deepEqual(decided, ['b']);
  });
});
