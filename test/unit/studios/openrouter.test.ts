import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import { readBytes } from '../../../src/net/bounded-body.ts';
import { Http } from '../../../src/net/http.ts';
import type { RenderChoices } from '../../../src/studios/choices.ts';
import { OpenRouterStudio } from '../../../src/studios/openrouter.ts';
import { Loopback, json } from '../net/loopback.ts';
import { failure } from '../../support/failure.ts';
import { behavesLikeAStudio, contextOf, request, type Phase } from './contract.ts';

const states: Readonly<Record<Phase, string>> = {
  queued: 'pending',
  working: 'in_progress',
  strange: 'polishing',
  ready: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
  expired: 'expired',
};

behavesLikeAStudio('openrouter', {
  make: (baseUrl, tools) => new OpenRouterStudio({ baseUrl, model: 'maker/model', ...tools }),
  basePath: '/api/v1',
  key: { header: 'authorization', value: (secret) => `Bearer ${secret}` },
  isOrder: ({ method, url }) => method === 'POST' && url === '/api/v1/videos',
  ordered: {
    model: 'maker/model',
    prompt: request.prompt,
    duration: 8,
    aspect_ratio: '9:16',
    resolution: '1080p',
    generate_audio: true,
  },
  accepted: (base, suffix) => ({
    id: 'r-1',
    polling_url: `${base}/videos/r-1${suffix}`,
    status: 'pending',
  }),
  reply: ({ method, url }, { phase, clip, reason }) => {
    if (method !== 'GET') return undefined;
    if (url === '/api/v1/videos/models') {
      const entry = {
        id: 'maker/model',
        supported_resolutions: ['1080p', '4K'],
        generate_audio: true,
      };
      return { body: { data: [entry] } };
    }
    if (url !== '/api/v1/videos/r-1') return undefined;
    return {
      body: {
        id: 'r-1',
        status: states[phase],
        ...(phase === 'ready' ? { unsigned_urls: [clip] } : {}),
        ...(phase === 'failed' ? { error: reason } : {}),
      },
    };
  },
  phases: ['ready', 'failed', 'cancelled', 'expired'],
});

describe('the studio "openrouter"', () => {
  const context = contextOf();
  let http: Http;

  before(() => {
    http = new Http({ systemCertificates: false, timeouts: { headersMs: 2000 } });
  });

  after(() => http.close());

  describe('before an independent server', () => {
    let mock: LLMock;
    const film = Buffer.from('not really a film');

    beforeEach(async () => {
      mock = new LLMock({
        port: 0,
        openRouterVideo: { pollsBeforeInProgress: 1, pollsBeforeCompleted: 2 },
      });
      await mock.start();
    });

    afterEach(() => mock.stop());

    const studio = (): OpenRouterStudio =>
      new OpenRouterStudio({
        baseUrl: `${mock.url}/api/v1`,
        model: 'bytedance/seedance-2.0',
        http,
      });

    it('takes a render from the order to the bytes', async () => {
      mock.onVideo(/lighthouse/, {
        video: { id: 'x', status: 'completed', b64: film.toString('base64') },
      });
      const made = studio();
      const job = await made.submit(request, context);
      const seen: string[] = [];
      for (let asked = 0; asked < 3 && seen.at(-1) !== 'ready'; asked++) {
        seen.push((await made.poll(job, context)).state);
      }
      assert.deepEqual(seen, ['rendering', 'ready']);
      const source = await made.result(job, context);
      assert.ok(source.kind === 'http');
      const { url, headers } = source;
      const answer = await http.send(url, { headers, signal: context.signal });
      assert.deepEqual(await readBytes(answer.body, 1000), film);
    });

    it('says what went wrong', async () => {
      mock.onVideo(/lighthouse/, { video: { id: 'x', status: 'failed', error: 'too dark' } });
      const made = studio();
      const job = await made.submit(request, context);
      await made.poll(job, context);
      assert.deepEqual(await made.poll(job, context), { state: 'failed', reason: 'too dark' });
    });

    it('learns what the model can do from the list', async () => {
      const { seconds, aspects, note } = await studio().capabilities(context);
      assert.deepEqual(seconds, [4, 8]);
      assert.deepEqual(aspects, ['16:9', '9:16', '1:1']);
      assert.equal(note, undefined);
    });

    it('orders once, whatever the server answers', async () => {
      for (const status of [400, 401, 429, 500, 503]) {
        mock.reset();
        mock.addFixture({
          match: { endpoint: 'video' },
          response: { error: { message: 'No.' }, status },
        });
        const error = await failure(studio().submit(request, context));
        assert.equal(error.status, status);
        const orders = mock.getRequests().filter(({ method }) => method === 'POST');
        assert.equal(orders.length, 1);
      }
    });
  });

  describe('the list of models', () => {
    let server: Loopback;
    let entry: Record<string, unknown>;
    let status: number;
    let now: number;

    beforeEach(async () => {
      now = 0;
      status = 200;
      entry = { id: 'google/veo-3.1' };
      server = await Loopback.start(({ url }, response) => {
        if (url === '/models-are-elsewhere/videos/models')
          json(response, { data: [{}, entry] }, status);
        else json(response, { id: 'r-1' });
      });
    });

    afterEach(() => server.close());

    const studio = (model = 'google/veo-3.1'): OpenRouterStudio =>
      new OpenRouterStudio({
        baseUrl: `${server.url}/models-are-elsewhere/`,
        model,
        http,
        clock: { now: () => now, sleep: () => Promise.resolve() },
      });

    for (const [what, skus, expected] of [
      ['for the resolution', { duration_seconds: '0.5', duration_seconds_720p: '0.1' }, 0.1],
      [
        'with sound',
        { duration_seconds_with_audio: '0.40', duration_seconds_without_audio: '0.20' },
        0.4,
      ],
      ['in cents', { cents_per_second_output: '12' }, 0.12],
      ['as documented once', { 'per-video-second': '0.50', 'per-video-second-1080p': '0.75' }, 0.5],
      ['by tokens', { video_tokens: '0.0000012' }, undefined],
      ['for another resolution only', { duration_seconds_4k: '1' }, undefined],
      ['that is none', { duration_seconds: 'free' }, undefined],
      ['as an empty list', [], undefined],
    ] as const) {
      it(`tells a price ${what}`, async () => {
        entry = {
          ...entry,
          supported_durations: [8, 4, 6, 4, 2.5],
          supported_aspect_ratios: ['21:9', '9:16', '16:9'],
          supported_resolutions: ['1080p', '720p'],
          generate_audio: true,
          pricing_skus: skus,
        };
        const found = await studio().capabilities(context);
        assert.deepEqual(found.seconds, [4, 6, 8]);
        assert.deepEqual(found.aspects, ['16:9', '9:16']);
        assert.deepEqual(
          found.price,
          expected === undefined ? undefined : { currency: 'USD', perClip: 0, perSecond: expected },
        );
      });
    }

    it('says which choices are taken, and what they cost', async () => {
      entry = {
        ...entry,
        generate_audio: true,
        seed: true,
        supported_resolutions: ['720p', '1080p'],
        pricing_skus: {
          duration_seconds_with_audio_720p: '0.4',
          duration_seconds_without_audio_1080p: '0.3',
        },
      };
      const made = studio();
      const choices = { resolution: '1080p', sound: false, seed: 7 };
      const perSecond = async (chosen?: RenderChoices): Promise<unknown> =>
        (await made.capabilities(context, chosen)).price?.perSecond;
      assert.equal(await perSecond(), 0.4);
      assert.equal(await perSecond(choices), 0.3);
      await made.submit({ ...request, choices }, context);
      const { resolution, generate_audio, seed } = JSON.parse(
        server.asked.at(-1)?.body ?? '',
      ) as Record<string, unknown>;
      assert.deepEqual([resolution, generate_audio, seed], ['1080p', false, 7]);
    });

    it('is asked once in five minutes, and kept when it cannot be had', async () => {
      entry = { ...entry, supported_durations: [7] };
      const made = studio();
      const lengths = async (): Promise<unknown> => (await made.capabilities(context)).seconds;
      await lengths();
      await lengths();
      assert.equal(server.asked.length, 1);
      now += 301_000;
      status = 500;
      assert.deepEqual(await lengths(), [7]);
      assert.equal(server.asked.length, 2);
    });

    it('is done without where it cannot be asked, and the writer hears of it', async () => {
      status = 503;
      const { seconds, note } = await studio().capabilities(context);
      assert.deepEqual(seconds, [4, 6, 8]);
      assert.match(note ?? '', /could not be asked/);
      assert.equal((await studio().submit(request, context)).remoteId, 'r-1');
    });

    it('may not know the model', async () => {
      const { note } = await studio('nobody/nothing').capabilities(context);
      assert.match(note ?? '', /does not list/);
    });

    it('is not asked for a clip where the address is none', async () => {
      const made = new OpenRouterStudio({ baseUrl: 'nonsense', model: 'm', http });
      assert.equal((await failure(made.capabilities(context))).code, 'bad-input');
    });
  });

  it('tells what a clip has cost, once that is finished', async () => {
    let status = 'in_progress';
    const server = await Loopback.start((_, response) => {
      const usage = { cost: 2.8, is_byok: false };
      json(response, { id: 'r-1', status, unsigned_urls: ['https://x.example/a.mp4'], usage });
    });
    try {
      const made = new OpenRouterStudio({ baseUrl: `${server.url}/api/v1`, model: 'm', http });
      const job = { remoteId: 'r-1', data: { base: `${server.url}/api/v1` } };
      assert.equal((await made.poll(job, context)).state, 'rendering');
      status = 'completed';
      const charged = { currency: 'USD', amount: 2.8 };
      assert.deepEqual(await made.poll(job, context), { state: 'ready', charged });
    } finally {
      await server.close();
    }
  });

  it('prefers the signed address, follows a relative one, and knows the documented one', async () => {
    let answer: Record<string, unknown> = {};
    const server = await Loopback.start(({ method, url }, response) => {
      if (method === 'POST') json(response, { id: 'r-1', polling_url: '/api/v1/other/r-1' });
      else if (url === '/api/v1/other/r-1') json(response, { status: 'completed', ...answer });
      else json(response, {}, 404);
    });
    try {
      const made = new OpenRouterStudio({ baseUrl: `${server.url}/api/v1`, model: 'm', http });
      const job = await made.submit(request, context);
      const result = async (): Promise<string> => {
        const source = await made.result(job, context);
        return source.kind === 'http' ? source.url : '';
      };
      answer = {
        urls: ['https://store.example/clip.mp4?signed'],
        unsigned_urls: [`${server.url}/x`],
      };
      assert.equal(await result(), 'https://store.example/clip.mp4?signed');
      answer = { urls: [null], unsigned_urls: [`${server.url}/x`] };
      assert.equal(await result(), `${server.url}/x`);
      answer = {};
      assert.equal(await result(), `${server.url}/api/v1/videos/r-1/content?index=0`);
    } finally {
      await server.close();
    }
  });
});
