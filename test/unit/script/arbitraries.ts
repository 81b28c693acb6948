import fc from 'fast-check';
import type { Beat, Bible, Brief, Plan, Scene } from '../../../src/script/script-model.ts';

/** Lines that matter to a Markdown parser, or to ours. */
export const lines: fc.Arbitrary<string> = fc.constantFrom(
  '',
  '',
  '',
  ' ',
  'Mara climbs the stairs.',
  'text  ',
  'text ',
  'text\\',
  '## Scene 6: Spaces  ',
  '> ',
  '> quote  ',
  '> **MARA**: Not tonight. ',
  '1. **One** · 8 s  ',
  '   - Leaves: light  ',
  '   text  ',
  '``` ',
  '\ttabbed',
  '    four spaces',
  '  two spaces',
  '   three spaces',
  '# Title',
  '## Outline',
  '## Scene 1: The lamp',
  '## Scene 2',
  '## Scene 3: Again ##',
  '##',
  '### Notes',
  '# Act two',
  '  ## Scene 4: Indented',
  '###### Six',
  '####### Seven',
  '===',
  '---',
  '--- ',
  '***',
  '- - -',
  '***bold***',
  '> quote',
  '>',
  '> ## Scene 5: Quoted',
  '>quote',
  '> **MARA** (whispering): Not tonight.',
  '> > nested',
  '> ```',
  '- bullet',
  '- ',
  '-',
  '  more of it',
  '- Enters: dark',
  '* star',
  '+ plus',
  '1. **One** · 8 s · Lamp room, night · Mara <!-- id: aaaaa1 -->',
  '2. Two',
  ' 2. Two',
  '   3. Three',
  '   - Leaves: light',
  '     - deep',
  '1) paren',
  '### **Outline:**',
  '# Gliederung',
  '### Scene 7: Deeper',
  '- **Bullet** · 8 s <!-- id: aaaaa3 -->',
  '10. **Ten** <!-- id: aaaaa4 --> · 8 s · Lamp room,',
  '**Bare** · 8 s <!-- id: aaaaa5 -->',
  '   night · Mara, Old',
  '   Tom <!-- id: aaaaa6 --> comes',
  '   <!-- id: aaaaa7 -->',
  '   <!-- id: aaaaa7 --> ',
  '> <!-- a note -->',
  '1.  **Wide** · 8 s',
  '1.     code',
  '    <!-- id: aaaaa7 -->',
  '<!-- id: aaaaa8 --> Mara',
  '   - **Enters**： dark',
  '- Hand-off: horn <!-- id: aaaaa9 -->',
  '   <!-- a note -->',
  '> 1. **Quoted** · 8 s <!-- id: aaaa10 -->',
  '1.',
  '10. ten',
  '1986. A year',
  '```',
  '````',
  '```prompt',
  '``` prompt',
  '  ```',
  '    ```',
  '~~~',
  '~~~prompt',
  '`code`',
  '```a`b',
  '<!-- scene: aaaaa1 -->',
  '<!-- scene: aaaaa2 --> tail',
  '<!--',
  '-->',
  'a --> b',
  '<div>',
  '</div>',
  '<script>',
  '</script>',
  '<?php',
  '<![CDATA[',
  '<br>',
  '<a href="x">',
  '[a]: /url',
  '[a]',
  '*Lamp room · night · Mara · 8 s*',
  '_Lamp room · night · Mara · 8 s_',
  '**Narration:** Nobody knew.',
  '**Sound:** wind',
  '_x',
  '__',
  '*x',
  '| a | b |',
  'title: x',
  'scenewright: 1',
  '\u00a0nbsp',
  'a\u2028b',
  '\\# escaped',
  '3.5 s',
  '3.x',
  '\u0000',
);

/** Any line ends, and none at the end of the text. */
const eols = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r\n', '\r');

/** Documents of telling lines with mixed line ends, sometimes with a byte order mark. */
export const markdown: fc.Arbitrary<string> = fc
  .tuple(
    fc.boolean(),
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(['\n']) },
      { weight: 2, arbitrary: fc.constant(['\r\n']) },
      { weight: 1, arbitrary: fc.array(eols, { minLength: 1, maxLength: 5 }) },
    ),
    fc.array(lines, { maxLength: 24 }),
    fc.oneof({ weight: 6, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.string() }),
  )
  .map(([mark, ends, rows, tail]) => {
    const body = rows.map((row, i) => row + (ends[i % ends.length] ?? '\n')).join('');
    return (mark && rows.length % 3 === 0 ? '\ufeff' : '') + body + tail;
  });

/** What models write, and what somebody could make them write. */
const hostile = fc.constantFrom(
  '#',
  '## Scene 3:',
  '```',
  '````prompt',
  '~~~',
  '-->',
  '<!--',
  '<!-- id: aaaaa1 -->',
  '<!-- scene: aaaaa1 -->',
  '<div>',
  '</script>',
  '>',
  '> quote',
  '*',
  '**',
  '**Narration:**',
  '**MARA**:',
  '_',
  'a_b',
  '_a_',
  '***',
  '---',
  '===',
  '- ',
  '+ x',
  '1. ',
  '1986.',
  '12)',
  '\\',
  '\\*',
  '`a`',
  '[a](b)',
  '![a](b)',
  '[a]: b',
  '&amp;',
  '&middot;',
  '&',
  '·',
  '•',
  '|',
  ',',
  '、',
  ':',
  '：',
  '(',
  ')',
  '(whispering):',
  '–',
  '-',
  '—',
  '\n',
  '\n\n',
  '\r\n',
  '\r',
  '\t',
  '  ',
  '\u00a0',
  '\u2028',
  '\u0000',
  '\ufeff',
  '\ud800',
  'null',
  'yes',
  '1.0',
  '8 s',
  '~',
  "'",
  '"',
  '{a: b}',
  '- a: b',
  '!tag',
  '%',
  '@',
  '🎬',
  'Đèn',
  '灯が消える',
  'Groß',
);
const words = fc.constantFrom('the', 'lamp', 'goes', 'out', 'Mara', 'night', 'sea', 'a', 'slowly');

/** Text of any kind, ordinary words for the most part. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 3, arbitrary: hostile },
  {
    weight: 6,
    arbitrary: fc
      .array(
        fc.tuple(
          fc.oneof({ weight: 3, arbitrary: words }, { weight: 2, arbitrary: hostile }),
          fc.constantFrom('', ' ', ' ', ' '),
        ),
        { maxLength: 24 },
      )
      .map((parts) => parts.flat().join('')),
  },
);

const seconds = fc.oneof(
  fc.integer({ min: 1, max: 60 }),
  fc.integer({ min: 1, max: 60_000 }).map((ms) => ms / 1000),
);
const cast = fc.array(fc.oneof(fc.constantFrom('Mara', 'Old Tom'), anyText), { maxLength: 3 });

/** Ids that differ: the index of a scene in six characters. */
export function idOf(index: number): string {
  return `s${index.toString(36).padStart(5, '0')}`;
}

export function scenes(count: { min: number; max: number }): fc.Arbitrary<Scene[]> {
  const scene = fc.record({
    title: anyText,
    seconds,
    place: anyText,
    time: anyText,
    cast,
    action: anyText,
    dialogue: fc.array(
      fc.record({
        speaker: fc.oneof(fc.constantFrom('Mara', 'mara', 'OLD TOM', ''), anyText),
        tone: anyText,
        line: anyText,
      }),
      { maxLength: 3 },
    ),
    narration: anyText,
    sound: anyText,
    prompt: anyText,
  });
  return fc
    .array(scene, { minLength: count.min, maxLength: count.max })
    .map((list) => list.map((one, i) => ({ id: idOf(i), ...one })));
}

const bible: fc.Arbitrary<Bible> = fc.record({
  characters: fc.uniqueArray(fc.record({ name: anyText, look: anyText, voice: anyText }), {
    maxLength: 3,
    selector: ({ name }) => name.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase(),
  }),
  places: fc.uniqueArray(fc.record({ name: anyText, look: anyText }), {
    maxLength: 3,
    selector: ({ name }) => name.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase(),
  }),
});

const beat: fc.Arbitrary<Omit<Beat, 'id'>> = fc.record({
  title: anyText,
  seconds,
  place: anyText,
  time: anyText,
  cast,
  summary: anyText,
  contract: fc.record({
    entry: anyText,
    exit: anyText,
    handOff: anyText,
    continues: fc.boolean(),
  }),
});

export const plan: fc.Arbitrary<Plan> = fc.record({
  title: anyText,
  logline: anyText,
  bible,
  outline: fc
    .array(beat, { minLength: 1, maxLength: 12 })
    .map((list) => list.map((one, i) => ({ id: idOf(i), ...one }))),
});

export const brief: fc.Arbitrary<Brief> = fc.record({
  idea: anyText,
  duration: fc.integer({ min: 1, max: 10_800 }),
  language: fc.constantFrom('en', 'vi', 'no', 'zh-Hant'),
  style: anyText,
  aspect: fc.constantFrom('16:9', '9:16', '1:1'),
  structure: fc.constantFrom('three-act', 'list', 'explainer'),
  instructions: anyText,
});
