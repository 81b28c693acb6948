import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import fc from 'fast-check';
import { z } from 'zod';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { OpenAiModel } from '../../../src/models/openai/openai-model.ts';
import type { Usage } from '../../../src/models/writer-model.ts';
import { useLoopback } from './openai-loopback.ts';

const lamp = { title: 'Đèn “biển” 🏮', lit: true };
const good = JSON.stringify(lamp);
const request = {
  prompt: { system: 'You write.', user: 'Write about a lamp.' },
  schema: z.object({ title: z.string(), lit: z.boolean() }),
  schemaName: 'lamp',
};

const pieces = good.match(/.{1,7}/gsu) ?? [];
const chunk = (delta: unknown, more: object = {}): string =>
  JSON.stringify({ id: 'c', choices: [{ index: 0, delta, ...more }] });
/** The pieces of the answer, each as the data of an event. */
const data = [...pieces.map((content) => chunk({ content })), chunk({}, { finish_reason: 'stop' })];
const events = (separator: string, ...lines: string[]): string =>
  lines.map((line) => `data: ${line}${separator}`).join('');
const completion = { choices: [{ message: { content: good }, finish_reason: 'stop' }] };
const usage = { usage: { prompt_tokens: 3, completion_tokens: 5 } };
const sse = 'text/event-stream';
const json = 'application/json';

/** Answers that are there, each in a form that somebody has been seen to send. */
const dialects: readonly (readonly [what: string, type: string, body: string])[] = [
  ['the standard', sse, events('\n\n', ...data, '[DONE]')],
  ['no [DONE]', sse, events('\n\n', ...data)],
  ['no space behind the colon', sse, data.map((line) => `data:${line}\n\n`).join('')],
  ['lines that end with CR LF', sse, events('\r\n\r\n', ...data, '[DONE]')],
  ['lines that end with CR alone', sse, events('\r\r', ...data, '[DONE]')],
  ['no empty line between events', sse, events('\n', ...data, '[DONE]')],
  ['a mark of the byte order', sse, `\uFEFF${events('\n\n', ...data)}`],
  ['empty data', sse, `data:\n\ndata: \n\n${events('\n\n', ...data)}data:\n\n`],
  ['pings', sse, `data: ping\n\nevent: ping\ndata: {"type": "ping"}\n\n${events('\n', ...data)}`],
  ['comments', sse, `: OPENROUTER PROCESSING\n\n:\n${events('\n\n: still\n', ...data)}`],
  [
    'names, ids and patience',
    sse,
    data.map((line) => `id: 7\nretry: 3\nevent: message\ndata: ${line}\n\n`).join(''),
  ],
  ['the prefix twice', sse, data.map((line) => `data: data: ${line}\n\n`).join('')],
  [
    'data over several lines',
    sse,
    data
      .map((line) => JSON.stringify(JSON.parse(line), null, 1))
      .map((text) => `${text.replace(/^/gm, 'data: ')}\n\n`)
      .join(''),
  ],
  ['a stream under the type of JSON', json, events('\n\n', ...data, '[DONE]')],
  ['a stream without a type', '', events('\n\n', ...data, '[DONE]')],
  ['a stream under the type of a page', 'text/html', events('\n\n', ...data, '[DONE]')],
  ['JSON under the type of a stream', sse, JSON.stringify(completion)],
  ['JSON over many lines', json, JSON.stringify(completion, null, 2)],
  ['JSON with an empty line before it', json, `\n\n${JSON.stringify(completion)}\n`],
  ['one event with all of it', sse, events('\n\n', JSON.stringify(completion))],
  ['lines of JSON', 'application/x-ndjson', `${data.join('\n')}\n`],
  ['a list of chunks', json, `[${data.join('\n,\n')}]`],
  [
    "Ollama's own lines",
    'application/x-ndjson',
    [
      ...pieces.map((content) => ({ message: { role: 'assistant', content }, done: false })),
      { message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop' },
    ]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  ],
  [
    "Ollama's generated lines",
    'application/x-ndjson',
    [...pieces.map((response) => ({ response, done: false })), { response: '', done: true }]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  ],
  ['choices without any', sse, events('\n\n', '{"choices":[]}', ...data, '{"choices":[]}')],
  ['nothing but usage at the end', sse, events('\n\n', ...data, JSON.stringify(usage))],
  [
    'usage and null for choices',
    sse,
    events('\n\n', ...data, JSON.stringify({ choices: null, ...usage })),
  ],
  ['a delta of null', sse, events('\n\n', chunk(null), ...data)],
  ['content of null', sse, events('\n\n', chunk({ role: 'assistant', content: null }), ...data)],
  ['an error of null', sse, events('\n\n', '{"choices":[],"error":null}', ...data)],
  [
    'an end of an unknown kind',
    sse,
    events('\n\n', ...data.slice(0, -1), chunk({}, { finish_reason: 'eos' })),
  ],
  ['no end', sse, events('\n\n', ...data.slice(0, -1), '[DONE]')],
  [
    'no end and words around the answer',
    sse,
    events('\n\n', chunk({ content: 'Here it is: ' }), ...data.slice(0, -1), '[DONE]'),
  ],
  ['a note beside the answer', sse, events('\n\n', '{"message":"queued"}', ...data)],
  [
    'text of the older kind',
    json,
    JSON.stringify({ choices: [{ text: good, finish_reason: 'stop' }] }),
  ],
];

const trouble = 'The GPU fell off.';
/** Errors inside of an answer with status 200, each with what has to be shown. */
const errors: readonly (readonly [what: string, type: string, body: string, code?: string])[] = [
  ['an object', json, JSON.stringify({ error: { message: trouble } })],
  ['words', json, JSON.stringify({ error: trouble })],
  ['an object in a list', json, JSON.stringify([{ error: { message: trouble } }])],
  ["vLLM's", json, JSON.stringify({ object: 'error', message: trouble, code: 500 })],
  [
    "Anthropic's",
    sse,
    `event: error\ndata: ${JSON.stringify({ type: 'error', error: { message: trouble } })}\n\n`,
  ],
  ['a number and a message', json, JSON.stringify({ code: 5001, msg: trouble })],
  ['a message and no data', json, JSON.stringify({ code: 20012, message: trouble, data: null })],
  ["FastAPI's", json, JSON.stringify({ detail: [{ loc: ['body'], msg: trouble }] })],
  ['no success', json, JSON.stringify({ success: false, message: trouble })],
  [
    "MiniMax's",
    json,
    JSON.stringify({ choices: null, base_resp: { status_code: 1000, status_msg: trouble } }),
  ],
  [
    'inside a stream',
    sse,
    events('\n\n', data[0] ?? '', JSON.stringify({ error: { message: trouble } })),
  ],
  ['words inside a stream', sse, events('\n\n', data[0] ?? '', JSON.stringify({ error: trouble }))],
  ['words for an event', sse, `data: ${trouble}\n\n`],
  ['words for an event behind a part', sse, `${events('\n\n', data[0] ?? '')}data: ${trouble}\n\n`],
  ['words under the name of an error', sse, `event: error\ndata: ${trouble}\n\n`],
  ['words that are JSON', sse, `data: ${JSON.stringify(trouble)}\n\n`],
  ['words alone', 'text/plain', trouble],
  [
    'a line of JSON in a stream',
    sse,
    `${events('\n\n', data[0] ?? '')}${JSON.stringify({ error: trouble })}\n`,
  ],
  [
    'with the end of streams',
    sse,
    events('\n\n', JSON.stringify({ error: { message: trouble } }), '[DONE]'),
  ],
  ['a page', 'text/html', `<html><head><title>${trouble}</title></head></html>`, 'bad-input'],
  [
    'an account that is empty',
    json,
    JSON.stringify({
      base_resp: { status_code: 1008, status_msg: `insufficient balance: ${trouble}` },
    }),
    'account',
  ],
  [
    'haste',
    sse,
    events('\n\n', JSON.stringify({ error: { type: 'rate_limit_error', message: trouble } })),
    'rate-limit',
  ],
  [
    'haste by its number',
    sse,
    events('\n\n', JSON.stringify({ error: { code: '429', message: trouble } })),
    'rate-limit',
  ],
];

describe('an answer in any dialect', () => {
  const { http, server } = useLoopback();
  const signal = new AbortController().signal;

  const sends = (type: string, ...parts: readonly (string | Uint8Array)[]): void => {
    server.answers = [
      (response) => {
        response.writeHead(200, type === '' ? {} : { 'content-type': type });
        void inParts(response, parts);
      },
    ];
  };
  const asked = async (onUsage?: (usage: Usage) => void): Promise<unknown> =>
    new OpenAiModel({ baseUrl: server.baseUrl, model: 'tiny', fetch: http.fetch }).answer(request, {
      signal,
      ...(onUsage === undefined ? {} : { onUsage }),
    });

  for (const [what, type, body] of dialects) {
    it(`is read: ${what}`, async () => {
      sends(type, body);
      assert.deepEqual(await asked(), lamp);
    });
  }

  for (const [what, type, body, code = 'network'] of errors) {
    it(`is an error where it says one: ${what}`, async () => {
      sends(type, body);
      const error = await asked().then(
        () => assert.fail('it did not fail'),
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof ScenewrightError);
      assert.equal(error.code, code, error.message);
      assert.ok(error.message.includes(trouble), error.message);
      assert.ok(!/[{}]|undefined|cannot be read/.test(error.message), error.message);
    });
  }

  it('is read however it is cut up, and what was counted with it', async () => {
    const ends = ['\n', '\r\n', '\r'];
    const noise = [': note', 'data:', 'data: ping', 'event: message', 'id: 4', 'retry: 10', ''];
    const form = fc.record({
      end: fc.constantFrom(...ends),
      gaps: fc.array(fc.array(fc.constantFrom(...noise), { maxLength: 3 }), {
        minLength: data.length + 1,
        maxLength: data.length + 1,
      }),
      isDone: fc.boolean(),
      cuts: fc.array(fc.nat(2000), { maxLength: 12 }),
      type: fc.constantFrom(sse, json, 'text/plain'),
    });
    await fc.assert(
      fc.asyncProperty(form, async ({ end, gaps, isDone, cuts, type }) => {
        const all = [...data, JSON.stringify({ choices: [], ...usage })];
        const lines = all.flatMap((line, at) => [...(gaps[at] ?? []), `data: ${line}`]);
        const text = [...lines, ...(isDone ? ['', 'data: [DONE]'] : []), '', ''].join(end);
        const bytes = Buffer.from(text);
        const at = [0, ...cuts.filter((cut) => cut < bytes.length), bytes.length];
        at.sort((a, b) => a - b);
        sends(type, ...at.slice(1).map((to, index) => bytes.subarray(at[index], to)));
        const counted: Usage[] = [];
        assert.deepEqual(await asked((one) => counted.push(one)), lamp);
        assert.deepEqual(counted, [{ inputTokens: 3, outputTokens: 5 }]);
      }),
      { numRuns: 60 },
    );
  });

  it('is asked for again where a part of it arrives damaged, and is never made whole', async () => {
    sends(sse, events('\n\n', data[0] ?? '', '{"choices":[{"delta":{"con', ...data.slice(1)));
    await assert.rejects(asked(), { code: 'network', retryable: true });
    sends(json, JSON.stringify(completion).slice(0, -9));
    await assert.rejects(asked(), { code: 'network', retryable: true });
  });
});

/** Each part in a packet of its own, as far as the machine lets it. */
async function inParts(
  response: ServerResponse,
  parts: readonly (string | Uint8Array)[],
): Promise<void> {
  for (const part of parts) {
    if (part.length === 0) continue;
    if (!response.write(part)) await once(response, 'drain');
    await new Promise((resolve) => setImmediate(resolve));
  }
  response.end();
}
