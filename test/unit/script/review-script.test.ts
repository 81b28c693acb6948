import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { editsOf } from '../../../src/script/problems/fix-edits.ts';
import { fixesFor } from '../../../src/script/problems/fixes.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { Problem } from '../../../src/script/problems/script-problem.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';
import { sampleScript } from './sample.ts';

const head = `---
scenewright: 1 # mine
duration: 16
language: en
characters:
  - name: Mara # the keeper
    look: sixty, grey braid
  - name: Old Tom
    look: seventy, white beard
places:
  - name: Roof
    look: flat, of tar
---

# A night

## Outline

1. **Up** · 8 s · Roof, night · Mara <!-- id: aaaaa1 -->

   Mara climbs up.

2. **Down** · 8 s · Roof, night · Mara <!-- id: aaaaa2 -->

   She climbs down.

`;

function scene(body: string, line = '*Roof · night · Mara · 8 s*'): string {
  return `${head}## Scene 1: Up\n<!-- scene: aaaaa1 -->\n\n${line}\n\n${body}\n\n\`\`\`prompt\nNight on a roof.\n\`\`\`\n`;
}

function problemsOf(text: string): Problem[] {
  const parsed = parseScript(text);
  return [...parsed.problems, ...reviewScript(parsed)];
}

function shown(text: string): (readonly [string, string, string])[] {
  return problemsOf(text).map(({ code, severity, span }) => [
    code,
    severity,
    text.slice(span.start, span.end),
  ]);
}

/** The text after the first fix of its only problem. */
function fixed(text: string, lengths: readonly number[] = [4, 8, 12, 16]): string {
  const [problem, ...more] = problemsOf(text);
  assert.ok(problem && more.length === 0, shown(text).join('\n'));
  const [fix] = fixesFor(problem, lengths);
  assert.ok(fix);
  return applyEdits(text, editsOf(parseScript(text), fix));
}

const longLine =
  'You never asked me why I stayed up here when the ships had stopped coming, and all the others had gone home to their warm beds and their dogs.';

describe('the review of a script', () => {
  it('finds nothing in a script that is as it should be', () => {
    assert.deepEqual(shown(scene('> **MARA:** Not tonight.\n\n> **NARRATOR:** So it went.')), []);
    assert.deepEqual(reviewScript(parseScript(sampleScript(6, [0, 1, 5]))), []);
  });

  it('has nothing to say about Markdown that is no script', () => {
    const text = scene('> **BOB:** Hello.').replace('scenewright: 1', 'mine: 1');
    assert.deepEqual(reviewScript(parseScript(text)), []);
  });

  it('mentions what is left to the writer, until its comment is gone', () => {
    const question = '<!-- To do: What does Mara want? -->';
    assert.deepEqual(shown(scene(`She climbs.\n\n${question}`)), [
      ['to-do', 'information', question],
    ]);
    assert.equal(problemsOf(scene(question))[0]?.message, 'To do: What does Mara want?');
    const wrapped = '<!-- TODO What does\nMara want? -->';
    assert.equal(problemsOf(scene(wrapped))[0]?.message, 'To do: What does Mara want?');
    assert.deepEqual(shown(scene('She climbs.\n\n<!-- What a todo list. -->')), []);
    assert.deepEqual(shown(scene('She climbs.')), []);
  });

  it('points at the seconds that are too few for the words', () => {
    const text = scene(`> **MARA:** ${longLine}`);
    assert.deepEqual(shown(text), [['speech-too-long', 'warning', '8 s']]);
    assert.match(
      problemsOf(text)[0]?.message ?? '',
      /^The words of scene 1 take about 12 s to speak, and the scene lasts 8 s\./,
    );
    const bare = scene(`**Narration:** ${longLine}`, '');
    assert.deepEqual(shown(bare), [['speech-too-long', 'warning', '## Scene 1: Up']]);
  });

  it('counts words by the language of the script', () => {
    const line =
      'Cháu chưa bao giờ hỏi vì sao bà ở lại đây sau khi những con tàu thôi không đến nữa.';
    const text = scene(`> **MARA:** ${line} ${line.slice(0, 30)}`);
    assert.deepEqual(shown(text.replace('language: en', 'language: vi')), []);
    assert.deepEqual(shown(text), [['speech-too-long', 'warning', '8 s']]);
  });

  it('points at speakers whom the bible does not have, once each', () => {
    const text = scene('> **BOB:** Hello.\n\n> **BOB** (louder): Hello!\n\n> **TOM:** Yes.');
    assert.deepEqual(shown(text), [['unknown-speaker', 'warning', 'BOB']]);
    assert.deepEqual(shown(text.replace(/characters:[^]*places:/, 'places:')), []);
  });

  it('mentions who speaks without being shown, unless the line says so', () => {
    const text = scene('> **OLD TOM:** Come down!');
    assert.deepEqual(shown(text), [['speaker-not-in-cast', 'information', 'OLD TOM']]);
    assert.deepEqual(shown(scene('> **OLD TOM** (from below): Come down!')), []);
    assert.deepEqual(shown(scene('> **OLD TOM:** Come down!', '*Roof · night · – · 8 s*')), []);
  });

  it('mentions who and what is shown without a look, and makes room for one', () => {
    const body = 'Mara waits.';
    const bare = (from: string, to: string): string => scene(body).replace(from, to);
    for (const [text, name, room] of [
      [bare('    look: flat, of tar\n', ''), 'Roof', '  - name: Roof\n    look: \n---'],
      [bare('    look: flat, of tar\n', '    look:\n'), 'Roof', '  - name: Roof\n    look: \n---'],
      [
        bare('  - name: Roof\n    look: flat, of tar\n', '  - Roof\n'),
        'Roof',
        '  - name: Roof\n    look: \n---',
      ],
      [
        bare('Mara # the keeper\n    look: sixty, grey braid', 'Mara # the keeper'),
        'Mara',
        '  - name: Mara # the keeper\n    look: \n  - name: Old Tom',
      ],
    ] as const) {
      assert.deepEqual(shown(text), [['look-missing', 'information', name]]);
      assert.ok(fixed(text).includes(room), fixed(text));
      assert.deepEqual(shown(fixed(text).replace('look: \n', 'look: x\n')), []);
    }
    assert.deepEqual(shown(bare('    look: seventy, white beard\n', '')), [], 'nobody sees him');
  });

  it('mentions scenes that add up to another length than was asked for', () => {
    const text = head.replace('duration: 16', 'duration: 30');
    assert.deepEqual(
      shown(text).map(([code, severity]) => [code, severity]),
      [['length-missed', 'information']],
    );
    assert.match(problemsOf(text)[0]?.message ?? '', /add up to 16 s, .* to last 30 s/);
    assert.deepEqual(
      shown(head.replace('duration: 16', 'duration: 18')),
      [],
      'no clip is so short',
    );
    assert.deepEqual(shown(head.replace('duration: 16\n', '')), [], 'no length was asked for');
    const longer = scene('Mara waits.', '*Roof · night · Mara · 16 s*');
    assert.match(problemsOf(longer)[0]?.message ?? '', /add up to 24 s/, 'the scene decides');
  });

  it('points at a beat that goes on without a cut in another place', () => {
    const text = head
      .replace('2. **Down** · 8 s · Roof', '2. **Down** · 8 s · Cellar')
      .replace('    look: flat, of tar', '    look: flat, of tar\n  - name: Cellar\n    look: low');
    assert.deepEqual(shown(text), []);
    const continued = text.replace(
      'She climbs down.\n',
      'She climbs down.\n\n   - Continues: yes\n',
    );
    assert.deepEqual(shown(continued), [['place-jump', 'warning', 'Cellar']]);
    assert.deepEqual(shown(fixed(continued)), []);
    assert.equal(fixed(continued).replace(/\n+(?=\n)/g, ''), text.replace(/\n+(?=\n)/g, ''));
  });
});

describe('a quick fix', () => {
  it('changes a name that is only misspelt before it takes it for another one', () => {
    const cases: [string, string, string][] = [
      ['*Roof · night · Mraa · 8 s*', 'She waits.', '*Roof · night · Mara · 8 s*'],
      ['*Rofo · night · Mara · 8 s*', 'She waits.', '*Roof · night · Mara · 8 s*'],
      ['*Roof · night · Mara · 8 s*', '> **OLD TMO**: Go.', '> **OLD TOM**: Go.'],
      ['*Roof · night · Mara · 8 s*', '> **MARRA**: Go.', '> **MARA**: Go.'],
    ];
    for (const [line, body, wanted] of cases) {
      const text = scene(body, line);
      const script = parseScript(text);
      const problem = problemsOf(text).find(({ code }) => code.startsWith('unknown'));
      assert.ok(problem, line);
      const [first, second] = fixesFor(problem, [8], script.bible);
      assert.ok(first?.kind === 'change-name' && second?.kind.startsWith('add-'), line);
      assert.ok(applyEdits(text, editsOf(script, first)).includes(wanted), wanted);
      // Typed over meanwhile, it is left alone.
      assert.deepEqual(
        editsOf(parseScript(text.replaceAll(/mraa|rofo|tmo|marra/gi, 'x')), first),
        [],
      );
    }
    const text = scene('She waits.', '*Roof · night · Anna · 8 s*');
    const [stranger] = problemsOf(text);
    assert.ok(stranger);
    assert.deepEqual(fixesFor(stranger, [8], parseScript(text).bible), [
      { kind: 'add-character', name: 'Anna' },
    ]);
  });

  it('adds a character or a place to the front matter and leaves the rest of it alone', () => {
    const text = scene('> **BOB:** Hello.', '*Roof · night · – · 8 s*');
    const added = fixed(text);
    assert.deepEqual(shown(added), []);
    assert.ok(added.includes('  - name: Mara # the keeper\n'));
    assert.ok(added.includes('    look: seventy, white beard\n  - name: Bob\nplaces:\n'));
    const placed = fixed(scene('Mara waits.', '*Cellar · night · Mara · 8 s*'));
    assert.ok(placed.includes('    look: flat, of tar\n  - name: Cellar\n'));
    assert.deepEqual(shown(placed), [['look-missing', 'information', 'Cellar']]);
  });

  it('adds somebody who speaks to the cast of the scene', () => {
    const added = fixed(scene('> **OLD TOM:** Come down!'));
    assert.ok(added.includes('*Roof · night · Mara, Old Tom · 8 s*'));
    assert.deepEqual(shown(added), []);
  });

  it('makes a prompt of what happens where there is none', () => {
    const text = scene('She *waits* for `nobody`.').replace(/\n```prompt[^]*$/u, '');
    assert.deepEqual(
      problemsOf(text).map(({ code }) => code),
      ['prompt-missing'],
    );
    const prompted = fixed(text);
    assert.ok(prompted.endsWith('```prompt\nShe waits for nobody.\n```\n'), prompted.slice(-80));
    assert.deepEqual(shown(prompted), []);
  });

  it('makes a scene as long as its words take, in the scene and in the outline', () => {
    const text = scene(`> **MARA:** ${longLine}`).replace('duration: 16', 'duration: 18');
    const longer = fixed(text);
    assert.ok(longer.includes('*Roof · night · Mara · 12 s*'));
    assert.ok(longer.includes('1. **Up** · 12 s · Roof'));
    assert.ok(longer.includes('2. **Down** · 8 s · Roof'));
    assert.deepEqual(shown(longer), []);
  });

  it('sets no length where none of the studio would do', () => {
    const [problem] = problemsOf(scene(`> **MARA:** ${longLine}`));
    assert.ok(problem);
    assert.deepEqual(
      fixesFor(problem, [4, 8]).map(({ kind }) => kind),
      ['accept'],
    );
  });

  it('keeps the line ends of the document', () => {
    const text = scene('> **BOB:** Hello.', '*Roof · – · – · 8 s*').replaceAll('\n', '\r\n');
    const added = fixed(text);
    assert.equal(added.replaceAll('\r\n', '').includes('\n'), false);
    assert.deepEqual(shown(added), []);
  });

  it('changes nothing any more once its scene or beat is gone', () => {
    const parsed = parseScript(head);
    for (const fix of [
      { kind: 'add-to-cast', name: 'Mara', id: 'zzzzz9' },
      { kind: 'set-seconds', seconds: 12, id: 'zzzzz9' },
      { kind: 'begin-with-cut', id: 'aaaaa1' },
      { kind: 'add-character', name: 'mara' },
    ] as const) {
      assert.deepEqual(editsOf(parsed, fix), [], fix.kind);
    }
  });
});
