import assert from 'node:assert/strict';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import '../../../support/fake-vscode.ts';
import { sampleScript } from '../../script/sample.ts';

const { chainedScenes, stillsWanted } =
  await import('../../../../src/editor/drawing/what-to-draw.ts');

/** Scenes 2 and 4 go on without a cut from those before them. */
const script = parseScript(sampleScript(5, [0, 1, 2, 3, 4]));

describe('the stills that are drawn of a script', () => {
  const numbers = (scenes: readonly number[] | undefined, chains: boolean): readonly number[] =>
    stillsWanted(script, scenes, chains).map(({ number }) => number);

  it('are those of all scenes, where no clip begins with the last frame of another', () => {
    assert.deepEqual(numbers(undefined, false), [1, 2, 3, 4, 5]);
  });

  it('are none for what will begin with the last frame of the clip before, unless one is asked for', () => {
    assert.deepEqual(numbers(undefined, true), [1, 3, 5]);
    assert.deepEqual(chainedScenes(script), [2, 4]);
    assert.deepEqual(numbers([2, 1], true), [1, 2]);
  });
});
