import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import type { Clock } from '../../../src/base/clock.ts';
import { Http } from '../../../src/net/http.ts';
import { OpenAiVideosStudio } from '../../../src/studios/openai-videos.ts';
import type { PollAnswer, RemoteJob } from '../../../src/studios/port.ts';
import type { StudioSettings } from '../../../src/studios/web-studio.ts';
import { Loopback, json } from '../net/loopback.ts';
import { failure } from '../../support/failure.ts';
import { behavesLikeAStudio, contextOf, onTheWeb, request, type Phase } from './contract.ts';

const context = contextOf();

const states: Readonly<Record<Phase, string>> = {
  queued: 'queued',
  working: 'in_progress',
  strange: 'polishing',
  ready: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
  expired: 'expired',
};

behavesLikeAStudio('openai-videos', {
  make: (baseUrl, tools) => new OpenAiVideosStudio({ baseUrl, model: 'm-1', ...tools }),
  basePath: '/v1',
  key: { header: 'authorization', value: (secret) => `Bearer ${secret}` },
  isOrder: ({ method, url }) => method === 'POST' && url === '/v1/videos',
  ordered: { model: 'm-1', prompt: request.prompt, seconds: '8', size: '720x1280' },
  accepted: () => ({ id: 'r-1', object: 'video', status: 'queued' }),
  reply: ({ method, url }, { phase, clip, reason }) => {
    if (method !== 'GET' || url !== '/v1/videos/r-1') return undefined;
    return {
      body: {
        id: 'r-1',
        status: states[phase],
        ...(phase === 'ready' ? { url: clip } : {}),
        ...(phase === 'failed' ? { error: { code: 'render_failed', message: reason } } : {}),
      },
    };
  },
  phases: ['ready', 'failed', 'cancelled', 'expired'],
});

describe('the studio "openai-videos"', () => {
  let http: Http;
  let now: number;
  const clock: Clock = { now: () => now, sleep: () => Promise.resolve() };

  before(() => {
    http = new Http({ systemCertificates: false, timeouts: { headersMs: 700, idleMs: 700 } });
  });

  after(() => http.close());

  beforeEach(() => {
    now = 1_000_000;
  });

  const studio = (baseUrl: string, more: Partial<StudioSettings> = {}): OpenAiVideosStudio =>
    new OpenAiVideosStudio({ baseUrl, model: 'm-1', http, clock, ...more });

  describe('before an independent server', () => {
    let mock: LLMock;

    beforeEach(async () => {
      mock = new LLMock({ port: 0 });
      await mock.start();
    });

    afterEach(() => mock.stop());

    for (const body of ['json', 'multipart'] as const) {
      it(`orders, asks and finds the clip (${body})`, async () => {
        const url = 'https://cdn.example/clip.mp4';
        mock.onVideo(/lighthouse/, { video: { id: 'v-1', status: 'completed', url } });
        const made = studio(`${mock.url}/v1/`, { requestFormat: body });
        const job = await made.submit(request, context);
        assert.equal(job.remoteId, 'v-1');
        assert.deepEqual(await made.poll(job, context), { state: 'ready' });
        // Another origin than the service's: its key has no business there.
        const found = onTheWeb(await made.result(job, context));
        assert.deepEqual([found.url, found.headers], [url, {}]);
        const [order, ...rest] = mock.getRequests();
        assert.equal(order?.method, 'POST');
        assert.equal(order.headers.authorization, '[REDACTED]');
        assert.equal(order.headers['idempotency-key'], 'job-1');
        assert.ok(rest.every(({ method }) => method === 'GET'));
      });
    }

    it('waits for a render that is being made', async () => {
      mock.onVideo(/lighthouse/, { video: { id: 'v-2', status: 'processing' } });
      const made = studio(`${mock.url}/v1`);
      const job = await made.submit(request, context);
      assert.deepEqual(await made.poll(job, context), { state: 'rendering' });
    });

    it('says what went wrong', async () => {
      mock.onVideo(/lighthouse/, { video: { id: 'v-3', status: 'failed', error: 'too dark' } });
      const made = studio(`${mock.url}/v1`);
      const job = await made.submit(request, context);
      assert.equal((await made.poll(job, context)).state, 'failed');
    });

    it('orders once, whatever the server answers', async () => {
      for (const status of [400, 401, 429, 500, 503]) {
        mock.reset();
        mock.addFixture({
          match: { endpoint: 'video' },
          response: { error: { message: 'No.' }, status },
        });
        const error = await failure(studio(`${mock.url}/v1`).submit(request, context));
        assert.equal(error.status, status);
        assert.equal(mock.getRequests().length, 1);
      }
    });
  });

  describe('before servers that are ordered from elsewhere', () => {
    const choices = { seed: 7, resolution: '1080p', negativePrompt: 'rain' };
    let server: Loopback;
    let place: string;

    beforeEach(async () => {
      server = await Loopback.start(({ method, url }, response) => {
        if (method === 'POST') json(response, { request_id: 'r-1' }, url === place ? 200 : 404);
        else json(response, { status: 'done', video: { url: 'https://cdn.example/clip.mp4' } });
      });
    });

    afterEach(() => server.close());

    for (const [there, asked, body] of [
      [
        '/v1/video/generations',
        '/v1/video/generations/r-1',
        {
          model: 'm-1',
          prompt: request.prompt,
          duration: 8,
          width: 1080,
          height: 1920,
          seed: 7,
          metadata: { negative_prompt: 'rain' },
        },
      ],
      [
        '/v1/videos/generations',
        '/v1/videos/r-1',
        {
          model: 'm-1',
          prompt: request.prompt,
          duration: 8,
          aspect_ratio: '9:16',
          resolution: '1080p',
          seed: 7,
        },
      ],
    ] as const) {
      it(`orders at ${there} where there is no other place, and looks there at once the next time`, async () => {
        place = there;
        const made = studio(`${server.url}/v1`);
        const job = await made.submit({ ...request, choices }, context);
        const [order] = server.asked.filter(({ url }) => url === there);
        assert.deepEqual(JSON.parse(order?.body ?? ''), body);
        assert.deepEqual(await made.poll(job, context), { state: 'ready' });
        assert.equal(server.asked.at(-1)?.url, asked);
        assert.ok((await made.result(job, context)).kind === 'http');
        const before = server.asked.length;
        await made.submit(request, context);
        assert.deepEqual(
          server.asked.slice(before).map(({ url }) => url),
          [there],
        );
        // A window that is opened later asks where this one has ordered.
        assert.deepEqual(await studio(`${server.url}/v1`).poll(job, context), { state: 'ready' });
        assert.equal(server.asked.at(-1)?.url, asked);
      });
    }

    it('says no in the words of the usual place where there is none', async () => {
      place = '/nowhere';
      const error = await failure(studio(`${server.url}/v1`).submit(request, context));
      assert.deepEqual([error.code, error.status], ['bad-answer', 404]);
      assert.equal(server.asked.length, 3);
    });

    it('orders nowhere else where the usual place is there, whatever it says', async () => {
      for (const status of [400, 401, 403, 409, 422, 429, 500, 503]) {
        const busy = await Loopback.start((_asked, response) => {
          json(response, { error: { message: 'No.' } }, status);
        });
        await failure(studio(`${busy.url}/v1`).submit(request, context));
        assert.equal(busy.asked.length, 1, String(status));
        await busy.close();
      }
    });

    it('is understood by an independent server of xAI’s protocol', async () => {
      const mock = new LLMock({ port: 0 });
      await mock.start();
      // It serves the usual place as well; xAI does not.
      const front = await Loopback.start(async ({ method, url, body }, response) => {
        if (method === 'POST' && url !== '/v1/videos/generations') {
          json(response, { error: { message: 'No such place.' } }, 404);
          return;
        }
        const headers = { 'content-type': 'application/json' };
        const init = method === 'POST' ? { method, headers, body } : {};
        const answer = await fetch(`${mock.url}${url}`, init);
        json(response, await answer.json(), answer.status);
      });
      try {
        const url = 'https://cdn.example/clip.mp4';
        mock.onVideo(/lighthouse/, { video: { id: 'v-1', status: 'completed', url } });
        const made = studio(`${front.url}/v1`, { model: 'grok-imagine-video' });
        const job = await made.submit(request, context);
        let state = 'rendering';
        for (let asked = 0; asked < 10 && state === 'rendering'; asked++) {
          ({ state } = await made.poll(job, context));
        }
        assert.equal(state, 'ready');
        assert.deepEqual(await made.result(job, context), { kind: 'http', url, headers: {} });
      } finally {
        await front.close();
        await mock.stop();
      }
    });
  });

  describe('before servers of many dialects', () => {
    let server: Loopback;
    let answer: unknown;
    let status: number;
    const job = (): RemoteJob => ({
      remoteId: 'v/1',
      data: { base: `${server.url}/v1`, submittedAt: String(now) },
    });

    beforeEach(async () => {
      answer = {};
      status = 200;
      server = await Loopback.start((_asked, response) => {
        json(response, answer, status);
      });
    });

    afterEach(() => server.close());

    const poll = async (said: unknown, code = 200): Promise<PollAnswer> => {
      answer = said;
      status = code;
      return await studio(`${server.url}/v1`).poll(job(), context);
    };

    it('sends what the protocol asks for', async () => {
      answer = { id: 'v-1' };
      const remote = await studio(`${server.url}/v1`).submit(request, context);
      assert.deepEqual(remote, {
        remoteId: 'v-1',
        data: { base: `${server.url}/v1`, submittedAt: '1000000' },
      });
      const [asked] = server.asked;
      assert.equal(asked?.url, '/v1/videos');
      assert.equal(asked.headers.authorization, 'Bearer sk-the-secret-key');
      assert.deepEqual(JSON.parse(asked.body), {
        model: 'm-1',
        prompt: request.prompt,
        seconds: '8',
        size: '720x1280',
      });
    });

    it('asks for the picture as wide or tall as the script has it', async () => {
      answer = { id: 'v-1' };
      for (const aspect of ['16:9', '9:16', '1:1'] as const) {
        await studio(server.url).submit({ ...request, aspect }, context);
      }
      const sizes = server.asked.map(({ body }) => (JSON.parse(body) as { size: string }).size);
      assert.deepEqual(sizes, ['1280x720', '720x1280', '1024x1024']);
    });

    it('sends what is chosen, and nothing of what is not', async () => {
      answer = { id: 'v-1' };
      const choices = { seed: 7, resolution: '1080p', sound: true, negativePrompt: 'rain' };
      await studio(`${server.url}/v1`).submit({ ...request, choices }, context);
      assert.deepEqual(JSON.parse(server.asked[0]?.body ?? ''), {
        model: 'm-1',
        prompt: request.prompt,
        seconds: '8',
        size: '1080x1920',
        seed: 7,
        negative_prompt: 'rain',
      });
    });

    for (const [said, expected] of [
      [{ status: 'queued' }, { state: 'rendering' }],
      [
        { status: 'in_progress', progress: 40 },
        { state: 'rendering', progress: 0.4 },
      ],
      [
        { status: 'in_progress', progress: '40%' },
        { state: 'rendering', progress: 0.4 },
      ],
      [
        { status: 'in_progress', progress: 0.4 },
        { state: 'rendering', progress: 0.4 },
      ],
      [
        { status: 'in_progress', progress: 1000 },
        { state: 'rendering', progress: 1 },
      ],
      [{ status: 'NOT_START' }, { state: 'rendering' }],
      [{ status: 'completed' }, { state: 'ready' }],
      [{ status: 'SUCCESS' }, { state: 'ready' }],
      [{ status: 'cancelled' }, { state: 'cancelled' }],
      [{ status: 'expired' }, { state: 'expired' }],
      [
        { status: 'failed', error: { code: 'x', message: 'Too dark.' } },
        { state: 'failed', reason: 'Too dark.' },
      ],
      [
        { status: 'failed', error: 'Too dark.' },
        { state: 'failed', reason: 'Too dark.' },
      ],
      [{ status: 'FAILURE' }, { state: 'failed', reason: 'the service gave no reason' }],
      [
        { status: 'FAILURE', fail_reason: 'Too dark.' },
        { state: 'failed', reason: 'Too dark.' },
      ],
      [{ code: 'success', data: { status: 'SUCCESS' } }, { state: 'ready' }],
      [{ data: { status: 'IN_PROGRESS', progress: '30%' } }, { state: 'rendering', progress: 0.3 }],
      [
        { status: 'queued', queue_position: 2 },
        { state: 'rendering', ahead: 2 },
      ],
      [{ status: 'queued', queue_position: -1 }, { state: 'rendering' }],
      [{ status: 'queued', queue_position: 'soon' }, { state: 'rendering' }],
    ] satisfies [unknown, PollAnswer][]) {
      it(`understands ${JSON.stringify(said)}`, async () => {
        assert.deepEqual(await poll(said), expected);
        assert.equal(server.asked[0]?.url, '/v1/videos/v%2F1');
      });
    }

    it('takes what it does not understand of a render for rendering, and says that', async () => {
      for (const [said, word] of [
        [{ status: 'something-new' }, /“something-new”/],
        [{ id: 'v/1' }, /^How the render stands is unknown/],
        [{ progress: 40 }, /^How the render stands is unknown/],
      ] as const) {
        const told = await poll(said);
        assert.ok(told.state === 'rendering');
        assert.match(told.guess ?? '', word);
      }
      assert.match(JSON.stringify(await poll({}, 202)), /rendering.*202/);
    });

    for (const said of [{}, [], { message: 'ok' }, { request_id: 'q' }, { data: null }]) {
      it(`finds nothing about a render in ${JSON.stringify(said)}`, async () => {
        const error = await failure(poll(said));
        assert.deepEqual([error.code, error.retryable], ['bad-answer', false]);
      });
    }

    it('finds the clip where the protocol has it', async () => {
      answer = { status: 'completed' };
      assert.deepEqual(await studio(`${server.url}/v1`).result(job(), context), {
        kind: 'http',
        url: `${server.url}/v1/videos/v%2F1/content?variant=video`,
        headers: { authorization: 'Bearer sk-the-secret-key' },
      });
    });

    it('keeps to that where a server names a place that is of no use', async () => {
      for (const url of ['/tmp/x.mp4', 'file:///tmp/x.mp4', 'outputs/x.mp4', '', null]) {
        answer = { status: 'completed', url };
        const source = await studio(`${server.url}/v1`).result(job(), context);
        assert.match(source.kind === 'http' ? source.url : '', /content\?variant=video$/);
      }
    });

    it('asks for the thumbnail as a variant of the content', async () => {
      assert.deepEqual(await studio(`${server.url}/v1`).thumbnail(job(), context), {
        kind: 'http',
        url: `${server.url}/v1/videos/v%2F1/content?variant=thumbnail`,
        headers: { authorization: 'Bearer sk-the-secret-key' },
      });
    });

    for (const said of [
      { id: 'v-1' },
      { id: 17 },
      { task_id: 'v-1' },
      { video_id: 'v-1', status: 'queued' },
      { code: 'success', data: { id: 'v-1', status: 'NOT_START' } },
    ]) {
      it(`understands an order taken as ${JSON.stringify(said)}`, async () => {
        answer = said;
        const { remoteId } = await studio(server.url).submit(request, context);
        assert.match(remoteId, /^(v-1|17)$/);
      });
    }

    for (const said of [
      { url: 'https://cdn.example/a.mp4' },
      { video_url: 'https://cdn.example/a.mp4' },
      { status: 'completed', outputs: { video_url: 'https://cdn.example/a.mp4' } },
      { status: 'completed', output: { url: 'https://cdn.example/a.mp4' } },
      { status: 'completed', metadata: { url: 'https://cdn.example/a.mp4' } },
      { status: 'completed', video: { url: 'https://cdn.example/a.mp4' } },
      { code: 'success', data: { status: 'SUCCESS', url: 'https://cdn.example/a.mp4' } },
    ]) {
      it(`finds the clip in ${JSON.stringify(said)}`, async () => {
        answer = said;
        const found = onTheWeb(await studio(server.url).result({ remoteId: 'v-1' }, context));
        assert.deepEqual([found.url, found.headers], ['https://cdn.example/a.mp4', {}]);
        // Should it be refused there, it is to be had from the service itself.
        assert.deepEqual(found.otherwise, {
          kind: 'http',
          url: `${server.url}/videos/v-1/content?variant=video`,
          headers: { authorization: 'Bearer sk-the-secret-key' },
        });
      });
    }

    it('tries the address that is only a path after the one by the protocol', async () => {
      answer = { status: 'completed', video: { url: '/files/a.mp4' } };
      const found = onTheWeb(await studio(`${server.url}/v1`).result(job(), context));
      assert.match(found.url, /content\?variant=video$/);
      assert.equal(onTheWeb(found.otherwise).url, `${server.url}/files/a.mp4`);
    });

    for (const said of [
      { status: 'completed', error: { message: 'Blocked by our content policy.' } },
      { done: true, response: { raiMediaFilteredReasons: ['Blocked: a child.'] } },
      {
        done: true,
        response: { generateVideoResponse: { raiMediaFilteredCount: 1 } },
      },
      { status: 'completed', data: [], finish_reason: 'CONTENT_FILTERED' },
      { status: 'succeeded', output: null, has_nsfw_contents: [true] },
      { status: 'done', video: { url: '', respect_moderation: false } },
    ]) {
      it(`knows a clip that was made and held back by ${JSON.stringify(said)}`, async () => {
        const told = await poll(said);
        assert.ok(told.state === 'failed' && told.isDeclined);
        assert.doesNotMatch(told.reason, /no reason/);
      });
    }
  });
});
