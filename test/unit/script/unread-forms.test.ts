import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { editsOf } from '../../../src/script/problems/fix-edits.ts';
import { fixesFor } from '../../../src/script/problems/fixes.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';
import type { Problem } from '../../../src/script/problems/script-problem.ts';
import type { Scene } from '../../../src/script/script-model.ts';

function scene(body: string): string {
  return `---
scenewright: 1
characters: [{ name: Mara, look: thirty }, { name: Old Tom, look: seventy }]
places: [{ name: Lamp room, look: round }]
---

## Scene 1: Up
<!-- scene: aaaaa1 -->

*Lamp room · night · Mara, Old Tom · 8 s*

${body}
`;
}

function problemsOf(text: string): Problem[] {
  return reviewScript(parseScript(text)).filter(({ code }) => code.startsWith('un'));
}

/** The scene once the fix is made that is offered first, as often as there is one. */
function mended(text: string): Scene | undefined {
  let now = text;
  for (let turn = 0; turn < 5; turn++) {
    const script = parseScript(now);
    const [problem] = problemsOf(now);
    const [fix] = problem ? fixesFor(problem, [8], script.bible) : [];
    if (fix === undefined) break;
    now = applyEdits(now, editsOf(script, fix));
  }
  assert.deepEqual(problemsOf(now), [], now);
  return parseScript(now).scenes[0]?.scene;
}

const tonight = [{ speaker: 'Mara', tone: '', line: 'Not tonight.' }];
const both = [...tonight, { speaker: 'Old Tom', tone: '', line: 'Then when?' }];

describe('what a scene tells in a form that is not read', () => {
  const forms: Record<string, Partial<Scene>> = {
    '<center>**MARA**</center>\n\nNot tonight.': { dialogue: tonight },
    '<center><b>MARA</b></center>\n\nNot tonight.': { dialogue: tonight },
    '<p align="center">MARA</p>\n<p align="center">Not tonight.</p>': { dialogue: tonight },
    '<div align="center">\n**MARA**<br>\nNot tonight.\n</div>': { dialogue: tonight },
    '<blockquote><strong>MARA</strong>: Not tonight.</blockquote>': { dialogue: tonight },
    '<div>\n<Dialogue speaker="Mara">Not tonight.</Dialogue>\n</div>': { dialogue: tonight },
    '<Dialogue speaker="Mara">Not tonight.</Dialogue>': { dialogue: tonight },
    '<Prompt>A lamp.</Prompt>': { prompt: 'A lamp.' },
    '~~~Prompts\nA lamp.\n~~~': { prompt: 'A lamp.' },
    '| Prompt | A lamp. |\n|---|---|': { prompt: 'A lamp.' },
    '<dl><dt>Mara</dt><dd>Not tonight.</dd></dl>': { dialogue: tonight },
    '<dl>\n  <dt>Prompt</dt>\n  <dd>A lamp.</dd>\n</dl>': { prompt: 'A lamp.' },
    '<dl>\n<dt>Mara</dt>\n<dd>Not tonight.</dd>\n<dt>Old Tom</dt>\n<dd>Then when?</dd>\n</dl>': {
      dialogue: both,
    },
    '<p><strong>Narration:</strong> Nobody.</p>': { narration: 'Nobody.' },
    '<aside>\n💡 **Prompt:** A lamp.\n</aside>': { prompt: 'A lamp.' },
    '<pre class="prompt">A lamp.</pre>': { prompt: 'A lamp.' },
    '<prompt>\nA lamp.\n</prompt>': { prompt: 'A lamp.' },
    '<details><summary>Prompt</summary>\n\nA lamp.\n\n</details>': { prompt: 'A lamp.' },
    '<p>Mara stops on the last step.</p>': { action: 'Mara stops on the last step.' },
    '::: prompt\nA lamp.\n:::': { prompt: 'A lamp.' },
    ':::prompt\n\nA lamp.\n\nA gull.\n\n:::': { prompt: 'A lamp.\n\nA gull.' },
    ':::narration\nNobody.\n:::': { narration: 'Nobody.' },
    '::: narration Nobody,\nnot even a gull.\n:::': { narration: 'Nobody, not even a gull.' },
    '::: {.narration #n1} :::\nNobody.\n:::': { narration: 'Nobody.' },
    '::: {.dialogue}\nMARA: Not tonight.\n:::': { dialogue: tonight },
    '!!! prompt\n    A lamp.': { prompt: 'A lamp.' },
    '??? note "Prompt"\n    A lamp.': { prompt: 'A lamp.' },
    '{% prompt %}\nA lamp.\n{% endprompt %}': { prompt: 'A lamp.' },
    '> [!prompt]\n> A lamp.': { prompt: 'A lamp.' },
    '> [!narration]- Nobody.': { narration: 'Nobody.' },
    '> [!quote] Mara\n> Not tonight.': { dialogue: tonight },
    '> [!quote]+ Mara:\n> Not tonight.': { dialogue: tonight },
    '> [!dialogue] Mara\n> Not tonight.': { dialogue: tonight },
    '> [!mara] Not tonight.': { dialogue: tonight },
    '> [!quote]\n> Mara: Not tonight.\n>\n> Old Tom: Then when?': { dialogue: both },
    'Mara (whispering): Not tonight.': {
      dialogue: [{ speaker: 'Mara', tone: 'whispering', line: 'Not tonight.' }],
    },
    'Mara: Not I!': { dialogue: [{ speaker: 'Mara', tone: '', line: 'Not I!' }] },
    '- Mara: Not tonight.\n- Old Tom: Then when?': { dialogue: both },
    '**Mara** *(whispering)* Not tonight.': {
      dialogue: [{ speaker: 'Mara', tone: 'whispering', line: 'Not tonight.' }],
    },
    '**Mara** → Not tonight.': { dialogue: tonight },
    'Mara » Not tonight.': { dialogue: tonight },
    '“Not I.” — Mara': { dialogue: [{ speaker: 'Mara', tone: '', line: '“Not I.”' }] },
    '| Who | Line |\n| --- | --- |\n| MARA | Not tonight. |\n| Old Tom | Then when? |': {
      dialogue: both,
    },
    '| MARA | Not tonight. |\n| OLD TOM | Then when? |': { dialogue: both },
    '| Visual | Narration |\n| - | - |\n| She waits. | Nobody. |': {
      ...{ action: 'She waits.', narration: 'Nobody.' },
    },
    '| | |\n| - | - |\n| **Prompt** | A lamp. |\n| Sound | Wind. |': {
      prompt: 'A lamp.',
      sound: 'Wind.',
    },
    '| # | Who | Line | Camera |\n| - | - | - | - |\n| 1 | Mara | Not tonight. | Close on her. |': {
      ...{ action: 'Camera: Close on her.', dialogue: tonight },
    },
    '| Time | Narration |\n| - | - |\n| 0:00–0:08 | Nobody. |': {
      ...{ action: 'Time: 0:00–0:08', narration: 'Nobody.' },
    },
    '| MARA\n| Not tonight.': { dialogue: tonight },
    '**Prompt:**\n\n    A lamp.': { prompt: 'A lamp.' },
    '**Prompt**\n\n\tA lamp.\n\tA gull.': { prompt: 'A lamp. A gull.' },
    'MARA\n\n    Not tonight.': { dialogue: tonight },
    '                MARA\n        Not tonight.': { dialogue: tonight },
    '\t\tMARA\n\tNot tonight.\n\n\t\tOLD TOM\n\tThen when?': { dialogue: both },
    'She waits.\n\n### Prompt\n\nA lamp.': { action: 'She waits.', prompt: 'A lamp.' },
    'She waits.\n\n#### Narration\n\nNobody.\n\n#### Prompt\n\nA lamp.': {
      ...{ action: 'She waits.', narration: 'Nobody.', prompt: 'A lamp.' },
    },
    'She waits.\n\n### Shot 2\n\nShe goes.': { action: 'She waits.\n\nShot 2\n\nShe goes.' },
    'She waits.\n\n### MARA\n\nNot tonight.': { action: 'She waits.', dialogue: tonight },
    '**Mara**\n\nNot tonight.': { dialogue: tonight },
    '[MARA] Not tonight.': { dialogue: tonight },
    '**MARA.** Not tonight.': { dialogue: tonight },
    'MARA – Not I!': { dialogue: [{ speaker: 'Mara', tone: '', line: 'Not I!' }] },
    'MARA; Not tonight.': { dialogue: tonight },
    '**MARA**; Not tonight.': { dialogue: tonight },
    '**MARA** - Not tonight.': { dialogue: tonight },
    'MARA = Not tonight.': { dialogue: tonight },
    'Mara\n:   Not tonight.': { dialogue: tonight },
    '[MARA]: Never!': { dialogue: [{ speaker: 'Mara', tone: '', line: 'Never!' }] },
    'Prompt; A lamp.': { prompt: 'A lamp.' },
    'PROMPT = A lamp.': { prompt: 'A lamp.' },
    'prompt: A lamp.': { prompt: 'A lamp.' },
    '[Prompt] A lamp.': { prompt: 'A lamp.' },
    'Narrator; Nobody.': { narration: 'Nobody.' },
    'Narration — Nobody.': { narration: 'Nobody.' },
    '*Sound – wind*': { sound: 'wind' },
    '```text title="prompt"\nA lamp.\n```': { prompt: 'A lamp.' },
    '```veo\nA lamp (old).\n```': { prompt: 'A lamp (old).' },
    '```json\n{"prompt": "A lamp."}\n```': { prompt: '{"prompt": "A lamp."}' },
    'She waits.\n---\nMore.': { action: 'She waits.\n\nMore.' },
    'She waits\nand waits\n===\n\nMore.': { action: 'She waits and waits\n\nMore.' },
    'MARA: Not tonight\n---\n': { dialogue: [{ speaker: 'Mara', tone: '', line: 'Not tonight' }] },
  };
  for (const [body, told] of Object.entries(forms)) {
    const name = body.replaceAll('\n', ' ⏎ ');
    it(`is a problem, and read with a click: ${name}`, () => {
      assert.notDeepEqual(problemsOf(scene(body)), []);
      const { action, dialogue, narration, sound, prompt } = mended(scene(body)) ?? {};
      const parts = { action: '', dialogue: [], narration: '', sound: '', prompt: '', ...told };
      assert.deepEqual({ action, dialogue, narration, sound, prompt }, parts);
      // Where something else stands there by now, it is left alone.
      const script = parseScript(scene(body));
      const [problem] = problemsOf(scene(body));
      const [fix] = problem ? fixesFor(problem, [8], script.bible) : [];
      assert.ok(fix);
      assert.deepEqual(editsOf(parseScript(scene('She waits.')), fix), []);
    });
    it(`keeps its words with Windows line ends: ${name}`, () => {
      const text = scene(body).replaceAll('\n', '\r\n');
      const { dialogue, prompt, narration } = mended(text) ?? {};
      assert.deepEqual(dialogue ?? [], told.dialogue ?? []);
      assert.deepEqual([prompt, narration], [told.prompt ?? '', told.narration ?? '']);
    });
  }

  for (const body of [
    ...[
      '<img src="lamp.png">',
      '<!-- MARA: Not tonight. -->',
      '<p align="center"><img src="a.png"></p>',
    ],
    ...['<br>', '<p>x</p>', '<details><summary>Notes</summary>\n\nMine.\n\n</details>', '<hr>'],
    ...[
      '::: note\nMine.\n:::',
      '::: prompt\nnever closed',
      ':::',
      '!!! note\n    Mine.',
      '> [!NOTE]\n> MARA: I.',
    ],
    ...[
      '| Size | Colour |\n| - | - |\n| 3 m | red |',
      '| Mara | 30, wiry |',
      '| A |\n| - |\n| MARA |',
    ],
    ...[
      '    npm install',
      '    const a = 1;\n    run();',
      '***',
      '[a]: https://example.com',
      '    TODO\n',
    ],
    ...[
      'She waits.\n\n### Notes\n\n### Prompt\n\nMine.',
      'She waits.\n\n### Mara\n\nMine.',
      'Notes\n-----',
    ],
    ...[
      '**MARA** climbs up.',
      '> [!quote] Lao Tzu\n> A journey.\n\nShe waits.',
      '- Mara: wet, tired.\n- Old Tom: dry.',
      'Mara (30): wet.',
      '**Mara** (thirty) climbs.\n\nMore.',
      'MARA – thirty, wiry – climbs.',
      'MARA. A keeper.',
      'Mara; wet, tired.',
      '**MARA** - thirty, wet - climbs.',
      'The prompt = her cue.',
      'Silence; then light.',
      '[mara]: ./mara.md',
      '**Mara**',
      'Why?\n----',
    ],
    ...[
      '- **Mara**\n- **Old Tom**',
      '```js\nprompt();\n```',
      '```bash prompting\nls\n```',
      'A\n\n---\n\nB',
    ],
  ])
    it(`is not what only looks a little like it: ${body.replaceAll('\n', ' ⏎ ')}`, () => {
      assert.deepEqual(problemsOf(scene(body)), []);
    });

  it('keeps what the writer has put into it for themselves', () => {
    const note = '<!-- Ask Lu. -->';
    for (const [body, own] of [
      [
        `<div>\n<p>MARA: Not tonight.</p>\n<p>TODO: A better line.</p>\n</div>`,
        'TODO: A better line.',
      ],
      [`<div class="narration">\n${note}\nNobody.\n</div>`, note],
      [`::: narration\nNobody. ${note}\n:::`, note],
      [`[MARA] Not tonight. ${note}`, note],
    ] as const) {
      const text = scene(body);
      const script = parseScript(text);
      const [problem] = problemsOf(text);
      const [fix] = problem ? fixesFor(problem, [8], script.bible) : [];
      assert.ok(fix, body);
      const now = applyEdits(text, editsOf(script, fix));
      assert.equal(now.split(own).length, 2, now);
    }
  });

  it('is what is in quotation marks behind a name, and no cut in a quote', () => {
    const read = (body: string): Scene | undefined => parseScript(scene(body)).scenes[0]?.scene;
    assert.deepEqual(read('Mara: “Not tonight.”')?.dialogue, [
      { speaker: 'Mara', tone: '', line: '“Not tonight.”' },
    ]);
    for (const [body, action] of [
      ['> CUT TO:', 'CUT TO:'],
      ['> **FADE OUT.**', 'FADE OUT.'],
      ['> THE END <', 'THE END'],
    ] as const) {
      const { dialogue, action: told } = read(body) ?? {};
      assert.deepEqual([dialogue, told], [[], action]);
    }
  });
});
