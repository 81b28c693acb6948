import assert from 'node:assert/strict';
import RunwayML from '@runwayml/sdk';
import { Http } from '../../../src/net/http.ts';
import { RunwayStudio } from '../../../src/studios/runway.ts';
import { Loopback, json } from '../net/loopback.ts';
import { failure } from '../../support/failure.ts';
import { behavesLikeAStudio, contextOf, request, type Phase } from './contract.ts';

const states: Readonly<Record<Phase, string>> = {
  queued: 'PENDING',
  working: 'RUNNING',
  strange: 'POLISHING',
  ready: 'SUCCEEDED',
  failed: 'FAILED',
  cancelled: 'CANCELLED',
  expired: 'EXPIRED',
};

behavesLikeAStudio('runway', {
  make: (baseUrl, tools) => new RunwayStudio({ baseUrl, model: 'veo3.1', ...tools }),
  basePath: '',
  key: { header: 'authorization', value: (secret) => `Bearer ${secret}` },
  isOrder: ({ method, url }) => method === 'POST' && url === '/v1/text_to_video',
  ordered: { model: 'veo3.1', promptText: request.prompt, duration: 8, ratio: '720:1280' },
  accepted: () => ({ id: 'r-1', estimatedCost: { credits: 320 } }),
  reply: ({ method, url }, { phase, clip, reason }) => {
    if (url !== '/v1/tasks/r-1') return undefined;
    if (method === 'DELETE') return { status: 204, body: '' };
    return {
      body: {
        id: 'r-1',
        status: states[phase],
        createdAt: '2026-11-29T10:00:00.000Z',
        ...(phase === 'working' ? { progress: 0.4 } : {}),
        ...(phase === 'ready' ? { output: [clip] } : {}),
        ...(phase === 'failed' ? { failure: reason, failureCode: 'INTERNAL.BAD_OUTPUT' } : {}),
      },
    };
  },
  phases: ['ready', 'failed', 'cancelled', 'expired'],
  cancel: { method: 'DELETE', path: '/v1/tasks/r-1' },
});

describe('the studio "runway"', () => {
  const context = contextOf();
  const choices = { seed: 7, sound: false, resolution: '1080p', negativePrompt: 'rain' };
  let http: Http;
  let server: Loopback;
  let standing: string;

  before(() => {
    http = new Http({ systemCertificates: false, timeouts: { headersMs: 2000 } });
  });

  after(() => http.close());

  beforeEach(async () => {
    standing = 'RUNNING';
    server = await Loopback.start(({ method }, response) => {
      json(response, method === 'POST' ? { id: 'r-1' } : { id: 'r-1', status: standing });
    });
  });

  afterEach(() => server.close());

  const studio = (model: string): RunwayStudio =>
    new RunwayStudio({ baseUrl: `${server.url}/v1`, model, http });

  /** What the vendor's own client sends for the same, as its types allow it. */
  const orders: readonly RunwayML.TextToVideoCreateParams[] = [
    {
      model: 'gen4.5',
      promptText: request.prompt,
      duration: 8,
      ratio: '720:1280',
      seed: 7,
    },
    {
      model: 'veo3.1',
      promptText: request.prompt,
      duration: 8,
      ratio: '1080:1920',
      audio: false,
      negativePrompt: 'rain',
      seed: 7,
    },
    { model: 'hailuo3', promptText: request.prompt, duration: 8, ratio: '9:16' },
    { model: 'happyhorse_1_0', promptText: request.prompt, duration: 8, ratio: '1080:1920' },
    {
      model: 'seedance2',
      promptText: request.prompt,
      duration: 8,
      ratio: '1080:1920',
      audio: false,
      seed: 7,
    },
    {
      model: 'seedance2_mini',
      promptText: request.prompt,
      duration: 8,
      ratio: '720:1280',
      audio: false,
      seed: 7,
    },
    {
      model: 'seedance2_5',
      promptText: request.prompt,
      duration: 8,
      ratio: '1080:1920',
      audio: false,
      seed: 7,
    },
    { model: 'gemini_omni_flash', promptText: request.prompt, duration: 8, ratio: '720:1280' },
    { model: 'gemini_omni_flash_1.1', promptText: request.prompt, duration: 8, ratio: '1080:1920' },
    {
      model: 'grok_imagine_1_5',
      promptText: request.prompt,
      duration: 8,
      ratio: '9:16',
      resolution: '1080p',
    },
    { model: 'wan3', promptText: request.prompt, duration: 8, ratio: '1080:1920', audio: false },
    { model: 'h3_max', promptText: request.prompt, duration: 8, seed: 7 },
  ];

  for (const order of orders) {
    it(`orders from ${order.model} what the vendor's own client orders`, async () => {
      await studio(order.model).submit({ ...request, choices }, context);
      const client = new RunwayML({ baseURL: server.url, apiKey: 'k', maxRetries: 0 });
      await client.textToVideo.create(order);
      const [ours, theirs] = server.asked;
      assert.deepEqual(JSON.parse(ours?.body ?? ''), JSON.parse(theirs?.body ?? ''));
      assert.deepEqual([ours?.method, ours?.url], [theirs?.method, theirs?.url]);
      const version = 'x-runway-version';
      assert.equal(ours?.headers[version], theirs?.headers[version]);
      const { seconds, aspects } = await studio(order.model).capabilities();
      assert.ok(seconds.includes(8) && aspects.includes('16:9'));
    });
  }

  it('says so where nothing is known about the model', async () => {
    assert.match((await studio('gen9').capabilities()).note ?? '', /gen9/u);
    assert.equal((await studio('gen4.5').capabilities()).note, undefined);
  });

  // What takes back a task deletes one that is over, its clip with it.
  for (const [status, stops] of [
    ['PENDING', true],
    ['THROTTLED', true],
    ['RUNNING', true],
    ['SUCCEEDED', false],
    ['FAILED', false],
  ] as const) {
    it(`${stops ? 'takes back' : 'leaves alone'} a task that is ${status}`, async () => {
      standing = status;
      const made = studio('gen4.5');
      const job = await made.submit(request, context);
      if (stops) await made.cancel(job, context);
      else await failure(made.cancel(job, context));
      const deleted = server.asked.filter(({ method }) => method === 'DELETE');
      assert.equal(deleted.length, stops ? 1 : 0);
    });
  }
});
