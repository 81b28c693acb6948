import assert from 'node:assert/strict';
import { z } from 'zod';
import { ContextOverflow, TruncatedAnswer } from '../../../src/models/answer-errors.ts';
import { askForWindow } from '../../../src/models/openai/ask-for-window.ts';
import { EndpointMemory } from '../../../src/models/openai/endpoint-memory.ts';
import { OpenAiModel } from '../../../src/models/openai/openai-model.ts';
import type { OpenAiModelOptions } from '../../../src/models/openai/openai-model.ts';
import type { PromptRequest } from '../../../src/models/language-model/language-model.ts';
import { begin, refused, send, streamed, type Answer, useLoopback } from './openai-loopback.ts';
import { accountWith } from '../../support/keyed-account.ts';

interface Lamp {
  title: string;
  lit: boolean;
}

const request: PromptRequest<Lamp> = {
  prompt: { system: 'You write.', user: 'Write about a lamp.' },
  schema: z.object({ title: z.string(), lit: z.boolean() }),
  schemaName: 'lamp',
  length: { most: 3000 },
};
const good = JSON.stringify({ title: 'Lamp', lit: true });

/** Sends pieces until the reader hangs up; the test ends with that. */
const endless =
  (beginning: string, piece: (i: number) => string): Answer =>
  (response) => {
    begin(response, beginning);
    let i = 0;
    const next = (): void => {
      if (response.destroyed) return;
      send(response, { delta: { content: piece(i++) } });
      setImmediate(next);
    };
    next();
  };

describe('the length of an answer', () => {
  const { http, server } = useLoopback();
  const { signal } = new AbortController();

  beforeEach(() => {
    server.answers = [streamed(good)];
  });

  const writer = (options: Partial<OpenAiModelOptions> = {}): OpenAiModel =>
    new OpenAiModel({ baseUrl: server.baseUrl, model: 'tiny', fetch: http.fetch, ...options });

  const lengthsAsked = (): unknown[] =>
    server.received.map(({ body }) => {
      const { max_tokens, max_completion_tokens } = body as unknown as Record<string, unknown>;
      return { max_tokens, max_completion_tokens };
    });
  const asked = (max_tokens?: number, max_completion_tokens?: number): unknown => ({
    max_tokens,
    max_completion_tokens,
  });

  it('is asked for', async () => {
    await writer().answer(request, { signal });
    assert.deepEqual(lengthsAsked(), [asked(3000)]);
  });

  it('is asked for in the other parameter where the first is refused, by all from then on', async () => {
    const memory = new EndpointMemory();
    server.answers = [
      refused(400, {
        message:
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        code: 'unsupported_parameter',
      }),
      streamed(good),
    ];
    await writer({ memory }).answer(request, { signal });
    await writer({ memory }).answer({ ...request, schemaName: 'other' }, { signal });
    assert.deepEqual(lengthsAsked(), [asked(3000), asked(undefined, 3000), asked(undefined, 3000)]);
  });

  it('is left out where no parameter is taken', async () => {
    const unknown = (name: string): Answer =>
      refused(422, { message: `extra_forbidden: body.${name}: Extra inputs are not permitted` });
    server.answers = [unknown('max_tokens'), unknown('max_completion_tokens'), streamed(good)];
    await writer().answer(request, { signal });
    assert.deepEqual(lengthsAsked(), [asked(3000), asked(undefined, 3000), asked()]);
  });

  it('is what the service says that it writes at most', async () => {
    const memory = new EndpointMemory();
    server.answers = [
      refused(400, {
        message: 'Invalid max_tokens value, the valid range of max_tokens is [1, 2048]',
      }),
      streamed(good),
    ];
    await writer({ memory }).answer(request, { signal });
    await writer({ memory }).answer(request, { signal });
    assert.deepEqual(lengthsAsked(), [asked(3000), asked(2048), asked(2048)]);
  });

  it('is less where prompt and length together are more than the window', async () => {
    server.answers = [
      refused(400, {
        message:
          "'max_tokens' or 'max_completion_tokens' is too large: 3000. This model's maximum context length is 2048 tokens and your request has 20 input tokens (3000 > 2048 - 20).",
      }),
      streamed(good),
    ];
    await writer().answer(request, { signal });
    const [, second] = lengthsAsked() as { max_tokens: number }[];
    assert.ok((second?.max_tokens ?? 0) > 1900 && (second?.max_tokens ?? 0) < 2028);
  });

  it('is what the writer has set, also for a model that thinks', async () => {
    const set = { ...request, length: { most: 1234, isSet: true } };
    await writer({ model: 'qwen3:8b' }).answer(set, { signal });
    assert.deepEqual(lengthsAsked(), [asked(1234)]);
  });

  it('is not asked for any more once a model was seen to think', async () => {
    const memory = new EndpointMemory();
    server.answers = [
      (response) => {
        begin(response);
        send(response, { delta: { reasoning_content: 'Let me see.' } });
        send(response, { delta: {}, finish_reason: 'length' });
        response.end('data: [DONE]\n\n');
      },
      streamed(good),
    ];
    await assert.rejects(writer({ memory }).answer(request, { signal }), TruncatedAnswer);
    await writer({ memory }).answer(request, { signal });
    assert.deepEqual(lengthsAsked(), [asked(3000), asked()]);
  });

  it('is asked for where an account can pay for nothing longer, also of a model that thinks', async () => {
    server.answers = [
      refused(402, {
        message:
          'This request requires more credits, or fewer max_tokens. You requested up to 65536 tokens, but can only afford 9000.',
        code: 402,
      }),
      streamed(good),
    ];
    const long = { ...request, length: { most: 20_000 } };
    await writer({ model: 'deepseek/deepseek-r1' }).answer(long, { signal });
    assert.deepEqual(lengthsAsked(), [asked(), asked(9000)]);
  });

  it('that no parameter helps is refused with the words of the service', async () => {
    server.answers = [refused(400, { message: 'max_tokens: something is wrong with it' })];
    await assert.rejects(writer().answer(request, { signal }), /something is wrong with it/);
    assert.ok(server.received.length <= 6);
  });

  describe('that has no end', () => {
    const cases: Readonly<Record<string, Answer>> = {
      'in spaces': endless('{"title": "Lamp",', () => '    '),
      'in white space of all kinds, in no order': endless('{"title":', (i) =>
        ' \n\t\r\n'.slice(i % 4, 1 + ((i * 7) % 5)),
      ),
      'in line breaks within a string': endless('{"title": "Lamp', () => '\\n\\n'),
      'in one token': endless('{"title": "', () => ' lamp'),
      'in one line': endless(
        '{"title": "',
        () => 'The lamp goes out. And then it is lit again.\\n',
      ),
      'in a paragraph of a thousand characters': endless(
        '{"title": "',
        (i) =>
          `Sentence ${'abcdefghijklmnop'[i % 16] ?? ''} of it is ${'long and '.repeat(6)}done. `,
      ),
      'in items that only count up': endless(
        '{"list": [',
        (i) => `{"title": "Scene ${i}", "lit": true}, `,
      ),
      'in ever new words': endless('{"title": "', (i) => `${(i * 2_654_435_761).toString(36)} `),
    };
    for (const [how, answer] of Object.entries(cases)) {
      it(`${how} is stopped, and counts as broken off`, async () => {
        server.answers = [answer];
        await assert.rejects(
          writer().answer({ ...request, length: { most: 600 } }, { signal }),
          TruncatedAnswer,
        );
      });
    }

    it('is taken as far as it is whole', async () => {
      server.answers = [endless(good, () => '\n   ')];
      assert.deepEqual(await writer().answer(request, { signal }), { title: 'Lamp', lit: true });
    });
  });

  describe('and the window', () => {
    const long = (words: number): PromptRequest<Lamp> => ({
      ...request,
      prompt: { system: 'You write.', user: 'The keeper climbs the stairs. '.repeat(words) },
    });
    const counted =
      (inputTokens: number): Answer =>
      (response) => {
        begin(response, good);
        send(response, { delta: {}, finish_reason: 'stop' });
        const usage = { prompt_tokens: inputTokens, completion_tokens: 20 };
        response.end(`data: ${JSON.stringify({ choices: [], usage })}\n\ndata: [DONE]\n\n`);
      };

    it('are told apart from an answer to a prompt that was cut, which is kept at hand', async () => {
      server.answers = [counted(2050)];
      const error = await writer()
        .answer(long(1200), { signal })
        .then(
          () => assert.fail('it was taken'),
          (reason: unknown) => reason,
        );
      assert.ok(error instanceof ContextOverflow);
      assert.deepEqual(error.answered, { value: { title: 'Lamp', lit: true } });
    });

    it('are asked of the endpoint itself alone, with its own key', async () => {
      const asked: [string, string | null, string | undefined][] = [];
      const spy: typeof fetch = (input, init) => {
        const url = input instanceof Request ? input.url : String(input);
        asked.push([url, new Headers(init?.headers).get('authorization'), init?.redirect]);
        return Promise.resolve(new Response('{}', { status: 404 }));
      };
      const at = (baseUrl: string): OpenAiModel =>
        new OpenAiModel({
          baseUrl,
          model: 'tiny',
          account: accountWith('sk-own'),
          fetch: spy,
          inquire: askForWindow,
        });
      await at('https://models.example.com/v1').room();
      await new Promise(setImmediate);
      assert.deepEqual(asked, [['https://models.example.com/v1/models', 'Bearer sk-own', 'error']]);
      asked.length = 0;
      await at('http://192.168.1.7:11434/v1').room();
      assert.ok(asked.some(([url]) => url === 'http://192.168.1.7:11434/api/ps'));
      for (const [url, key, redirect] of asked) {
        assert.ok(url.startsWith('http://192.168.1.7:11434/'));
        assert.deepEqual([key, redirect], ['Bearer sk-own', 'error']);
      }
    });

    it('are not waited for where a server does not answer', async () => {
      const silent: typeof fetch = (_, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => {
            reject(new Error('aborted'));
          });
        });
      const room = await writer({ fetch: silent, inquire: askForWindow }).room();
      assert.equal(room.window, undefined);
    });

    const nonsense: readonly (readonly [string, string])[] = [
      ['a web page', '<html></html>'],
      ['an empty body', ''],
      ['a bare number', '42'],
      ['null', 'null'],
      ['names without numbers', '{"data":[{"id":"tiny"}],"models":[null]}'],
      ['numbers that are none', '{"data":[{"id":"tiny","max_model_len":"many"}]}'],
      ['a window of nothing', '{"data":[{"id":"tiny","context_length":0}]}'],
    ];
    for (const [what, body] of nonsense) {
      it(`stay unknown where the server answers with ${what}`, async () => {
        const answer: typeof fetch = () => Promise.resolve(new Response(body));
        const room = await writer({ fetch: answer, inquire: askForWindow }).room();
        assert.equal(room.window, undefined);
      });
    }
  });
});
