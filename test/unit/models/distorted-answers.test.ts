import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as z from 'zod';
import { InvalidAnswer } from '../../../src/models/answer-errors.ts';
import {
  actsAnswerSchema,
  coreAnswerSchema,
  sceneAnswerSchema,
} from '../../../src/models/answer-schemas.ts';
import { parseAnswer } from '../../../src/models/language-model/answer-reading.ts';

const plain = { noNullPrototype: true };

/** Sentences with all that JSON has to escape, or a reader could stumble over. */
const sentence = fc
  .array(
    fc.constantFrom(
      ...['She', 'waits', "it's", '"no"', '{', '}', '[1]', ',', ': x', '\\', '…', '// no', '# 1'],
      ...['đèn', '他说：“好”，走了。', '🏮', 'null', 'True', '```', 'six', 'yes', '</b>', '(low)'],
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((words) => `A ${words.join(' ')} z`);
const name = fc.constantFrom('Mara', 'Old Tom', 'Lệ Quyên', '灯塔', "O'Neill");
const fact = fc
  .tuple(name, fc.constantFrom('coat', 'lamp in her hand', 'asleep; wet', '灯'))
  .map(([who, how]) => `${who}: ${how}`);
const facts = fc.array(fact, { minLength: 1, maxLength: 3 });

const scene = fc.record(
  {
    title: sentence,
    action: sentence,
    dialogue: fc.array(
      fc.record({ speaker: name, tone: fc.option(fc.constant('low')), line: sentence }, plain),
      { maxLength: 2 },
    ),
    narration: fc.option(sentence),
    sound: fc.option(sentence),
    prompt: sentence,
  },
  plain,
);
const core = fc.record(
  {
    title: sentence,
    logline: sentence,
    characters: fc.array(fc.record({ name, look: sentence, voice: fc.option(sentence) }, plain), {
      maxLength: 2,
    }),
    places: fc.array(fc.record({ name, look: sentence }, plain), { minLength: 1, maxLength: 2 }),
  },
  plain,
);
const act = fc.record(
  { title: sentence, summary: sentence, since: fc.option(sentence), entry: facts, exit: facts },
  plain,
);
const acts = fc.record({ acts: fc.array(act, { minLength: 2, maxLength: 2 }) }, plain);
const kindsSchema = z.object({
  count: z.number(),
  sure: z.boolean(),
  size: z.enum(['short', 'usual', 'long']),
  names: z.array(z.string()),
  handOff: z.string(),
});
const kinds = fc.record(
  {
    count: fc.integer({ min: 0, max: 20 }),
    sure: fc.boolean(),
    size: fc.constantFrom('short', 'usual', 'long' as const),
    names: fc.array(name, { minLength: 1, maxLength: 3 }),
    handOff: sentence,
  },
  plain,
);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Distortion<T> = Readonly<Record<string, (value: T) => T>>;

const everywhere = (value: Json, change: (value: Json, key: string) => Json, key = ''): Json => {
  if (Array.isArray(value))
    return change(
      value.map((entry) => everywhere(entry, change, key)),
      key,
    );
  if (typeof value !== 'object' || value === null) return change(value, key);
  return change(
    Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, everywhere(inner, change, name)]),
    ),
    key,
  );
};
const keys = (spell: (key: string) => string) => (value: Json) =>
  everywhere(value, (inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner).map(([key, field]) => [
            // Names are no keys of ours.
            /^[a-z]/u.test(key) ? spell(key) : key,
            field,
          ]),
        )
      : inner,
  );
const snake = (key: string): string => key.replace(/[A-Z]/gu, (sign) => `_${sign.toLowerCase()}`);

/** What models do to the form of an answer. */
const ofForm: Distortion<Json> = {
  'what is empty left out': (value) =>
    everywhere(value, (inner) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).filter(([, field]) => field !== null))
        : inner,
    ),
  'empty lists as null': (value) =>
    everywhere(value, (inner) => (Array.isArray(inner) && inner.length === 0 ? null : inner)),
  'nothing in a list': (value) =>
    everywhere(value, (inner) =>
      Array.isArray(inner) && inner.length > 0 && typeof inner[0] === 'object'
        ? [...inner, null]
        : inner,
    ),
  'truths as words': (value) =>
    everywhere(value, (inner) => (typeof inner === 'boolean' ? (inner ? 'yes' : 'False') : inner)),
  'numbers as text': (value) =>
    everywhere(value, (inner) => (typeof inner === 'number' ? `${inner}` : inner)),
  'numbers as words': (value) =>
    everywhere(value, (inner) => (inner === 7 ? 'seven' : inner === 12 ? 'Twelve' : inner)),
  'choices in capitals': (value) =>
    everywhere(value, (inner, key) =>
      key.toLowerCase() === 'size' && typeof inner === 'string' ? inner.toUpperCase() : inner,
    ),
  'facts as objects': (value) =>
    everywhere(value, (inner, key) => {
      const [, who, how] = /^([^:]+): ([^:]+)$/u.exec(typeof inner === 'string' ? inner : '') ?? [];
      return /^(?:entry|exit)$/iu.test(key) && who !== undefined && how !== undefined
        ? { [who]: how }
        : inner;
    }),
  'facts as who and how': (value) =>
    everywhere(value, (inner, key) => {
      const [, who, how] = /^([^:]+): ([^:]+)$/u.exec(typeof inner === 'string' ? inner : '') ?? [];
      return /^(?:entry|exit)$/iu.test(key) && who !== undefined && how !== undefined
        ? { who, how }
        : inner;
    }),
  'lists as lines': (value) =>
    everywhere(value, (inner, key) =>
      /^(?:entry|exit|names)$/iu.test(key) &&
      Array.isArray(inner) &&
      inner.every((entry) => typeof entry === 'string')
        ? inner.map((entry) => `- ${entry}`).join('\n')
        : inner,
    ),
  'text as a list of one': (value) =>
    everywhere(value, (inner, key) =>
      /^(?:title|action|prompt|look)$/iu.test(key) && typeof inner === 'string' ? [inner] : inner,
    ),
  'keys in capitals': keys((key) => key.toUpperCase()),
  'keys with capitals': keys((key) => key.replace(/^./u, (sign) => sign.toUpperCase())),
  'keys with underscores': keys(snake),
  'keys with hyphens': keys((key) => snake(key).replaceAll('_', '-')),
  'keys with spaces': keys((key) => snake(key).replaceAll('_', ' ')),
};

/** What models put around an answer as a value. */
const wrapped: Distortion<Json> = {
  scene: (value) => ({ scene: value }),
  output: (value) => ({ output: value }),
  'result and more': (value) => ({ status: 'ok', result: { data: value } }),
  'a schema with values': (value) => ({ type: 'object', properties: value, required: ['title'] }),
  'a list of one': (value) => [value],
  'a text': (value) => JSON.stringify(value),
  'a text in a wrapper': (value) => ({ answer: JSON.stringify(value, null, 2) }),
  'the bare list': (value) => {
    const [list, ...more] = Object.values(value as object) as Json[];
    return Array.isArray(list) && more.length === 0 ? list : value;
  },
};

const stringsOf = (json: string, write: (content: string, isKey: boolean) => string): string =>
  json.replace(/"((?:[^"\\]|\\.)*)"(?=(:)?)/gu, (_, content: string, colon?: string) =>
    write(content, colon !== undefined),
  );

/** What models do to the writing of JSON that has one member a line; each leaves the next one room. */
const ofWriting: Distortion<string> = {
  'trailing commas': (json) => json.replace(/(?<![[{,])\n(\s*[}\]])/gu, ',\n$1'),
  comments: (json) => json.replace(/^(\s*)("\w+": |\{)/mu, "$1// it's the answer\n$1$2"),
  'comments of another kind': (json) => json.replace(/,$/gmu, ', /* next */'),
  'keys without quotes': (json) => json.replace(/^(\s*)"([A-Za-z_]\w*)":/gmu, '$1$2:'),
  'single quotes': (json) =>
    stringsOf(json, (content) => `'${content.replace(/\\"/gu, '"').replace(/'/gu, "\\'")}'`),
  'other quotes': (json) =>
    stringsOf(json, (content) => (/[“”"]/u.test(content) ? `"${content}"` : `“${content}”`)),
  'full-width signs': (json) => json.replace(/^(\s*"\w+"): /gmu, '$1：').replace(/,$/gmu, '，'),
  'raw line breaks': (json) =>
    stringsOf(json, (content) => `"${content.replace(/(?<!\\)((?:\\\\)*)\\n/gu, '$1\n')}"`),
  'words of Python': (json) =>
    json.replace(/: (true|false|null)(?=,?$)/gmu, (_, word: string) =>
      word === 'null' ? ': None' : `: ${word === 'true' ? 'True' : 'False'}`,
    ),
  'no comma before a new line': (json) => json.replace(/",$/gmu, '"'),
  'thoughts inside': (json) => json.replace(/^\{$/mu, '{ <think>so {"a": 1}</think>'),
};

const draft = '{"title": "Perhaps", "beats": [';
/** What models put around an answer as a text. */
const around: Distortion<string> = {
  'a fence': (json) => `\`\`\`json\n${json}\n\`\`\``,
  'a fence and prose': (json) => `Here's {it}:\n\`\`\`\n${json}\n\`\`\`\nI hope it's "good"!`,
  prose: (json) => `Sure! It is [here]: ${json}\n\nDon't hesitate to ask.`,
  'a comma and prose': (json) => `${json},\n\nThat is all.`,
  ...Object.fromEntries(
    [
      ['<think>', '</think>'],
      ['<thinking>', '</thinking>'],
      ['<Reasoning>', '</Reasoning>'],
      ['<thought>', '</thought>'],
      ['<seed:think>', '</seed:think>'],
      ['<mm:think>', '</mm:think>'],
      ['◁think▷', '◁/think▷'],
      ['[THINK]', '[/THINK]'],
      ['<|begin_of_thought|>', '<|end_of_thought|>\n<|begin_of_solution|>'],
      ['<|START_THINKING|>', '<|END_THINKING|><|START_RESPONSE|>'],
      ['<|channel|>analysis<|message|>', '<|end|><|start|>assistant<|channel|>final<|message|>'],
      ['<|channel>thought\n', '<channel|>'],
      ['<details type="reasoning" done="true">', '</details>'],
    ].map(([open, close]) => [
      `thoughts in ${open}`,
      (json: string) => `${open}It's {"title": "no"}, or ${draft}${close}${json}`,
    ]),
  ),
  'thoughts that only end': (json) => `Let me see: {"title": "no"}\n</think>\n\n${json}`,
  'all of it in thoughts': (json) => `<think>${json}</think>`,
  'thoughts without an end': (json) => `<think>Well.\n${json}`,
};

/** Some of a kind, in the order of their table. */
const some = <T>(
  kind: Distortion<T>,
  most: number,
): fc.Arbitrary<(readonly [string, (value: T) => T])[]> =>
  fc.subarray(Object.entries(kind), { maxLength: most });

const cases = fc.oneof(
  fc.record({ value: scene, schema: fc.constant<z.ZodType>(sceneAnswerSchema) }, plain),
  fc.record({ value: core, schema: fc.constant<z.ZodType>(coreAnswerSchema) }, plain),
  fc.record({ value: acts, schema: fc.constant<z.ZodType>(actsAnswerSchema(2)) }, plain),
  fc.record({ value: kinds, schema: fc.constant<z.ZodType>(kindsSchema) }, plain),
);

describe('an answer with the right content', () => {
  const check = (
    value: unknown,
    schema: z.ZodType,
    form: readonly (readonly [string, (value: Json) => Json])[],
    writing: readonly (readonly [string, (value: string) => string])[],
    outside: readonly (readonly [string, (value: string) => string])[],
  ): void => {
    // A text in a text has no lines that could be written in another way.
    const asText = form.some(([title]) => title === 'a text');
    const shaped = form.reduce<Json>((json, [, distort]) => distort(json), value as Json);
    const written = [...(asText ? [] : writing), ...outside].reduce(
      (text, [, distort]) => distort(text),
      JSON.stringify(shaped, null, 2),
    );
    let read: unknown;
    try {
      read = parseAnswer(written, schema);
    } catch (error) {
      throw new Error(`${String(error)}\n${written}`, { cause: error });
    }
    assert.deepEqual(read, schema.parse(value), written);
  };

  const each = <T>(
    kind: Distortion<T>,
  ): [string, readonly (readonly [string, (value: T) => T])[]][] =>
    Object.entries(kind).map(([title, distort]) => [title, [[title, distort]]]);
  for (const [title, form] of [...each(ofForm), ...each(wrapped)]) {
    it(`is read as it was meant: ${title}`, () => {
      fc.assert(
        fc.property(cases, ({ value, schema }) => {
          check(value, schema, form, [], []);
        }),
      );
    });
  }
  for (const [title, writing] of [...each(ofWriting), ...each(around)]) {
    it(`is read as it was meant: ${title}`, () => {
      fc.assert(
        fc.property(cases, ({ value, schema }) => {
          check(value, schema, [], writing, []);
        }),
      );
    });
  }

  it('is read as it was meant after any of these together', () => {
    fc.assert(
      fc.property(
        cases,
        some(ofForm, 3),
        some(wrapped, 1),
        some(ofWriting, 2),
        some(around, 1),
        ({ value, schema }, form, wrapping, writing, outside) => {
          // Neither are two kinds of quotes in one, nor thoughts in thoughts that do not end.
          const titles = [...writing, ...outside].map(([title]) => title).join();
          fc.pre(
            !/single quotes,other quotes|thoughts inside,(?:all of it|thoughts without)/u.test(
              titles,
            ),
          );
          check(value, schema, [...form, ...wrapping], writing, outside);
        },
      ),
      { numRuns: 1500 },
    );
  });
});

describe('an answer without the right content', () => {
  const schemas = [sceneAnswerSchema, coreAnswerSchema, actsAnswerSchema(2), kindsSchema];

  it('is refused as one, or of the form that was asked for, whatever it is', () => {
    const words = ['{', '}', '[', ']', '"', "'", ':', ',', '\\', '\n', '<think>', '</think>', '//'];
    const garbage = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.json(),
      fc
        .array(fc.constantFrom(...words, 'title', '"title":', 'acts', 'line', 'null', '7', '```'))
        .map((list) => list.join('')),
    );
    fc.assert(
      fc.property(garbage, fc.constantFrom<z.ZodType>(...schemas), (text, schema) => {
        let read: unknown;
        try {
          read = parseAnswer(text, schema);
        } catch (error) {
          assert.ok(error instanceof InvalidAnswer, String(error));
          return;
        }
        assert.deepEqual(schema.parse(read), read);
      }),
      { numRuns: 3000 },
    );
  });

  it('is not made of what was left out or only described', () => {
    const schema = z.toJSONSchema(sceneAnswerSchema);
    const wrong: Readonly<Record<string, unknown>> = {
      'the schema itself': schema,
      'nothing but keys': { title: null, action: null, dialogue: null, prompt: null },
      'a scene without a prompt': { title: 'A', action: 'B', dialogue: [], negative_prompt: 'C' },
      'texts in two languages': { title: { en: 'A', vi: 'B' }, action: 'B', prompt: 'C' },
      'an answer to another question': { title: 'A', logline: 'B', characters: [], places: [] },
      'parts of two scenes': [
        { title: 'A', action: 'B' },
        { narration: 'C', prompt: 'D' },
      ],
    };
    for (const [what, value] of Object.entries(wrong)) {
      assert.throws(
        () => parseAnswer(JSON.stringify(value), sceneAnswerSchema),
        InvalidAnswer,
        what,
      );
    }
    const left = '{"title":"A","action":"B","dialogue":[/* ... the rest */],"prompt":"C"}';
    assert.throws(() => parseAnswer(left, sceneAnswerSchema), InvalidAnswer);
  });

  it('is not one of several scenes that were mixed', () => {
    const one = { title: 'A', action: 'one', dialogue: [], narration: 'N', prompt: 'P1' };
    const two = { title: 'B', action: 'two', dialogue: [], sound: 'S', prompt: 'P2' };
    for (const both of [{ a: one, b: two }, [one, two]]) {
      const read = parseAnswer(JSON.stringify(both), sceneAnswerSchema);
      assert.deepEqual(read, { ...one, sound: null });
    }
    const text = `${JSON.stringify(one)}\n\n${JSON.stringify(two)}`;
    assert.deepEqual(parseAnswer(text, sceneAnswerSchema), { ...one, sound: null });
  });
});
