import assert from 'node:assert/strict';
import { sceneAnswerSchema } from '../../../src/models/answer-schemas.ts';
import { InvalidAnswer } from '../../../src/models/answer-errors.ts';
import { parseAnswer } from '../../../src/models/language-model/answer-reading.ts';
import { isWholeAnswer } from '../../../src/models/language-model/said-answer.ts';
import { partialStrings, readableScene } from '../../../src/models/readable-scene.ts';
import { assertSteady, timesAsLong } from '../../support/cpu-time.ts';

/** What somebody who answers in a model's place may send, as long as is asked for. */
const attacks: Readonly<Record<string, (length: number) => string>> = {
  brackets: (length) => `{"a":${'['.repeat(length)}`,
  'brackets that close': (length) => `{"a":${'['.repeat(length / 2)}${']'.repeat(length / 2)},}`,
  'objects in objects': (length) => '{"a":'.repeat(length / 5),
  braces: (length) => '{'.repeat(length),
  objects: (length) => '{} '.repeat(length / 3),
  'objects that are almost JSON': (length) => "{'a':1,} ".repeat(length / 9),
  'quotes within a text': (length) => `{"a":"${'"a '.repeat(length / 3)}"}`,
  'line ends behind a text': (length) => `{"a":"b"${'\n'.repeat(length)}x}`,
  'spaces behind a text': (length) => `{"a":"b"${' '.repeat(length)}x}`,
  comments: (length) => `{${'/*a*/'.repeat(length / 5)}"a":1}`,
  'texts without commas': (length) => `{"a":${'"b" '.repeat(length / 4)}}`,
  'sums of texts': (length) => `{"a":${'"b"+'.repeat(length / 4)}"c"}`,
  backslashes: (length) => `{"a":"${'\\'.repeat(length)}"}`,
  calls: (length) => `{"a":${'f('.repeat(length / 2)}}`,
  'keys without quotes': (length) => `{${'a:b,'.repeat(length / 4)}}`,
  fences: (length) => '```json\n'.repeat(length / 8),
};

describe('an answer that was made to stop its reader', () => {
  for (const [what, attack] of Object.entries(attacks)) {
    it(`is refused in a time that grows with its length alone: ${what}`, () => {
      const refuse = (length: number): void => {
        assert.throws(() => parseAnswer(attack(length), sceneAnswerSchema), InvalidAnswer);
      };
      assertSteady(what, refuse, 20_000);
    });
  }

  it('is told from an empty call in a time that grows with its length alone', () => {
    assertSteady(
      'empty lines',
      (length) => {
        isWholeAnswer({ text: '', calls: [`a${'\n'.repeat(length)}a`, `${'\n'.repeat(length)}a`] });
      },
      10_000,
    );
  });

  it('is refused unread where it is longer than any', () => {
    const text = `{"title":"${'a'.repeat(3_000_000)}"}`;
    assert.throws(() => parseAnswer(text, sceneAnswerSchema), /far longer than anything/u);
  });

  it('takes no longer to show while it streams in, however long it has become', () => {
    const start = '{"title":"The lamp","action":"';
    const show = (length: number) => (): void => {
      for (let i = 0; i < 50; i++) {
        partialStrings(`${start}${'She climbs. '.repeat(length / 12)}${i}`);
      }
    };
    show(30_000)();
    assert.ok(timesAsLong(show(3_000_000), show(30_000), 8) <= 8);
    assert.match(readableScene(start + 'a'.repeat(100_000)), /^The lamp\n\na{1000,}$/u);
  });
});
