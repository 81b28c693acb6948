import assert from 'node:assert/strict';
import type { ProblemCode } from '../../../src/script/problems/script-problem.ts';
import { sampleScript } from './sample.ts';

/** A script without any fault. */
export const whole = sampleScript(3, [0, 1, 2]).replace('duration: 48', 'duration: 24');
/** A fault in the sample, by putting another text in the place of the first of one. */
const put = (from: string | RegExp, to: string): string => {
  assert.ok(typeof from === 'string' ? whole.includes(from) : from.test(whole), String(from));
  return whole.replace(from, to);
};

type Textual = 'scene-without-id' | 'scene-without-heading';

/** A script for each problem that the text alone shows; those of marks are found with what was accepted. */
export const faultyScripts: Readonly<
  Record<Exclude<ProblemCode, `scene-${string}`> | Textual, string>
> = {
  'front-matter-unreadable': put('title: The Last Lamp', 'title: [The Last Lamp'),
  'front-matter-value': put('aspect: "16:9"', 'aspect: "17:9"'),
  'unknown-format': put('scenewright: 1', 'scenewright: 2'),
  'beyond-limits': put('idea: A', `idea: ${'A long one. '.repeat(20_000)}A`),
  'merge-conflict': put(
    /^2\. .*$/mu,
    '<<<<<<< HEAD\n2. **Beat** · 8 s\n=======\n2. **Other** · 8 s\n>>>>>>> draft',
  ),
  'duplicate-id': put('<!-- scene: s00002 -->', '<!-- scene: s00001 -->'),
  'scene-without-id': put('<!-- scene: s00001 -->\n', ''),
  'untied-scene': put(
    /^## Scene 2: Beat 2\n<!-- scene: s00001 -->/mu,
    '## Scene 2: Quite another thing\n<!-- scene: zzzzz1 -->',
  ),
  'damaged-heading': put('## Scene 2: ', '##Scene 2: '),
  'scene-without-heading': put('## Scene 2: Beat 2\n', ''),
  'escaped-id': put('<!-- scene: s00001 -->', '\\<!-- scene: s00001 -->'),
  'outline-missing': whole.replace(/## Outline[^]*?(?=## Scene 1)/u, ''),
  'unknown-cast': put(/(Scene 2[^]*?)Mara, Old Tom · 8 s/u, '$1Mara, Old Tim · 8 s'),
  'unknown-place': put(/(Scene 2[^]*?\*)Lamp room/u, '$1Lamp rom'),
  'unknown-mention': put('shot 2.', 'shot 2, @Maras at the back.'),
  'seconds-not-a-number': put(/(Scene 2[^]*?Old Tom · )8 s/u, '$1eight'),
  'take-not-a-number': put('<!-- scene: s00001 -->', '<!-- scene: s00001 · take: best -->'),
  'to-do': put('Far out, horn number 2 sounds.\n', '<!-- To do: let it sound -->\n'),
  'speech-too-long': put(
    'Not tonight.',
    'There is nothing that I would not give to see this lamp burn once more before the ships come in.',
  ),
  'unknown-speaker': put('**OLD TOM**', '**OLD TIM**'),
  'unquoted-speech': put('Far out, horn number 2 sounds.', '**Old Tim**: Who is there?'),
  'misspelt-label': put('**Narration:** Nobody', '**Naration:** Nobody'),
  'unread-form': put(
    'Far out, horn number 2 sounds.',
    '| Who | Line |\n| --- | --- |\n| Mara | Who is there? |',
  ),
  'unread-seconds': put('## Scene 2: Beat 2', '## Scene 2: Beat 2 · 12 s'),
  'unmarked-prompt': put(/(Scene 2[^]*?```)prompt/u, '$1'),
  'prompt-missing': put(/(Scene 2[^]*?)```prompt[^]*?```\n/u, '$1'),
  'look-missing': put('    look: seventy, white beard\n', ''),
  'speaker-not-in-cast': put(/(Scene 2[^]*?)Mara, Old Tom · 8 s/u, '$1Mara · 8 s'),
  'place-jump': put('2. **Beat 2** · 8 s · …', '2. **Beat 2** · 8 s · Stairs, night')
    .replace('   - Hand-off: The horn of the ship.\n\n3.', '   - Continues: yes\n\n3.')
    .replace('places:\n', 'places:\n  - name: Stairs\n    look: steep\n'),
  'length-missed': put('duration: 24', 'duration: 30'),
};
