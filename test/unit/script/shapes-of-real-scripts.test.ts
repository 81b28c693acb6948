import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { replaceScene } from '../../../src/script/edits/replace-scene.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { nearMisses } from '../../../src/script/problems/near-misses.ts';
import type { Scene } from '../../../src/script/script-model.ts';

function scene(body: string): string {
  return `---
scenewright: 1
characters: [Mara, Old Tom]
places: [Lamp room]
---

## Scene 1: Up
<!-- scene: aaaaa1 -->

*Lamp room · night · Mara, Old Tom · 8 s*

${body}
`;
}

type Parts = Pick<Scene, 'action' | 'dialogue' | 'narration' | 'sound' | 'prompt'>;

const nothing: Parts = { action: '', dialogue: [], narration: '', sound: '', prompt: '' };
const said = (tone = '', line = 'Not tonight.'): Partial<Parts> => ({
  dialogue: [{ speaker: 'Mara', tone, line }],
});
const prompt: Partial<Parts> = { prompt: 'A lamp.' };

function partsOf(text: string): Parts {
  const { action, dialogue, narration, sound, prompt } =
    parseScript(text).scenes[0]?.scene ?? nothing;
  return { action, dialogue, narration, sound, prompt };
}

describe('a scene in the shapes of screenplays, exports and answers of chats', () => {
  const shapes: Record<string, Partial<Parts>> = {
    '@Mara\nNot tonight.': said(),
    '@Mara\n\nNot tonight.': said(),
    '@Mara (whispering)\nNot tonight.': said('whispering'),
    '@Mara: Not tonight.': said(),
    '**@Mara:** Not tonight.': said(),
    '> @Mara\n> Not tonight.': said(),
    'MARA ^\nNot tonight.': said(),
    '==MARA:== Not tonight.': said(),
    '==MARA==: Not tonight.': said(),
    '==MARA (whispering):== Not tonight.': said('whispering'),
    '> ==MARA:== Not tonight.': said(),
    '==MARA==\nNot tonight.': said(),
    'MARA\n\n*(whispering)*\n\nNot tonight.': said('whispering'),
    '**MARA**\n\n_(whispering)_\n\nNot tonight.': said('whispering'),
    '> **MARA**\n>\n> *(whispering)*\n>\n> Not tonight.': said('whispering'),
    'MARA (O.S.)\n(whispering)\nNot tonight.': said('O.S., whispering'),
    '- MARA\n  - Not tonight.': said(),
    '==Narration:== Nobody.': { narration: 'Nobody.' },
    '**Prompt**\n\nA lamp.': prompt,
    '**Prompt**\nA lamp.': prompt,
    '***Prompt***\n\n```\nA lamp.\n```': prompt,
    '==Prompt==\n\nA lamp.': prompt,
    '<u>Prompt</u>\n\nA lamp.': prompt,
    'PROMPT\n\nA lamp.': prompt,
    '**PROMPT** — A lamp.': prompt,
    '**Prompt ->** A lamp.': prompt,
    '**Veo 3 prompt:** A lamp.': prompt,
    '**Text-to-video prompt:** A lamp.': prompt,
    '**Prompt for Sora:** A lamp.': prompt,
    '- **Prompt**\n\n  A lamp.': prompt,
    '_Narration_\n\nNobody.': { narration: 'Nobody.' },
    'NARRATION\n\nNobody.': { narration: 'Nobody.' },
    '**Tiếng động**\n\nGió.': { sound: 'Gió.' },
    '[SFX: wind]': { sound: 'wind' },
    '*(Music: a waltz)*': { sound: 'a waltz' },
    '**Action**\n\nShe waits.': { action: 'She waits.' },
  };
  for (const [body, told] of Object.entries(shapes))
    it(`is read, and rewritten without a trace: ${body.replaceAll('\n', ' ⏎ ')}`, () => {
      const text = scene(body);
      assert.deepEqual(partsOf(text), { ...nothing, ...told });
      assert.deepEqual([...nearMisses(parseScript(text))], []);
      const [before] = parseScript(text).scenes;
      assert.ok(before);
      const wanted = {
        ...before.scene,
        action: 'She runs.',
        narration: 'It was late.',
        sound: 'A horn.',
        prompt: 'A dark lamp.',
        dialogue: [{ speaker: 'Old Tom', tone: '', line: 'Then when?' }],
      };
      const after = applyEdits(text, replaceScene(parseScript(text), wanted));
      assert.deepEqual(parseScript(after).scenes[0]?.scene, wanted);
      assert.doesNotMatch(after, /tonight|A lamp|Nobody|wind/);
    });

  for (const body of [
    ...[
      '@cafe.luna opens at nine.',
      '@Mara walks up.',
      'She tags @Mara\nand leaves.',
      '@luna\nHello.',
    ],
    ...[
      '**Prompt** and obedient she comes.',
      '**Sound asleep**\n\nShe dreams.',
      'SOUNDLESS\n\nIt is.',
    ],
    ...[
      '[wind]',
      '(She sings: la la.)',
      '[Mara](https://example.com)',
      '**Action** – reaction.',
      'A == B: yes.',
    ],
    ...['**Title**\n\nShe waits.', '*(whispering)*', '**System prompt:** x', 'Music\n\nplays.'],
  ])
    it(`is not what only looks a little like it: ${body.replaceAll('\n', ' ⏎ ')}`, () => {
      const { action, ...others } = partsOf(scene(body));
      assert.notEqual(action, '');
      assert.deepEqual({ ...others, action: '' }, nothing);
    });
});
