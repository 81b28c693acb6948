import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseScript, type ProblemCode, sceneAt } from '../../../src/script/parse/parse-script.ts';
import { isWritten } from '../../../src/script/parse/scene-section.ts';
import { idOf, markdown } from './arbitraries.ts';
import { mutatedScript } from './mutations.ts';
import { sampleBrief, samplePlan, sampleScene, sampleScript } from './sample.ts';

const front = `---
scenewright: 1
title: The Last Lamp
duration: 3 min
characters:
  - name: Mara
    look: yellow coat
  - Old Tom
places:
  - name: Lamp room, upstairs
    look: round
  - Roof
---
`;

function script(body: string): ReturnType<typeof parseScript> {
  return parseScript(front + body);
}

function codes(body: string): ProblemCode[] {
  return script(body).problems.map(({ code }) => code);
}

describe('reading a script', () => {
  it('never fails and keeps all positions within the text, whatever the text is', () => {
    const texts = fc.oneof(mutatedScript, markdown, fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseScript(text);
        const within = (start: number, end: number): void => {
          assert.ok(0 <= start && start <= end && end <= text.length, `${start}–${end}`);
        };
        assert.equal(parsed.text, text);
        for (const { span } of [...parsed.outline, ...parsed.problems])
          within(span.start, span.end);
        let last = 0;
        for (const { span, heading, idSpan, promptSpan, id, scene, written } of parsed.scenes) {
          within(span.start, span.end);
          assert.ok(last <= span.start, 'sections follow each other');
          last = span.end;
          assert.equal(heading.start, span.start);
          for (const part of [heading, idSpan, promptSpan]) {
            if (part) assert.ok(span.start <= part.start && part.end <= span.end);
          }
          if (idSpan) assert.ok(text.slice(idSpan.start, idSpan.end).includes(id ?? '?'));
          assert.equal(written, isWritten(scene));
          assert.equal(sceneAt(parsed, span.start)?.scene, scene);
        }
        assert.deepEqual(structuredClone(parsed), parsed, 'plain data');
      }),
      { numRuns: 500 },
    );
  });

  it('does not mind absurd nesting', () => {
    for (const text of [
      `${'>'.repeat(1000)} x`,
      `${'- '.repeat(100)}x`,
      `# ${'*a **b '.repeat(1000)}`,
      `---\na: ${'['.repeat(20_000)}\n---\n## Scene 1\n\nx`,
      `---\na: &a [x]\n${'b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n'.repeat(50)}---\n`,
      `---\nscenewright: 1\na: *nowhere\n---\n`,
    ]) {
      assert.equal(parseScript(text).text, text);
    }
  });

  it('gives everything that a written script says', () => {
    const parsed = parseScript(sampleScript(3, [0, 1, 2]));
    assert.deepEqual(parsed.problems, []);
    assert.equal(parsed.isScript, true);
    assert.equal(parsed.eol, '\n');
    assert.deepEqual(parsed.brief, sampleBrief);
    const { title, logline, bible, outline } = samplePlan(3);
    assert.deepEqual([parsed.title, parsed.logline, parsed.bible], [title, logline, bible]);
    assert.deepEqual(
      parsed.outline.map(({ beat }) => beat),
      outline,
    );
    assert.deepEqual(
      parsed.scenes.map(({ scene, number }) => [scene, number]),
      [0, 1, 2].map((i) => [sampleScene(i), i + 1]),
    );
  });

  it('reads the example of the format page as the page says', () => {
    const page = readFileSync(new URL('../../../docs/script-format.md', import.meta.url), 'utf8');
    const example = /^````markdown\n(.*?)^````$/ms.exec(page)?.[1] ?? '';
    const parsed = parseScript(example);
    assert.deepEqual(parsed.problems, []);
    assert.deepEqual(
      [parsed.isScript, parsed.brief.duration, parsed.outline.length],
      [true, 180, 2],
    );
    assert.equal(parsed.outline[1]?.beat.contract.continues, true);
    const { scene, written } = parsed.scenes[0] ?? {};
    assert.deepEqual(
      [scene?.dialogue.length, scene?.sound, written],
      [2, 'Wind, a far horn.', true],
    );
  });

  it('finds the scene at a place in the text', () => {
    const text = `${sampleScript(3, [0, 1, 2])}\n## Notes\n\nMine.\n`;
    const parsed = parseScript(text);
    const idAt = (needle: string): string | undefined => sceneAt(parsed, text.indexOf(needle))?.id;
    assert.equal(idAt('shot 2'), idOf(1));
    assert.equal(idAt('## Scene 3'), idOf(2));
    assert.equal(idAt('# The Last Lamp'), undefined);
    assert.equal(idAt('Mine.'), undefined);
    const whole = sampleScript(1, [0]);
    assert.equal(sceneAt(parseScript(whole), whole.length)?.id, idOf(0));
  });

  it('takes headings in fences, comments and quotes for what they are', () => {
    const parsed = script(`
## Scene 1: One

\`\`\`\`prompt
## Scene 2: in a fence
\`\`\`
## Scene 3: in the fence still
\`\`\`\`

<!--
## Scene 4: commented out

-->

> ## Scene 5: quoted

- ## Scene 6: in a list

## Scene 7: Seven
`);
    assert.deepEqual(
      parsed.scenes.map(({ number, scene }) => [number, scene.title]),
      [
        [1, 'One'],
        [7, 'Seven'],
      ],
    );
    assert.match(parsed.scenes[0]?.scene.prompt ?? '', /^## Scene 2: in a fence ``` ## Scene 3/);
  });

  it('reads what a writer types without care', () => {
    const parsed = script(`
# My film

## outline

1. **The lamp** - it goes out · 6s · Lamp room, upstairs, night · Mara , Old Tom
2. Second beat
3. **Third** · Mara
   Tom comes up.
   * Leaves: on the roof
   - enters: Tom, wet
   - Handoff: a horn
   - continues: Yes
4.
5. <!-- id: aaaaa5 --> **Fifth** · Roof · 7.5 sec

* not a beat

## scene 1 - The lamp

_Lamp room, upstairs | night | Mara | 6 s_

She stops.
**Narration**: Nobody knew.
**sound:** wind

- She looks out.
- She runs.

> **Mara:** (softly) Not now.
> **OLD TOM (from below):** When?
> He waits.

> A voice.

\`\`\`Prompt
first line
second line

\`\`\`

### My notes

Not part of it.

## Scene 2

*Roof · Mara*
`);
    assert.equal(parsed.title, 'My film');
    assert.equal(parsed.brief.duration, 180);
    const [one, two, three, five] = parsed.outline.map(({ beat }) => beat);
    assert.equal(parsed.outline.length, 4);
    assert.deepEqual(
      [one?.title, one?.seconds, one?.place, one?.time, one?.cast, one?.summary],
      ['The lamp', 6, 'Lamp room, upstairs', 'night', ['Mara', 'Old Tom'], 'it goes out'],
    );
    assert.deepEqual([two?.title, two?.seconds, two?.place], ['Second beat', 8, '']);
    assert.deepEqual([three?.cast, three?.place, three?.summary], [['Mara'], '', 'Tom comes up.']);
    assert.deepEqual(three?.contract, {
      entry: 'Tom, wet',
      exit: 'on the roof',
      handOff: 'a horn',
      continues: true,
    });
    assert.deepEqual([five?.id, five?.title, five?.seconds], ['aaaaa5', 'Fifth', 7.5]);
    assert.deepEqual(parsed.scenes[0]?.scene, {
      id: '',
      title: 'The lamp',
      seconds: 6,
      place: 'Lamp room, upstairs',
      time: 'night',
      cast: ['Mara'],
      action: 'She stops.\n\nShe looks out.\nShe runs.',
      dialogue: [
        { speaker: 'Mara', tone: 'softly', line: 'Not now.' },
        { speaker: 'Old Tom', tone: 'from below', line: 'When? He waits.' },
        { speaker: '', tone: '', line: 'A voice.' },
      ],
      narration: 'Nobody knew.',
      sound: 'wind',
      prompt: 'first line second line',
    });
    const second = parsed.scenes[1];
    assert.deepEqual([second?.scene.place, second?.scene.cast], ['Roof', ['Mara']]);
    assert.equal(second?.written, false);
  });

  it('knows a scene by its id under a heading in any language', () => {
    const { scenes } = script('\n## Cảnh 1: Ngọn đèn\n<!-- scene: aaaaa1 -->\n\nTối.\n');
    assert.deepEqual(
      scenes.map(({ id, scene }) => [id, scene.title]),
      [['aaaaa1', 'Ngọn đèn']],
    );
  });

  it('takes from the beat what a scene does not say', () => {
    const { scenes } = script(`
## Outline

1. **One** · 5 s · Roof, dawn · Mara <!-- id: aaaaa1 -->

## Scene 1: One
<!-- scene: aaaaa1 -->

Text.
`);
    const { seconds, place, time, cast } = scenes[0]?.scene ?? {};
    assert.deepEqual([seconds, place, time, cast], [5, 'Roof', 'dawn', ['Mara']]);
  });

  it('shows markup as plain text and leaves comments and images out', () => {
    const { scenes } = script(
      '\n## Scene 1\n\nA *dark* `room`, [lit](x) by **one** lamp.<!-- no --> ![poster](p.jpg)\n',
    );
    assert.equal(scenes[0]?.scene.action, 'A dark room, lit by one lamp.');
  });

  it('reads front matter values as the text that was typed', () => {
    const parsed = parseScript('---\nscenewright: 1\ntitle: 1.0\nlanguage: no\nstyle: yes\n---\n');
    assert.deepEqual(
      [parsed.title, parsed.brief.language, parsed.brief.style],
      ['1.0', 'no', 'yes'],
    );
  });

  it('adds the outline up where no usable length is given', () => {
    const body = '\n## Outline\n\n1. **A** · 6 s\n2. **B** · 7 s\n';
    assert.equal(parseScript(`---\nscenewright: 1\n---\n${body}`).brief.duration, 13);
    assert.equal(parseScript('').brief.duration, 1);
  });

  it('has no opinion on documents that are no scripts', () => {
    const text = '---\ntitle: [broken\nduration: long\n---\n\n## Scene 1\n\n*x · y · z · w*\n';
    const parsed = parseScript(text);
    assert.equal(parsed.isScript, false);
    assert.deepEqual(parsed.problems, []);
  });
});

describe('problems of a script', () => {
  it('are none while it is unfinished', () => {
    assert.deepEqual(parseScript(sampleScript(5, [1])).problems, []);
    assert.deepEqual(parseScript(sampleScript(5, [])).problems, []);
  });

  it('name duplicated ids where they stand', () => {
    const body = `
## Outline

1. **A** <!-- id: aaaaa1 -->
2. **B** <!-- id: aaaaa1 -->

## Scene 1
<!-- scene: aaaaa1 -->

## Scene 2
<!-- scene: aaaaa1 -->
`;
    const { problems, text } = script(body);
    assert.deepEqual(
      problems.map(({ code, span }) => [code, text.slice(span.start, span.end)]),
      [
        ['duplicate-id', 'aaaaa1'],
        ['duplicate-id', '<!-- scene: aaaaa1 -->'],
      ],
    );
    assert.equal(problems[1]?.span.start, text.lastIndexOf('<!-- scene'));
  });

  it('take for the place of a beat the longest beginning that has the name of one', () => {
    for (const [where, place, time] of [
      ['Hut', 'Hut', ''],
      ['Hut, night', 'Hut', 'night'],
      ['Hut, night, outside', 'Hut', 'night, outside'],
      ['Hut, upstairs', 'Hut, upstairs', ''],
      ['Hut, upstairs, dusk', 'Hut, upstairs', 'dusk'],
      ['Barn, night', 'Barn', 'night'],
      ['Barn, the far end, night', 'Barn, the far end', 'night'],
    ] as const) {
      const places = 'places: [Hut, { name: "Hut, upstairs" }]';
      const text = `---\nscenewright: 1\n${places}\n---\n\n## Outline\n\n1. **Up** · 8 s · ${where} · Mara\n`;
      const { beat } = parseScript(text).outline[0] ?? assert.fail();
      assert.deepEqual([beat.place, beat.time], [place, time], where);
    }
  });

  it('name unknown cast and places, and scenes without id', () => {
    const body = '\n## Scene 1\n\n*Cellar · night · Mara, Bob · 8 s*\n';
    const { problems, text } = script(body);
    assert.deepEqual(
      problems.map(({ code, span }) => [code, text.slice(span.start, span.end)]),
      [
        ['scene-without-id', '## Scene 1'],
        ['unknown-place', 'Cellar'],
        ['unknown-cast', 'Bob'],
      ],
    );
  });

  it('do not depend on letter case, and not on a bible that is still empty', () => {
    const scene = '\n## Scene 1\n<!-- scene: aaaaa1 -->\n\n*ROOF · night · MARA · 8 s*\n';
    assert.deepEqual(codes(scene), []);
    const { problems } = parseScript(`---\nscenewright: 1\n---\n${scene}`);
    assert.deepEqual(problems, []);
  });

  it('name seconds that are not a number', () => {
    const body = `
## Outline

1. **A** · some s · Roof <!-- id: aaaaa1 -->

## Scene 1
<!-- scene: aaaaa1 -->

*Roof · night · Mara · long*
`;
    assert.deepEqual(codes(body), ['seconds-not-a-number', 'seconds-not-a-number']);
    assert.equal(script(body).outline[0]?.beat.seconds, 8);
  });

  it('name front matter that cannot be read, and still use the rest', () => {
    const text = '---\nscenewright: 1\ntitle: A: B\nstyle: ink\n---\n\n# T\n';
    const { problems, isScript } = parseScript(text);
    assert.equal(isScript, true);
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['front-matter-unreadable', 'error']],
    );
    const span = problems[0]?.span;
    assert.ok(span && text.slice(0, span.start).split('\n').length === 3, 'on its line');
  });

  for (const [said, seed] of [
    ['7', 7],
    ['"007"', 7],
    ['0', 0],
    ['2147483647', 2_147_483_647],
    ['2147483648', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['lucky', undefined],
  ] as const) {
    it(`${seed === undefined ? 'name' : 'do not name'} the seed ${said}`, () => {
      const parsed = parseScript(`---\nscenewright: 1\nseed: ${said}\n---\n`);
      assert.equal(parsed.seed, seed);
      assert.deepEqual(
        parsed.problems.map(({ code }) => code),
        seed === undefined ? ['front-matter-value'] : [],
      );
    });
  }

  it('name values that are none of those allowed, and formats of the future', () => {
    const parsed = parseScript(
      '---\nscenewright: 1\naspect: "4:3"\nduration: 0\nstructure: x\n---\n',
    );
    assert.deepEqual(
      parsed.problems.map(({ code }) => code),
      ['front-matter-value', 'front-matter-value', 'front-matter-value'],
    );
    assert.equal(parsed.brief.aspect, '16:9');
    const newer = parseScript('---\nscenewright: 2\n---\n');
    assert.equal(newer.isScript, false);
    assert.deepEqual(
      newer.problems.map(({ code }) => code),
      ['unknown-format'],
    );
  });

  it('reads names and labels also where no space parts them from what follows', () => {
    const body = '> **麻衣:**こんばんは。\n\n**Narration:**誰も知らなかった。\n';
    const [node] = parseScript(`---\nscenewright: 1\n---\n\n## Scene 1: 灯\n\n${body}`).scenes;
    assert.deepEqual(node?.scene.dialogue, [{ speaker: '麻衣', tone: '', line: 'こんばんは。' }]);
    assert.equal(node.scene.narration, '誰も知らなかった。');
  });
});
