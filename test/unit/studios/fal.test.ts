import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import { Http } from '../../../src/net/http.ts';
import { FalStudio, type FalOptions } from '../../../src/studios/fal.ts';
import type { RemoteJob } from '../../../src/studios/port.ts';
import { Loopback, json, type Answer } from '../net/loopback.ts';
import { failure } from '../../support/failure.ts';
import { behavesLikeAStudio, contextOf, request, secret, type Phase } from './contract.ts';

const states: Readonly<Record<Phase, string>> = {
  queued: 'IN_QUEUE',
  working: 'IN_PROGRESS',
  strange: 'WARMING_UP',
  ready: 'COMPLETED',
  failed: 'COMPLETED',
  cancelled: 'CANCELLED',
  expired: 'EXPIRED',
};

behavesLikeAStudio('fal', {
  make: (baseUrl, tools) => new FalStudio({ baseUrl, model: 'fal-ai/veo3.1', ...tools }),
  basePath: '',
  key: { header: 'authorization', value: (key) => `Key ${key}` },
  isOrder: ({ method, url }) => method === 'POST' && url === '/fal-ai/veo3.1',
  ordered: {
    prompt: request.prompt,
    aspect_ratio: '9:16',
    duration: '8s',
    resolution: '1080p',
  },
  accepted: (base, suffix) => ({
    status: 'IN_QUEUE',
    queue_position: 3,
    request_id: 'r-1',
    response_url: `${base}/fal-ai/veo3.1/requests/r-1${suffix}`,
    status_url: `${base}/fal-ai/veo3.1/requests/r-1/status${suffix}`,
    cancel_url: `${base}/fal-ai/veo3.1/requests/r-1/cancel${suffix}`,
  }),
  reply: ({ method, url }, { phase, clip, reason }) => {
    const path = url.replace('/fal-ai/veo3.1/requests/r-1', '');
    if (path === '/cancel' && method === 'PUT') return { status: 202, body: { status: 'OK' } };
    if (method !== 'GET') return undefined;
    if (path === '/status') return { body: { status: states[phase], queue_position: 2 } };
    if (path !== '') return undefined;
    return phase === 'failed'
      ? { status: 422, body: { detail: [{ loc: ['body', 'prompt'], msg: reason, type: 'x' }] } }
      : { body: { video: { url: clip, content_type: 'video/mp4' }, seed: 1 } };
  },
  phases: ['ready', 'failed', 'cancelled'],
  cancel: { method: 'PUT', path: '/fal-ai/veo3.1/requests/r-1/cancel' },
});

describe('the studio "fal"', () => {
  const context = contextOf();
  let http: Http;

  before(() => {
    http = new Http({ systemCertificates: false, timeouts: { headersMs: 2000 } });
  });

  after(() => http.close());

  describe('before an independent server', () => {
    let mock: LLMock;
    let door: Loopback;

    beforeEach(async () => {
      mock = new LLMock({
        port: 0,
        falQueue: { pollsBeforeInProgress: 2, pollsBeforeCompleted: 3 },
      });
      await mock.start();
      // The mock tells fal's hosts apart by a header that a proxy sets.
      door = await Loopback.start(async ({ method, url, headers, body }, response) => {
        const answer = await fetch(`${mock.url}/fal${url}`, {
          method,
          headers: {
            'x-fal-target-host': 'queue.fal.run',
            'content-type': 'application/json',
            authorization: headers.authorization ?? '',
          },
          ...(body === '' ? {} : { body }),
        });
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(await answer.text());
      });
    });

    afterEach(async () => {
      await door.close();
      await mock.stop();
    });

    const studio = (): FalStudio =>
      new FalStudio({ baseUrl: door.url, model: 'fal-ai/kling-video/v3/pro/text-to-video', http });

    it('takes a render from the order to the address of the clip', async () => {
      const url = 'https://cdn.example/clip.mp4';
      mock.onFalVideo(/kling-video/, { video: { id: 'v-1', status: 'completed', url } });
      const made = studio();
      const job = await made.submit(request, context);
      const seen: string[] = [];
      for (let asked = 0; asked < 5 && seen.at(-1) !== 'ready'; asked++) {
        seen.push((await made.poll(job, context)).state);
      }
      assert.deepEqual(seen, ['rendering', 'rendering', 'ready']);
      assert.deepEqual(await made.result(job, context), { kind: 'http', url, headers: {} });
      assert.equal(mock.getRequests().filter(({ method }) => method === 'POST').length, 1);
    });

    it('stops a render, and says when that is too late', async () => {
      mock.onFalVideo(/kling-video/, { video: { id: 'v-1', status: 'completed' } });
      const made = studio();
      const job = await made.submit(request, context);
      await made.cancel(job, context);
      assert.deepEqual(await made.poll(job, context), { state: 'cancelled' });
      const late = await made.submit(request, context);
      while ((await made.poll(late, context)).state !== 'ready');
      assert.equal((await failure(made.cancel(late, context))).status, 400);
    });
  });

  describe('before a queue', () => {
    let server: Loopback;
    let result: Answer;
    let status: unknown;

    beforeEach(async () => {
      status = { status: 'COMPLETED' };
      result = (_asked, response) => {
        json(response, { video: { url: 'https://cdn.example/clip.mp4' } });
      };
      server = await Loopback.start((asked, response, raw) => {
        if (asked.method === 'POST') json(response, { request_id: 'r-2' });
        else if (asked.url.endsWith('/status')) json(response, status);
        else return result(asked, response, raw);
        return undefined;
      });
    });

    afterEach(() => server.close());

    const studio = (model = 'fal-ai/veo3.1', more: Partial<FalOptions> = {}): FalStudio =>
      new FalStudio({ baseUrl: server.url, model, http, ...more });
    const job: RemoteJob = { remoteId: 'r-1', data: { endpoint: 'fal-ai/kling-video/v3/pro' } };
    const lastOrder = (): unknown => {
      const order = server.asked.findLast(({ method }) => method === 'POST');
      return JSON.parse(order?.body ?? '');
    };

    it('finds the queue of an endpoint by the first two parts of its name', async () => {
      await studio().poll(job, context);
      assert.deepEqual(
        server.asked.map(({ url }) => url),
        ['/fal-ai/kling-video/requests/r-1/status', '/fal-ai/kling-video/requests/r-1'],
      );
    });

    for (const [what, code, body, headers, reason] of [
      [
        'input that was refused',
        422,
        { detail: [{ msg: 'Prompt too long.' }] },
        {},
        'Prompt too long.',
      ],
      ['a filter', 400, { detail: 'Flagged.' }, {}, 'Flagged.'],
      [
        'a runner that crashed, by its header',
        503,
        { detail: 'Runner disconnected' },
        { 'x-fal-error-type': 'runner_disconnected' },
        'Runner disconnected',
      ],
      [
        'a runner that took too long, by its body',
        504,
        { detail: 'Request timed out', error_type: 'request_timeout' },
        {},
        'Request timed out',
      ],
    ] as const) {
      it(`calls a render failed for ${what}`, async () => {
        result = (_asked, response) => {
          json(response, body, code, headers);
        };
        assert.deepEqual(await studio().poll(job, context), { state: 'failed', reason });
      });
    }

    it('calls a render failed for an error in its state', async () => {
      status = { status: 'COMPLETED', error: 'Out of memory', error_type: 'runner_error' };
      assert.deepEqual(await studio().poll(job, context), {
        state: 'failed',
        reason: 'Out of memory',
      });
    });

    for (const [code, expected] of [
      [500, ['network', true]],
      [502, ['network', true]],
      [429, ['rate-limit', true]],
      [401, ['account', false]],
    ] as const) {
      it(`does not call a render failed for a bare ${code}`, async () => {
        result = (_asked, response) => {
          json(response, { detail: `No, ${secret}.` }, code);
        };
        const error = await failure(studio().poll(job, context));
        assert.deepEqual([error.code, error.retryable], expected);
        assert.doesNotMatch(error.message, new RegExp(secret));
      });
    }

    it('waits where the state is ahead of the result', async () => {
      result = (_asked, response) => {
        json(response, { status: 'IN_PROGRESS' }, 202);
      };
      const told = await studio().poll(job, context);
      assert.ok(told.state === 'rendering');
      assert.match(told.guess ?? '', /202/);
    });

    for (const [model, seconds, duration] of [
      ['fal-ai/veo3.1', 8, '8s'],
      ['fal-ai/veo3.1/fast', 6, '6s'],
      ['fal-ai/kling-video/v3/pro/text-to-video', 15, '15'],
      ['fal-ai/kling-video/v4/text-to-video', 20, 20],
      ['fal-ai/ltx-2.3/text-to-video', 10, 10],
      ['google/gemini-omni-flash', 7, 7],
      ['somebody/else', 5, '5'],
    ] as const) {
      it(`writes a length of ${seconds} s for ${model} as ${JSON.stringify(duration)}`, async () => {
        const made = studio(` /${model}/ `);
        await made.submit({ ...request, seconds }, context);
        assert.equal((lastOrder() as { duration: unknown }).duration, duration);
        assert.equal(server.asked[0]?.url, `/${model}`);
        assert.ok((await made.capabilities()).seconds.includes(seconds));
      });
    }

    it('knows the price of some endpoints, and says what is only assumed', async () => {
      const known = await studio('fal-ai/veo3.1/fast').capabilities();
      assert.deepEqual(known.price, { currency: 'USD', perClip: 0, perSecond: 0.15 });
      assert.equal(known.note, undefined);
      const unknown = await studio('somebody/else').capabilities();
      assert.equal(unknown.price, undefined);
      assert.match(unknown.note ?? '', /assumed/);
    });

    for (const named of [
      { video: { url: 'https://cdn.example/a.mp4' } },
      { video: 'https://cdn.example/a.mp4' },
      { video_url: 'https://cdn.example/a.mp4' },
      { videos: [{ url: 'https://cdn.example/a.mp4' }] },
      { output: { url: 'https://cdn.example/a.mp4' } },
    ]) {
      it(`finds the clip in ${JSON.stringify(named)}`, async () => {
        result = (_asked, response) => {
          json(response, named);
        };
        const url = 'https://cdn.example/a.mp4';
        assert.deepEqual(await studio().result(job, context), { kind: 'http', url, headers: {} });
      });
    }

    it('has a thumbnail where the endpoint makes one', async () => {
      assert.equal(await studio().thumbnail(job, context), undefined);
      const url = 'https://cdn.example/a.jpg';
      result = (_asked, response) => {
        json(response, { video: { url: 'https://cdn.example/a.mp4' }, thumbnail: { url } });
      };
      assert.deepEqual(await studio().thumbnail(job, context), { kind: 'http', url, headers: {} });
    });

    describe('enlarging a clip', () => {
      const order = { jobId: 'up-1', render: job, seconds: 8 };

      it('is an order of its own, polled and fetched like a render', async () => {
        const made = studio();
        const larger = await made.upscale(order, context);
        assert.equal(larger.remoteId, 'r-2');
        const paid = server.asked.filter(({ method }) => method === 'POST');
        assert.deepEqual(
          paid.map(({ url }) => url),
          ['/fal-ai/topaz/upscale/video'],
        );
        assert.deepEqual(lastOrder(), {
          video_url: 'https://cdn.example/clip.mp4',
          upscale_factor: 2,
          H264_output: true,
        });
        assert.deepEqual(await made.poll(larger, context), { state: 'ready' });
        assert.equal(server.asked.at(-1)?.url, '/fal-ai/topaz/requests/r-2');
        assert.equal((await made.result(larger, context)).kind, 'http');
      });

      for (const [width, height, factor] of [
        [1280, 720, 3],
        [720, 1280, 3],
        [1920, 1080, 2],
        [640, 360, 4],
        [3840, 2160, 1],
        ['x', null, 2],
      ] as const) {
        it(`makes 4K of ${width} × ${String(height)} by ${factor}`, async () => {
          result = (_asked, response) => {
            json(response, { video: { url: 'https://cdn.example/clip.mp4', width, height } });
          };
          await studio().upscale(order, context);
          assert.equal((lastOrder() as { upscale_factor: number }).upscale_factor, factor);
        });
      }

      it('can go by another endpoint', async () => {
        const made = studio(undefined, { upscaler: 'fal-ai/seedvr/upscale/video' });
        await made.upscale(order, context);
        assert.deepEqual(lastOrder(), {
          video_url: 'https://cdn.example/clip.mp4',
          upscale_mode: 'target',
          target_resolution: '2160p',
        });
      });

      it('costs nothing where the render has no clip', async () => {
        result = (_asked, response) => {
          json(response, { video: null });
        };
        assert.equal((await failure(studio().upscale(order, context))).code, 'bad-answer');
        assert.equal(server.count('POST'), 0);
      });

      it('is unclear when the line breaks after it was ordered', async () => {
        server.answer = (asked, response) => {
          if (asked.method === 'POST') response.destroy();
          else json(response, { video: { url: 'https://cdn.example/clip.mp4' } });
        };
        assert.equal((await failure(studio().upscale(order, context))).code, 'unclear');
        assert.equal(server.count('POST'), 1);
      });
    });
  });
});
