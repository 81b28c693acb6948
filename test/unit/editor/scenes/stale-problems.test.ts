import assert from 'node:assert/strict';
import type { Diagnostic } from 'vscode';
import type { SceneClip } from '../../../../src/editor/jobs/scene-clips.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import '../../../support/fake-vscode.ts';
import { recordOf } from '../../jobs/world.ts';
import { sampleScript } from '../../script/sample.ts';
import { offsetDocument } from './offset-document.ts';

const { staleProblems } = await import('../../../../src/editor/scenes/stale-problems.ts');
const { clipFixes } = await import('../../../../src/editor/scenes/clip-fixes.ts');

const script = parseScript(sampleScript(3, [0, 1, 2]));

const [first] = script.scenes;
assert.ok(first);
/** A clip of the first scene that was ordered with another prompt. */
const job = recordOf({ scene: { ...first.scene, prompt: 'Before.' }, style: script.brief.style });
const stale: SceneClip = { state: 'stale', takes: [], take: 1, staleTakes: [1], job };

const told = (clip: SceneClip): Diagnostic[] => staleProblems(offsetDocument, script, [clip]);

describe('a clip that shows its scene as it was', () => {
  it('is told of at the heading, with what has changed', () => {
    const [problem, ...others] = told(stale);
    assert.equal(others.length, 0);
    assert.match(problem?.message ?? '', /the prompt/u);
    assert.equal(problem?.range.start, first.heading.start);
  });

  it('is no problem while another one is rendered, where it is only a sketch, and where another take counts', () => {
    assert.deepEqual(told({ ...stale, state: 'running' }), []);
    assert.deepEqual(told({ ...stale, isOnlySketch: true }), []);
    assert.deepEqual(told({ ...stale, take: 2 }), []);
  });

  it('can be rendered again by one click, alone or with all others', () => {
    const asked = clipFixes(offsetDocument, script, told(stale)).map(({ command }) => {
      const [argument] = (command?.arguments ?? []) as { readonly scenes?: readonly number[] }[];
      return [command?.command, argument?.scenes];
    });
    assert.deepEqual(asked, [
      ['scenewright.renderScenes', [1]],
      ['scenewright.renderScenes', undefined],
    ]);
  });
});

describe('every problem of a clip', () => {
  for (const code of ['take-not-here', 'clip-stale', 'visible-seam']) {
    it(`has a fix: ${code}`, () => {
      const range = { start: first.heading.start };
      const shown = [{ code, range, message: '' }] as unknown as Diagnostic[];
      assert.ok(clipFixes(offsetDocument, script, shown).length > 0);
    });
  }
});
