import assert from 'node:assert/strict';
import path from 'node:path';
import { applyEdits } from '../../../../src/script/edits/text-edit.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import '../../../support/fake-vscode.ts';

const { pathsAfter } = await import('../../../../src/editor/pictures/moved-pictures.ts');

const text = `---
scenewright: 1
characters:
  - name: Mara
    picture: media/mara.png
---

# Film

## Scene 1: Stairs

![First frame](../shared/stairs.png)

She waits.
`;

const root = path.resolve('/work-folder');
const at = (...parts: string[]): string => path.join(root, ...parts);

/** The pictures of the script, at `film/film.md`, after moves. */
function after(...moves: readonly (readonly [string, string])[]): (string | undefined)[] {
  const script = parseScript(text);
  const edits = pathsAfter(
    script,
    at('film/film.md'),
    root,
    moves.map(([from, to]) => ({ from: at(from), to: at(to) })),
  );
  const { bible, scenes } = parseScript(applyEdits(text, edits));
  return [bible.characters[0]?.pictures?.[0], scenes[0]?.scene.firstFrame];
}

describe('the pictures of a script', () => {
  it('are named where they are put, by themselves or with their folder', () => {
    assert.deepEqual(after(['film/media/mara.png', 'film/media/Mara Voss.png']), [
      'media/Mara Voss.png',
      '../shared/stairs.png',
    ]);
    assert.deepEqual(after(['film/media', 'pictures'], ['shared/stairs.png', 'film/s (1).png']), [
      '../pictures/mara.png',
      's (1).png',
    ]);
  });

  it('are named from where the script is put', () => {
    assert.deepEqual(after(['film/film.md', 'film.md']), [
      'film/media/mara.png',
      'shared/stairs.png',
    ]);
    assert.deepEqual(after(['film', 'movies/film']), ['media/mara.png', '../../shared/stairs.png']);
  });

  it('stay as they are where nothing of theirs is moved', () => {
    const same = ['media/mara.png', '../shared/stairs.png'];
    assert.deepEqual(after(['film/media/other.png', 'x.png']), same);
    assert.deepEqual(after(['film/film.md', 'film/renamed.md']), same);
    assert.deepEqual(after(['film/med', 'film/other']), same);
  });
});
