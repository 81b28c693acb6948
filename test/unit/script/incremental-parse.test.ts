import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../src/script/parse/parsed-script.ts';
import { blocksOf } from '../../../src/script/markdown/read-blocks.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';
import { cpuMs } from '../../support/cpu-time.ts';
import { lines, markdown } from './arbitraries.ts';
import { markdownAttacks, scriptWith, yamlAttacks } from './attacks.ts';
import { mutatedScript } from './mutations.ts';
import { sampleScript } from './sample.ts';

/** All that reading says of a document; what is only handed on to the next reading is left out. */
function said(parsed: ParsedScript): unknown {
  const { layout } = parsed.reading;
  const { title, outline, scenes, effort, start, frontMatter } = layout;
  return {
    ...parsed,
    reading: { title, outline, scenes, effort, start, frontMatter, blocks: blocksOf(layout) },
    review: reviewScript(parsed),
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

describe('a script that is read again after a change', () => {
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
    const size = parsed.reading.layout.known.size;
    for (let i = 0; i < 50; i++) {
      const text = parsed.text.replace(/Far out(?: \d+)?/u, `Far out ${i}`);
      parsed = parseScript(text, parsed);
    }
    assert.equal(parsed.reading.layout.known.size, size);
    assert.equal(parsed.reading.outline?.texts.size, 3);
  });

  describe('of 500 scenes, at one key stroke,', () => {
    const text = sampleScript(
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
    for (const [where, words, share] of [
      ['a scene', 'horn number 250 sounds', 8],
      ['the outline', 'the 250th time', 3],
      ['the front matter', 'yellow oilskin coat', 8],
    ] as const) {
      it(`costs a small part of reading it whole: in ${where}`, () => {
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
});
