import assert from 'node:assert/strict';
import { changedScenes } from '../../../src/script/changed-scenes.ts';
import { moveScene } from '../../../src/script/edits/scenes/move-scene.ts';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { sampleScript } from './sample.ts';

describe('which scenes have changed since a version', () => {
  const before = sampleScript(4, [0, 1, 2, 3]);
  const changed = (now: string, then = before): readonly number[] =>
    changedScenes(parseScript(then), parseScript(now));

  for (const [what, make, expected] of [
    ['nothing', (text: string) => text, []],
    ['a prompt', (text: string) => text.replace('shot 2.', 'shot 2, closer.'), [2]],
    ['the seconds', (text: string) => text.replace(/(?<=## Scene 3[^]*?)8 s\*/u, '12 s*'), [3]],
    [
      'the look of somebody',
      (text: string) => text.replace('white beard', 'no beard'),
      [1, 2, 3, 4],
    ],
    ['the style', (text: string) => text.replace('soft light', 'hard light'), [1, 2, 3, 4]],
    ['what is said', (text: string) => text.replaceAll('Not tonight.', 'Tonight.'), []],
    ['what is told', (text: string) => text.replace('horn number 2', 'horn number two'), []],
    ['a title', (text: string) => text.replace('## Scene 1: Beat 1', '## Scene 1: Stairs'), []],
    ['the numbers', (text: string) => text.replaceAll('## Scene ', '## Scene 1'), []],
  ] as const) {
    it(`tells of what is sent: ${what}`, () => {
      const now = make(before);
      assert.equal(now === before, what === 'nothing');
      assert.deepEqual(changed(now), expected);
    });
  }

  it('knows scenes by their ids, wherever they have gone', () => {
    const script = parseScript(before);
    const move = moveScene(script, 0, 2);
    assert.ok(move !== undefined);
    const moved = applyEdits(before, move);
    assert.notEqual(moved, before);
    assert.deepEqual(changed(moved), []);
  });

  it('counts what was not written then, and nothing that is not written now', () => {
    assert.deepEqual(changed(before, sampleScript(4, [0, 3])), [2, 3]);
    assert.deepEqual(changed(sampleScript(4, [0, 3])), []);
  });

  it('counts a picture that is another one by now, and its name only with it', () => {
    const pictured = before.replace('name: Mara\n', 'name: Mara\n    picture: mara.png\n');
    const [then, now] = [parseScript(pictured), parseScript(pictured)];
    assert.deepEqual(changedScenes(then, now), []);
    assert.deepEqual(
      changedScenes(then, now, (file) => file === 'other.png'),
      [],
    );
    assert.deepEqual(
      changedScenes(then, now, (file) => file === 'mara.png'),
      [1, 2, 3, 4],
    );
  });
});
