import assert from 'node:assert/strict';
import fc from 'fast-check';
import { moveScene } from '../../../src/script/edits/scenes/move-scene.ts';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../src/script/parse/parsed-script.ts';
import { storyOrder } from '../../../src/script/story-order.ts';
import { markdown } from './arbitraries.ts';
import { mutatedScript } from './mutations.ts';
import { outlineChanges } from './outline-changes.ts';
import { sampleScript } from './sample.ts';

const ids = (script: ParsedScript): string[] =>
  storyOrder(script).map(({ beat, node }) => beat?.id ?? node?.id ?? '');

function moved(text: string, from: number, to: number): string {
  const edits = moveScene(parseScript(text), from, to);
  assert.ok(edits, `${from} to ${to} was refused`);
  return applyEdits(text, edits);
}

/** Every line, in no order, without the numbers of beats and headings and the places they spell out. */
function linesOf(text: string): string[] {
  return text
    .split(/\r\n|\n/)
    .map((line) =>
      line
        .replace(/^ {0,3}\d+([.)] )/, '#$1')
        .replace(/^(#+ Scene )\d+/, '$1#')
        .replace(/· (?:…|Lamp room, night) ·/, '· … ·'),
    )
    .filter((line) => line !== '')
    .sort();
}

const all = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const place = fc.nat({ max: 11 });

describe('moving a scene', () => {
  it('moves its section and its beat, and numbers both by their places', () => {
    const text = sampleScript(4, [0, 1, 2, 3]);
    const after = moved(text, 0, 2);
    assert.deepEqual(ids(parseScript(after)), ['s00001', 's00002', 's00000', 's00003']);
    assert.deepEqual(after.match(/^## Scene .*$/gm), [
      '## Scene 1: Beat 2',
      '## Scene 2: Beat 3',
      '## Scene 3: Beat 1',
      '## Scene 4: Beat 4',
    ]);
    assert.deepEqual(after.match(/^\d\. \*\*.*?\*\*/gm), [
      '1. **Beat 2**',
      '2. **Beat 3**',
      '3. **Beat 1**',
      '4. **Beat 4**',
    ]);
    const { outline } = parseScript(after);
    assert.ok(outline.every(({ beat }) => beat.place === 'Lamp room' && beat.time === 'night'));
  });

  it('is undone, word for word, by moving it back, but for places that have been spelled out', () => {
    fc.assert(
      fc.property(place, place, fc.constantFrom('\n', '\r\n'), (from, to, eol) => {
        const text = sampleScript(12, all(12)).replaceAll('\n', eol);
        const there = moved(text, from, to);
        const back = moved(there, to, from);
        const spelled = (one: string): string => one.replaceAll('· … ·', '· Lamp room, night ·');
        assert.equal(spelled(back), spelled(text));
      }),
    );
  });

  it('leaves every line as it is, whatever is written and whatever is only planned', () => {
    fc.assert(
      fc.property(place, place, fc.subarray(all(12)), (from, to, written) => {
        const text = sampleScript(12, written);
        const script = parseScript(text);
        const edits = moveScene(script, from, to);
        if (edits === undefined) return;
        const after = applyEdits(text, edits);
        assert.deepEqual(linesOf(after), linesOf(text));
        const expected = ids(script);
        expected.splice(to, 0, ...expected.splice(from, 1));
        assert.deepEqual(ids(parseScript(after)), expected);
      }),
    );
  });

  it('takes what the writer has put between scenes for what it is, and leaves it there', () => {
    const text = sampleScript(3, [0, 1, 2]).replace(
      '## Scene 3',
      '## Notes\n\nMore rain.\n\n## Scene 3',
    );
    const after = moved(text, 0, 1);
    assert.match(after, /shot 1\.\n```\n\n## Notes\n\nMore rain\.\n\n## Scene 3/);
    assert.deepEqual(linesOf(after), linesOf(text));
  });

  it('does not touch numbers and headings that are the writer’s own', () => {
    const text = sampleScript(3, [0, 1, 2])
      .replace('## Scene 2:', '## Scene 12:')
      .replace('## Scene 3:', '## Szene drei:');
    const after = moved(text, 2, 0);
    assert.deepEqual(after.match(/^## (?:Scene|Szene) .*$/gm), [
      '## Szene drei: Beat 3',
      '## Scene 2: Beat 1',
      '## Scene 12: Beat 2',
    ]);
  });

  it('keeps the last section a section when the document ends without a line end, or with many', () => {
    for (const end of ['', '\n', '\n\n\n', '  ', ' \n \n']) {
      const text = sampleScript(3, [0, 1, 2]).trimEnd() + end;
      for (const [from, to] of [
        [2, 0],
        [0, 2],
        [1, 2],
      ] as const) {
        const after = moved(text, from, to);
        assert.equal(after.slice(after.trimEnd().length), end);
        assert.deepEqual(linesOf(after).length, linesOf(text).length);
      }
    }
  });

  it('changes nothing where it stays, and refuses places that there are not', () => {
    const script = parseScript(sampleScript(3, [0, 1]));
    assert.deepEqual(moveScene(script, 1, 1), []);
    assert.equal(moveScene(script, 3, 0), undefined);
    assert.equal(moveScene(script, 0, 3), undefined);
    assert.equal(moveScene(script, -1, 0), undefined);
  });

  it('refuses rather than let an open fence at the end swallow what comes', () => {
    const text = sampleScript(3, [0, 1, 2]).trimEnd().replace(/```$/, '');
    assert.equal(moveScene(parseScript(text), 2, 0), undefined);
  });

  for (const [shape, change] of Object.entries(outlineChanges)) {
    it(`gives the story that is wanted or refuses, in an outline of another shape: ${shape}`, () => {
      const text = change(sampleScript(12, all(12)));
      const script = parseScript(text);
      const count = storyOrder(script).length;
      for (const [from, to] of [
        [0, 1],
        [8, 9],
        [9, 8],
        [count - 1, 0],
        [0, count - 1],
        [3, 5],
      ] as const) {
        const edits = moveScene(script, from, to);
        if (edits === undefined) continue;
        const after = parseScript(applyEdits(text, edits));
        const expected = ids(script);
        expected.splice(to, 0, ...expected.splice(from, 1));
        assert.deepEqual(ids(after), expected);
        assert.deepEqual(
          new Set(after.scenes.map(({ scene }) => JSON.stringify(scene))),
          new Set(script.scenes.map(({ scene }) => JSON.stringify(scene))),
        );
      }
    });
  }

  it('throws for no document, whoever made it, and loses no line of it', () => {
    fc.assert(
      fc.property(fc.oneof(mutatedScript, markdown), fc.nat(8), fc.nat(8), (text, from, to) => {
        const script = parseScript(text);
        const edits = moveScene(script, from, to);
        if (edits === undefined) return;
        const words = (one: string): string =>
          Array.from(one.replace(/\s|\d/g, '')).sort().join('');
        const after = applyEdits(text, edits);
        const spelled = after.length - text.length;
        assert.ok(words(after) === words(text) || spelled > 0);
      }),
    );
  });
});
