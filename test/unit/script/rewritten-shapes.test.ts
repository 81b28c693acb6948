import assert from 'node:assert/strict';
import fc from 'fast-check';
import { replaceScene } from '../../../src/script/edits/replace-scene.ts';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { normaliseScene } from '../../../src/script/normalise-scene.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { Scene } from '../../../src/script/script-model.ts';
import { scenes } from './arbitraries.ts';
import { sampleScript } from './sample.ts';
import { changes } from './scene-changes.ts';

/** What stands alone and is about what follows, and what may follow it. */
const loose = fc.constantFrom(
  ...['**Narration:**', 'Sound:', '**Prompt:**', '**Action:**', '**Dialogue:**', '**TITLE CARD:**'],
  ...[
    'MARA',
    '**OLD TOM** (low):',
    '### Action',
    '#### **Dialogue**',
    '### Notes',
    '### Narration',
  ],
  ...['```\nA dark room.\n```', '```js\nx()\n```', '- wind\n- rain', '> Nobody knew.', '(softly)'],
  ...['> **MARA**: No.', 'She runs.', '*Roof · day · 8 s*', '<!-- a note -->', '![a](b.png)'],
  ...['**Prompt:** A dark room.', '```prompt\nA roof.\n```', '**Sound:** Wind.\nNarration: So.'],
);

const kinds = ['action', 'dialogue', 'narration', 'sound', 'prompt'] as const;

/** Some values of a scene; the others stay. */
const values = fc
  .tuple(
    scenes({ min: 1, max: 1 }),
    fc.subarray([...kinds], { minLength: 1 }),
    fc.subarray([...kinds]),
  )
  .map(([[scene], some, empty]): Partial<Scene> => {
    const given = some.map((kind) => [kind, scene?.[kind]] as const);
    const gone = empty.map((kind) => [kind, kind === 'dialogue' ? [] : ''] as const);
    return Object.fromEntries([...given, ...gone]);
  });

function assertRewritten(text: string, some: Partial<Scene>): void {
  const before = parseScript(text);
  const old = before.scenes[0]?.scene;
  assert.ok(old);
  const wanted = normaliseScene({ ...old, ...some }, before.bible);
  // No rewrite tells nothing; notes would become the scene then.
  if (kinds.every((kind) => wanted[kind].length === 0)) return;
  const after = parseScript(applyEdits(text, replaceScene(before, wanted)));
  assert.deepEqual(after.scenes[0]?.scene, wanted, `${text}\n=>\n${after.text}`);
  assert.deepEqual(replaceScene(after, wanted), [], 'twice is once');
}

describe('a scene that is typed in another way and written anew', () => {
  const text = sampleScript(1, [0]);
  for (const [what, change] of Object.entries(changes)) {
    it(`says what is new, and nothing else of what it said: ${what}`, () => {
      fc.assert(
        fc.property(values, (some) => {
          assertRewritten(change(text), some);
        }),
        { numRuns: 8 },
      );
    });
  }

  it('keeps a narration that looks like the line of a scene', () => {
    const start = text.slice(0, text.indexOf('\n*Lamp room'));
    const line = '*Roof · day · 8 s*';
    assertRewritten(`${start}\n### Narration\n\n${line}\n\n${line}\n`, { action: '#' });
    assertRewritten(`${start}\n**Narration:** Roof · day · Mara · 8 s\n`, { action: 'Dark.' });
  });

  it('does so whatever labels and names stand where', () => {
    fc.assert(
      fc.property(fc.array(loose, { maxLength: 6 }), values, (parts, some) => {
        assertRewritten(
          `${text.slice(0, text.indexOf('\n*Lamp room'))}\n${parts.join('\n\n')}\n`,
          some,
        );
      }),
      { numRuns: 200 },
    );
  });
});
