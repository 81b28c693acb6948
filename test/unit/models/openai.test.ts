import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { z } from 'zod';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { InvalidAnswer } from '../../../src/models/json.ts';
import { OpenAiWriter } from '../../../src/models/openai.ts';
import type { OpenAiWriterOptions } from '../../../src/models/openai.ts';
import type { WriterRequest } from '../../../src/models/port.ts';
import { Http } from '../../../src/net/http.ts';
import { begin, Loopback, refused, send, streamed } from './openai-loopback.ts';

const secret = 'sk-very-secret-0123456789';

interface Lamp {
  title: string;
  lit: boolean;
}

const request: WriterRequest<Lamp> = {
  task: {
    kind: 'plan',
    brief: {
      idea: 'A lamp',
      duration: 8,
      language: 'en',
      style: '',
      aspect: '16:9',
      structure: 'three-act',
      instructions: '',
    },
    beats: [],
  },
  prompt: { system: 'You write.', user: 'Write about a lamp.' },
  schema: z.object({ title: z.string(), lit: z.boolean() }),
  schemaName: 'lamp',
};
const lamp: Lamp = { title: 'Đèn “biển” 🏮', lit: true };
const good = JSON.stringify(lamp);

describe('OpenAiWriter', () => {
  const http = new Http();
  let server: Loopback;
  const signal = new AbortController().signal;

  before(async () => {
    server = await Loopback.start();
  });
  after(async () => {
    await server.stop();
    await http.close();
  });
  beforeEach(() => {
    server.received.length = 0;
    server.answers = [streamed(good)];
  });

  const writer = (options: Partial<OpenAiWriterOptions> = {}): OpenAiWriter =>
    new OpenAiWriter({
      baseUrl: server.baseUrl,
      model: 'tiny',
      secret: () => Promise.resolve(secret),
      fetch: http.fetch,
      ...options,
    });

  /** The error of one request, which has to fail. */
  const failure = async (subject = writer()): Promise<ScenewrightError> => {
    const error = await subject.generate(request, { signal }).then(
      () => assert.fail('it did not fail'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ScenewrightError, inspect(error));
    return error;
  };

  describe('asking', () => {
    it('streams the text as it arrives and returns the validated value', async () => {
      const texts: string[] = [];
      const { value } = await writer().generate(request, { signal, onText: (t) => texts.push(t) });
      assert.deepEqual(value, lamp);
      assert.ok(texts.length > 3);
      assert.equal(texts.at(-1), good);
      for (const [i, text] of texts.entries()) assert.ok(text.startsWith(texts[i - 1] ?? ''));
    });

    it('sends the key, the schema and the prompts, and asks for a stream with usage', async () => {
      await writer().generate(request, { signal });
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
        await writer({ secret: () => Promise.resolve(undefined) }).generate(request, { signal });
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
      const subject = writer({ secret: () => Promise.resolve(keys.shift()) });
      await subject.generate(request, { signal });
      await subject.generate(request, { signal });
      assert.deepEqual(
        server.received.map(({ headers }) => headers.authorization),
        ['Bearer first-key-1234', 'Bearer second-key-1234'],
      );
    });

    it('reports the tokens that the endpoint counted', async () => {
      server.answers = [
        (response) => {
          begin(response, good);
          send(response, { delta: {}, finish_reason: 'stop' });
          const usage = { prompt_tokens: 120, completion_tokens: 30, total_tokens: 150 };
          response.end(`data: ${JSON.stringify({ choices: [], usage })}\n\ndata: [DONE]\n\n`);
        },
      ];
      const { usage } = await writer().generate(request, { signal });
      assert.deepEqual(usage, { inputTokens: 120, outputTokens: 30 });
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
      assert.deepEqual((await subject.generate(request, { signal })).value, lamp);
      assert.deepEqual((await subject.generate(request, { signal })).value, lamp);
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
      await writer().generate(request, { signal });
      assert.equal(server.received.length, 2);
      assert.equal(server.received[1]?.body.stream_options, undefined);
      assert.equal(server.received[1]?.body.response_format?.type, 'json_schema');
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
      assert.equal(server.received.length, 4);
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
        assert.deepEqual((await writer().generate(request, { signal })).value, lamp, text);
      }
    });

    it('says what is wrong with an answer of another form, so it can be asked again', async () => {
      server.answers = [streamed('{"title": "A", "lit": "yes"}')];
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
      for (const text of ['{"lit": true, "title": "A la', '{"lit": true, "title": "A"']) {
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
      assert.deepEqual((await writer().generate(request, { signal })).value, lamp);
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

    it('says so when nothing came', async () => {
      server.answers = [streamed('')];
      const error = await failure();
      assert.equal(error.code, 'bad-answer');
      assert.equal(error.retryable, true);
    });
  });

  describe('services that say no', () => {
    const cases: [string, number, Record<string, unknown>, string, boolean, RegExp][] = [
      ['a wrong key', 401, { message: `Bad key ${secret}` }, 'account', false, /refused \(401\)/],
      ['no credit', 402, { message: 'Pay' }, 'account', false, /no credit left \(402\)/],
      ['no right', 403, { message: 'No' }, 'account', false, /may not use "tiny" \(403\)/],
      ['an empty quota', 429, { code: 'insufficient_quota' }, 'account', false, /no credit/],
      ['haste', 429, { message: 'Slow' }, 'rate-limit', true, /slow down \(429\)/],
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
      ['a crash', 500, { message: 'Oops' }, 'network', true, /failed \(500\): Oops/],
      ['overload', 503, { message: 'Busy' }, 'network', true, /failed \(503\): Busy/],
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
      const error = await failure(writer({ secret: () => Promise.resolve(undefined) }));
      assert.match(error.message, /wants a key \(401\)/);
    });

    it('passes on how long the service asks to wait', async () => {
      server.answers = [refused(429, { message: 'Slow' }, { 'retry-after': '120' })];
      assert.equal((await failure()).retryAfterMs, 120_000);
      server.answers = [refused(503, { message: 'Busy' }, { 'retry-after-ms': '1500' })];
      assert.equal((await failure()).retryAfterMs, 1500);
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
      assert.match(error.message, /is a web page/);
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
        `Nothing answers at http://127.0.0.1:${port}/v1. Is the server running?`,
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
      assert.match(error.message, /stopped answering/);
      await closed;
    });

    it('gives up on a service that never begins', async () => {
      server.answers = [() => undefined];
      const error = await failure(writer({ firstTimeoutMs: 40 }));
      assert.match(error.message, /stopped answering/);
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
      const { value } = await writer({ idleTimeoutMs: 200 }).generate(request, { signal });
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
      const answer = writer().generate(request, {
        signal: abort.signal,
        onText: () => {
          abort.abort();
        },
      });
      await assert.rejects(answer, { code: 'cancelled' });
      await await open;
    });

    it('asks nothing when it is cancelled before it begins', async () => {
      const answer = writer().generate(request, { signal: AbortSignal.abort() });
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
