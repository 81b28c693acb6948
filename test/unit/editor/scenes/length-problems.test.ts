import assert from 'node:assert/strict';
import type { Diagnostic } from 'vscode';
import type { SceneClip } from '../../../../src/editor/jobs/scene-clips.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { applyEdits } from '../../../../src/script/edits/text-edit.ts';
import { replacements, tellDiagnostics } from '../../../support/fake-vscode.ts';
import { sampleScript } from '../../script/sample.ts';
import { offsetDocument } from './offset-document.ts';

const { lengthProblems, lengthFixes } =
  await import('../../../../src/editor/scenes/length-problems.ts');

/** Three scenes of 8 s. */
const script = parseScript(sampleScript(3, [0, 1, 2]));

const clips: readonly SceneClip[] = [
  { state: 'none', takes: [] },
  { state: 'current', takes: [], current: {} as NonNullable<SceneClip['current']> },
  { state: 'stale', takes: [] },
];

const told = (lengths: readonly number[]): Diagnostic[] =>
  lengthProblems({ lengthsFor: () => lengths })(offsetDocument, script, clips);

describe('a length that the studio has not', () => {
  afterEach(() => {
    tellDiagnostics([]);
  });

  it('is told of where the scene is still to be rendered, once the studio is known', () => {
    assert.deepEqual(
      told([4, 6, 10]).map(({ range }) => range.start),
      [0, 2].map((index) => script.scenes[index]?.heading.start),
    );
    assert.deepEqual(told([4, 8]), []);
    assert.deepEqual(told([]), []);
  });

  it('is set to the nearest by one click, of the scene or of all that are told of', () => {
    const problems = told([4, 6, 10]);
    tellDiagnostics(problems);
    const fixes = lengthFixes(offsetDocument, script, problems.slice(0, 1), [4, 6, 10]);
    const seconds = fixes.map(({ edit }) => {
      const after = parseScript(applyEdits(script.text, replacements(edit)));
      assert.deepEqual(
        after.outline.slice(0, 3).map(({ beat }) => beat.seconds),
        after.scenes.map(({ scene }) => scene.seconds),
        'scene and beat say the same',
      );
      return after.scenes.map(({ scene }) => scene.seconds);
    });
    // Of two that are as near, the longer one.
    assert.deepEqual(seconds, [
      [10, 8, 8],
      [10, 8, 10],
    ]);
  });

  it('has no fix where nothing is known of the studio any more, nor for problems of others', () => {
    const problems = told([4, 6]);
    assert.deepEqual(lengthFixes(offsetDocument, script, problems, []), []);
    for (const one of problems) one.code = 'to-do';
    assert.deepEqual(lengthFixes(offsetDocument, script, problems, [4, 6]), []);
  });
});
