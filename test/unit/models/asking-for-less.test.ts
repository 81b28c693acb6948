import assert from 'node:assert/strict';
import fc from 'fast-check';
import { z } from 'zod';
import { ScenewrightError } from '../../../src/base/errors.ts';
import type { PromptRequest } from '../../../src/models/language-model/language-model.ts';
import { EndpointMemory } from '../../../src/models/openai/endpoint-memory.ts';
import { OpenAiModel } from '../../../src/models/openai/openai-model.ts';
import { streamed, type ChatRequest, useLoopback } from './openai-loopback.ts';

const answer = { beats: [{ place: 'Pier', note: null }] };

function request(schemaName = 'outline'): PromptRequest<typeof answer> {
  const beat = z.object({ place: z.enum(['Pier', 'Lamp room']), note: z.null().or(z.string()) });
  return {
    prompt: { system: 'You write.', user: 'Write the beats.' },
    schema: z.object({ beats: z.array(beat).length(1) }) as unknown as z.ZodType<typeof answer>,
    schemaName,
  };
}

/** What of a request an endpoint may not take. */
const features = {
  system: ({ messages }: ChatRequest) => messages.some(({ role }) => role === 'system'),
  stream: ({ stream }: ChatRequest) => stream,
  usage: ({ stream_options: usage }: ChatRequest) => usage !== undefined,
  format: ({ response_format: format }: ChatRequest) => format !== undefined,
  schema: ({ response_format: format }: ChatRequest) => format?.type === 'json_schema',
  lengths: (asked: ChatRequest) => schemaOf(asked).includes('minItems'),
  enums: (asked: ChatRequest) => schemaOf(asked).includes('"enum"'),
  nulls: (asked: ChatRequest) => schemaOf(asked).includes('"null"'),
  closed: (asked: ChatRequest) => schemaOf(asked).includes('additionalProperties'),
} as const;
type Feature = keyof typeof features;
const all = Object.keys(features) as Feature[];

function schemaOf({ response_format: format }: ChatRequest): string {
  return JSON.stringify(format?.json_schema?.schema ?? '');
}

const openAi = (message: string, more: object = {}): unknown => ({
  error: { message, type: 'invalid_request_error', ...more },
});

/** Endpoints that do not take something, and how they say so; `also`: what goes with it. */
const picky: readonly {
  readonly who: string;
  readonly status: number;
  readonly body: unknown;
  readonly lacks: Feature;
  readonly also?: readonly Feature[];
}[] = [
  {
    who: 'vLLM with Gemma',
    status: 400,
    body: {
      object: 'error',
      message: 'System role not supported',
      type: 'BadRequestError',
      code: 400,
    },
    lacks: 'system',
  },
  {
    who: 'llama.cpp with Gemma',
    status: 500,
    body: {
      error: {
        code: 500,
        message: 'Jinja Exception: System role not supported at row 1',
        type: 'server_error',
      },
    },
    lacks: 'system',
  },
  {
    who: "Google's endpoint with Gemma",
    status: 400,
    body: [
      {
        error: {
          code: 400,
          message: 'Developer instruction is not enabled for models/gemma-3-27b-it',
          status: 'INVALID_ARGUMENT',
        },
      },
    ],
    lacks: 'system',
  },
  {
    who: 'LM Studio with Mistral',
    status: 400,
    body: {
      error:
        'Error rendering prompt with jinja template: "Only user and assistant roles are supported!"',
    },
    lacks: 'system',
  },
  {
    who: 'a template that wants turns',
    status: 400,
    body: openAi('Conversation roles must alternate user/assistant/user/assistant/...'),
    lacks: 'system',
  },
  {
    who: "OpenAI's o1",
    status: 400,
    body: openAi(
      "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
      {
        param: 'messages[0].role',
        code: 'unsupported_value',
      },
    ),
    lacks: 'system',
  },
  {
    who: 'OpenAI before it knows who asks',
    status: 400,
    body: openAi('Your organization must be verified to stream this model.', {
      param: 'stream',
      code: 'unsupported_value',
    }),
    lacks: 'stream',
    also: ['usage'],
  },
  {
    who: 'a model without streams',
    status: 400,
    body: openAi("Unsupported value: 'stream' does not support true with this model."),
    lacks: 'stream',
    also: ['usage'],
  },
  {
    who: 'Mistral, of usage',
    status: 422,
    body: {
      detail: [
        {
          type: 'extra_forbidden',
          loc: ['body', 'stream_options'],
          msg: 'Extra inputs are not permitted',
        },
      ],
    },
    lacks: 'usage',
  },
  {
    who: 'Groq',
    status: 400,
    body: openAi(
      'invalid schema for response format: response_format/json_schema/outline: minItems is not supported',
    ),
    lacks: 'lengths',
  },
  {
    who: 'Cerebras',
    status: 400,
    body: {
      message: "Unsupported JSON schema fields: {'minItems', 'maxItems'}",
      type: 'invalid_request_error',
      param: 'response_format',
      code: 'wrong_api_format',
    },
    lacks: 'lengths',
  },
  {
    who: 'Cerebras behind OpenRouter',
    status: 400,
    body: {
      error: {
        message: 'Provider returned error',
        code: 400,
        metadata: {
          raw: '{"message":"Unsupported JSON schema fields: [\\"minItems\\"]","param":"response_format"}',
          provider_name: 'Cerebras',
        },
      },
    },
    lacks: 'lengths',
  },
  {
    who: 'an endpoint that knows no closed objects',
    status: 400,
    body: [
      {
        error: {
          code: 400,
          message: 'Invalid JSON payload received. Unknown name "additionalProperties"',
        },
      },
    ],
    lacks: 'closed',
  },
  {
    who: 'an endpoint that knows no choices of values',
    status: 400,
    body: openAi("Invalid schema for response_format: 'enum' is not permitted."),
    lacks: 'enums',
  },
  {
    who: 'an endpoint that knows no choices of types',
    status: 400,
    body: openAi("Invalid schema for response_format: 'anyOf' is not permitted."),
    lacks: 'nulls',
  },
  {
    who: 'llama.cpp, of grammars',
    status: 400,
    body: {
      error: { code: 400, message: 'Failed to initialize samplers: failed to parse grammar' },
    },
    lacks: 'lengths',
    also: ['enums', 'nulls', 'closed'],
  },
  {
    who: 'an endpoint without formats',
    status: 422,
    body: {
      detail: [{ loc: ['body', 'response_format'], msg: 'Extra inputs are not permitted' }],
    },
    lacks: 'format',
    also: ['schema', 'lengths', 'enums', 'nulls', 'closed'],
  },
  {
    who: 'DeepSeek',
    status: 400,
    body: openAi('This response_format type is unavailable now'),
    lacks: 'schema',
    also: ['lengths', 'enums', 'nulls', 'closed'],
  },
  {
    who: 'OpenAI, an older model',
    status: 400,
    body: openAi(
      "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
    ),
    lacks: 'schema',
    also: ['lengths', 'enums', 'nulls', 'closed'],
  },
];

describe('an endpoint that takes less', () => {
  const { http, server } = useLoopback();
  const { signal } = new AbortController();

  const model = (memory = new EndpointMemory()): OpenAiModel =>
    new OpenAiModel({ baseUrl: server.baseUrl, model: 'tiny', fetch: http.fetch, memory });

  /** An endpoint that refuses whatever has one of the features, in the words for the first of them. */
  const lacking = (words: ReadonlyMap<Feature, { status: number; body: unknown }>): void => {
    server.answers = [
      (response, received) => {
        const lacked = [...words].find(([feature]) => features[feature](received.body));
        if (lacked === undefined) {
          if (received.body.stream) streamed(JSON.stringify(answer))(response, received);
          else {
            const message = { content: JSON.stringify(answer) };
            response.writeHead(200, { 'content-type': 'application/json' });
            response.end(JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] }));
          }
          return;
        }
        const [, { status, body }] = lacked;
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        response.writeHead(status, { 'content-type': 'application/json' }).end(text);
      },
    ];
  };

  const had = (index: number): Feature[] => {
    const received = server.received.at(index);
    assert.ok(received !== undefined);
    return all.filter((feature) => features[feature](received.body));
  };

  for (const { who, status, body, lacks, also = [] } of picky) {
    it(`is asked without what it names, and keeps the rest: ${who} (${lacks})`, async () => {
      lacking(new Map([[lacks, { status, body }]]));
      const memory = new EndpointMemory();
      assert.deepEqual(await model(memory).answer(request(), { signal }), answer);
      assert.equal(server.received.length, 2);
      assert.deepEqual(had(0), all);
      assert.deepEqual(
        had(1),
        all.filter((feature) => feature !== lacks && !also.includes(feature)),
      );
      // Learned for every schema, at once.
      await model(memory).answer(request('another'), { signal });
      assert.equal(server.received.length, 3);
      assert.deepEqual(had(2), had(1));
    });
  }

  it('tells the user what the system would have been told', async () => {
    lacking(new Map([['system', picky[0] ?? assert.fail()]]));
    await model().answer(request(), { signal });
    assert.deepEqual(server.received[1]?.body.messages, [
      { role: 'user', content: 'You write.\n\nWrite the beats.' },
    ]);
  });

  it('keeps in words what a schema may not say', async () => {
    lacking(
      new Map([['enums', { status: 400, body: openAi('enum is not permitted in a schema') }]]),
    );
    await model().answer(request(), { signal });
    assert.match(
      schemaOf(server.received[1]?.body ?? assert.fail()),
      /One of: \\"Pier\\", \\"Lamp room\\"\./,
    );
  });

  it('is asked for small schemas as before where only a large one was too much', async () => {
    const body = [
      {
        error: {
          code: 400,
          message:
            'The specified schema produces a constraint that has too many states for serving. Typical causes of this error are schemas with lots of text (for example, very long property or enum names), schemas with long array length limits',
          status: 'INVALID_ARGUMENT',
        },
      },
    ];
    const memory = new EndpointMemory();
    lacking(new Map([['lengths', { status: 400, body }]]));
    await model(memory).answer(request('large'), { signal });
    await model(memory).answer(request('large'), { signal });
    assert.deepEqual(
      server.received.map((_, index) => had(index).includes('lengths')),
      [true, false, false],
    );
    server.answers = [streamed(JSON.stringify(answer))];
    await model(memory).answer(request('small'), { signal });
    assert.deepEqual(had(-1), all);
  });

  describe('and breaks down without a word', () => {
    const attempts = async (memory: EndpointMemory): Promise<number> => {
      for (let tries = 1; ; tries++) {
        try {
          assert.deepEqual(await model(memory).answer(request(), { signal }), answer);
          return tries;
        } catch (error) {
          assert.ok(error instanceof ScenewrightError && error.retryable && tries < 4);
        }
      }
    };

    for (const [who, lacks, body] of [
      ['Gemini over lengths', 'lengths', openAi('Internal error encountered.')],
      ['SGLang over messages of the system', 'system', 'Internal Server Error'],
      ['an endpoint over formats', 'format', ''],
    ] as const) {
      it(`is asked without all that has been seen to do that: ${who}`, async () => {
        lacking(new Map([[lacks, { status: 500, body }]]));
        const memory = new EndpointMemory();
        assert.equal(await attempts(memory), 2);
        server.received.length = 0;
        assert.equal(await attempts(memory), 1);
        assert.equal(server.received.length, 1, 'it is remembered');
      });
    }

    it('is asked as before where it has taken that already: it is only not well', async () => {
      const memory = new EndpointMemory();
      lacking(new Map());
      await model(memory).answer(request(), { signal });
      lacking(new Map([['schema', { status: 500, body: '' }]]));
      for (let i = 0; i < 4; i++) {
        await assert.rejects(model(memory).answer(request(), { signal }), { code: 'network' });
      }
      assert.equal(server.received.length, 5);
      assert.deepEqual(had(-1), all);
    });

    it('is not asked for less while it only has no place (502, 503, 504)', async () => {
      const memory = new EndpointMemory();
      for (const status of [502, 503, 504]) {
        lacking(new Map([['schema', { status, body: '' }]]));
        await assert.rejects(model(memory).answer(request(), { signal }), { code: 'network' });
      }
      assert.equal(server.received.length, 3);
    });
  });

  it('is found out by one of many requests, and the others wait for what it learns', async () => {
    const opaque = { status: 400, body: openAi('Bad Request') };
    lacking(new Map([['schema', opaque]]));
    const memory = new EndpointMemory();
    const many = 12;
    const names = Array.from({ length: many }, (_, index) => `schema_${index}`);
    await Promise.all(names.map((name) => model(memory).answer(request(name), { signal })));
    // Each was refused once, one more found out, and each was answered.
    assert.equal(server.received.length, many + 1 + many);
  });

  it('lets nobody wait who does not want to any more', async () => {
    const abort = new AbortController();
    const memory = new EndpointMemory();
    const asked = { endpoint: 'e', model: 'm', schemaName: 's' };
    await memory.explore(asked, signal);
    const waiting = memory.explore(asked, abort.signal);
    abort.abort(new Error('enough'));
    await assert.rejects(waiting, /enough/);
  });

  it('is asked in a way that it takes, whatever it lacks, and from then on at once', async () => {
    const named = new Map(picky.map((one) => [one.lacks, one] as const));
    const opaque = { status: 400, body: openAi('Bad Request') };
    const lacks = fc.uniqueArray(fc.constantFrom(...all), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(lacks, fc.boolean(), async (lacked, tells) => {
        server.received.length = 0;
        lacking(
          new Map(
            lacked.map((feature) => [feature, (tells ? named.get(feature) : undefined) ?? opaque]),
          ),
        );
        const memory = new EndpointMemory();
        assert.deepEqual(await model(memory).answer(request(), { signal }), answer);
        assert.ok(server.received.length <= 2 + all.length);
        server.received.length = 0;
        await model(memory).answer(request('another'), { signal });
        assert.equal(server.received.length, 1);
      }),
      { numRuns: 60 },
    );
  });
});
