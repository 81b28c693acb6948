import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { editsOf } from '../../../src/script/problems/fix-edits.ts';
import { fixesFor } from '../../../src/script/problems/fixes.ts';
import { nearMisses } from '../../../src/script/problems/near-misses.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';
import type { Problem } from '../../../src/script/problems/script-problem.ts';
import type { Scene } from '../../../src/script/script-model.ts';
import { wholeDocument } from '../models/whole-document.ts';

function scene(body: string, characters = '[Mara, Old Tom, 陈默]'): string {
  return `---
scenewright: 1
characters: ${characters}
---

## Scene 1: Up
<!-- scene: aaaaa1 -->

*Roof · night · Mara · 8 s*

${body}
`;
}

function missesOf(text: string): Problem[] {
  return [...nearMisses(parseScript(text))];
}

function shown(text: string): (readonly [string, string])[] {
  return missesOf(text).map(({ code, span }) => [code, text.slice(span.start, span.end)]);
}

/** The scene after the fix of that kind for its only near miss. */
function fixed(text: string, kind: string): Scene | undefined {
  const script = parseScript(text);
  const [problem, ...more] = missesOf(text);
  assert.ok(problem && more.length === 0, text);
  const fix = fixesFor(problem, [8], script.bible).find((one) => one.kind === kind);
  assert.ok(fix, kind);
  const after = parseScript(applyEdits(text, editsOf(script, fix)));
  assert.deepEqual([...nearMisses(after)], []);
  // Where something else stands there by now, it is left alone.
  if ('at' in fix)
    assert.deepEqual(
      editsOf(parseScript(text.replace(/\n\*Roof[^]*/, '\n\nShe waits.\n')), fix),
      [],
    );
  return after.scenes[0]?.scene;
}

describe('what is all but a part of a scene', () => {
  const speeches: Record<string, string> = {
    '**MARTHA:** I know.': 'MARTHA',
    'MARTHA: I know.': 'MARTHA',
    '**MARTHA**: Leave it.': 'MARTHA',
    'MARTHA (whispering): Leave me.': 'MARTHA',
    '__DR. WEISS__: Sit down.': 'DR. WEISS',
    '- **MARTHA:** I know.\n- **PETE:** So do I.': 'MARTHA',
    'MARTHA： “Leave it.”': 'MARTHA',
    '**Martha:** “I know.”': 'Martha',
    '**Martha:** «Lo sé.»': 'Martha',
    '**小雨：** 「知道了。」': '小雨',
    'Martha climbs up.\n\nMARTHA: Up.': 'MARTHA',
    'HÖRST: Ich weiß.': 'HÖRST',
    'JEANNE: Je sais.': 'JEANNE',
    'MRAA: Wait.': 'MRAA',
    '**Marra:** Wait.': 'Marra',
    '> **PETE**: Well?\n\nPETE: Then go.': 'PETE',
  };
  for (const [body, name] of Object.entries(speeches))
    it(`is speech of somebody unknown, and is quoted with a click: ${body}`, () => {
      assert.deepEqual(shown(scene(body)), [['unquoted-speech', name]]);
      assert.ok((fixed(scene(body), 'quote')?.dialogue.length ?? 0) > 0);
    });

  it('is speech of somebody new, or of somebody whose name is misspelt', () => {
    assert.deepEqual(fixed(scene('**MARTHA:** I know.'), 'add-character')?.dialogue, [
      { speaker: 'Martha', tone: '', line: 'I know.' },
    ]);
    assert.deepEqual(fixed(scene('MRAA: Wait.'), 'change-name')?.dialogue, [
      { speaker: 'Mara', tone: '', line: 'Wait.' },
    ]);
  });

  for (const body of ['**Naration:** It rains.', '**Promt:** A roof.', '__Dialouge__: Wait.'])
    it(`is a label that is misspelt: ${body}`, () => {
      assert.deepEqual(
        shown(scene(body)).map(([code]) => code),
        ['misspelt-label'],
      );
      assert.equal(fixed(scene(body), 'change-name')?.action, '');
    });

  for (const fence of [
    '```\nA dark roof, rain on tar, a woman in yellow.\n```',
    '~~~text\nEin dunkles Dach, Regen, eine Frau in Gelb.\n~~~',
    '```txt\n夜晚的屋顶，雨落在沥青上，一个穿黄衣的女人。\n```',
  ])
    it(`is the prompt without its mark: ${fence}`, () => {
      const text = scene(`She runs.\n\n${fence}`);
      assert.deepEqual(shown(text), [['unmarked-prompt', fence]]);
      assert.notEqual(fixed(text, 'make-prompt')?.prompt, '');
      // Another one says it already.
      assert.deepEqual(shown(scene(`${fence}\n\n**Prompt:** A roof.`)), []);
      assert.deepEqual(shown(scene(`${fence}\n\n${fence}`)), []);
    });

  for (const body of [
    ...['**Note:** make it darker.', '**NOTE:** You must see her.', '> **Note:** You see her.'],
    ...['> **Warning**\n> I know.', '> [!NOTE]\n> MARTHA: I know.', '> [!quote] MARTHA\n> I know.'],
    ...['TODO: ask Tom.', '**TODO:** I ask Tom!', 'GPS: Turn left!', '> **GPS**: Turn left.'],
    ...[
      'TITLE CARD: I was wrong.',
      '**TITLE CARD:** Two years later',
      'SUPER: 1999!',
      'CUT TO: me.',
    ],
    ...['**Camera:** slow push in.', '**CAMERA:** slow push in!', '**POV:** You are the gull!'],
    ...[
      'She is **never** here: ever.',
      '**She runs**: fast.',
      '**Up:** the stairs. **Down:** none.',
    ],
    ...[
      'Two things: rain and fog.',
      'Mara: wet, tired.',
      'WARNING: the roof is wet.',
      'SOS: three dots.',
    ],
    ...[
      'INT. ROOF - NIGHT: rain.',
      'https://example.com: gone!',
      '12:30: She waits.',
      'NASA: a man walks.',
    ],
    ...[
      '- **Size:** 3 m\n- **Colour:** red',
      '**API:** the door.',
      '**HTTP:** none.',
      '`MARTHA`: I know.',
    ],
    ...['**Location:** the roof.', '**Duration:** long.', '**Notation:** x.', '**Mutation:** x.'],
    ...[
      '```js\nrun();\n```',
      '```\nnpm install\n```',
      '```\n$ ls -l *.md\n```',
      '```\n  +--+\n  |  |\n```',
    ],
    ...[
      '```bash\nA dark roof, rain on tar.\n```',
      '```\nconst a = 1;\n```',
      '| A | B |\n| - | - |\n| I | me |',
    ],
    ...[
      '- [ ] MARTHA: I know.',
      '[^1]: MARTHA: I know.',
      '<!-- MARTHA: I know. -->',
      '### MARTHA: I know.',
    ],
    ...[
      'ملاحظة: انظر',
      '**注意：** 小心。',
      '**Lưu ý:** trời tối.',
      '**HINWEIS:** Ich sehe nichts.',
    ],
  ])
    it(`is not what only looks a little like it: ${body}`, () => {
      assert.deepEqual(shown(scene(body)), []);
      assert.deepEqual(shown(scene(body, '[]')), []);
    });

  for (const language of ['en', 'de', 'es', 'fr', 'vi', 'ja'])
    it(`is in no script of the offline writer: ${language}`, async () => {
      for (const structure of ['three-act', 'list', 'explainer'] as const) {
        const text = await wholeDocument({ language, structure }, 12);
        const known = new Set(['to-do', 'length-missed', 'look-missing']);
        const found = reviewScript(parseScript(text)).filter(({ code }) => !known.has(code));
        assert.deepEqual(found, []);
      }
    });
});

describe('a stressed word at the start of what is said', () => {
  it('is not who says it', () => {
    const read = (body: string): unknown => parseScript(scene(body)).scenes[0]?.scene.dialogue;
    assert.deepEqual(read('> **MARA**: No.\n>\n> **Never** say that.'), [
      { speaker: 'Mara', tone: '', line: 'No.\nNever say that.' },
    ]);
    assert.deepEqual(read('> **Never.**'), [{ speaker: '', tone: '', line: 'Never.' }]);
    for (const body of ['> **Pete** – No.', '> **Pete** (low) No.', '> **Pete**\n> No.'])
      assert.match(JSON.stringify(read(body)), /"speaker":"Pete".*"line":"No\."/, body);
  });
});
