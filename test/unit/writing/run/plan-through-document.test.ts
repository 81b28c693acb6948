import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits } from '../../../../src/script/edits/text-edit.ts';
import { insertPlan } from '../../../../src/script/edits/insert-plan.ts';
import { renderNewScript } from '../../../../src/script/render/render-new-script.ts';
import { normalisePlan } from '../../../../src/script/normalise-scene.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { askedHash } from '../../../../src/writing/journal/scene-journal.ts';
import { plan } from '../../script/arbitraries.ts';
import { brief } from '../writing-support.ts';

describe('a plan that has been through the document', () => {
  it('asks for the same scenes as before, so that what is kept is found', () => {
    fc.assert(
      fc.property(plan, fc.constantFrom('\n', '\r\n'), (given, eol) => {
        const story = normalisePlan(given);
        const empty = renderNewScript(brief, 'A title').replaceAll('\n', eol);
        const text = applyEdits(empty, insertPlan(parseScript(empty), story, 'a model'));
        const back = parseScript(text);
        assert.deepEqual(
          back.outline.map(({ beat }) => askedHash(back.brief, back.bible, beat)),
          story.outline.map((beat) => askedHash(brief, story.bible, beat)),
        );
      }),
      { numRuns: 200 },
    );
  });
});
