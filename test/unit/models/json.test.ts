import assert from 'node:assert/strict';
import fc from 'fast-check';
import { z } from 'zod';
import { planAnswerSchema, sceneAnswerSchema } from '../../../src/models/answers.ts';
import { InvalidAnswer, jsonSchemaOf, parseAnswer } from '../../../src/models/json.ts';

const anything = z.unknown();

describe('the JSON schemas sent to endpoints', () => {
  it('keep to what strict structured outputs accept', () => {
    const check = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('properties' in node) {
        const { properties, required, additionalProperties } = node as Record<string, unknown>;
        assert.deepEqual(required, Object.keys(properties as object));
        assert.equal(additionalProperties, false);
        for (const property of Object.values(properties as object)) {
          assert.ok(!('default' in (property as object)));
          check(property);
        }
      }
      if ('items' in node) check(node.items);
    };
    check(jsonSchemaOf(sceneAnswerSchema));
    check(jsonSchemaOf(planAnswerSchema(22)));
  });

  it('pin the number of beats', () => {
    const { properties } = jsonSchemaOf(planAnswerSchema(22)) as {
      properties: { beats: { minItems: number; maxItems: number } };
    };
    assert.equal(properties.beats.minItems, 22);
    assert.equal(properties.beats.maxItems, 22);
  });
});

describe('parseAnswer', () => {
  it('returns any object just as it was, also when wrapped in a fence', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = JSON.stringify(value, null, 1);
        const expected: unknown = JSON.parse(text);
        assert.deepEqual(parseAnswer(text, anything), expected);
        assert.deepEqual(parseAnswer('```json\n' + text + '\n```', anything), expected);
      }),
    );
  });

  it('takes no part of an answer for the whole, wherever it breaks off', () => {
    const scene = {
      prompt: 'A lamp {burns} in a "tower" [red]',
      title: 'The lamp',
      action: 'It burns.',
      sound: null,
      narration: 'Night.\nAnd day.',
      dialogue: [
        { speaker: 'Mara', tone: null, line: 'Who\'s "there"?' },
        { speaker: 'Old Tom', tone: 'low', line: 'Nobody} ]' },
      ],
    };
    const text = JSON.stringify(scene);
    assert.deepEqual(parseAnswer(text, sceneAnswerSchema), scene);
    for (let end = 0; end < text.length; end++) {
      assert.throws(() => parseAnswer(text.slice(0, end), sceneAnswerSchema), InvalidAnswer);
    }
  });

  it('takes what may be empty as null when it is left out', () => {
    const text = '{"title":"A","action":"B","dialogue":[],"prompt":"C"}';
    const { narration, sound } = parseAnswer(text, sceneAnswerSchema);
    assert.deepEqual([narration, sound], [null, null]);
  });

  it('names the exact places that are wrong, for the model to mend', () => {
    const text = JSON.stringify({ title: ' ', action: 'B', dialogue: [{ line: 'x' }], prompt: 3 });
    try {
      parseAnswer(text, sceneAnswerSchema);
      assert.fail('it was accepted');
    } catch (error) {
      assert.ok(error instanceof InvalidAnswer);
      assert.match(error.complaint, /title: must not be empty/);
      assert.match(error.complaint, /dialogue\[0\]\.speaker/);
      assert.match(error.complaint, /prompt: /);
    }
  });

  it('says how many beats were asked for and how many came', () => {
    const beat = {
      title: 'a',
      place: 'b',
      time: null,
      cast: [],
      summary: 'c',
      entry: 'd',
      exit: 'e',
      handOff: 'f',
      continues: false,
    };
    const answer = {
      title: 't',
      logline: 'l',
      characters: [],
      places: [{ name: 'b', look: 'x' }],
      beats: [beat, beat],
    };
    assert.throws(() => parseAnswer(JSON.stringify(answer), planAnswerSchema(3)), {
      complaint: 'beats: there have to be exactly 3 beats, not 2.',
    });
  });
});
