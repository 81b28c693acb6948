import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';
import { missingScenes } from '../../../src/script/story-order.ts';
import { SceneMarks } from '../../../src/writing/checks/scene-marks.ts';
import { translateWith } from '../../../src/base/l10n.ts';

const { exampleScript } = await import('../../../src/editor/writing/example-script.ts');

const folder = path.resolve(import.meta.dirname, '../../../resources/examples');

for (const language of readdirSync(folder)) {
  describe(`the example script in ${language}`, () => {
    after(() => {
      translateWith(undefined);
    });

    const script = () => {
      translateWith({ Draw: 'Draw' }, language);
      return parseScript(readFileSync(exampleScript(folder), 'utf8'));
    };

    it('is in that language, finished, and has nothing to be looked at', () => {
      const example = script();
      assert.equal(example.brief.language, language);
      assert.deepEqual([...example.problems, ...reviewScript(example)], []);
      assert.deepEqual(new SceneMarks().of(example), []);
      assert.equal(missingScenes(example), 0);
      assert.equal(example.scenes.length, 5);
      for (const { scene } of example.scenes) assert.ok(scene.prompt !== '' && scene.sound !== '');
    });

    it('lasts as long as it says', () => {
      const { scenes, brief } = script();
      const seconds = scenes.reduce((sum, { scene }) => sum + scene.seconds, 0);
      assert.equal(seconds, brief.duration);
    });
  });
}

describe('the example script', () => {
  after(() => {
    translateWith(undefined);
  });

  it('is English where there is none in the language of the window', () => {
    translateWith({ Draw: 'Teken' }, 'nl-BE');
    assert.match(exampleScript(folder), /[\\/]en[\\/]the-last-lamp\.md$/u);
    translateWith({ Draw: 'Vẽ' }, 'vi-VN');
    assert.match(exampleScript(folder), /[\\/]vi[\\/]ngon-den-cuoi-cung\.md$/u);
  });
});
