import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { withMentions } from '../../../src/script/mentions.ts';
import { editsOf } from '../../../src/script/problems/fix-edits.ts';
import { fixesFor } from '../../../src/script/problems/fixes.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';

function script(prompt: string, dialogue = ''): string {
  return `---
scenewright: 1
duration: 8
characters:
  - name: Mara
    look: sixty, grey braid
  - name: Old Tom
    look: seventy, white beard
  - name: 花子
    look: twenty
places:
  - name: Lamp room
    look: round, of glass
---

# A film

## Outline

1. **Up** · 8 s · Lamp room, night · Mara <!-- id: aaaaa1 -->

## Scene 1: Up
<!-- scene: aaaaa1 -->

*Lamp room · night · Mara · 8 s*

Mara writes to mara@sea.org and to @nobody.
${dialogue === '' ? '' : `\n${dialogue}\n`}
\`\`\`prompt
${prompt}
\`\`\`
`;
}

/** The names that are told of as unknown, as they stand in the prompt. */
function unknown(text: string): string[] {
  return reviewScript(parseScript(text)).flatMap(({ code, severity, span }) => {
    if (code !== 'unknown-mention') return [];
    assert.equal(severity, 'warning');
    return [text.slice(span.start, span.end)];
  });
}

/** The prompt as each fix for its only problem leaves it, and with it the front matter. */
function fixed(text: string): string[] {
  const parsed = parseScript(text);
  const [problem] = reviewScript(parsed);
  assert.equal(problem?.code, 'unknown-mention');
  return fixesFor(problem, [8], parsed.bible).map((fix) => {
    const now = applyEdits(text, editsOf(parsed, fix));
    assert.deepEqual(unknown(now), [], now);
    return now;
  });
}

describe('an @ in a prompt', () => {
  it('is no problem before a name of the front matter, however that is spelt', () => {
    for (const prompt of [
      '@Mara waits in @Lamp room.',
      '@Mara waits in the @Lamp\nroom.',
      '@mara’s coat; @OLD TOM, and @Mara.',
      'Wide shot (@Old Tom).',
      '@花子が立つ。',
    ]) {
      assert.deepEqual(unknown(script(prompt)), [], prompt);
    }
  });

  it('is told of before any other name, with all of the name', () => {
    for (const [prompt, name] of [
      ['@Ingrid waits.', 'Ingrid'],
      ['Behind @Captain Ingrid Halvorsen the sea.', 'Captain Ingrid Halvorsen'],
      ['@Ingrid’s coat.', 'Ingrid'],
      ['(@ingrid)', 'ingrid'],
      ['@Jean-Luc and @Mara', 'Jean-Luc'],
      ['@O’Brien waits.', 'O’Brien'],
      ['@Mraa waits.', 'Mraa'],
      ['@Old\nTmo waits.', 'Old\nTmo'],
      ['@Tom waits.', 'Tom'],
      ['@old_tom waits.', 'old_tom'],
      ['@Mara and @Mraa.', 'Mraa'],
    ] as const) {
      assert.deepEqual(unknown(script(prompt)), [name], prompt);
    }
  });

  it('is none of ours in addresses, figures, code, what is read in the picture, and outside of prompts', () => {
    for (const prompt of [
      'A letter to mara@sea.org lies there.',
      'Filmed 4K@60fps, 50mm @f2.8, @24fps.',
      'A shop sign reads "@cafeluna", another ‘@luna’.',
      'The site @cafe.luna and the handle @cafe_luna on a screen.',
      'A screen shows `@media print`.',
      'Twelve @ a penny.',
    ]) {
      assert.deepEqual(unknown(script(prompt, '> **MARA:** Write to @ingrid.')), [], prompt);
    }
  });

  it('is changed with a click to the name that is near, or else added', () => {
    for (const [prompt, to] of [
      ['@Mraa waits.', '@Mara waits.'],
      ['@Tom waits.', '@Old Tom waits.'],
      ['@Old\nTmo waits.', '@Old Tom waits.'],
      ['@OldTom’s coat.', '@Old Tom’s coat.'],
      ['@Lampe room at night.', '@Lamp room at night.'],
      ['@lamp_room at night.', '@Lamp room at night.'],
    ] as const) {
      const [now = '', ...added] = fixed(script(prompt));
      assert.ok(now.includes(`\n${to}\n`), now);
      const { characters, places } = parseScript(script(prompt)).bible;
      assert.deepEqual(
        added
          .map((text) => parseScript(text).bible)
          .map((bible) => [bible.characters.length, bible.places.length]),
        [
          [characters.length + 1, places.length],
          [characters.length, places.length + 1],
        ],
      );
    }
  });

  it('adds to the front matter who is really new, and is described from then on', () => {
    const [person = '', place = ''] = fixed(script('@Ingrid Halvorsen waits.'));
    assert.match(person, /- name: Ingrid Halvorsen\nplaces:/u);
    assert.match(place, /- name: Ingrid Halvorsen\n---/u);
    const look = person.replace('Ingrid Halvorsen\n', 'Ingrid Halvorsen\n    look: forty\n');
    const { bible, scenes } = parseScript(look);
    assert.equal(
      withMentions(scenes[0]?.scene.prompt ?? '', bible),
      'Ingrid Halvorsen (forty) waits.',
    );
  });
});
