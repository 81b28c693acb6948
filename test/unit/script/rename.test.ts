import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nameAt, renameEdits } from '../../../src/script/edits/rename.ts';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { failure } from '../../support/failure.ts';

const text = `---
scenewright: 1
title: Lamp
characters:
  - name: Tom # the keeper
    look: Mara's brother
    picture: media/Tom.png
  - name: Old Tom
    look: seventy
  - name: Mara
    look: 'yellow coat, Tom''s scarf'
places:
  - name: Lamp room
    look: round
---

# Lamp

## Outline

1. **Tom waits** · 8 s · Lamp room, night · Tom, Old Tom <!-- id: k3f9x2 -->

   Tom waits for Tommy.
   - Leaves: Tom: asleep

## Scene 1: Tom waits

<!-- scene: k3f9x2 -->

_Lamp room · night · Tom, Old Tom · 8 s_

![First frame](media/Tom.png)

Tom and Old
Tom look at [the picture](Tom.md). Tom’s hat.

> **TOM:** Old Tom!
>
> **OLD TOM:** Tom.

\`\`\`prompt
@Tom and @Old Tom, @Lamp room.
\`\`\`
`;

function renamed(name: string, to: string): string {
  return applyEdits(text, renameEdits(parseScript(text), name, to));
}

describe('renaming a character', () => {
  it('changes the name wherever it stands, and nothing that only looks like it', () => {
    const after = renamed('Tom', "Finn O'Brien");
    const { bible, scenes, outline } = parseScript(after);
    assert.deepEqual(
      bible.characters.map(({ name }) => name),
      ['Finn O’Brien', 'Old Tom', 'Mara'],
    );
    assert.deepEqual(bible.characters[0]?.pictures, ['media/Tom.png']);
    assert.equal(bible.characters[2]?.look, "yellow coat, Finn O’Brien's scarf");
    assert.deepEqual(outline[0]?.beat.cast, ['Finn O’Brien', 'Old Tom']);
    assert.equal(outline[0].beat.contract.exit, 'Finn O’Brien: asleep');
    const scene = scenes[0]?.scene;
    assert.ok(scene);
    assert.deepEqual(scene.cast, ['Finn O’Brien', 'Old Tom']);
    assert.equal(scene.firstFrame, 'media/Tom.png');
    assert.deepEqual(
      scene.dialogue.map(({ speaker, line }) => [speaker, line]),
      [
        ['Finn O’Brien', 'Old Tom!'],
        ['Old Tom', 'Finn O’Brien.'],
      ],
    );
    assert.equal(scene.prompt, '@Finn O’Brien and @Old Tom, @Lamp room.');
    assert.match(after, /waits for Tommy\./u);
    assert.match(after, /\(Tom\.md\)\. Finn O’Brien’s hat/u);
    assert.match(after, /> \*\*FINN O’BRIEN:\*\*/u);
  });

  it('changes a name of several words, also where a line ends in it, and a place', () => {
    const { scenes } = parseScript(renamed('Old Tom', 'Jonas'));
    assert.match(scenes[0]?.scene.action ?? '', /^Tom and Jonas look/u);
    const place = parseScript(renamed('Lamp room', 'Lantern'));
    assert.equal(place.scenes[0]?.scene.place, 'Lantern');
    assert.equal(place.bible.places[0]?.name, 'Lantern');
  });

  it('is not done where another one is called so, or it is no name', async () => {
    for (const to of ['Mara', 'MARA', 'lamp room', '', '- x', 'a: b', 'x # y', '[a](b)', '`a`']) {
      const refusal = failure(Promise.resolve().then(() => renamed('Tom', to)));
      assert.equal((await refusal).code, 'bad-input', to);
    }
  });

  it('back again is the same text, and both are read alike', () => {
    const letters = fc.stringMatching(/^[A-Z][a-z]{3,8}( [A-Z][a-z]{3,8})?$/u);
    fc.assert(
      fc.property(letters, fc.constantFrom('Tom', 'Mara', 'Lamp room'), (to, name) => {
        fc.pre(!text.toLowerCase().includes(to.toLowerCase()));
        const after = renamed(name, to);
        const back = renameEdits(parseScript(after), to, name);
        assert.equal(applyEdits(after, back), text);
      }),
    );
  });

  it('begins at any place that names it', () => {
    const script = parseScript(text);
    for (const [words, name] of [
      ['TOM:** Old', 'Tom'],
      ['OLD TOM', 'Old Tom'],
      ['Tom, Old Tom · 8 s', 'Tom'],
      ['Lamp room.', 'Lamp room'],
    ] as const) {
      assert.equal(nameAt(script, text.indexOf(words) + 1)?.name, name, words);
    }
    assert.equal(nameAt(script, text.indexOf('Tommy') + 1), undefined);
    assert.equal(nameAt(script, text.indexOf('media/Tom.png') + 8), undefined);
  });
});
