import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import { Http } from '../../../src/net/http.ts';
import { ArkStudio } from '../../../src/studios/ark.ts';
import { Loopback, json } from '../net/loopback.ts';
import { failure } from '../../support/failure.ts';
import { behavesLikeAStudio, contextOf, request, type Phase } from './contract.ts';

const states: Readonly<Record<Phase, string>> = {
  queued: 'queued',
  working: 'running',
  strange: 'polishing',
  ready: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
  expired: 'expired',
};

const tasks = '/api/v3/contents/generations/tasks';

behavesLikeAStudio('ark', {
  make: (baseUrl, tools) => new ArkStudio({ baseUrl, model: 'seedance-1-5-pro-251215', ...tools }),
  basePath: '/api/v3',
  key: { header: 'authorization', value: (secret) => `Bearer ${secret}` },
  isOrder: ({ method, url }) => method === 'POST' && url === tasks,
  ordered: {
    model: 'seedance-1-5-pro-251215',
    content: [{ type: 'text', text: request.prompt }],
    ratio: '9:16',
    duration: 8,
    resolution: '720p',
    watermark: false,
    return_last_frame: true,
  },
  accepted: () => ({ id: 'r-1' }),
  reply: ({ method, url }, { phase, clip, reason }) => {
    if (url !== `${tasks}/r-1`) return undefined;
    if (method === 'DELETE') return { body: {} };
    return {
      body: {
        id: 'r-1',
        status: states[phase],
        ...(phase === 'ready' ? { content: { video_url: clip } } : {}),
        ...(phase === 'failed' ? { error: { code: 'OutputVideoSensitive', message: reason } } : {}),
      },
    };
  },
  phases: ['ready', 'failed', 'cancelled', 'expired'],
  cancel: { method: 'DELETE', path: '/contents/generations/tasks/r-1' },
});

describe('the studio "ark"', () => {
  const context = contextOf();
  let http: Http;

  before(() => {
    http = new Http({ systemCertificates: false, timeouts: { headersMs: 2000 } });
  });

  after(() => http.close());

  const studio = (origin: string, model = 'seedance-1-5-pro-251215'): ArkStudio =>
    new ArkStudio({ baseUrl: `${origin}/api/v3`, model, http });

  describe('before an independent server', () => {
    let mock: LLMock;

    beforeEach(async () => {
      mock = new LLMock({ port: 0 });
      await mock.start();
    });

    afterEach(() => mock.stop());

    const finishes = (task: Record<string, unknown>): void => {
      mock.addFixture({
        match: { endpoint: 'video', userMessage: /lighthouse/ },
        response: { json: { id: 'x', model: 'seedance-1-5-pro-251215', ...task } },
      });
    };

    const states = async (made: ArkStudio, job: Parameters<ArkStudio['poll']>[0]) => {
      const seen = [];
      for (let asked = 0; asked < 10; asked++) {
        const answer = await made.poll(job, context);
        seen.push(answer.state);
        if (answer.state !== 'rendering') return { seen, answer };
      }
      throw new Error(`It never ended: ${seen.join(', ')}`);
    };

    it('takes a render from the order to the address of its clip', async () => {
      const url = 'https://cdn.example/clip.mp4?X-Tos-Signature=abc%2Bd';
      finishes({ status: 'succeeded', content: { video_url: url } });
      const made = studio(mock.url);
      const job = await made.submit(request, context);
      assert.equal((await states(made, job)).answer.state, 'ready');
      assert.deepEqual(await made.result(job, context), { kind: 'http', url, headers: {} });
      assert.equal(await made.lastFrame(job, context), undefined);
    });

    it('names the last frame beside the clip', async () => {
      const [url, frame] = [
        'https://cdn.example/clip.mp4',
        'https://cdn.example/last.png?sig=a%2B',
      ];
      finishes({ status: 'succeeded', content: { video_url: url, last_frame_url: frame } });
      const made = studio(mock.url);
      const job = await made.submit(request, context);
      assert.equal((await states(made, job)).answer.state, 'ready');
      assert.deepEqual(await made.lastFrame(job, context), {
        kind: 'http',
        url: frame,
        headers: {},
      });
      assert.deepEqual(await made.result(job, context), { kind: 'http', url, headers: {} });
    });

    it('says what went wrong', async () => {
      finishes({ status: 'failed', error: { code: 'X', message: 'The output was too dark.' } });
      const made = studio(mock.url);
      const job = await made.submit(request, context);
      assert.deepEqual((await states(made, job)).answer, {
        state: 'failed',
        reason: 'The output was too dark.',
      });
    });
  });

  describe('of what the writer chooses', () => {
    let server: Loopback;
    let standing: string;

    beforeEach(async () => {
      standing = 'queued';
      server = await Loopback.start(({ method }, response) => {
        json(response, method === 'POST' ? { id: 'r-1' } : { id: 'r-1', status: standing });
      });
    });

    afterEach(() => server.close());

    const choices = { seed: 7, sound: false, resolution: '1080P', negativePrompt: 'rain' };

    for (const [model, sound] of [
      ['seedance-1-5-pro-251215', true],
      ['dreamina-seedance-2-0-260128', true],
      ['seedance-1-0-pro-250528', false],
    ] as const) {
      it(`orders what ${model} takes, and nothing else`, async () => {
        const made = studio(server.url, model);
        await made.submit({ ...request, choices }, context);
        const { content, ...order } = JSON.parse(server.asked[0]?.body ?? '') as Record<
          string,
          unknown
        >;
        assert.deepEqual(content, [{ type: 'text', text: request.prompt }]);
        assert.deepEqual(order, {
          model,
          ratio: '9:16',
          duration: 8,
          resolution: '1080p',
          watermark: false,
          return_last_frame: true,
          seed: 7,
          ...(sound ? { generate_audio: false } : {}),
        });
        assert.equal((await made.capabilities()).takes?.sound, sound);
      });
    }

    // What takes a waiting task out of the queue deletes one that is over, its clip with it.
    for (const [status, stops] of [
      ['queued', true],
      ['running', false],
      ['succeeded', false],
    ] as const) {
      it(`${stops ? 'takes back' : 'leaves alone'} a render that is ${status}`, async () => {
        standing = status;
        const made = studio(server.url);
        const job = await made.submit(request, context);
        if (stops) await made.cancel(job, context);
        else await failure(made.cancel(job, context));
        const deleted = server.asked.filter(({ method }) => method === 'DELETE');
        assert.equal(deleted.length, stops ? 1 : 0);
      });
    }
  });
});
