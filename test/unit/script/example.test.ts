import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';
import { missingScenes } from '../../../src/script/story-order.ts';

describe('the example script', () => {
  const file = path.resolve(import.meta.dirname, '../../../resources/examples/the-last-lamp.md');
  const script = parseScript(readFileSync(file, 'utf8'));

  it('is finished, and has no problem', () => {
    assert.deepEqual([...script.problems, ...reviewScript(script)], []);
    assert.equal(missingScenes(script), 0);
    assert.equal(script.scenes.length, 5);
    for (const { scene } of script.scenes) assert.ok(scene.prompt !== '' && scene.sound !== '');
  });

  it('lasts as long as it says', () => {
    const seconds = script.scenes.reduce((sum, { scene }) => sum + scene.seconds, 0);
    assert.equal(seconds, script.brief.duration);
  });
});
