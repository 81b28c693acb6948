import assert from 'node:assert/strict';
import fc from 'fast-check';
import { partialStrings, readableScene } from '../../../src/models/readable-scene.ts';

describe('partialStrings', () => {
  it('reads every string of a whole object', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue(), { noNullPrototype: true }),
        fc.boolean(),
        (value, pretty) => {
          const text = JSON.stringify(value, null, pretty ? 2 : 0);
          const parsed = JSON.parse(text) as Record<string, unknown>;
          const strings = Object.entries(parsed).filter(([, v]) => typeof v === 'string');
          assert.deepEqual(partialStrings(text), new Map(strings as [string, string][]));
        },
      ),
    );
  });

  it('shows at any moment a beginning of what will be there in the end', () => {
    fc.assert(
      fc.property(
        fc.record({
          title: fc.string({ unit: 'grapheme' }),
          dialogue: fc.array(fc.record({ line: fc.string() }), { maxLength: 2 }),
          action: fc.string({ unit: 'binary' }),
        }),
        fc.nat(),
        (value, position) => {
          const text = JSON.stringify(value);
          const whole = partialStrings(text);
          const part = partialStrings(text.slice(0, position % (text.length + 1)));
          for (const [key, string] of part) assert.ok(whole.get(key)?.startsWith(string));
        },
      ),
    );
  });
});

describe('readableScene', () => {
  it('grows from the title to the action, without a trace of JSON', () => {
    const text =
      '```json\n{"title": "The lamp", "action": "Wind.\\n\\nShe \\"climbs\\" \\ud83c\\udfee u';
    assert.equal(readableScene('```json\n{"tit'), '');
    assert.equal(readableScene(text.slice(0, 22)), 'The');
    assert.equal(readableScene(text), 'The lamp\n\nWind.\n\nShe "climbs" 🏮 u');
    assert.equal(readableScene(text.slice(0, -11)), 'The lamp\n\nWind.\n\nShe "climbs"');
  });

  it('shows nothing of what a model thinks aloud', () => {
    assert.equal(readableScene('<think>{"title": "No'), '');
    assert.equal(readableScene('<think>{"title": "No"}</think>{"title": "Yes'), 'Yes');
  });
});
