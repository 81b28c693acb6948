import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { assignMissingIds } from '../../../src/script/edits/assign-ids.ts';
import { insertScenes } from '../../../src/script/edits/insert-scenes.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../src/script/parse/parsed-script.ts';
import {
  missingScenes,
  planOf,
  wantedScenes,
  writtenScenes,
} from '../../../src/script/story-order.ts';
import { idOf } from './arbitraries.ts';
import { mutatedScript } from './mutations.ts';
import { sampleBeat, sampleScene, sampleScript } from './sample.ts';

const ids = (text: string): string[] =>
  (planOf(parseScript(text))?.outline ?? []).map(({ id }) => id);

const sections = (script: ParsedScript): (string | undefined)[] =>
  script.scenes.map(({ id }) => id);

/** Scene sections of a script change places, counted from 0. */
function moved(text: string, from: number, to: number): string {
  const parts = text.split(/^(?=## Scene)/mu);
  const [head = '', ...scenes] = parts;
  const [scene = ''] = scenes.splice(from, 1);
  scenes.splice(to, 0, scene);
  return head + scenes.map((part) => `${part.trimEnd()}\n\n`).join('');
}

/** The text with ids given to all that has none. */
function withIds(text: string, first: number): string {
  let next = first;
  return applyEdits(
    text,
    assignMissingIds(parseScript(text), () => idOf(next++)),
  );
}

describe('the plan as the document has it', () => {
  it('is the outline, as long as nobody has moved anything', () => {
    assert.deepEqual(ids(sampleScript(5, [0, 1, 3])), [0, 1, 2, 3, 4].map(idOf));
    assert.deepEqual(planOf(parseScript(sampleScript(3, [])))?.outline, [0, 1, 2].map(sampleBeat));
  });

  it('is none before there is anything to write from', () => {
    assert.equal(planOf(parseScript('---\nscenewright: 1\n---\n\n# Title\n')), undefined);
  });

  it('has an empty scene that was put in by hand, at its place', () => {
    const text = sampleScript(3, [0, 1, 2]).replace(
      /^## Scene 2/mu,
      '## Scene: The storm breaks\n\n*Roof · dawn · Mara · 6 s*\n\n## Scene 2',
    );
    const given = withIds(text, 7);
    const plan = planOf(parseScript(given));
    assert.deepEqual(
      plan?.outline.map(({ id, title, seconds }) => [id, title, seconds]),
      [
        [idOf(0), 'Beat 1', 8],
        [idOf(7), 'The storm breaks', 6],
        [idOf(1), 'Beat 2', 8],
        [idOf(2), 'Beat 3', 8],
      ],
    );
    assert.equal(missingScenes(parseScript(given)), 1);
    const filled = parseScript(
      applyEdits(given, insertScenes(parseScript(given), [{ ...sampleScene(7), seconds: 6 }])),
    );
    assert.deepEqual(sections(filled), [0, 7, 1, 2].map(idOf));
    assert.equal(missingScenes(filled), 0);
    assert.equal(filled.scenes[1]?.scene.title, 'The storm breaks');
  });

  it('comes behind scenes that were put in by hand before any of it was written', () => {
    const text = sampleScript(2, []);
    for (const given of [
      `${text}\n## Scene: A prologue\n\n<!-- scene: ${idOf(7)} -->\n`,
      text.replace(/^## Outline/mu, `## Scene: A prologue\n\n<!-- scene: ${idOf(7)} -->\n\n$&`),
    ]) {
      const script = parseScript(given);
      assert.deepEqual(ids(given), [7, 0, 1].map(idOf));
      const filled = applyEdits(given, insertScenes(script, [7, 1, 0].map(sampleScene)));
      assert.deepEqual(sections(parseScript(filled)), [7, 0, 1].map(idOf));
    }
  });

  it('can be empty scenes alone, without any outline', () => {
    const text = withIds('---\nscenewright: 1\n---\n\n# T\n\n## Scene: A\n\n## Scene: B\n', 0);
    assert.deepEqual(ids(text), [idOf(0), idOf(1)]);
  });

  it('leaves out what was written by hand and is in no outline: there is nothing to write', () => {
    const text = withIds(`${sampleScript(1, [0])}\n## Scene 2: Mine\n\nRain falls.\n`, 7);
    assert.deepEqual(ids(text), [idOf(0)]);
    assert.equal(writtenScenes(parseScript(text)).length, 2);
    assert.equal(missingScenes(parseScript(text)), 0);
  });

  it('follows scenes that were moved by hand, and beats without a scene stay behind theirs', () => {
    const text = moved(sampleScript(5, [0, 1, 3]), 2, 0);
    assert.deepEqual(ids(text), [3, 4, 0, 1, 2].map(idOf));
  });

  it('does not have a beat that was deleted, nor asks for a scene again that has none', () => {
    const text = sampleScript(3, [0, 1]).replace(/^3\. [\s\S]*?(?=^## )/mu, '');
    assert.deepEqual(ids(text), [0, 1].map(idOf));
    assert.equal(missingScenes(parseScript(text)), 0);
  });

  it('lacks the scene again whose section was deleted while its beat remains', () => {
    const text = sampleScript(3, [0, 1, 2]).replace(/^## Scene 2[\s\S]*?(?=^## Scene 3)/mu, '');
    const script = parseScript(text);
    assert.deepEqual(ids(text), [0, 1, 2].map(idOf));
    assert.equal(missingScenes(script), 1);
    assert.deepEqual(
      writtenScenes(script).map(({ id }) => id),
      [0, 2].map(idOf),
    );
  });

  it('leaves out what has no id yet, and counts it as missing', () => {
    const text = sampleScript(1, [0]).replace(/^## Scene/mu, '2. A ship\n\n## Scene');
    assert.deepEqual(ids(text), [idOf(0)]);
    assert.equal(missingScenes(parseScript(text)), 1);
  });

  it('gives the order in which the scenes will stand, in any script', () => {
    fc.assert(
      fc.property(mutatedScript, fc.infiniteStream(fc.nat(5)), (text, order) => {
        const given = withIds(text, 10);
        const plan = planOf(parseScript(given));
        const wanted = (plan?.outline ?? []).map(({ id }) => id);
        if (new Set(wanted).size < wanted.length) return;
        // Land in any order, one at a time.
        let now = given;
        const left = new Set(wanted);
        for (const pick of order) {
          const id = [...left][pick % Math.max(1, left.size)];
          if (id === undefined) break;
          left.delete(id);
          const script = parseScript(now);
          now = applyEdits(now, insertScenes(script, [{ ...sampleScene(0), id }]));
        }
        const inPlan = new Set<string | undefined>(wanted);
        const standing = [...new Set(sections(parseScript(now)))].filter((id) => inPlan.has(id));
        assert.deepEqual(standing, wanted);
        assert.equal(missingScenes(parseScript(now)), 0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('scenes that were finished while the writer went on editing', () => {
  it('are not wanted any more once their beat is deleted', () => {
    const script = parseScript(sampleScript(2, []));
    assert.deepEqual(wantedScenes(script, [0, 1, 4].map(sampleScene)), [0, 1].map(sampleScene));
  });

  it('are all wanted while there is no outline to go by', () => {
    const script = parseScript(sampleScript(2, []).replace(/^## Outline[\s\S]*/mu, ''));
    assert.deepEqual(wantedScenes(script, [sampleScene(4)]), [sampleScene(4)]);
  });
});
