import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { replaceScene } from '../../../src/script/edits/replace-scene.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { editsOf } from '../../../src/script/problems/fix-edits.ts';
import { fixesFor } from '../../../src/script/problems/fixes.ts';
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
    '**Visual.** She waits.': { action: 'She waits.' },
    '**VO.** Nobody.': { narration: 'Nobody.' },
    '### Shot 1: Wide\n\nShe waits.\n\n### Shot 2\n\n**SFX:** wind': {
      ...{ action: 'She waits.', sound: 'wind' },
    },
    '**Narration:**\n\n```\nNobody.\n```': { narration: 'Nobody.' },
    '### Narration\n\n```text\nNobody.\n```': { narration: 'Nobody.' },
    'Mara:\n\n> Not tonight.': said(),
    'Mara:\n\nNot tonight.': said(),
    'Mara:\nNot tonight.': said(),
    'Mara (whispering):\n> Not tonight.': said('whispering'),
    '> Not tonight.\n> — Mara': said(),
    '> Not tonight.\n>\n> — *Mara*': said(),
    '[[Mara]]: Not tonight.': said(),
    '> **[[Mara|MARA]]** (whispering): Not tonight.': said('whispering'),
    '%% ask Lu %%\n\nMARA: Not tonight.': said(),
    '![[still.png]]\n\nMARA: Not tonight.': said(),
    'id:: 65a1\ncollapsed:: true\n\nMARA: Not tonight.': said(),
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

describe('place, time, cast and seconds of a scene in fields of their own', () => {
  const bare = (body: string): string => scene(body).replace(/\*Lamp room.*\n\n/, '');
  const meta = { place: '', time: '', cast: [] as string[], seconds: 8 };
  const fields: Record<string, Partial<typeof meta>> = {
    '**Duration:** 12 s': { seconds: 12 },
    'Length: 12s': { seconds: 12 },
    '**Duration**: ~12 seconds': { seconds: 12 },
    'duration:: 12 s': { seconds: 12 },
    '[duration:: 12 s]': { seconds: 12 },
    '(duration:: 12 s)': { seconds: 12 },
    '- [duration:: 12 s] [location:: Lamp room]': { seconds: 12, place: 'Lamp room' },
    'duration: 12': { seconds: 12 },
    'duration = 12 s': { seconds: 12 },
    'Duration – 12 s': { seconds: 12 },
    '**Timecode:** 0:08–0:20': { seconds: 12 },
    '**Time:** 0:08–0:20': { seconds: 12 },
    '[0:08–0:20]': { seconds: 12 },
    '(12 s)': { seconds: 12 },
    '**12 s**': { seconds: 12 },
    '⏱ 12 s': { seconds: 12 },
    '> Duration: 12 s\n> Location: Lamp room': { seconds: 12, place: 'Lamp room' },
    '| Duration | Location |\n| - | - |\n| 12 s | Lamp room |': { seconds: 12, place: 'Lamp room' },
    '| Location | Lamp room |\n| - | - |\n| Duration | 12 s |': { seconds: 12, place: 'Lamp room' },
    '**Dauer:** etwa 12 Sek.': { seconds: 12 },
    '**时长：** 12秒': { seconds: 12 },
    '**Cast:** Mara, Old Tom': { cast: ['Mara', 'Old Tom'] },
    '**Cast:** Mara,\nOld Tom': { cast: ['Mara', 'Old Tom'] },
    '**Location:** Lamp room': { place: 'Lamp room' },
    '**Setting:** INT. LAMP ROOM - NIGHT': { place: 'Lamp room', time: 'night' },
    '**Location:** lamp room, night\n**Characters:** Mara (30)\n**Length:** 12 s': {
      ...{ place: 'Lamp room', time: 'night', cast: ['Mara'], seconds: 12 },
    },
    '- **Location:** Lamp room\n- **Time:** night\n- **Duration:** 12 s': {
      ...{ place: 'Lamp room', time: 'night', seconds: 12 },
    },
    '**Location:** Lamp room | **Time:** dawn | **Duration:** 12 s': {
      ...{ place: 'Lamp room', time: 'dawn', seconds: 12 },
    },
    '**Location:** Lamp room\n\n**Duration:** 12 s': { place: 'Lamp room', seconds: 12 },
  };
  for (const [body, said] of Object.entries(fields))
    it(`are read, and rewritten as its line: ${body.replaceAll('\n', ' ⏎ ')}`, () => {
      const text = bare(`${body}\n\nShe runs.`);
      const [node] = parseScript(text).scenes;
      assert.ok(node);
      const { place, time, cast, seconds, action } = node.scene;
      assert.deepEqual({ place, time, cast, seconds }, { ...meta, ...said });
      assert.equal(action, 'She runs.');
      const wanted = { ...node.scene, seconds: 20, place: 'Lamp room', cast: ['Mara'] };
      const after = applyEdits(text, replaceScene(parseScript(text), wanted));
      assert.deepEqual(parseScript(after).scenes[0]?.scene, wanted);
      assert.doesNotMatch(after, /12|Tom\n/);
    });

  it('may stand within a text, which stays what it is', () => {
    const read = parseScript(bare('She waits. [duration:: 12 s]')).scenes[0]?.scene;
    assert.deepEqual([read?.seconds, read?.action], [12, 'She waits.']);
  });

  it('leave what else their paragraph or list tells where it is', () => {
    for (const body of [
      '**Duration:** 12 s\n**Camera:** slow\n**Sound:** wind',
      '- **Duration:** 12 s\n- **Camera:** slow\n- **Sound:** wind',
    ]) {
      const { seconds, action, sound } = parseScript(bare(body)).scenes[0]?.scene ?? {};
      assert.deepEqual([seconds, action, sound], [12, 'Camera: slow', 'wind']);
    }
    const headed = parseScript(bare('**Duration:** 12 s\n\n### Action\n\nShe runs.'));
    assert.deepEqual(headed.scenes[0]?.scene.action, 'She runs.');
  });

  for (const body of [
    ...[
      '**Duration:** long.',
      '**Location:** the roof.',
      '**Time:** the enemy',
      '**Cast:** iron, steel',
    ],
    ...['She runs.\n\n**Location:** Lamp room', 'Where: she does not say.', '**Location:** Roof'],
  ])
    it(`are none where they are not certain, or stand behind what is told: ${body}`, () => {
      const { place, time, cast, seconds, action } = parseScript(bare(body)).scenes[0]?.scene ?? {};
      assert.deepEqual({ place, time, cast, seconds }, meta);
      assert.notEqual(action, '');
    });

  it('are a problem where they say other seconds than the scene has, which one click settles', () => {
    for (const text of [
      scene('**Duration:** 12 s\n\nShe runs.'),
      bare('She runs.\n\nLength: 12 s'),
    ]) {
      const script = parseScript(text);
      const [problem, ...more] = nearMisses(script);
      assert.deepEqual([problem?.code, more.length], ['unread-seconds', 0]);
      const [fix] = problem ? fixesFor(problem, [8]) : [];
      assert.ok(fix);
      const after = parseScript(applyEdits(text, editsOf(script, fix)));
      assert.equal(after.scenes[0]?.scene.seconds, 12);
      assert.deepEqual([...nearMisses(after)], []);
    }
    assert.deepEqual([...nearMisses(parseScript(scene('**Duration:** 8 s\n\nShe runs.')))], []);
  });
});
