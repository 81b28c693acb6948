import assert from 'node:assert/strict';
import fc from 'fast-check';
import { format, type Options } from 'prettier';
import { missingScenes } from '../../../src/script/story-order.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { renderOutline } from '../../../src/script/render/render-scene.ts';
import { wordsOfLanguage } from '../../../src/script/render/script-words.ts';
import { sampleBeat } from './sample.ts';
import { outlineChanges } from './outline-changes.ts';
import { longScript, meaningOf, realScript } from './real-script.ts';

describe('an outline', () => {
  const text = longScript(12);
  const meaning = meaningOf(parseScript(text));

  for (const [what, change] of Object.entries(outlineChanges)) {
    it(`means the same with ${what}`, () => {
      const changed = change(text);
      assert.notEqual(changed, text);
      const parsed = parseScript(changed);
      assert.deepEqual(meaningOf(parsed), meaning);
      assert.equal(missingScenes(parsed), 0, 'nothing would be written again');
    });
  }
});

describe('an outline of ten thousand beats', () => {
  it('keeps every contract, whatever its numbers are wide', () => {
    const beats = Array.from({ length: 10_000 }, (_, i) => sampleBeat(i));
    const parsed = parseScript(
      `---\nscenewright: 1\n---\n\n## Outline\n\n${renderOutline(beats, wordsOfLanguage('en'))}\n`,
    );
    assert.deepEqual(
      parsed.outline.map(({ beat }) => beat),
      beats,
    );
  });
});

const formats: Options[] = (['always', 'never', 'preserve'] as const).flatMap((proseWrap) =>
  [2, 4, 8].flatMap((tabWidth) =>
    [false, true].map((useTabs) => ({ parser: 'markdown', proseWrap, tabWidth, useTabs })),
  ),
);

describe('a script that a formatter has gone over', () => {
  it('means the same, also the second time', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(
        realScript,
        fc.constantFrom(...formats),
        fc.constantFrom(40, 80, 100),
        async (text, options, printWidth) => {
          const meaning = meaningOf(parseScript(text));
          const once = await format(text, { ...options, printWidth });
          assert.deepEqual(meaningOf(parseScript(once)), meaning);
          const twice = await format(once, { ...options, printWidth });
          assert.deepEqual(meaningOf(parseScript(twice)), meaning);
        },
      ),
      { numRuns: 100 },
    );
  });
});
