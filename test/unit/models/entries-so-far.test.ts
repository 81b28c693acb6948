import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as z from 'zod';
import { EntriesSoFar, entriesIn } from '../../../src/models/language-model/entries-so-far.ts';
import { assertSteady } from '../../support/cpu-time.ts';

const beat = z.object({
  title: z.string(),
  cast: z.array(z.string()),
  summary: z.string().nullable(),
});
type Beat = z.infer<typeof beat>;

/** Words, and signs that look like the end of something. */
const words = fc
  .array(
    fc.constantFrom('She', '"', '\\', '{', '}', '[', ']', '\n', '</think>', '"beats": [', '灯'),
  )
  .map((list) => list.join(' '));
const beats = fc.array(
  fc.record(
    { title: words, cast: fc.array(words, { maxLength: 2 }), summary: fc.option(words) },
    { noNullPrototype: true },
  ),
  { maxLength: 5 },
);

const wrappings: Readonly<Record<string, (list: string) => string>> = {
  'as it was asked for': (list) => `{"beats":${list}}`,
  'with other keys before it': (list) =>
    `{"title":"A","characters":[{"name":"Mara","look":"old"}], "beats" : ${list}, "more": [{}]}`,
  'in a wrapper and a fence': (list) =>
    `Here:\n\`\`\`json\n{"result": {"beats":\n${list}}}\n\`\`\``,
  'without its key': (list) => `Sure! ${list}\nDone.`,
  'after thoughts': (list) => `<think>Perhaps {"beats":[{"title":"no"}]}</think>{"beats":${list}}`,
  'after thoughts of another kind': (list) =>
    `<|channel|>analysis<|message|>"beats": [{}]<|end|><|start|>assistant<|channel|>final<|message|>{"beats":${list}}`,
};

/** The text in the pieces that a stream may come in. */
function streamed(reader: EntriesSoFar<Beat>, text: string, cuts: readonly number[]) {
  const places = cuts.map((cut) => Math.floor(cut * text.length)).sort((a, b) => a - b);
  return [...places, text.length].flatMap((to) => reader.take(text.slice(0, to)));
}

describe('the entries of a list in an answer that is still coming', () => {
  for (const [how, wrap] of Object.entries(wrappings)) {
    it(`are given once each, in their order, however the answer is cut up: ${how}`, () => {
      fc.assert(
        fc.property(
          beats,
          fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
          fc.constantFrom(undefined, 2),
          (list, cuts, space) => {
            const text = wrap(JSON.stringify(list, null, space));
            const expected = list.map((value, index) => ({ index, value }));
            assert.deepEqual(streamed(new EntriesSoFar('beats', beat), text, cuts), expected);
          },
        ),
      );
    });
  }

  it('are given with the very character that ends them', () => {
    const list = ['a', 'b', 'c'].map((title) => ({ title, cast: [], summary: null }));
    const text = JSON.stringify({ beats: list });
    const reader = new EntriesSoFar('beats', beat);
    const given: string[] = [];
    for (let end = 1; end <= text.length; end++) {
      for (const { index } of reader.take(text.slice(0, end))) {
        const entry = JSON.stringify(list[index]);
        assert.ok(text.slice(0, end).endsWith(entry));
        given.push(entry);
      }
    }
    assert.equal(given.length, 3);
  });

  it('are given where others are broken or the answer breaks off', () => {
    const text =
      '{"beats":[{"title":"a","cast":[],"summary":null},{"title":7{},"x":},{"title":"c","cast":[],"summary":null},{"title":"d","ca';
    assert.deepEqual(
      entriesIn(text, 'beats', beat).map(({ index, value }) => [index, value?.title]),
      [
        [0, 'a'],
        [1, undefined],
        [2, 'c'],
      ],
    );
  });

  it('are found under other spellings of the key', () => {
    for (const key of ['handOffs', 'hand_offs', 'Hand-Offs', 'HANDOFFS', 'hand offs']) {
      const text = `{"${key}": [{"title":"a","cast":[],"summary":null}]}`;
      assert.equal(entriesIn(text, 'handOffs', beat).length, 1, key);
    }
  });

  it('cost a time that grows with the length alone', () => {
    const entry = '{"title":"a","cast":["Mara"],"summary":"She climbs."},';
    const hostile: Readonly<Record<string, (length: number) => string>> = {
      'many entries': (length) => `{"beats":[${entry.repeat(length / entry.length)}`,
      'open thoughts': (length) => '<think>'.repeat(length / 7),
      'thoughts without end': (length) => `<think>${'[think]'.repeat(length / 7)}`,
      lists: (length) => '[{'.repeat(length / 2),
      'spaces before a list': (length) => `"beats"${' '.repeat(length)}`,
      braces: (length) => `"beats":[${'{'.repeat(length)}`,
    };
    for (const [what, make] of Object.entries(hostile)) {
      assertSteady(
        what,
        (length) => {
          const text = make(length);
          const reader = new EntriesSoFar('beats', beat);
          const step = Math.ceil(text.length / 50);
          for (let end = step; end < text.length + step; end += step) {
            reader.take(text.slice(0, end));
          }
        },
        20_000,
      );
    }
  });
});
