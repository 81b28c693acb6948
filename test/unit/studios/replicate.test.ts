import assert from 'node:assert/strict';
import { Http } from '../../../src/net/http.ts';
import { ReplicateStudio } from '../../../src/studios/replicate.ts';
import { Loopback, json } from '../net/loopback.ts';
import { failure } from '../../support/failure.ts';
import { behavesLikeAStudio, contextOf, onTheWeb, request, type Phase } from './contract.ts';

const states: Readonly<Record<Phase, string>> = {
  queued: 'starting',
  working: 'processing',
  strange: 'daydreaming',
  ready: 'succeeded',
  failed: 'failed',
  cancelled: 'canceled',
  expired: 'aborted',
};

/** The description of a model whose input has these properties. */
function description(properties: unknown, schemas: Record<string, unknown> = {}): unknown {
  return {
    latest_version: {
      id: 'abc',
      openapi_schema: {
        components: { schemas: { Input: { type: 'object', properties }, ...schemas } },
      },
    },
  };
}

behavesLikeAStudio('replicate', {
  make: (baseUrl, tools) => new ReplicateStudio({ baseUrl, model: 'google/veo-3.1', ...tools }),
  basePath: '/v1',
  key: { header: 'authorization', value: (key) => `Bearer ${key}` },
  isOrder: ({ method, url }) => method === 'POST' && url.endsWith('/predictions'),
  ordered: { input: { prompt: request.prompt, duration: 8, aspect_ratio: '9:16' } },
  accepted: (base, suffix) => ({
    id: 'r-1',
    status: 'starting',
    urls: {
      get: `${base}/predictions/r-1${suffix}`,
      cancel: `${base}/predictions/r-1/cancel${suffix}`,
    },
  }),
  reply: ({ method, url }, { phase, clip, reason }) => {
    if (method === 'GET' && url === '/v1/models/google/veo-3.1') {
      return {
        body: description({
          prompt: { type: 'string' },
          duration: { type: 'integer', enum: [4, 6, 8] },
          aspect_ratio: { type: 'string', enum: ['16:9', '9:16'] },
        }),
      };
    }
    if (method === 'POST' && url === '/v1/predictions/r-1/cancel') return { body: {} };
    if (method !== 'GET' || url !== '/v1/predictions/r-1') return undefined;
    return {
      body: {
        id: 'r-1',
        status: states[phase],
        output: phase === 'ready' ? clip : null,
        error: phase === 'failed' ? reason : null,
      },
    };
  },
  phases: ['ready', 'failed', 'cancelled', 'expired'],
  cancel: { method: 'POST', path: '/predictions/r-1/cancel' },
});

describe('the studio "replicate"', () => {
  const context = contextOf();
  let http: Http;
  let server: Loopback;
  let answer: unknown;
  let status: number;

  before(() => {
    http = new Http({ systemCertificates: false });
  });

  after(() => http.close());

  beforeEach(async () => {
    answer = {};
    status = 200;
    server = await Loopback.start(({ method }, response) => {
      if (method === 'POST') json(response, { id: 'r-1' }, 201);
      else json(response, answer, status);
    });
  });

  afterEach(() => server.close());

  const studio = (model = 'maker/model'): ReplicateStudio =>
    new ReplicateStudio({ baseUrl: `${server.url}/v1`, model, http });
  const order = async (made: ReplicateStudio): Promise<Record<string, unknown>> => {
    await made.submit(request, context);
    const body = server.asked.findLast(({ method }) => method === 'POST')?.body ?? '';
    return (JSON.parse(body) as { input: Record<string, unknown> }).input;
  };

  for (const [what, told, seconds, ordered] of [
    ['numbers', description({ duration: { enum: [10, 5] } }), [5, 10], { duration: 8 }],
    [
      'texts in a schema of their own',
      description(
        { duration: { allOf: [{ $ref: '#/components/schemas/duration' }], default: '8' } },
        { duration: { type: 'string', enum: ['4', '8'] } },
      ),
      [4, 8],
      { duration: '8' },
    ],
    [
      'texts with a unit',
      description({ duration: { enum: ['6s', '8s'] } }),
      [6, 8],
      { duration: '8s' },
    ],
    [
      'bounds',
      description({ seconds: { type: 'integer', minimum: 2, maximum: 4 } }),
      [2, 3, 4],
      { seconds: 8 },
    ],
    ['nothing', description({ prompt: {} }), [5, 10], {}],
  ] as const) {
    it(`learns the lengths of a model that tells ${what}, and orders in its own way`, async () => {
      answer = told;
      const made = studio();
      assert.deepEqual((await made.capabilities(context)).seconds, seconds);
      assert.deepEqual(await order(made), { prompt: request.prompt, ...ordered });
    });
  }

  it('learns shapes and the longest prompt', async () => {
    answer = description({
      prompt: { type: 'string', maxLength: 900 },
      duration: { enum: [5] },
      aspect_ratio: { enum: ['21:9', '1:1', '16:9'] },
    });
    const { aspects, promptLimit, note } = await studio().capabilities(context);
    assert.deepEqual([aspects, promptLimit, note], [['16:9', '1:1'], 900, undefined]);
  });

  it('asks for what the writer has chosen, where the model takes it', async () => {
    const choices = { seed: 7, sound: false, resolution: '1080P', negativePrompt: 'rain' };
    const ordered = async (properties: unknown): Promise<unknown> => {
      answer = description(properties);
      const made = studio();
      await made.submit({ ...request, choices }, context);
      const body = server.asked.findLast(({ method }) => method === 'POST')?.body ?? '';
      return (JSON.parse(body) as { input: unknown }).input;
    };
    assert.deepEqual(
      await ordered({
        prompt: {},
        seed: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
        generate_audio: { type: 'boolean' },
        resolution: { allOf: [{ enum: ['720p', '1080p'] }] },
        negative_prompt: { type: 'string' },
      }),
      {
        prompt: request.prompt,
        seed: 7,
        generate_audio: false,
        resolution: '1080p',
        negative_prompt: 'rain',
      },
    );
    assert.deepEqual(await ordered({ prompt: {} }), { prompt: request.prompt });
  });

  it('warns where the model decides how long a clip gets', async () => {
    answer = description({ prompt: {} });
    assert.match((await studio().capabilities(context)).note ?? '', /decides itself/);
  });

  for (const [what, told, code] of [
    ['is away', {}, 500],
    ['refuses the key', {}, 401],
    ['tells nothing', { latest_version: null }, 200],
    ['tells nonsense', description('nonsense'), 200],
  ] as const) {
    it(`assumes what is documented where the service ${what}`, async () => {
      answer = told;
      status = code;
      const made = studio('kwaivgi/kling-v2.5-turbo-pro');
      const { seconds, note } = await made.capabilities(context);
      assert.deepEqual(seconds, [5, 10]);
      assert.match(note ?? '', /assumed/);
      assert.deepEqual(await order(made), {
        prompt: request.prompt,
        duration: 8,
        aspect_ratio: '9:16',
      });
    });
  }

  it('runs a version of a model that is not an official one', async () => {
    await studio('maker/model:0123abcd').submit(request, context);
    const paid = server.asked.find(({ method }) => method === 'POST');
    assert.equal(paid?.url, '/v1/predictions');
    assert.equal((JSON.parse(paid.body) as { version: string }).version, '0123abcd');
  });

  for (const output of [
    'https://files.example/a.mp4',
    ['https://files.example/a.mp4', 'https://files.example/b.mp4'],
    { video: 'https://files.example/a.mp4' },
    { video: { url: 'https://files.example/a.mp4' } },
  ]) {
    it(`finds the clip in ${JSON.stringify(output)}`, async () => {
      answer = { status: 'succeeded', output };
      const { url, headers } = onTheWeb(await studio().result({ remoteId: 'r-1' }, context));
      assert.deepEqual([url, headers], ['https://files.example/a.mp4', {}]);
    });
  }

  it('says that a clip was deleted before it was fetched', async () => {
    answer = { status: 'succeeded', output: null, data_removed: true };
    const made = studio();
    assert.deepEqual(await made.poll({ remoteId: 'r-1' }, context), { state: 'expired' });
    assert.match((await failure(made.result({ remoteId: 'r-1' }, context))).message, /deleted/);
  });
});
