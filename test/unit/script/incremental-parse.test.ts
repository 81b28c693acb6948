import assert from 'node:assert/strict';
import fc from 'fast-check';
import { limits } from '../../../src/script/limits.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../src/script/parse/parsed-script.ts';
import type { OwnItem } from '../../../src/script/markdown/block-types.ts';
import { type Blocks, blocksOf, readBlocks } from '../../../src/script/markdown/read-blocks.ts';
import { nearMisses } from '../../../src/script/problems/near-misses.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';
import { unreadForms } from '../../../src/script/problems/unread-forms.ts';
import { wordsOf } from '../../../src/script/render/script-words.ts';
import { escapedIds } from '../../../src/script/escaped-ids.ts';
import { standingsOf } from '../../../src/script/standing-facts.ts';
import { storyOrder } from '../../../src/script/story-order.ts';
import { untiedScenes } from '../../../src/script/untied-scenes.ts';
import { cpuMs } from '../../support/cpu-time.ts';
import { lines, markdown } from './arbitraries.ts';
import { markdownAttacks, scriptWith, yamlAttacks } from './attacks.ts';
import { mutatedScript } from './mutations.ts';
import { outlineChanges } from './outline-changes.ts';
import { sampleScript } from './sample.ts';

/** All that is found out of a document and kept; what is only handed on to the next reading is left out. */
function said(parsed: ParsedScript): unknown {
  const { layout } = parsed.reading;
  const { title, outline, scenes, effort, start, frontMatter } = layout;
  return {
    ...parsed,
    reading: { title, outline, scenes, effort, start, frontMatter, blocks: blocksOf(layout) },
    review: reviewScript(parsed),
    order: storyOrder(parsed),
    words: wordsOf(parsed),
    untied: untiedScenes(parsed),
    escaped: escapedIds(parsed),
    unread: unreadForms(parsed).map((form) => ({ ...form, text: form.text() })),
    standings: standingsOf(parsed.outline.map(({ beat }) => beat)),
  };
}

/** What a hand does to a text: some of it goes, and something comes in its place. */
interface Edit {
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

function edited(text: string, { at, length, text: added }: Edit): string {
  const start = Math.floor(at * (text.length + 1));
  return text.slice(0, start) + added + text.slice(start + length);
}

/** What opens, closes or swallows what stands behind it, at any place. */
const telling = fc.constantFrom(
  ...['x', ' ', '\n', '\n\n', '\r', '\r\n', '\t', '    ', '\0', '\ufeff', '\\'],
  ...['#', '# ', '## ', '\n\n## Scene 9: New\n\n', '\n\n# Act\n\n', '\n===\n', '\n---\n', '---'],
  ...['```', '\n```\n', '\n\n```prompt\n', '\n~~~\n', '\n\n~~~ a b\n', '````'],
  ...['<!--', '-->', '\n\n<!--\n', '\n-->\n', '<div>', '\n<script>\n', '</script>', '<?', '?>'],
  ...[
    '\n\n<![CDATA[\n',
    ']]>',
    '- ',
    '> ',
    '1. ',
    '\n\n1. **New** · 8 s\n\n',
    '\n\n  - Leaves: x\n',
  ],
  ...['\n[a]: /url\n', '\n\n[Scene]: x "y\n', '[a]', '**MARA**: ', '*', '**', '_', '`', ' · '],
  ...['<!-- scene: aaaaa1 -->', '\n<!-- scene: s00002 -->\n', '<!-- id: aaaaa1 -->', 'name: Zoe\n'],
);

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(
    { weight: 5, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }) },
    { weight: 2, arbitrary: fc.integer({ min: 5, max: 400 }) },
  ),
  text: fc.oneof(
    { weight: 3, arbitrary: telling },
    { weight: 2, arbitrary: lines.map((line) => `\n${line}\n`) },
    { weight: 1, arbitrary: fc.constant('') },
  ),
});

/** What a hand does to the lines of a list, at one of them. */
const listEdits: Readonly<Record<string, (row: string) => string>> = {
  'a letter more': (row) => `${row}x`,
  'a letter less': (row) => row.slice(0, -1),
  'its mark is gone': (row) => row.replace(/^( *)(?:\d+[.)]|[-*+])( *)/, '$1'),
  'another mark': (row) => row.replace(/^( *\d+)\./, '$1)'),
  'a bullet for a number': (row) => row.replace(/^( *)\d+\./, '$1-'),
  'a longer number': (row) => row.replace(/^( *)(\d+\.)/, '$1100$2'),
  'a number before it': (row) => `3. ${row}`,
  'a bullet before it': (row) => `- ${row.trimStart()}`,
  'further in': (row) => `  ${row}`,
  'much further in': (row) => `      ${row}`,
  'further out': (row) => row.replace(/^ {1,2}/, ''),
  'at the margin': (row) => row.trimStart(),
  'a tab before it': (row) => `\t${row.trimStart()}`,
  'an empty line before it': (row) => `\n${row}`,
  'an empty line in it': (row) => `${row.slice(0, 9)}\n\n${row.slice(9)}`,
  'a new line in it': (row) => `${row.slice(0, 9)}\n${row.slice(9)}`,
  twice: (row) => `${row}\n${row}`,
  'nothing left': () => '',
  'spaces alone': () => '    ',
  'spaces at its end': (row) => `${row}   `,
  'a carriage return at its end': (row) => `${row}\r`,
  'a fence before it': (row) => `    \`\`\`\n${row}`,
  'a fence behind it': (row) => `${row}\n\n    ~~~\n`,
  'a fence at the margin': (row) => `\`\`\`\n${row}`,
  'a comment before it': (row) => `    <!--\n${row}`,
  'a comment in it': (row) => `${row.slice(0, 9)}<!-- ${row.slice(9)}`,
  'a comment at the margin': (row) => `<!--\n${row}`,
  'the end of one': (row) => `${row}\n-->`,
  'a rule': (row) => `${row}\n\n---\n`,
  'an underline': (row) => `${row}\n    ===`,
  'a quote': (row) => `    > ${row.trimStart()}`,
  'a heading': (row) => `\n### Act\n\n${row}`,
  'a heading within': (row) => `${row}\n\n    ## Act\n`,
  code: (row) => `${row}\n\n          code\n`,
  'an id': (row) => `${row} <!-- id: aaaaa1 -->`,
  'a beat within': (row) => `${row}\n    - **In** · 8 s <!-- id: zzzzz1 -->`,
};

interface ListEdit {
  readonly at: number;
  readonly what: string;
  /** So many lines go besides. */
  readonly gone: number;
}

const listEdit: fc.Arbitrary<ListEdit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  what: fc.constantFrom(...Object.keys(listEdits)),
  gone: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 12 })),
});

function inList(text: string, { at, what, gone }: ListEdit): string {
  const rows = text.split('\n');
  const first = rows.findIndex((row) => row.startsWith('## Outline'));
  const after = rows.findIndex((row) => /^#+ Scene/.test(row));
  const last = after === -1 ? rows.length : after;
  const row = first + 1 + Math.floor(at * Math.max(1, last - first));
  rows.splice(row, 1 + gone, listEdits[what]?.(rows[row] ?? '') ?? '');
  return rows.join('\n');
}

/** An outline in any of the shapes that it may have. */
const outlines: fc.Arbitrary<string> = fc
  .tuple(
    fc.integer({ min: 2, max: 12 }),
    fc.constantFrom((text: string) => text, ...Object.values(outlineChanges)),
    fc.constantFrom('\n', '\n', '\r\n'),
  )
  .map(([count, change, eol]) => change(sampleScript(count, [0])).replaceAll('\n', eol));

/** A text that somebody made, and what becomes of it under many hands. */
const texts: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: mutatedScript },
  { weight: 2, arbitrary: markdown.map((body) => scriptWith({ body })) },
  { weight: 1, arbitrary: markdown },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...Object.values(markdownAttacks))
      .map((attack) => scriptWith({ body: attack(600) })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...Object.values(yamlAttacks))
      .map((attack) => scriptWith({ yaml: attack(300) })),
  },
);

describe('a script that is read again after a change', function () {
  this.timeout(120_000);

  it('reads exactly as it would from scratch, whatever it is and whatever was changed', () => {
    fc.assert(
      fc.property(texts, fc.array(edit, { minLength: 1, maxLength: 8 }), (start, edits) => {
        let text = start;
        let parsed = parseScript(text);
        for (const one of edits) {
          text = edited(text, one);
          parsed = parseScript(text, parsed);
          assert.deepEqual(said(parsed), said(parseScript(text)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is told all of that any of its scenes has to be told', () => {
    fc.assert(
      fc.property(texts, edit, (start, one) => {
        const script = parseScript(edited(start, one), parseScript(start));
        const told = reviewScript(script);
        if (!script.isScript || script.conflicts.length > 0 || told.length === limits.problems)
          return;
        const codes = new Set(told.map(({ code, span }) => `${code} ${span.start}`));
        for (const { code, span } of nearMisses(script)) {
          assert.ok(codes.has(`${code} ${span.start}`), code);
        }
        for (const { start: at } of unreadForms(script)) assert.ok(codes.has(`unread-form ${at}`));
      }),
      { numRuns: 200 },
    );
  });

  it('reads exactly as it would from scratch, whatever is done to the items of its outline', () => {
    fc.assert(
      fc.property(outlines, fc.array(listEdit, { minLength: 1, maxLength: 8 }), (start, edits) => {
        let text = start;
        let parsed = parseScript(text);
        for (const one of edits) {
          text = inList(text, one);
          parsed = parseScript(text, parsed);
          assert.deepEqual(said(parsed), said(parseScript(text)), one.what);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('reads no item of its outline again but those that are other ones, wherever they have gone', () => {
    const ownOf = ({ reading }: ParsedScript): (OwnItem | undefined)[] =>
      (reading.layout.outline?.content.blocks ?? []).flatMap((block) =>
        block.type === 'list' ? block.items.map(({ own }) => own) : [],
      );
    const text = sampleScript(9, [0]);
    const before = parseScript(text);
    const items = ownOf(before);
    assert.ok(items.length === 9 && !items.includes(undefined));
    const [, , third = '', fourth = ''] = text.split(/^(?= *\d\. \*\*)/m).slice(1);
    const changes: Readonly<Record<string, readonly [typed: string, kept: number]>> = {
      'one is typed in': [text.replace('the 5th time', 'the 5th and last time'), 8],
      'one comes before them': [text.replace(third, `${third}${third.replace('Beat', 'x')}`), 9],
      'one is gone': [text.replace(third, ''), 8],
      'two change places': [text.replace(third + fourth, fourth + third), 9],
      'one is parted': [text.replace('Mara climbs the stairs for the 4th', '\n1. a 4th'), 8],
    };
    for (const [what, [typed, kept]] of Object.entries(changes)) {
      const after = ownOf(parseScript(typed, before));
      assert.equal(after.filter((one) => one && items.includes(one)).length, kept, what);
    }
  });

  it('takes what is put behind an open fence or comment for more of it', () => {
    for (const open of ['```prompt\nA lamp.', '<!-- a', '<?php', '~~~']) {
      const before = parseScript(`${sampleScript(1, [0])}\n${open}\n\n`);
      const text = `${before.text}## Scene 2: Down\n`;
      assert.deepEqual(said(parseScript(text, before)), said(parseScript(text)), open);
      assert.equal(parseScript(text, before).scenes.length, 1, open);
    }
  });

  it('takes no item over that would not be looked into where it stands now', () => {
    const heavy = `a\t${'*'.repeat(20_000)}\n\n`;
    const list = 'A list.\n\n1. a\n   ```\n   b\n   ```\n2. c\n';
    const light = readBlocks(heavy.repeat(10) + list);
    const text = heavy.repeat(11) + list;
    const typesOf = (blocks: Blocks): string[] => blocksOf(blocks).map(({ type }) => type);
    assert.equal(typesOf(light).at(-1), 'list');
    assert.deepEqual(typesOf(readBlocks(text, light)), typesOf(readBlocks(text)));
    assert.equal(typesOf(readBlocks(text, light)).at(-1), 'other');
  });

  it('reads as from scratch also after an entirely different text', () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        assert.deepEqual(said(parseScript(other, parseScript(one))), said(parseScript(other)));
      }),
      { numRuns: 100 },
    );
  });

  it('is refused, and read again once it is not, where more is put in than is read', () => {
    const script = sampleScript(2, [0, 1]);
    const beyond = `${script}\n${'*a*\tb\n\n'.repeat(60_000)}`;
    const refused = parseScript(beyond, parseScript(script));
    assert.deepEqual(said(refused), said(parseScript(beyond)));
    assert.ok(refused.beyond);
    assert.deepEqual(said(parseScript(script, refused)), said(parseScript(script)));
  });

  it('keeps no more of earlier versions than the last one has', () => {
    let parsed = parseScript(sampleScript(3, [0, 1, 2]));
    const size = parsed.reading.layout.pieces.length;
    for (let i = 0; i < 50; i++) {
      const text = parsed.text.replace(/Far out(?: \d+)?/u, `Far out ${i}`);
      parsed = parseScript(text, parsed);
    }
    assert.equal(parsed.reading.layout.pieces.length, size);
    assert.equal(parsed.reading.outline?.beats.length, 3);
    assert.equal(parsed.reading.outline.texts.size, 0);
  });

  describe('of 500 scenes, at one key stroke,', () => {
    const sample = sampleScript(
      500,
      Array.from({ length: 500 }, (_, i) => i),
    );
    const read = (of: string, before?: ParsedScript): ParsedScript => {
      const parsed = parseScript(of, before);
      reviewScript(parsed);
      return parsed;
    };
    const least = (run: () => void): number =>
      Math.min(...Array.from({ length: 6 }, () => cpuMs(run)));

    // What it takes is half of that at most; without anything taken over it would be the whole.
    for (const [where, words, share, deeper = ''] of [
      ['a scene', 'horn number 250 sounds', 8],
      ['a scene at level 4', 'horn number 250 sounds', 8, '##'],
      ['the outline', 'the 250th time', 6],
      ['the front matter', 'yellow oilskin coat', 8],
    ] as const) {
      it(`costs a small part of reading it whole: in ${where}`, () => {
        const text = sample.replace(/^(?=## Scene)/gm, deeper);
        const at = text.indexOf(words) + 3;
        assert.ok(at > 3);
        const rounds = 4;
        const whole =
          least(() => {
            for (let i = 0; i < rounds; i++) read(text);
          }) / rounds;
        let parsed = read(text);
        let typed = text;
        const strokes = 40;
        const stroke =
          least(() => {
            for (let i = 0; i < strokes; i++) {
              typed = `${typed.slice(0, at)}x${typed.slice(at)}`;
              parsed = read(typed, parsed);
            }
          }) / strokes;
        assert.ok(
          stroke < whole / share,
          `${stroke.toFixed(2)} ms a key stroke, of ${whole.toFixed(2)}`,
        );
      });
    }
  });

  it('reads only what has changed also where the outline stands in the notes of a scene', () => {
    const scenes = ['One', 'Two', 'Three'].map(
      (title, i) =>
        `## Scene ${i + 1}: ${title}\n<!-- scene: aaaaa${i + 1} -->\n\nShe climbs ${i}.\n`,
    );
    const notes = '### Plan\n\n1. **One** · 8 s <!-- id: aaaaa1 -->\n';
    const text = `---\nscenewright: 1\n---\n\n# T\n\n${[...scenes, notes].join('\n')}`;
    const before = parseScript(text);
    assert.equal(before.outline.length, 1);
    const after = parseScript(text.replace('climbs 1', 'climbs on'), before);
    const isSame = after.scenes.map(({ scene }, i) => scene === before.scenes[i]?.scene);
    assert.deepEqual(isSame, [true, false, true]);
  });
});
