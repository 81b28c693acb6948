import assert from 'node:assert/strict';
import { Http } from '../../../src/net/http.ts';
import { GeminiStudio } from '../../../src/studios/gemini.ts';
import type { PollAnswer } from '../../../src/studios/port.ts';
import type { StudioSettings } from '../../../src/studios/web-studio.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { Loopback, json } from '../net/loopback.ts';
import { behavesLikeAStudio, contextOf, request, type Phase } from './contract.ts';

const states: Readonly<Record<Phase, string>> = {
  queued: 'queued',
  working: 'in_progress',
  strange: 'thinking_hard',
  ready: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
  expired: 'expired',
};

const model = 'gemini-omni-1.1-flash';

/** What the model has put out. */
function output(...content: readonly unknown[]): unknown {
  return [
    { type: 'user_input', content: [{ type: 'text', text: 'A lighthouse' }] },
    { type: 'thought', summary: [{ type: 'text', text: 'Let me see.' }] },
    { type: 'model_output', content },
  ];
}

behavesLikeAStudio('gemini', {
  make: (baseUrl, tools) => new GeminiStudio({ baseUrl, model, ...tools }),
  basePath: '',
  key: { header: 'x-goog-api-key', value: (secret) => secret },
  isOrder: ({ method, url }) => method === 'POST' && url === '/v1beta/interactions',
  ordered: {
    model,
    input: request.prompt,
    background: true,
    response_format: {
      type: 'video',
      delivery: 'uri',
      aspect_ratio: '9:16',
      resolution: '720p',
      duration: '8s',
    },
  },
  accepted: () => ({ id: 'r-1', object: 'interaction', status: 'in_progress' }),
  reply: ({ method, url }, { phase, clip, reason }) => {
    if (method === 'POST' && url === '/v1beta/interactions/r-1/cancel') return { body: {} };
    if (method !== 'GET' || url !== '/v1beta/interactions/r-1') return undefined;
    return {
      body: {
        id: 'r-1',
        status: states[phase],
        ...(phase === 'ready'
          ? { steps: output({ type: 'video', mime_type: 'video/mp4', uri: clip }) }
          : {}),
        ...(phase === 'failed' ? { error: { code: 13, message: reason, status: 'INTERNAL' } } : {}),
      },
    };
  },
  phases: ['ready', 'failed', 'cancelled'],
  cancel: { method: 'POST', path: '/v1beta/interactions/r-1/cancel' },
});

describe('the studio "gemini"', () => {
  const context = contextOf();
  let http: Http;
  let server: Loopback;
  let answer: Record<string, unknown>;

  before(() => {
    http = new Http({ systemCertificates: false });
  });

  after(() => http.close());

  beforeEach(async () => {
    answer = {};
    server = await Loopback.start((_asked, response) => {
      json(response, answer);
    });
  });

  afterEach(() => server.close());

  const studio = (more: Partial<StudioSettings> = {}): GeminiStudio =>
    new GeminiStudio({ baseUrl: server.url, model, http, ...more });
  const job = { remoteId: 'v1_abc', data: {} };

  for (const [what, said, expected] of [
    [
      'a refusal that is finished with a text only',
      { status: 'completed', steps: output({ type: 'text', text: 'I cannot draw\nthat person.' }) },
      { state: 'failed', reason: 'I cannot draw that person.' },
    ],
    [
      'a finish with nothing at all',
      { status: 'completed', steps: [] },
      { state: 'failed', reason: 'the service finished without a video' },
    ],
    [
      'a finish with errors beside it',
      { status: 'completed', errors: [{ message: 'Blocked by a filter.' }] },
      { state: 'failed', reason: 'Blocked by a filter.' },
    ],
    [
      'an end in the middle',
      { status: 'incomplete', steps: output({ type: 'text', text: 'Out of tokens.' }) },
      { state: 'failed', reason: 'Out of tokens.' },
    ],
    [
      'an end in the middle without a word',
      { status: 'incomplete' },
      { state: 'failed', reason: 'the service stopped before the video was whole' },
    ],
    [
      'a question back',
      { status: 'requires_action' },
      { state: 'failed', reason: 'the service asks back, and cannot be answered' },
    ],
    [
      'a budget that is used up',
      { status: 'budget_exceeded' },
      { state: 'failed', reason: "the service's budget for this render is used up" },
    ],
    [
      'a clip beside a remark',
      {
        status: 'completed',
        steps: output({ type: 'text', text: 'Here.' }, { type: 'video', uri: 'https://x/y' }),
      },
      { state: 'ready' },
    ],
    [
      'a video without an address',
      { status: 'completed', steps: output({ type: 'video' }, { type: 'text', text: 'Sorry.' }) },
      { state: 'failed', reason: 'Sorry.' },
    ],
  ] satisfies [string, Record<string, unknown>, PollAnswer][]) {
    it(`understands ${what}`, async () => {
      answer = said;
      assert.deepEqual(await studio().poll(job, context), expected);
    });
  }

  for (const [uri, expected] of [
    ['/v1beta/files/abc:download?alt=media', '/v1beta/files/abc:download?alt=media'],
    ['/v1beta/files/abc:download', '/v1beta/files/abc:download?alt=media'],
    ['/v1beta/files/abc', '/v1beta/files/abc:download?alt=media'],
    [
      '/download/v1beta/files/abc:download?alt=media&x=1',
      '/download/v1beta/files/abc:download?alt=media&x=1',
    ],
  ] as const) {
    it(`asks for the content of the file ${uri}`, async () => {
      answer = {
        status: 'completed',
        steps: output({ type: 'video', uri: `${server.url}${uri}` }),
      };
      const source = await studio().result(job, context);
      assert.equal(source.kind === 'http' && source.url, `${server.url}${expected}`);
    });
  }

  it('understands a file by its name alone', async () => {
    answer = { status: 'completed', steps: output({ type: 'video', uri: 'files/abc' }) };
    const source = await studio().result(job, context);
    assert.equal(
      source.kind === 'http' && source.url,
      `${server.url}/v1beta/files/abc:download?alt=media`,
    );
  });

  it('changes nothing about an address elsewhere, whose signature would break', async () => {
    const uri = 'https://store.example/files/abc?signature=1';
    answer = { status: 'completed', steps: output({ type: 'video', uri }) };
    assert.deepEqual(await studio().result(job, context), { kind: 'http', url: uri, headers: {} });
  });

  it('takes the clip out of the answer where it came inside of that', async () => {
    const base64 = mp4(2000).toString('base64');
    answer = { status: 'completed', steps: output({ type: 'video', data: base64 }) };
    assert.deepEqual(await studio().poll(job, context), { state: 'ready' });
    assert.deepEqual(await studio().result(job, context), { kind: 'inside', base64 });
  });

  it('takes the base URL with or without its version', async () => {
    answer = { id: 'r-1' };
    for (const end of ['', '/', '/v1beta', '/v1beta/']) {
      await studio({ baseUrl: `${server.url}${end}` }).submit(request, context);
    }
    assert.deepEqual(
      server.asked.map(({ url }) => url),
      Array.from({ length: 4 }, () => '/v1beta/interactions'),
    );
  });

  it('asks for the resolution and the seed that are chosen, and knows what it costs', async () => {
    answer = { id: 'r-1' };
    const made = studio();
    const choices = { resolution: '4K', seed: 7, sound: false };
    await made.submit({ ...request, choices }, context);
    const order = JSON.parse(server.asked[0]?.body ?? '') as {
      response_format: { resolution: string };
      generation_config: unknown;
    };
    assert.equal(order.response_format.resolution, '4k');
    assert.deepEqual(order.generation_config, { seed: 7 });
    const dear = (await made.capabilities(context, choices)).price?.perSecond ?? 0;
    const usual = (await studio().capabilities(context)).price?.perSecond ?? 0;
    assert.ok(dear > usual && usual > 0);
    assert.equal((await studio({ model: 'another' }).capabilities(context)).price, undefined);
  });

  it('makes whole seconds from 3 to 10, wide and tall', async () => {
    const { seconds, aspects } = await studio().capabilities(context);
    assert.deepEqual(seconds, [3, 4, 5, 6, 7, 8, 9, 10]);
    assert.deepEqual(aspects, ['16:9', '9:16']);
  });
});
