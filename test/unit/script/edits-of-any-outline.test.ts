import assert from 'node:assert/strict';
import fc from 'fast-check';
import { format } from 'prettier';
import { assignMissingIds } from '../../../src/script/edits/assign-ids.ts';
import { insertPlan } from '../../../src/script/edits/insert-plan.ts';
import { insertScenes } from '../../../src/script/edits/insert-scenes.ts';
import { renumberScenes } from '../../../src/script/edits/scenes/renumber-scenes.ts';
import { replaceScene } from '../../../src/script/edits/replace-scene.ts';
import { applyEdits, type TextEdit } from '../../../src/script/edits/text-edit.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../src/script/parse/parsed-script.ts';
import { editsOf } from '../../../src/script/problems/fix-edits.ts';
import type { Beat, Scene } from '../../../src/script/script-model.ts';
import { idOf } from './arbitraries.ts';
import { outlineChanges } from './outline-changes.ts';
import { longScript, meaningOf, realScript } from './real-script.ts';
import { sampleBeat, samplePlan, sampleScene } from './sample.ts';

function after(parsed: ParsedScript, edits: readonly TextEdit[]): ParsedScript {
  return parseScript(applyEdits(parsed.text, edits));
}

function beatsOf({ outline }: ParsedScript): Beat[] {
  return outline.map(({ beat }) => beat);
}

function scenesOf({ scenes }: ParsedScript): Scene[] {
  return scenes.map(({ scene }) => scene);
}

/** What every edit there is does to a document, and that it does nothing else. */
const edits: Record<string, (parsed: ParsedScript) => void> = {
  'more beats come behind those that are there': (parsed) => {
    const outline = [40, 41, 42].map(sampleBeat);
    const more = after(parsed, insertPlan(parsed, { ...samplePlan(0), outline }, ''));
    assert.deepEqual(beatsOf(more), [...beatsOf(parsed), ...outline]);
    assert.deepEqual(scenesOf(more), scenesOf(parsed));
  },
  'a beat that is there comes no second time': (parsed) => {
    const again = insertPlan(parsed, { ...samplePlan(0), outline: beatsOf(parsed) }, '');
    assert.deepEqual(beatsOf(after(parsed, again)), beatsOf(parsed));
  },
  'more scenes come behind those that are there': (parsed) => {
    const scenes = [40, 41].map(sampleScene);
    const more = after(parsed, insertScenes(parsed, scenes));
    assert.deepEqual(scenesOf(more), [...scenesOf(parsed), ...scenes]);
    assert.deepEqual(beatsOf(more), beatsOf(parsed));
  },
  'numbers follow the order': (parsed) => {
    const twice = after(parsed, insertScenes(parsed, [sampleScene(50)]));
    const numbered = after(twice, renumberScenes(twice));
    assert.deepEqual([beatsOf(numbered), scenesOf(numbered)], [beatsOf(twice), scenesOf(twice)]);
  },
  'a rewritten scene is the only thing that changes': (parsed) => {
    const { id } = parsed.scenes[0] ?? {};
    const scene = { ...sampleScene(0), id: id ?? '', title: 'Another title' };
    const rewritten = after(parsed, replaceScene(parsed, scene));
    assert.deepEqual(scenesOf(rewritten), [scene, ...scenesOf(parsed).slice(1)]);
    assert.deepEqual(beatsOf(rewritten), beatsOf(parsed));
  },
  'other seconds are set in beat and scene': (parsed) => {
    const id = parsed.scenes[0]?.id ?? '';
    const changed = after(parsed, editsOf(parsed, { kind: 'set-seconds', seconds: 17, id }));
    const longer = <T extends Beat | Scene>(one: T): T =>
      one.id === id ? { ...one, seconds: 17 } : one;
    assert.deepEqual(beatsOf(changed), beatsOf(parsed).map(longer));
    assert.deepEqual(scenesOf(changed), scenesOf(parsed).map(longer));
  },
  'a beat that goes on is made to begin with a cut': (parsed) => {
    const going = parsed.outline.find(({ beat }) => beat.contract.continues);
    if (!going) return;
    const { id } = going.beat;
    const changed = after(parsed, editsOf(parsed, { kind: 'begin-with-cut', id }));
    assert.deepEqual(
      beatsOf(changed),
      beatsOf(parsed).map((beat) =>
        beat.id === id ? { ...beat, contract: { ...beat.contract, continues: false } } : beat,
      ),
    );
  },
  'an id that was deleted is given anew, at the end of the head': (parsed) => {
    const [first] = parsed.outline;
    if (!first) return;
    const { id } = first.beat;
    const bare = parseScript(parsed.text.replace(new RegExp(`\\s*<!.{1,2} id: ${id} .{1,2}>`), ''));
    const named = after(
      bare,
      assignMissingIds(bare, () => idOf(77)),
    );
    const given = named.outline[0]?.beat.id;
    assert.deepEqual(beatsOf(named), [{ ...first.beat, id: given }, ...beatsOf(parsed).slice(1)]);
  },
};

describe('an edit of an outline', () => {
  const text = longScript(12);
  for (const [what, change] of Object.entries({ 'nothing changed': String, ...outlineChanges })) {
    it(`does what it is for, and nothing else, with ${what}`, () => {
      const parsed = parseScript(change(text));
      for (const edit of Object.values(edits)) edit(parsed);
    });
  }

  it('does so in every script that a formatter has gone over, and it is formatted again', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(
        realScript,
        fc.constantFrom('always', 'never', 'preserve'),
        fc.constantFrom(2, 4, 8),
        async (text, proseWrap, tabWidth) => {
          const options = { parser: 'markdown', proseWrap, tabWidth } as const;
          const parsed = parseScript(await format(text, options));
          for (const edit of Object.values(edits)) edit(parsed);
          const outline = [40, 41].map(sampleBeat);
          const more = after(parsed, insertPlan(parsed, { ...samplePlan(0), outline }, ''));
          const again = parseScript(await format(more.text, options));
          assert.deepEqual(meaningOf(again), meaningOf(more));
        },
      ),
      { numRuns: 60 },
    );
  });
});
