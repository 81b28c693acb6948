import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../src/script/parse/parsed-script.ts';
import { untiedScenes } from '../../../src/script/untied-scenes.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';
import { fixesFor } from '../../../src/script/problems/fixes.ts';
import { sampleScript } from './sample.ts';
import { longScript } from './real-script.ts';
import { ordered, tied } from './seemingly-written.ts';

const count = 22;
const finished = longScript(count);
/** Short enough for thousands of edits. */
const few = 7;
const short = longScript(few);

type Edit = (text: string) => string;

const headingOf = (k: number): RegExp =>
  new RegExp(`^## Scene ${k}: (.*)\\n<!-- scene: (\\w+) -->$`, 'm');
const headingOfAny = /^## (Scene \d+: .*)$/gm;
const beatOf = (k: number): RegExp =>
  new RegExp(`^ *${k}\\. \\*\\*([^*]*)\\*\\*([^]*?)<!--\\s+id:\\s+(\\w+)\\s+-->`, 'm');

/** What a hand does to a heading and the comment beneath it; none of it takes away a scene's text. */
const headings: Readonly<Record<string, string>> = {
  'no space': '##Scene $k: $1\n<!-- scene: $2 -->',
  'a hard space': '##\u00a0Scene $k: $1\n<!-- scene: $2 -->',
  'too deep': '#### Scene $k: $1\n<!-- scene: $2 -->',
  'too high': '# Scene $k: $1\n<!-- scene: $2 -->',
  'bold instead': '**Scene $k: $1**\n<!-- scene: $2 -->',
  'no heading': '<!-- scene: $2 -->',
  'no comment': '## Scene $k: $1',
  'no heading and no comment': '',
  'no space, no comment': '##Scene $k: $1',
  'bold, no comment': '**Scene $k: $1**',
  'another language': '## Szene $k: $1',
  'another title': '## Scene $k: Something else\n<!-- scene: $2 -->',
  'another title, no comment': '## Scene $k: Something else',
  'another id': '## Scene $k: $1\n<!-- scene: zzzzz9 -->',
  'another id and title': '## Scene $k: Something else\n<!-- scene: zzzzz9 -->',
  'the title alone': '## $1',
  'deep title alone': '### $1',
  quoted: '> ## Scene $k: $1\n> <!-- scene: $2 -->',
  'comment before': '<!-- scene: $2 -->\n\n## Scene $k: $1',
};

const beats: Readonly<Record<string, string>> = {
  'no id': '$k. **$1**$2',
  'another title': '$k. **All is new**$2<!-- id: $3 -->',
  'no id, another title': '$k. **All is new**$2',
  'another id': '$k. **$1**$2<!-- id: yyyyy9 -->',
  'another id and title': '$k. **All is new**$2<!-- id: yyyyy9 -->',
  'plain title': '$k. $1$2<!-- id: $3 -->',
  bullet: '- **$1**$2<!-- id: $3 -->',
};

/** A scene with the comment of another, as of one that was copied. */
function withIdOf(text: string, k: number, other: number): string {
  const id = headingOf(other).exec(text)?.[2];
  return id === undefined ? text : onHeading(`## Scene $k: $1\n<!-- scene: ${id} -->`, k)(text);
}

function inOutline(text: string, change: (own: string) => string): string {
  return text.replace(
    /^(## Outline\n)([^]*?)(?=^## Scene 1)/m,
    (_, heading: string, own: string) => heading + change(own),
  );
}

const wholes: Readonly<Record<string, Edit>> = {
  'outline with a colon': (text) => text.replace('## Outline', '## Outline:'),
  'outline in bold': (text) => text.replace('## Outline', '## **Outline**'),
  'outline in German': (text) => text.replace('## Outline', '## Gliederung'),
  'outline without heading': (text) => text.replace('## Outline\n', ''),
  'no outline': (text) => text.replace(/^## Outline[^]*?(?=^## Scene 1)/m, ''),
  'no outline and no ids': (text) =>
    text.replace(/^## Outline[^]*?(?=^## Scene 1)/m, '').replace(/^<!-- scene: .*\n/gm, ''),
  'no ids of beats': (text) => text.replace(/<!--\s+id:\s+\w+\s+-->/g, ''),
  'no ids of scenes': (text) => text.replace(/^<!-- scene: .*\n/gm, ''),
  'no ids': (text) => text.replace(/<!--\s+(?:id|scene):\s+\w+\s+-->/g, ''),
  deeper: (text) => text.replace(/^#/gm, '##'),
  'bullets for numbers': (text) => text.replace(/^ *\d+\. \*\*/gm, '- **'),
  'no space in headings': (text) => text.replace(/^## Scene/gm, '##Scene'),
  'titles of beats that say the scene': (text) =>
    text.replace(/^( *(\d+)\. \*\*)/gm, '$1Scene $2: ').replace(/<!--\s+id:\s+\w+\s+-->/g, ''),
  'acts that beats are indented beneath': (text) =>
    inOutline(text, (own) => `1. Act one\n\n${own.replace(/^(?=.)/gm, '   ')}`),
  'a heading for each beat': (text) => inOutline(text, (own) => own.replace(/^ *\d+\. /gm, '### ')),
  'an indented outline': (text) => inOutline(text, (own) => own.replace(/^(?=.)/gm, '    ')),
  'numbered headings': (text) => text.replace(/^## Scene (\d+): /gm, '## $1. '),
  'numbered headings, no ids': (text) =>
    text.replace(/^## Scene (\d+): (.*)\n<!-- .*$/gm, '## $1. $2'),
  'headings of HTML, no ids': (text) => text.replace(/^## (Scene .*)\n<!-- .*$/gm, '<h2>$1</h2>\n'),
  'headings with anchors, no ids': (text) =>
    text.replace(/^## (Scene .*)\n<!-- .*$/gm, '## **$1** {#scene}'),
  'headings with pictures, no ids': (text) =>
    text.replace(/^## (Scene .*)\n<!-- .*$/gm, '## 🎬 $1'),
  'a translated word, no ids': (text) =>
    text.replace(/^## Scene (.*)\n<!-- .*$/gm, '## Tableau $1'),
  'a fence that is not closed': (text) => text.replace(/^```$/m, ''),
  'fences that are not closed': (text) => text.replace(/^```$/gm, ''),
  'fences and comments that are gone': (text) =>
    text.replace(/^```$/gm, '').replace(/^<!-- scene: .*\n/gm, ''),
  'the id of the next scene': (text) => withIdOf(text, 4, 5),
  'the id of the next scene, and a beat that is new': (text) =>
    onBeat('$k. **All is new**$2<!-- id: yyyyy9 -->', 4)(withIdOf(text, 4, 5)),
  'the id of the next scene, which has none': (text) =>
    withIdOf(text, 4, 5).replace(/^(## Scene 5: .*)\n<!-- .*$/m, '$1'),
  'the id of the scene before': (text) => withIdOf(text, 4, 3),
  'scenes turned round': (text) => {
    const parts = text.split(/^(?=## Scene )/m);
    return [parts[0], ...parts.slice(1).reverse()].join('');
  },
};

/** Nothing says what belongs to what there; the writer has to. */
const unsure = ['scene: quoted'];

function fill(form: string, k: number, groups: readonly string[]): string {
  return form
    .replace('$k', String(k))
    .replace(/\$(\d)/g, (_, i: string) => groups[Number(i)] ?? '');
}

function onHeading(form: string, k: number): Edit {
  return (text) => text.replace(headingOf(k), (...groups: string[]) => fill(form, k, groups));
}

function onBeat(form: string, k: number): Edit {
  return (text) => text.replace(beatOf(k), (...groups: string[]) => fill(form, k, groups));
}

const edits: Readonly<Record<string, Edit>> = {
  ...Object.fromEntries(
    Array.from({ length: few }, (_, i) => i + 1).flatMap((k) => [
      ...Object.entries(headings).map(([name, form]): [string, Edit] => [
        `scene ${k}: ${name}`,
        onHeading(form, k),
      ]),
      ...Object.entries(beats).map(([name, form]): [string, Edit] => [
        `beat ${k}: ${name}`,
        onBeat(form, k),
      ]),
    ]),
  ),
  ...wholes,
};

describe('what a script seems to have already', function () {
  this.timeout(300_000);
  it('finds nothing in a finished script, and orders nothing', () => {
    assert.equal(ordered(finished), 0);
    assert.deepEqual(untiedScenes(parseScript(finished)), []);
  });

  it('finds nothing in scripts that are being written, whatever of them is there', () => {
    const subset = fc.uniqueArray(fc.integer({ min: 0, max: 8 }));
    fc.assert(
      fc.property(subset, (written) => {
        assert.deepEqual(untiedScenes(parseScript(sampleScript(9, written))), []);
      }),
    );
  });

  it('lets a writer put in scenes and notes by hand', () => {
    const text = `${sampleScript(9, [0, 1])}\n## Scene 2b: By hand\n\nShe waits.\n\n## Notes\n\nScene 4 is to be short.\n`;
    assert.deepEqual(untiedScenes(parseScript(text)), []);
  });

  it('asks nothing of a list of scenes, nor of a scene whose beat was deleted', () => {
    const half = finished.slice(0, finished.indexOf('## Scene 5:'));
    const list = Array.from(finished.matchAll(headingOfAny), ([, line]) => `${line}\n\n`).join('');
    assert.ok(list.includes('Scene 9: '));
    const texts = [
      half.replace('## Outline', `${list}## Outline`),
      `${half}\n${list}`,
      half.replace(/^ *2\. \*\*[^]*?(?=^ *3\. \*\*)/m, ''),
    ];
    for (const text of texts) {
      assert.ok(ordered(text) > 0 && text !== half);
      assert.deepEqual(untiedScenes(parseScript(text)), []);
    }
  });

  it('gives a scene with a copied id its own again, so that its clips are found', () => {
    for (const other of [3, 5]) assert.equal(tied(withIdOf(finished, 4, other)), finished);
  });

  it('closes the fence of a prompt that has swallowed scenes, and touches nothing else', () => {
    const text = finished.replace(/^```\n/m, '\n');
    assert.notEqual(text, finished);
    const meaning = ({ scenes }: ParsedScript): unknown =>
      scenes.map(({ id, number, scene }) => ({ id, number, scene }));
    assert.deepEqual(meaning(parseScript(tied(text))), meaning(parseScript(finished)));
  });

  it('says what seems to be what, with a fix where that is sure', () => {
    const problemsOf = (text: string): [string, boolean][] =>
      reviewScript(parseScript(text)).flatMap(({ code, about }): [string, boolean][] =>
        about.isSure === undefined ? [] : [[code, about.isSure]],
      );
    const form = (name: string): string => onHeading(headings[name] ?? '', 9)(finished);
    assert.deepEqual(problemsOf(form('another id')), [['untied-scene', true]]);
    assert.deepEqual(problemsOf(form('no space')), [['damaged-heading', true]]);
    assert.deepEqual(problemsOf(form('no heading')), [['scene-without-heading', true]]);
    assert.deepEqual(problemsOf(form('no heading and no comment')), [
      ['scene-without-heading', true],
    ]);
    assert.deepEqual(problemsOf(wholes['no outline']?.(finished) ?? ''), [
      ['outline-missing', true],
    ]);
    const problem = reviewScript(parseScript(form('another id'))).find(
      ({ code }) => code === 'untied-scene',
    );
    assert.ok(problem);
    const [fix, ...others] = fixesFor(problem, [8]);
    assert.deepEqual([fix, others], [{ kind: 'tie' }, []]);
  });

  const singles: [string, string][] = [
    ...Object.entries(headings).map(([name, form]): [string, string] => [
      `scene: ${name}`,
      onHeading(form, 9)(finished),
    ]),
    ...Object.entries(beats).map(([name, form]): [string, string] => [
      `beat: ${name}`,
      onBeat(form, 9)(finished),
    ]),
    ...Object.entries(wholes).map(([name, change]): [string, string] => [name, change(finished)]),
  ];
  for (const [name, text] of singles) {
    it(`is not ordered again without a question (${name})`, () => {
      assert.notEqual(text, finished);
      const found = untiedScenes(parseScript(text));
      assert.ok(ordered(text) === 0 || found.length > 0, `${ordered(text)} scenes`);
      // What a click makes of it keeps every word, and orders no more than before.
      const after = tied(text);
      assert.ok(ordered(after) <= ordered(text));
      if (!unsure.includes(name)) assert.equal(ordered(after), 0);
    });
  }

  for (const names of [
    ['scene 2: no heading and no comment', 'a fence that is not closed'],
    ['a fence that is not closed', 'scene 2: no heading and no comment'],
    ...['another language', 'another title, no comment', 'another id and title'].map((name) => [
      'the id of the next scene, and a beat that is new',
      `scene 5: ${name}`,
    ]),
  ]) {
    it(`is not ordered again without a question (${names.join(', then ')})`, () => {
      const text = names.reduce((now, name) => edits[name]?.(now) ?? now, short);
      assert.ok(ordered(text) > 0);
      assert.notDeepEqual(untiedScenes(parseScript(text)), []);
    });
  }

  it('takes acts for acts also where the ids of beats that stand beside them are only given', () => {
    for (let k = 2; k <= few; k++) {
      const acts = wholes['acts that beats are indented beneath']?.(short) ?? '';
      const text = edits[`beat ${k}: no id`]?.(acts) ?? '';
      assert.notEqual(text, acts);
      assert.equal(ordered(text), 0);
    }
  });

  it('is never ordered again without a question, whatever a hand has done', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.keys(edits)), { maxLength: 4 }), (names) => {
        const text = names.reduce((now, name) => edits[name]?.(now) ?? now, short);
        const found = untiedScenes(parseScript(text));
        assert.ok(ordered(text) === 0 || found.length > 0);
        assert.ok(ordered(tied(text)) <= ordered(text));
      }),
      { numRuns: 250 },
    );
  });
});
