import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { z } from 'zod';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { InvalidAnswer } from '../../../src/models/answer-errors.ts';
import { EndpointMemory } from '../../../src/models/openai/endpoint-memory.ts';
import { OpenAiModel } from '../../../src/models/openai/openai-model.ts';
import type { OpenAiModelOptions } from '../../../src/models/openai/openai-model.ts';
import type { PromptRequest } from '../../../src/models/language-model/language-model.ts';
import type { Usage } from '../../../src/models/writer-model.ts';
import type { RateLimits } from '../../../src/net/rate-limit-headers.ts';
import { begin, chunks, refused, send, streamed, useLoopback } from './openai-loopback.ts';
import { accountWith } from '../../support/keyed-account.ts';

const secret = 'sk-very-secret-0123456789';

interface Lamp {
  title: string;
  lit: boolean;
}

const request: PromptRequest<Lamp> = {
  prompt: { system: 'You write.', user: 'Write about a lamp.' },
  schema: z.object({ title: z.string(), lit: z.boolean() }),
  schemaName: 'lamp',
};
const lamp: Lamp = { title: 'Đèn “biển” 🏮', lit: true };
const good = JSON.stringify(lamp);

describe('OpenAiModel', () => {
  const { http, server } = useLoopback();
  const signal = new AbortController().signal;

  beforeEach(() => {
    server.answers = [streamed(good)];
  });

  const writer = (options: Partial<OpenAiModelOptions> = {}): OpenAiModel =>
    new OpenAiModel({
      baseUrl: server.baseUrl,
      model: 'tiny',
      account: accountWith(secret),
      fetch: http.fetch,
      ...options,
    });

  /** The error of one request, which has to fail. */
  const failure = async (subject = writer()): Promise<ScenewrightError> => {
    const error = await subject.answer(request, { signal }).then(
      () => assert.fail('it did not fail'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ScenewrightError, inspect(error));
    return error;
  };

  describe('asking', () => {
    it('streams the text as it arrives and returns the validated value', async () => {
      // Each piece is sent when the one before has been seen.
      const texts: string[] = [];
      const pieces = good.match(/.{1,7}/gsu) ?? [];
      const count = pieces.length;
      const next = (response: ServerResponse): void => {
        const content = pieces.shift();
        if (content !== undefined) send(response, { delta: { content } });
        else response.end('data: [DONE]\n\n');
      };
      let open: ServerResponse | undefined;
      server.answers = [
        (response) => {
          open = response;
          begin(response);
          next(response);
        },
      ];
      const value = await writer().answer(request, {
        signal,
        onText: (text) => {
          texts.push(text);
          if (open !== undefined) next(open);
        },
      });
      assert.deepEqual(value, lamp);
      assert.equal(texts.length, count);
      assert.equal(texts.at(-1), good);
      for (const [i, text] of texts.entries()) assert.ok(text.startsWith(texts[i - 1] ?? ''));
    });

    it('sends the key, the schema and the prompts, and asks for a stream with usage', async () => {
      await writer().answer(request, { signal });
      const [received] = server.received;
      assert.equal(received?.url, '/v1/chat/completions');
      assert.equal(received.headers.authorization, `Bearer ${secret}`);
      assert.equal(received.body.model, 'tiny');
      assert.equal(received.body.stream, true);
      assert.deepEqual(received.body.stream_options, { include_usage: true });
      assert.equal(received.body.response_format?.type, 'json_schema');
      assert.deepEqual(received.body.response_format.json_schema?.schema, {
        type: 'object',
        properties: { title: { type: 'string' }, lit: { type: 'boolean' } },
        required: ['title', 'lit'],
        additionalProperties: false,
      });
      assert.deepEqual(received.body.messages, [
        { role: 'system', content: 'You write.' },
        { role: 'user', content: 'Write about a lamp.' },
      ]);
    });

    it('tells the endpoint nothing about the machine, whatever the environment says', async () => {
      const set = {
        OPENAI_API_KEY: 'sk-from-environment',
        OPENAI_ORG_ID: 'org-from-environment',
        OPENAI_BASE_URL: 'http://127.0.0.1:1/elsewhere',
        OPENAI_CUSTOM_HEADERS: 'x-private: from-environment',
      };
      const before = Object.keys(set).map((name) => [name, process.env[name]] as const);
      Object.assign(process.env, set);
      try {
        await writer({ account: undefined }).answer(request, { signal });
      } finally {
        for (const [name, value] of before) {
          if (value === undefined) Reflect.deleteProperty(process.env, name);
          else process.env[name] = value;
        }
      }
      const headers = server.received[0]?.headers ?? {};
      assert.ok(!JSON.stringify(headers).includes('from-environment'));
      assert.equal(headers.authorization, undefined);
      assert.deepEqual(
        Object.keys(headers).filter((name) => name.startsWith('x-')),
        [],
      );
    });

    it('asks for the key before every request, so a changed key counts at once', async () => {
      const keys = ['first-key-1234', 'second-key-1234'];
      const subject = writer({ account: accountWith(() => keys.shift() ?? '') });
      await subject.answer(request, { signal });
      await subject.answer(request, { signal });
      assert.deepEqual(
        server.received.map(({ headers }) => headers.authorization),
        ['Bearer first-key-1234', 'Bearer second-key-1234'],
      );
    });

    it('keeps the connection for the next request', async () => {
      const before = server.connections;
      const subject = writer();
      for (let i = 0; i < 4; i++) await subject.answer(request, { signal });
      assert.ok(server.connections - before <= 1, `${server.connections - before} connections`);
    });

    it('does not wait for a connection that stays open after the answer', async () => {
      server.answers = [
        (response) => {
          begin(response, good);
          send(response, { delta: {}, finish_reason: 'stop' });
          response.write('data: [DONE]\n\n');
        },
      ];
      assert.deepEqual(await writer().answer(request, { signal }), lamp);
    });

    it('reads an answer however it is cut into pieces', async () => {
      server.answers = [
        (response) => {
          const event = (choice: object): string =>
            `event: message\r\nid: 7\r\ndata: ${JSON.stringify({ choices: [choice] })}\r\n\r\n`;
          const bytes = Buffer.from(
            `: hello\r\n\r\n${event({ delta: { content: good.slice(0, 13) } })}${event({ delta: { content: good.slice(13) }, finish_reason: 'stop' })}data: [DONE]`,
          );
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          let at = 0;
          const next = (): void => {
            if (at >= bytes.length) response.end();
            else response.write(bytes.subarray(at, ++at), () => setImmediate(next));
          };
          next();
        },
      ];
      assert.deepEqual(await writer().answer(request, { signal }), lamp);
    });

    it('understands an endpoint that knows no streams', async () => {
      server.answers = [
        (response) => {
          response.writeHead(200, { 'content-type': 'application/json' });
          const usage = { prompt_tokens: 7, completion_tokens: 3 };
          const choices = [{ message: { content: good }, finish_reason: 'stop' }];
          response.end(JSON.stringify({ choices, usage }));
        },
      ];
      const counted: Usage[] = [];
      const value = await writer().answer(request, {
        signal,
        onUsage: (usage) => counted.push(usage),
      });
      assert.deepEqual(value, lamp);
      assert.deepEqual(counted, [{ inputTokens: 7, outputTokens: 3 }]);
    });

    it('takes the text alone where a service sends thoughts beside it', async () => {
      const parts = [
        { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
        { type: 'text', text: good },
      ];
      server.answers = [
        chunks(
          { choices: [{ delta: { reasoning_content: 'Hm.', content: null } }] },
          { choices: [{ delta: { content: parts }, finish_reason: 'stop' }] },
        ),
      ];
      assert.deepEqual(await writer().answer(request, { signal }), lamp);
    });
  });

  describe('counting tokens', () => {
    const usage = { prompt_tokens: 120, completion_tokens: 30, total_tokens: 150 };
    const text = (content: string, finish: string | null = null): object => ({
      choices: [{ delta: { content }, finish_reason: finish }],
    });
    const cases: [string, object[], string | undefined][] = [
      ['of a good answer', [text(good), text('', 'stop'), { choices: [], usage }], undefined],
      ['of an answer that is no use', [text('Sorry.', 'stop'), { usage }], 'bad-answer'],
      ['of an answer that was cut off', [text('{', 'length'), { usage }], 'bad-answer'],
      ['of a refusal', [text('', 'content_filter'), { choices: [], usage }], 'refused'],
      ['of an answer that broke off', [text('{'), { choices: [], usage }], 'network'],
      ['that come with an error', [text('{'), { error: { code: 502 }, usage }], 'network'],
      [
        'that are counted all along',
        [
          { ...text(good), usage },
          { ...text('', 'stop'), usage },
        ],
        undefined,
      ],
      ['as Groq tells them', [text(good, 'stop'), { x_groq: { usage } }], undefined],
    ];
    for (const [name, pieces, code] of cases) {
      it(`tells those ${name}, once`, async () => {
        server.answers = [chunks(...pieces)];
        const counted: Usage[] = [];
        const answer = writer().answer(request, { signal, onUsage: (u) => counted.push(u) });
        if (code === undefined) await answer;
        else await assert.rejects(answer, { code });
        assert.deepEqual(counted, [{ inputTokens: 120, outputTokens: 30 }]);
      });
    }

    it('makes nothing up where the endpoint does not count', async () => {
      server.answers = [chunks(text(good, 'stop'), { usage: { prompt_tokens: null } })];
      await writer().answer(request, { signal, onUsage: () => assert.fail('it was made up') });
    });
  });

  describe('the limits of an endpoint', () => {
    const headers = {
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-remaining-requests': '12',
      'x-ratelimit-reset-requests': '48s',
    };

    it('are told as soon as the answer begins', async () => {
      server.answers = [streamed(good, 'stop', headers)];
      const heard: (RateLimits | string)[] = [];
      await writer().answer(request, {
        signal,
        onLimits: (limits) => heard.push(limits),
        onText: (text) => heard.push(text),
      });
      assert.deepEqual(heard[0], { limit: 60, remaining: 12, resetMs: 48_000 });
      assert.equal(heard.filter((what) => typeof what !== 'string').length, 1);
    });

    it('are told also when the request is refused', async () => {
      server.answers = [refused(429, { message: 'Slow' }, { ...headers, 'retry-after': '2' })];
      const heard: RateLimits[] = [];
      const answer = writer().answer(request, {
        signal,
        onLimits: (limits) => heard.push(limits),
      });
      await assert.rejects(answer, { code: 'rate-limit', retryAfterMs: 2000 });
      assert.deepEqual(heard, [{ limit: 60, remaining: 12, resetMs: 2000 }]);
    });

    it('are not made up where nothing is said', async () => {
      await writer().answer(request, { signal, onLimits: () => assert.fail('made up') });
    });
  });

  describe('an endpoint that can do less', () => {
    it('falls back from json_schema to json_object to words, and remembers what worked', async () => {
      server.answers = [
        refused(400, { message: "response_format of type 'json_schema' is not supported" }),
        refused(422, { message: 'Unprocessable' }),
        streamed(good),
      ];
      const subject = writer();
      assert.deepEqual(await subject.answer(request, { signal }), lamp);
      assert.deepEqual(await subject.answer(request, { signal }), lamp);
      assert.deepEqual(
        server.received.map(({ body }) => body.response_format?.type ?? 'words'),
        ['json_schema', 'json_object', 'words', 'words'],
      );
      const system = server.received.at(-1)?.body.messages[0]?.content ?? '';
      assert.ok(system.startsWith('You write.'));
      assert.ok(system.includes('"lit":{"type":"boolean"}'));
    });

    it('does without usage where stream_options are refused, and keeps the schema', async () => {
      server.answers = [
        refused(400, { message: 'Unrecognized request argument: stream_options' }),
        streamed(good),
      ];
      await writer().answer(request, { signal });
      assert.equal(server.received.length, 2);
      assert.equal(server.received[1]?.body.stream_options, undefined);
      assert.equal(server.received[1]?.body.response_format?.type, 'json_schema');
    });

    it('is remembered for all accounts and schemas, by endpoint and model', async () => {
      server.answers = [
        refused(400, { message: "response_format of type 'json_schema' is not supported" }),
        streamed(good),
      ];
      const memory = new EndpointMemory();
      await writer({ memory }).answer(request, { signal });
      await writer({ memory, account: accountWith('another-key') }).answer(request, {
        signal,
      });
      await writer({ memory, model: 'other' }).answer(request, { signal });
      await writer({ memory }).answer({ ...request, schemaName: 'other' }, { signal });
      assert.deepEqual(
        server.received.map(({ body }) => body.response_format?.type),
        ['json_schema', 'json_object', 'json_object', 'json_schema', 'json_object'],
      );
    });

    it('is asked with less when it takes the schema twice and does not keep to it', async () => {
      const asked = async (subject: OpenAiModel, ...texts: string[]): Promise<unknown[]> => {
        server.received.length = 0;
        for (const text of texts) {
          server.answers = [streamed(text)];
          await subject.answer(request, { signal }).catch(() => undefined);
        }
        return server.received.map(({ body }) => body.response_format?.type);
      };
      assert.deepEqual(await asked(writer(), 'Sure!', '{"title": 7}', good, good), [
        'json_schema',
        'json_schema',
        'json_object',
        'json_object',
      ]);
      assert.deepEqual(await asked(writer(), 'Sure!', good, 'Sure!', good), [
        'json_schema',
        'json_schema',
        'json_schema',
        'json_schema',
      ]);
      assert.deepEqual(await asked(writer(), 'No', 'No', 'No', 'No', 'No', 'No'), [
        'json_schema',
        'json_schema',
        'json_object',
        'json_object',
        undefined,
        undefined,
      ]);
    });

    it('keeps the schema when only a rule of ours was broken, or the answer was cut off', async () => {
      const strict = { ...request, schema: request.schema.refine(({ lit }) => lit, 'must be lit') };
      const subject = writer();
      const dark = streamed(JSON.stringify({ ...lamp, lit: false }));
      server.answers = [dark, dark, dark, streamed('{"ti', 'length'), streamed('{"ti', 'length')];
      for (let i = 0; i < 6; i++) {
        await subject.answer(strict, { signal }).catch(() => undefined);
      }
      assert.deepEqual(
        new Set(server.received.map(({ body }) => body.response_format?.type)),
        new Set(['json_schema']),
      );
    });

    it('has its own complaint about the form taken as an answer of no use', async () => {
      server.answers = [
        refused(400, {
          message: "Failed to validate JSON. Please adjust your prompt. See 'failed_generation'.",
          type: 'invalid_request_error',
          code: 'json_validate_failed',
        }),
      ];
      const error = await failure();
      assert.ok(error instanceof InvalidAnswer);
      assert.equal(server.received.length, 1);
      assert.ok(error.retryable);
    });

    it('does not blame the form for a request that is too long', async () => {
      server.answers = [
        refused(400, {
          message: "This model's maximum context length is 4096 tokens",
          code: 'context_length_exceeded',
        }),
      ];
      const error = await failure();
      assert.equal(server.received.length, 1);
      assert.equal(error.code, 'bad-input');
      assert.equal(error.retryable, false);
      assert.match(error.message, /maximum context length is 4096 tokens/);
    });

    it('gives the reason of the plainest request when nothing is accepted', async () => {
      server.answers = [refused(400, { message: 'No.' })];
      const error = await failure();
      assert.equal(server.received.length, 6);
      assert.equal(error.status, 400);
    });
  });

  describe('answers that are not quite right', () => {
    it('reads JSON in a fence, after thoughts, with small slips', async () => {
      for (const text of [
        '```json\n' + good + '\n```',
        `<think>{"title": 1}</think>\n${good}`,
        `Here you are:\n${good}\nHave fun!`,
        `{'title': 'Đèn “biển” 🏮', 'lit': true,}`,
      ]) {
        server.answers = [streamed(text)];
        assert.deepEqual(await writer().answer(request, { signal }), lamp, text);
      }
    });

    it('says what is wrong with an answer of another form, so it can be asked again', async () => {
      server.answers = [streamed('{"title": "A", "lit": "perhaps"}')];
      const error = await failure();
      assert.ok(error instanceof InvalidAnswer);
      assert.equal(error.code, 'bad-answer');
      assert.equal(error.retryable, true);
      assert.match(error.complaint, /lit: .*boolean/);
    });

    it('never takes an answer that was cut off for a whole one', async () => {
      server.answers = [streamed(good, 'length')];
      const error = await failure();
      assert.equal(error.code, 'bad-answer');
      assert.match(error.message, /cut off at the length limit/);
      for (const text of ['{"lit": true, "title": "A la', '{"lit": true, "title":']) {
        server.answers = [streamed(text)];
        assert.equal((await failure()).code, 'bad-answer', text);
      }
    });

    it('takes a stream that ends without a finish reason only if the JSON is whole', async () => {
      server.answers = [
        (response) => {
          begin(response, good);
          response.end();
        },
      ];
      assert.deepEqual(await writer().answer(request, { signal }), lamp);
      server.answers = [
        (response) => {
          begin(response, good.slice(0, -1));
          response.end();
        },
      ];
      const error = await failure();
      assert.equal(error.code, 'network');
      assert.equal(error.retryable, true);
    });

    it('tells a refusal and a content filter from other failures', async () => {
      server.answers = [
        (response) => {
          begin(response);
          send(response, { delta: { refusal: "I can't write that." } });
          send(response, { delta: {}, finish_reason: 'stop' });
          response.end('data: [DONE]\n\n');
        },
        streamed('{"title"', 'content_filter'),
        refused(400, { message: 'Filtered.', code: 'content_policy_violation' }),
      ];
      for (const said of [/I can't write that/, /content filter/, /Filtered/]) {
        const error = await failure();
        assert.equal(error.code, 'refused');
        assert.equal(error.retryable, false);
        assert.match(error.message, said);
      }
    });

    it('knows how other services say that they declined', async () => {
      const azure = {
        message: "The response was filtered due to the prompt triggering Azure OpenAI's policy.",
        type: null,
        param: 'prompt',
        code: 'content_filter',
        status: 400,
        innererror: { code: 'ResponsibleAIPolicyViolation', content_filter_result: {} },
      };
      const openRouter = {
        code: 403,
        message: 'mistral requires moderation. Your input was flagged.',
        metadata: { reasons: ['violence'], flagged_input: 'a lamp', provider_name: 'X' },
      };
      const guardrail = { code: 403, message: 'Request blocked: content policy' };
      const unknownType = { code: 400, message: 'No.', metadata: { error_type: 'content_filter' } };
      for (const answer of [
        refused(400, azure),
        refused(403, openRouter),
        refused(403, guardrail),
        refused(400, unknownType),
        chunks({ error: azure }),
        chunks({ error: openRouter }),
        streamed('', 'content_filter: PROHIBITED_CONTENT'),
        streamed('', 'SAFETY'),
        streamed('{', 'sensitive'),
        streamed('{', 'refusal'),
      ]) {
        server.received.length = 0;
        server.answers = [answer];
        const error = await failure();
        assert.equal(error.code, 'refused', error.message);
        assert.match(error.message, /declined/);
        assert.equal(server.received.length, 1, 'nothing else is tried');
      }
    });

    it('knows how other services say that an answer ended too early', async () => {
      for (const [finish, code] of [
        ['model_length', 'bad-answer'],
        ['MAX_TOKENS', 'bad-answer'],
        ['insufficient_system_resource', 'network'],
        ['error', 'network'],
        ['abort', 'network'],
      ] as const) {
        server.answers = [streamed(good, finish)];
        const error = await failure();
        assert.deepEqual([error.code, error.retryable], [code, true], finish);
      }
    });

    it('says so when nothing came', async () => {
      server.answers = [streamed('')];
      const error = await failure();
      assert.equal(error.code, 'bad-answer');
      assert.equal(error.retryable, true);
    });
  });

  describe('services that say no', () => {
    const cases: [string, number, Record<string, unknown>, string, boolean, RegExp][] = [
      [
        'a wrong key',
        401,
        { message: `Bad key ${secret}` },
        'account',
        false,
        /^The key was refused by .* \(401\)/,
      ],
      [
        'no credit',
        402,
        { message: 'Pay' },
        'account',
        false,
        /^The account has no credit left .*\(402\)/,
      ],
      ['no right', 403, { message: 'No' }, 'account', false, /may not use "tiny" \(403\)/],
      ['an empty quota', 429, { code: 'insufficient_quota' }, 'account', false, /no credit/],
      [
        'haste',
        429,
        { message: 'Slow' },
        'rate-limit',
        true,
        /^Too many requests at once, .* \(429\)/,
      ],
      [
        'an unknown model',
        404,
        { message: 'model "tiny" not found' },
        'bad-input',
        false,
        /"tiny"/,
      ],
      ['a wrong path', 404, { message: 'Not Found' }, 'bad-input', false, /most end in \/v1/],
      ['a timeout', 408, { message: 'Late' }, 'network', true, /408/],
      [
        'a crash',
        500,
        { message: 'Oops' },
        'network',
        true,
        /^Something is wrong .* \(500\)\. It says: “Oops”/,
      ],
      [
        'overload',
        503,
        { message: 'Busy' },
        'network',
        true,
        /^Something is wrong .* \(503\)\. It says: “Busy”/,
      ],
    ];
    for (const [name, status, body, code, retryable, message] of cases) {
      it(`maps ${name}`, async () => {
        server.answers = [refused(status, body)];
        const error = await failure();
        assert.equal(error.code, code);
        assert.equal(error.retryable, retryable);
        assert.equal(error.status, status);
        assert.match(error.message, message);
        assert.equal(server.received.length, 1, 'the adapter does not retry by itself');
      });
    }

    it('says that a key is missing where none is set', async () => {
      server.answers = [refused(401, { message: 'Unauthorized' })];
      const error = await failure(writer({ account: undefined }));
      assert.match(error.message, /wants a key \(401\)/);
    });

    it('passes on how long the service asks to wait', async () => {
      server.answers = [refused(429, { message: 'Slow' }, { 'retry-after': '120' })];
      assert.equal((await failure()).retryAfterMs, 120_000);
      server.answers = [refused(503, { message: 'Busy' }, { 'retry-after-ms': '1500' })];
      assert.equal((await failure()).retryAfterMs, 1500);
    });

    it('passes it on exactly, wherever the service says it', async () => {
      const now = 1_800_000_000_000;
      const google = {
        code: 429,
        message: 'You exceeded your current quota. Please retry in 53.016342224s.',
        status: 'RESOURCE_EXHAUSTED',
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '53s' }],
      };
      const openRouter = {
        code: 429,
        message: 'Rate limit exceeded: free-models-per-day.',
        metadata: {
          headers: {
            'X-RateLimit-Limit': '50',
            'X-RateLimit-Remaining': '0',
            'X-RateLimit-Reset': String(now + 3_600_000),
          },
        },
      };
      const cases: [ReturnType<typeof refused>, number | undefined][] = [
        [refused(429, [{ error: google }]), 53_017],
        [refused(429, google), 53_017],
        [refused(429, openRouter), 3_600_000],
        [refused(429, { message: 'Please retry after 45 seconds.', code: '429' }), 45_000],
        [refused(429, { message: 'Slow' }, { 'x-ratelimit-reset-requests': '1m0.5s' }), 60_500],
        [refused(429, { message: 'Please try again in 20ms.' }, { 'retry-after-ms': '21.5' }), 22],
        [refused(503, { message: 'Busy' }, { 'retry-after': '7' }), 7000],
        [chunks({ error: { code: 429, message: 'Please try again in 6m0s.' } }), 360_000],
        [refused(500, { message: 'Oops' }, { 'x-ratelimit-reset-requests': '12ms' }), undefined],
        [refused(429, { message: 'Slow' }), undefined],
      ];
      for (const [answer, wait] of cases) {
        server.answers = [answer];
        assert.equal((await failure(writer({ now: () => now }))).retryAfterMs, wait);
      }
    });

    it('says it of the plan when the account may not send a single request', async () => {
      server.answers = [
        refused(429, { message: 'Rate limit exceeded' }, { 'x-ratelimit-limit-req-minute': '0' }),
      ];
      const error = await failure();
      assert.equal(error.code, 'account');
      assert.match(error.message, /plan allows no requests to "tiny" \(429\)/);
    });

    it('understands an error inside a stream', async () => {
      server.answers = [
        (response) => {
          begin(response, '{"ti');
          const error = { code: 502, message: 'Upstream failed' };
          response.end(`data: ${JSON.stringify({ error })}\n\n`);
        },
      ];
      const error = await failure();
      assert.equal(error.code, 'network');
      assert.equal(error.retryable, true);
      assert.match(error.message, /Upstream failed/);
    });

    it('recognises a web page at the address', async () => {
      server.answers = [
        (response) => {
          response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
          response.end('<!doctype html><title>Hello</title>');
        },
      ];
      const error = await failure();
      assert.equal(error.code, 'bad-input');
      assert.match(error.message, /^A web page/);
    });

    it('shows the key nowhere, though a service repeats it', async () => {
      const leak = { message: `No such key: ${secret}`, code: secret, param: secret, type: secret };
      for (const status of [400, 401, 403, 404, 429, 500]) {
        server.answers = [refused(status, leak, { 'x-echo': secret })];
        const error = await failure();
        const everything = `${inspect(error, { depth: 20 })} ${JSON.stringify(error)} ${String(error.stack)}`;
        assert.ok(!everything.includes(secret), everything);
      }
    });
  });

  describe('the connection', () => {
    it('says that nothing answers when nothing listens', async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      other.close();
      await once(other, 'close');
      const error = await failure(writer({ baseUrl: `http://127.0.0.1:${port}/v1/` }));
      assert.equal(error.code, 'network');
      assert.equal(error.retryable, true);
      assert.equal(
        error.message,
        `Nothing answers at http://127.0.0.1:${port}/v1: the connection was refused. Is the server running?`,
      );
    });

    it('tells a connection that breaks in the middle from a finished answer', async () => {
      server.answers = [
        (response) => {
          begin(response, good.slice(0, 9));
          setImmediate(() => response.destroy());
        },
      ];
      const error = await failure();
      assert.equal(error.code, 'network');
      assert.equal(error.retryable, true);
    });

    it('gives up on a stream that falls silent', async () => {
      let closed: Promise<unknown> | undefined;
      server.answers = [
        (response) => {
          closed = once(response, 'close');
          begin(response, good.slice(0, 9));
        },
      ];
      const error = await failure(writer({ idleTimeoutMs: 40 }));
      assert.equal(error.code, 'network');
      assert.equal(error.retryable, true);
      assert.match(error.message, /^Nothing more came from/);
      await closed;
    });

    it('gives up on a service that never begins', async () => {
      server.answers = [() => undefined];
      const error = await failure(writer({ firstTimeoutMs: 40 }));
      assert.match(error.message, /^Nothing more came from/);
    });

    it('takes comment lines as a sign of life', async () => {
      server.answers = [
        (response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          let beats = 0;
          const timer = setInterval(() => {
            response.write(': still thinking\n\n');
            if (++beats < 10) return;
            clearInterval(timer);
            send(response, { delta: { content: good }, finish_reason: 'stop' });
            response.end('data: [DONE]\n\n');
          }, 40);
        },
      ];
      const value = await writer({ idleTimeoutMs: 200 }).answer(request, { signal });
      assert.deepEqual(value, lamp);
    });

    it('stops at once when cancelled, and hangs up', async () => {
      const abort = new AbortController();
      const open = new Promise<Promise<unknown>>((resolve) => {
        server.answers = [
          (response) => {
            begin(response, good.slice(0, 9));
            resolve(once(response, 'close'));
          },
        ];
      });
      const answer = writer().answer(request, {
        signal: abort.signal,
        onText: () => {
          abort.abort();
        },
      });
      await assert.rejects(answer, { code: 'cancelled' });
      await await open;
    });

    it('asks nothing when it is cancelled before it begins', async () => {
      const answer = writer().answer(request, { signal: AbortSignal.abort() });
      await assert.rejects(answer, { code: 'cancelled' });
      assert.equal(server.received.length, 0);
    });

    it('refuses an address that is none, and one with a password, without showing it', async () => {
      assert.equal((await failure(writer({ baseUrl: 'not an address' }))).code, 'bad-input');
      assert.equal((await failure(writer({ baseUrl: 'file:///etc/passwd' }))).code, 'bad-input');
      const error = await failure(writer({ baseUrl: 'http://me:hunter22@example.com/v1' }));
      assert.equal(error.code, 'bad-input');
      assert.ok(!inspect(error).includes('hunter22'));
    });
  });
});
