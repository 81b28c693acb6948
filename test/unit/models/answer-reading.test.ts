import assert from 'node:assert/strict';
import fc from 'fast-check';
import { z } from 'zod';
import { actsAnswerSchema, sceneAnswerSchema } from '../../../src/models/answer-schemas.ts';
import { InvalidAnswer } from '../../../src/models/answer-errors.ts';
import { jsonSchemaOf, parseAnswer } from '../../../src/models/language-model/answer-reading.ts';

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
    check(jsonSchemaOf(actsAnswerSchema(4)));
  });

  it('pin the length of lists that is known', () => {
    const { properties } = jsonSchemaOf(actsAnswerSchema(4)) as {
      properties: { acts: { minItems: number; maxItems: number } };
    };
    assert.equal(properties.acts.minItems, 4);
    assert.equal(properties.acts.maxItems, 4);
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
    for (let end = 0; end < text.length - 1; end++) {
      assert.throws(() => parseAnswer(text.slice(0, end), sceneAnswerSchema), InvalidAnswer);
    }
    // All is there but the last bracket, and nothing else could have come.
    assert.deepEqual(parseAnswer(text.slice(0, -1), sceneAnswerSchema), scene);
  });

  it('takes what may be empty as null when it is left out', () => {
    const text = '{"title":"A","action":"B","dialogue":[],"prompt":"C"}';
    const { narration, sound } = parseAnswer(text, sceneAnswerSchema);
    assert.deepEqual([narration, sound], [null, null]);
  });

  it('names the exact places that are wrong, for the model to mend', () => {
    const text = JSON.stringify({
      title: ' ',
      action: true,
      dialogue: [{ line: 'x' }],
      prompt: ' ',
    });
    try {
      parseAnswer(text, sceneAnswerSchema);
      assert.fail('it was accepted');
    } catch (error) {
      assert.ok(error instanceof InvalidAnswer);
      assert.match(error.complaint, /prompt: must not be empty/);
      assert.match(error.complaint, /dialogue\[0\]\.speaker/);
      assert.match(error.complaint, /action: /);
    }
  });

  it('takes a list that is too short or too long, and only none at all for no answer', () => {
    const act = {
      title: 'a',
      summary: 'b',
      changes: ['Mara: asleep'],
    };
    for (const acts of [
      [act, act],
      [act, act, act, act],
    ]) {
      const answer = parseAnswer(JSON.stringify({ acts }), actsAnswerSchema(3));
      assert.equal(answer.acts.length, acts.length);
    }
    assert.throws(() => parseAnswer(JSON.stringify({ acts: [] }), actsAnswerSchema(3)), {
      complaint: 'acts: there have to be exactly 3 acts, not 0.',
    });
  });
});

describe('an answer that is not written as it should be', () => {
  /** Words, and the signs that get in the way of every repair. */
  const prose = fc
    .array(
      fc.constantFrom(
        ...['She', 'waits', "it's", '“now”', '"no"', '{', '}', '[1]', ',', ':', '\\', '\n', '…'],
        ...['đèn', '🏮', '// no', 'null', 'NaN', '…,', '```', '</think>', "'", '”'],
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((words) => `A ${words.join(' ')} z`);
  const plainObjects = { noNullPrototype: true };
  const scene = fc.record(
    {
      title: prose,
      action: prose,
      dialogue: fc.array(
        fc.record({ speaker: prose, tone: fc.option(prose), line: prose }, plainObjects),
        {
          maxLength: 3,
        },
      ),
      narration: fc.option(prose),
      sound: fc.option(prose),
      prompt: prose,
    },
    plainObjects,
  );
  type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never;

  type Manglings = Readonly<Record<string, (json: string) => string>>;
  /** What goes wrong between the strings of an answer; each line of it holds one member. */
  const between: Manglings = {
    'with trailing commas': (json) => json.replace(/([}\]])(?=,?$)/gm, '$1,').replace(/,,$/gm, ','),
    'without commas': (json) => json.replace(/,$/gm, ''),
    'with NaN': (json) => json.replace(/: null(?=,?$)/gm, ': NaN'),
    'as Python writes it': (json) => json.replace(/: null(?=,?$)/gm, ': None'),
    'without quotes around keys': (json) => json.replace(/^(\s*)"(\w+)": /gm, '$1$2: '),
    'with a comment': (json) => json.replace(/^\{$/m, '{ // the scene'),
    'with dots for the rest': (json) => json.replace(/("dialogue": \[)\n[^]*?\n {2}\]/, '$1 ... ]'),
  };
  const withStrings = (json: string, write: (content: string) => string): string =>
    json.replace(/"((?:[^"\\]|\\.)*)"/g, (_, content: string) => write(content));
  /** What goes wrong in its strings. */
  const within: Manglings = {
    'with single quotes': (json) =>
      withStrings(json, (content) => `'${content.replace(/\\"/g, '"').replace(/'/g, "\\'")}'`),
    'with other quotes': (json) => withStrings(json, (content) => `“${content}”`),
    'with quotes that are not escaped': (json) => json.replace(/\\"/g, '"'),
    'with raw line breaks': (json) =>
      withStrings(json, (content) => `"${content.replace(/(?<!\\)\\n/g, '\n')}"`),
  };
  /** What goes wrong around it. */
  const around: Manglings = {
    'in a fence': (json) => `\`\`\`json\n${json}\n\`\`\``,
    'in a fence, with prose': (json) =>
      `Here is the scene:\n\n\`\`\`json\n${json}\n\`\`\`\nI hope it's what you wanted!`,
    'after thoughts': (json) => `<think>{"title": "Perhaps"} or so</think>\n${json}`,
    'after thoughts that only end': (json) => `Let me see.\n</think>\n${json}`,
    'with prose': (json) => `Sure! It's here: ${json} Don't hesitate to ask.`,
    'cut off': (json) => json.slice(0, Math.ceil(json.length * 0.8)),
    twice: (json) => `${json}\n${json}`,
  };
  const manglings = { ...between, ...within, ...around };

  const readOrRefused = (text: string, value: Scene): void => {
    let read: unknown;
    try {
      read = parseAnswer(text, sceneAnswerSchema);
    } catch (error) {
      assert.ok(error instanceof InvalidAnswer);
      assert.ok(error.complaint.length > 10, 'the model is told what to mend');
      return;
    }
    assert.deepEqual(read, value);
  };

  for (const [name, mangle] of Object.entries(manglings)) {
    it(`is read as it was meant or not at all: ${name}`, () => {
      fc.assert(
        fc.property(scene, (value) => {
          readOrRefused(mangle(JSON.stringify(value, null, 2)), value);
        }),
      );
    });
  }

  it('is read as it was meant or not at all: all of these together', () => {
    const some = (kind: Manglings, most = 2): fc.Arbitrary<((json: string) => string)[]> =>
      fc.uniqueArray(fc.constantFrom(...Object.values(kind)), { maxLength: most });
    fc.assert(
      fc.property(scene, some(between), some(within, 1), some(around), (value, ...chosen) => {
        const json = JSON.stringify(value, null, 2);
        const text = chosen.flat().reduce((mangled, mangle) => mangle(mangled), json);
        readOrRefused(text, value);
      }),
      { numRuns: 1000 },
    );
  });

  const plain: Scene = {
    title: 'The lamp',
    action: 'She says "no" and it\'s dark.\n\nWind, rain: a storm.',
    dialogue: [{ speaker: 'Mara', tone: null, line: 'Who is there?' }],
    narration: null,
    sound: 'Gulls',
    prompt: 'A lighthouse, [wide] shot',
  };
  const readable = Object.keys(manglings).filter((name) => !/cut off|dots|comment/.test(name));
  for (const name of readable) {
    it(`is read when it is an ordinary one: ${name}`, () => {
      const text = (manglings as Manglings)[name]?.(JSON.stringify(plain, null, 2)) ?? '';
      assert.deepEqual(parseAnswer(text, sceneAnswerSchema), plain);
    });
  }

  it('says precisely what is wrong with it', () => {
    const complaints: [string, RegExp][] = [
      ['I cannot do that.', /was not JSON/],
      ['{"title": "A", "action": "B"', /broke off/],
      ['{"title": "A" :: 7}', /not valid JSON: .*position/],
      ['{"title": "A"} {"title": "B"}', /prompt/],
      [`[${JSON.stringify(plain)}, {"title":`, /broke off/],
    ];
    for (const [text, complaint] of complaints) {
      assert.throws(
        () => parseAnswer(text, sceneAnswerSchema),
        (error) => error instanceof InvalidAnswer && complaint.test(error.complaint),
        text,
      );
    }
  });

  it('is told apart from one that keeps the form but breaks a rule of ours', () => {
    const fault = (text: string): unknown => {
      try {
        return parseAnswer(text, sceneAnswerSchema);
      } catch (error) {
        return error instanceof InvalidAnswer && error.ignoresForm;
      }
    };
    assert.equal(fault('Sorry'), true);
    assert.equal(fault('{"title": 7}'), true);
    assert.equal(fault(JSON.stringify({ ...plain, prompt: ' ' })), false);
  });
});
