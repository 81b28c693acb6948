import assert from 'node:assert/strict';
import fc from 'fast-check';
import { validateBrief } from '../../../src/script/brief.ts';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { insertPlan } from '../../../src/script/edits/insert-plan.ts';
import { insertScenes } from '../../../src/script/edits/insert-scenes.ts';
import type { Plan, Scene } from '../../../src/script/script-model.ts';
import { renderNewScript } from '../../../src/script/render/render-new-script.ts';
import { normalisePlan, normaliseScene } from '../../../src/script/normalise-scene.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { brief, plan, scenes } from './arbitraries.ts';
import { sampleScene } from './sample.ts';

const eols = fc.constantFrom('\n', '\r\n');

/** A brief as `validateBrief` lets it through. */
const validBrief = brief
  .filter(({ idea }) => /\S/.test(idea.replace(/[^\x21-\uffff]/g, '')))
  .map((given) => validateBrief({ ...given, idea: `Idea ${given.idea}` }));

function planned(given: Plan, text: string): string {
  return applyEdits(text, insertPlan(parseScript(text), given, 'a model'));
}

function withScenes(text: string, given: readonly Scene[]): string {
  return applyEdits(text, insertScenes(parseScript(text), given));
}

describe('what is written into a script', () => {
  it('reads back: the brief, whatever text is in it', () => {
    fc.assert(
      fc.property(validBrief, eols, (given, eol) => {
        const text = renderNewScript(given, 'The lamp').replaceAll('\n', eol);
        const parsed = parseScript(text);
        assert.deepEqual(parsed.problems, []);
        assert.equal(parsed.isScript, true);
        assert.equal(parsed.title, 'The lamp');
        assert.deepEqual(parsed.brief, given);
      }),
      { numRuns: 200 },
    );
  });

  it('reads back: the plan, whatever text is in it', () => {
    fc.assert(
      fc.property(validBrief, plan, eols, (given, story, eol) => {
        const start = renderNewScript(given, 'Placeholder').replaceAll('\n', eol);
        const text = planned(story, start);
        const parsed = parseScript(text);
        const expected = normalisePlan(story);
        assert.equal(parsed.eol, eol);
        assert.deepEqual(parsed.brief, given);
        assert.equal(parsed.title, expected.title || 'Placeholder');
        assert.equal(parsed.logline, expected.logline);
        assert.equal(parsed.writer, 'a model');
        assert.deepEqual(parsed.bible, expected.bible);
        assert.deepEqual(
          parsed.outline.map(({ beat }) => beat),
          expected.outline,
        );
        assert.deepEqual(insertPlan(parsed, story, 'a model'), [], 'twice is once');
        if (eol === '\r\n') assert.doesNotMatch(text, /(?<!\r)\n/);
      }),
      { numRuns: 200 },
    );
  });

  it('reads back: what nobody says, where somebody is called like a mark of Markdown', () => {
    const start = '---\nscenewright: 1\ncharacters:\n  - name: "\\\\"\n    look: old\n---\n';
    const dialogue = [{ speaker: '', tone: '', line: '(whispering):' }];
    const scene = { ...sampleScene(0), cast: ['\\'], dialogue };
    const parsed = parseScript(withScenes(start, [scene]));
    assert.deepEqual(parsed.scenes[0]?.scene.dialogue, dialogue);
  });

  it('reads back: what nobody says, signed by one of the cast behind whichever dash', () => {
    const start = '---\nscenewright: 1\ncharacters:\n  - name: Mara\n    look: old\n---\n';
    for (const dash of ['-', '--', '–', '—', '― ', ' - ', ' — - ', '\\-', '\\\\- ', '<!--']) {
      const dialogue = [{ speaker: '', tone: '', line: `Gone.${dash}Mara` }];
      const scene = { ...sampleScene(0), cast: ['Mara'], dialogue };
      const parsed = parseScript(withScenes(start, [scene]));
      assert.deepEqual(parsed.scenes[0]?.scene.dialogue, dialogue, dash);
    }
  });

  it('reads back: an action that looks like what a scene says of itself, twice over', () => {
    const start = '---\nscenewright: 1\n---\n';
    const scene = { ...sampleScene(0), place: '#', time: '', cast: [], action: '·8 s' };
    const parsed = parseScript(withScenes(start, [scene]));
    assert.equal(parsed.scenes[0]?.scene.action, scene.action);
  });

  it('reads back: every scene, whatever text is in it', () => {
    fc.assert(
      fc.property(plan, scenes({ min: 1, max: 4 }), eols, (story, given, eol) => {
        const text = planned(story, `---${eol}scenewright: 1${eol}---${eol}`);
        const before = parseScript(text);
        const parsed = parseScript(withScenes(text, given));
        assert.deepEqual(
          parsed.scenes.map(({ scene }) => scene),
          given.map((scene) => normaliseScene(scene, before.bible)),
        );
        assert.deepEqual(parsed.outline.length, before.outline.length);
        assert.deepEqual(parsed.bible, before.bible);
        assert.deepEqual(insertScenes(parsed, given), [], 'twice is once');
      }),
      { numRuns: 200 },
    );
  });
});
