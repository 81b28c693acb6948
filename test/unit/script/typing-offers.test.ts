import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { frontMatterOffers } from '../../../src/script/typing/front-matter-offers.ts';
import { sceneOffers } from '../../../src/script/typing/scene-offers.ts';
import { markdown } from './arbitraries.ts';
import { mutatedScript } from './mutations.ts';

const before = `---
scenewright: 1
title: The Lamp
`;

const after = `characters:
  - name: Mara
    look: yellow coat
  - name: Old Tom
places:
  - name: Lamp room
    look: round
---

# The Lamp

## Outline

1. **Stairs** · 8 s · Pier, dawn · Mara <!-- id: aaaaa1 -->
`;

const scene = `
## Scene 1: Stairs
<!-- scene: aaaaa1 -->

_Pier · dawn · Old Tom · 8 s_

Tom waits.
`;

/** What is offered where `|` stands, and how many letters before it are replaced. */
function at(source: string): [number, string[]] | undefined {
  const offset = source.indexOf('|');
  const text = source.replace('|', '');
  const line = /[^\n]*$/.exec(text.slice(0, offset))?.[0] ?? '';
  const script = parseScript(text);
  const found = frontMatterOffers(script, line, offset) ?? sceneOffers(script, line, offset);
  return found && [found.typed, found.offers.map(({ label, text: put = label }) => put)];
}

describe('what is offered while a script is typed', () => {
  it('is the keys that the front matter lacks', () => {
    const [typed, offers] = at(`${before}asp|\n${after}`) ?? assert.fail();
    assert.equal(typed, 3);
    assert.ok(offers.includes('aspect: '));
    for (const has of ['title: ', 'places: ', 'scenewright: ']) assert.ok(!offers.includes(has));
  });

  it('is what an entry of the bible lacks', () => {
    const entry = after.replace('Old Tom\n', 'Old Tom\n    l|\n');
    assert.deepEqual(at(before + entry), [1, ['look: ', 'voice: ', 'picture: ', 'seed: ']]);
    const place = after.replace('look: round', 'look: round\n    |');
    assert.deepEqual(at(before + place), [0, ['picture: ', 'seed: ']]);
  });

  it('is the values that a key may have', () => {
    assert.deepEqual(at(`${before}aspect: |\n${after}`)?.[1], ["'16:9'", "'9:16'", "'1:1'"]);
    assert.deepEqual(at(`${before}structure: th|\n${after}`)?.[0], 2);
    assert.ok(at(`${before}language: |\n${after}`)?.[1].includes('vi'));
    assert.equal(at(`${before}style: |\n${after}`), undefined);
  });

  it('is places, times and people in the line of a scene', () => {
    const line = (typed: string): string =>
      `${before}${after}${scene}\n## Scene 2: Up\n<!-- scene: aaaaa2 -->\n\n${typed}\n\nRain.\n`;
    assert.deepEqual(at(line('_La| · night_')), [2, ['Lamp room', 'Pier']]);
    assert.deepEqual(at(line('_Lamp room · n|')), [1, ['dawn']]);
    assert.deepEqual(at(line('_Lamp room · night · |')), [0, ['Mara', 'Old Tom']]);
    assert.deepEqual(at(line('_Lamp room · night · Mara, O|')), [1, ['Old Tom']]);
    assert.deepEqual(at(line('_Lamp room| · night · Mara · 8 s_')), [9, ['Lamp room', 'Pier']]);
    assert.equal(at(line('She walks, and | waits.')), undefined);
  });

  it('is the same in the head of a beat', () => {
    const beat = (typed: string): string => before + after + typed;
    assert.deepEqual(at(beat('2. **Up** · 8 s · L|\n')), [1, ['Lamp room', 'Pier']]);
    assert.deepEqual(at(beat('2. **Up** · 8 s · Lamp room, |\n')), [0, ['dawn']]);
    assert.deepEqual(at(beat('2. **Up** · 8 s · Lamp room, dawn · |\n')), [0, ['Mara', 'Old Tom']]);
  });

  it('is who may speak, first those who are there', () => {
    const speaks = (typed: string): string => `${before}${after}${scene}\n${typed}\n`;
    const both = ['**OLD TOM**: ', '**MARA**: '];
    assert.deepEqual(at(speaks('> |')), [0, both]);
    assert.deepEqual(at(speaks('> **O|')), [3, both]);
    assert.equal(at(speaks('> **OLD TOM**: No|')), undefined);
    assert.equal(at(speaks('```prompt\n> |\n```')), undefined);
  });

  it('throws for no document, and never wants more than the line has', () => {
    fc.assert(
      fc.property(fc.oneof(mutatedScript, markdown), fc.nat(), (text, place) => {
        const offset = place % (text.length + 1);
        const line = /[^\n]*$/.exec(text.slice(0, offset))?.[0] ?? '';
        const script = parseScript(text);
        for (const found of [
          frontMatterOffers(script, line, offset),
          sceneOffers(script, line, offset),
        ])
          assert.ok((found?.typed ?? 0) <= line.length);
      }),
    );
  });
});
