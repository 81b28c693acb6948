import assert from 'node:assert/strict';
import path from 'node:path';
import { UntilSaved, type SavedDocument } from '../../../../src/editor/script/until-saved.ts';

interface Page extends SavedDocument {
  readonly text: string;
}

const scripts = path.resolve('scripts');
const file = path.join(scripts, 'story.md');

function page(text: string, isDirty: boolean, fsPath = file): Page {
  return { uri: { fsPath }, isDirty, text };
}

describe('what is kept until the saved document holds it', () => {
  let released: string[];
  let kept: UntilSaved<string, Page>;

  beforeEach(() => {
    released = [];
    kept = new UntilSaved({
      isIn: ({ text }, word) => text.includes(word),
      release: ({ uri }, word) => {
        released.push(`${path.basename(uri.fsPath)}: ${word}`);
        return Promise.resolve();
      },
    });
  });

  it('is released with the first save that has it', async () => {
    assert.equal(kept.add(page('a bell', true), '1', 'bell'), true);
    assert.equal(kept.get(file, '1'), 'bell');
    await kept.saved(page('a bell', false));
    assert.deepEqual(released, ['story.md: bell']);
    assert.equal(kept.get(file, '1'), undefined);
    await kept.saved(page('a bell', false));
    assert.equal(released.length, 1, 'once');
  });

  it('stays as long as what is saved does not have it', async () => {
    kept.add(page('a bell', true), '1', 'bell');
    kept.add(page('a bell and a lamp', true), '2', 'lamp');
    await kept.saved(page('a lamp', false));
    assert.deepEqual(released, ['story.md: lamp']);
    await kept.saved(page('a bell, after all', false));
    assert.deepEqual(released, ['story.md: lamp', 'story.md: bell']);
  });

  it('need not be kept where the document is on disk with it', async () => {
    assert.equal(kept.add(page('a bell', false), '1', 'bell'), false);
    await kept.saved(page('a bell', false));
    assert.deepEqual(released, []);
  });

  it('is one script’s, whatever another one has', async () => {
    kept.add(page('a bell', true), '1', 'bell');
    await kept.saved(page('a bell', false, path.join(scripts, 'other.md')));
    assert.deepEqual(released, []);
  });

  it('goes along when the script, or a folder above it, is renamed', async () => {
    kept.add(page('a bell', true), '1', 'bell');
    kept.moved(file, path.join(scripts, 'tale.md'));
    kept.moved(scripts, path.resolve('films'));
    const moved = path.resolve('films', 'tale.md');
    assert.equal(kept.get(moved, '1'), 'bell');
    await kept.saved(page('a bell', false, moved));
    assert.deepEqual(released, ['tale.md: bell']);
  });
});
