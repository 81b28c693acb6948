import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import { Http } from '../../../src/net/http.ts';
import { FalStudio, type FalOptions } from '../../../src/studios/fal.ts';
import type { RenderChoices } from '../../../src/studios/choices.ts';
import type { RemoteJob } from '../../../src/studios/port.ts';
import { Gate } from '../net/gate.ts';
import { Loopback, json, type Answer } from '../net/loopback.ts';
import { failure } from '../../support/failure.ts';
import { assertWithoutKey } from './contract-stage.ts';
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

/** How an endpoint describes itself, with this for an input. */
function description(properties: unknown, required = ['prompt'], schemas = {}): unknown {
  const schema = { $ref: '#/components/schemas/SomeInput' };
  return {
    info: { title: 'Queue OpenAPI' },
    paths: {
      '/x/requests/{request_id}': { get: {} },
      '/x': { post: { requestBody: { content: { 'application/json': { schema } } } } },
    },
    components: {
      schemas: {
        QueueStatus: { properties: { status: {} } },
        SomeInput: { type: 'object', properties, required },
        ...schemas,
      },
    },
  };
}

const veo = {
  prompt: { type: 'string' },
  aspect_ratio: { type: 'string', enum: ['16:9', '9:16'], default: '16:9' },
  duration: { type: 'string', enum: ['4s', '6s', '8s'], default: '8s' },
  resolution: { type: 'string', enum: ['720p', '1080p', '4k'], default: '720p' },
  generate_audio: { type: 'boolean', default: true },
  seed: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
  negative_prompt: { type: 'string' },
};
const veoPage =
  '## Pricing\n\nFor every second of video you generate you will be charged **$0.20** without audio or **$0.40** with audio for 720p or 1080p. At 4k, you will be charged **$0.40** per second without audio, or **$0.60** with.\n\n## API';

behavesLikeAStudio('fal', {
  make: (baseUrl, tools) => new FalStudio({ baseUrl, model: 'fal-ai/veo3.1', ...tools }),
  basePath: '',
  key: { header: 'authorization', value: (key) => `Key ${key}` },
  isOrder: ({ method, url }) => method === 'POST' && url === '/fal-ai/veo3.1',
  ordered: {
    prompt: request.prompt,
    aspect_ratio: '9:16',
    duration: '8s',
    resolution: '720p',
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
    if (url === '/api/openapi/queue/openapi.json?endpoint_id=fal-ai%2Fveo3.1') {
      return { body: description(veo) };
    }
    if (url === '/models/fal-ai/veo3.1/llms.txt') return { status: 404, body: {} };
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

    describe('asking an endpoint about itself', () => {
      let schema: unknown;
      let page: string | undefined;
      const capabilities = async (made: FalStudio, choices?: RenderChoices) =>
        await made.capabilities(context, choices);

      beforeEach(() => {
        schema = description(veo);
        page = veoPage;
        const before = server.answer;
        server.answer = (asked, response, raw) => {
          if (asked.url.startsWith('/api/openapi/queue/openapi.json?endpoint_id=')) {
            if (schema === undefined) json(response, {}, 404);
            else json(response, schema);
          } else if (asked.url.endsWith('/llms.txt')) {
            response.writeHead(page === undefined ? 404 : 200).end(page);
          } else return before(asked, response, raw);
          return undefined;
        };
      });

      it('learns lengths, shapes, choices and the price, by one look', async () => {
        const made = studio();
        const { seconds, aspects, price, takes, note } = await capabilities(made);
        assert.deepEqual(
          [seconds, aspects],
          [
            [4, 6, 8],
            ['16:9', '9:16'],
          ],
        );
        assert.deepEqual(price, { currency: 'USD', perClip: 0, perSecond: 0.4 });
        assert.deepEqual(takes, {
          seed: true,
          sound: true,
          resolutions: ['720p', '1080p', '4k'],
          negativePrompt: true,
        });
        assert.equal(note, undefined);
        await Promise.all([made.submit(request, context), capabilities(made)]);
        const looks = server.asked.filter(({ url }) => /openapi|llms/.test(url));
        assert.equal(looks.length, 2);
        assert.ok(looks.every(({ url }) => url.includes('veo3.1')));
      });

      it('knows what it costs as the writer has chosen it', async () => {
        const per = async (choices: RenderChoices): Promise<number | undefined> =>
          (await capabilities(studio(), choices)).price?.perSecond;
        assert.equal(await per({ sound: false }), 0.2);
        assert.equal(await per({ resolution: '4K' }), 0.6);
        assert.equal(await per({ resolution: '4K', sound: false }), 0.4);
        assert.equal(await per({ resolution: '9p' }), 0.4);
      });

      it('orders 1080p where that costs no more, else what the endpoint has by itself', async () => {
        await studio().submit(request, context);
        assert.deepEqual(lastOrder(), {
          prompt: request.prompt,
          aspect_ratio: '9:16',
          duration: '8s',
          resolution: '1080p',
        });
        page = veoPage.replace('for 720p or 1080p', 'for 720p');
        await studio().submit(request, context);
        assert.equal((lastOrder() as { resolution: string }).resolution, '720p');
      });

      it('asks for what the writer has chosen', async () => {
        const choices = { seed: 7, sound: false, resolution: '4K', negativePrompt: 'rain' };
        await studio().submit({ ...request, choices }, context);
        assert.deepEqual(lastOrder(), {
          prompt: request.prompt,
          aspect_ratio: '9:16',
          duration: '8s',
          resolution: '4k',
          seed: 7,
          generate_audio: false,
          negative_prompt: 'rain',
        });
      });

      for (const [what, duration, seconds, written] of [
        ['texts', { type: 'string', enum: ['5', '10'], default: '5' }, [5, 10], '10'],
        ['numbers', { type: 'integer', enum: [5, 10], default: 5 }, [5, 10], 10],
        ['a range', { type: 'integer', minimum: 3, maximum: 6 }, [3, 4, 5, 6], 10],
        ['texts beside a word', { enum: ['auto', '4', '10'], default: 'auto' }, [4, 10], '10'],
        ['a schema of its own', { allOf: [{ $ref: '#/x/Length' }], default: '5s' }, [5, 10], '10s'],
        [
          'what may be left out',
          { anyOf: [{ enum: ['5', '10'], type: 'string' }, { type: 'null' }] },
          [5, 10],
          '10',
        ],
      ] as const) {
        it(`reads lengths that are ${what}, and writes them so`, async () => {
          schema = description({ prompt: {}, duration }, ['prompt'], {
            Length: { type: 'string', enum: ['5s', '10s'] },
          });
          const made = studio();
          assert.deepEqual((await capabilities(made)).seconds, seconds);
          await made.submit({ ...request, seconds: 10 }, context);
          assert.deepEqual(lastOrder(), { prompt: request.prompt, duration: written });
        });
      }

      it('says what an endpoint wants that is not in a scene, or that it decides the length', async () => {
        schema = description({ prompt: {}, duration: {}, image_url: {} }, ['prompt', 'image_url']);
        assert.match((await capabilities(studio())).note ?? '', /image_url/);
        schema = description({ prompt: {} });
        assert.match((await capabilities(studio())).note ?? '', /decides itself/);
      });

      it('takes the input by its name where nothing says what is posted', async () => {
        schema = { ...(description(veo) as object), paths: {} };
        assert.deepEqual((await capabilities(studio())).seconds, [4, 6, 8]);
      });

      for (const [what, broken] of [
        ['is not there', undefined],
        ['is nonsense', 'nonsense'],
        ['has no input', { components: { schemas: {} } }],
      ] as const) {
        it(`assumes what is documented where the description ${what}, and renders`, async () => {
          schema = broken;
          const made = studio();
          const { seconds, price, note } = await capabilities(made);
          assert.deepEqual([seconds, price], [[4, 6, 8], undefined]);
          assert.match(note ?? '', /assumed.*price is not known/);
          await made.submit(request, context);
          assert.deepEqual(lastOrder(), {
            prompt: request.prompt,
            aspect_ratio: '9:16',
            duration: '8s',
          });
        });
      }

      it('tells no price where the page does not, and needs no page', async () => {
        for (const words of [undefined, 'x', '<html>$0.40 per second</html>']) {
          page = words;
          const { seconds, price } = await capabilities(studio());
          assert.deepEqual([seconds, price], [[4, 6, 8], undefined]);
        }
      });

      it('does not wait again for a description that does not come', async () => {
        const impatient = new Http({ systemCertificates: false, timeouts: { headersMs: 100 } });
        let looks = 0;
        const before = server.answer;
        server.answer = (asked, response, raw) => {
          if (!/openapi|llms/.test(asked.url)) return before(asked, response, raw);
          looks++;
          return undefined;
        };
        try {
          const made = studio('somebody/else', { http: impatient });
          const { seconds, note } = await capabilities(made);
          assert.deepEqual(seconds, [5, 10]);
          assert.match(note ?? '', /assumed/);
          const sent = Array.from({ length: 5 }, () => made.submit(request, context));
          await Promise.all(sent);
          assert.equal(looks, 2);
          assert.equal((lastOrder() as { duration: string }).duration, '8');
        } finally {
          await impatient.close();
        }
      });

      it('sends the key to nobody but the queue', async () => {
        const gate = await Gate.start(() => server.url);
        const throughGate = new Http({ systemCertificates: false, proxy: gate.url, noProxy: [] });
        try {
          const made = new FalStudio({
            baseUrl: 'http://queue.fal.run',
            model: 'fal-ai/veo3.1',
            http: throughGate,
          });
          assert.deepEqual((await made.capabilities(context)).seconds, [4, 6, 8]);
          assert.deepEqual(
            server.asked.map(({ headers }) => headers.host),
            ['fal.ai', 'fal.ai'],
          );
          assertWithoutKey(server.asked);
          await made.submit(request, context);
          assert.ok(JSON.stringify(server.asked).includes(secret));
        } finally {
          await throughGate.close();
          await gate.close();
        }
      });
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
