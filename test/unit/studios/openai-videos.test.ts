import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import type { Clock } from '../../../src/base/clock.ts';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { Http } from '../../../src/net/http.ts';
import {
  OpenAiVideosStudio,
  type OpenAiVideosOptions,
} from '../../../src/studios/openai-videos.ts';
import type { PollAnswer, RemoteJob, RenderRequest } from '../../../src/studios/port.ts';
import { fetchImage } from '../../../src/jobs/thumbnail.ts';
import { mp4 } from '../jobs/clips.ts';
import { sceneOf } from '../jobs/world.ts';
import { Loopback, deadAddress, json } from '../net/loopback.ts';

const context = { secret: 'sk-the-secret', signal: new AbortController().signal };

const request: RenderRequest = {
  jobId: 'job-1',
  scene: sceneOf(1),
  number: 1,
  scriptTitle: 'Story',
  style: 'ink',
  aspect: '9:16',
  seconds: 8,
  prompt: 'A lighthouse at night, ánh đèn',
};

async function failure(promise: Promise<unknown>): Promise<ScenewrightError> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof ScenewrightError, String(error));
    return error;
  }
  assert.fail('It should have failed.');
}

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

  const studio = (baseUrl: string, more: Partial<OpenAiVideosOptions> = {}): OpenAiVideosStudio =>
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
        const made = studio(`${mock.url}/v1/`, { body });
        const job = await made.submit(request, context);
        assert.equal(job.remoteId, 'v-1');
        assert.deepEqual(await made.poll(job, context), { state: 'ready' });
        // Another origin than the service's: its key has no business there.
        assert.deepEqual(await made.result(job, context), { kind: 'http', url, headers: {} });
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
        mock.nextRequestError(status, { message: 'No.' });
        await failure(studio(`${mock.url}/v1`).submit(request, context));
      }
      assert.equal(mock.getRequests().length, 5);
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
      assert.equal(asked.headers.authorization, 'Bearer sk-the-secret');
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
      [{ status: 'something-new' }, { state: 'rendering' }],
      [{}, { state: 'rendering' }],
      [[], { state: 'rendering' }],
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
    ] satisfies [unknown, PollAnswer][]) {
      it(`understands ${JSON.stringify(said)}`, async () => {
        assert.deepEqual(await poll(said), expected);
        assert.equal(server.asked[0]?.url, '/v1/videos/v%2F1');
      });
    }

    it('is patient with a server that does not know a new render yet', async () => {
      const fresh = job();
      const made = studio(`${server.url}/v1`);
      status = 404;
      assert.deepEqual(await made.poll(fresh, context), { state: 'rendering' });
      now += 3_600_000;
      const error = await failure(made.poll(fresh, context));
      assert.deepEqual([error.code, error.retryable], ['bad-answer', false]);
      status = 410;
      assert.deepEqual(await made.poll(fresh, context), { state: 'expired' });
    });

    it('passes on what may get better by itself', async () => {
      for (const code of [429, 500, 503]) {
        assert.equal((await failure(poll({}, code))).retryable, true);
      }
      assert.equal((await failure(poll({}, 401))).code, 'account');
    });

    it('finds the clip where the protocol has it', async () => {
      answer = { status: 'completed' };
      assert.deepEqual(await studio(`${server.url}/v1`).result(job(), context), {
        kind: 'http',
        url: `${server.url}/v1/videos/v%2F1/content?variant=video`,
        headers: { authorization: 'Bearer sk-the-secret' },
      });
    });

    it('keeps to that where a server names a place that is of no use', async () => {
      for (const url of ['/tmp/x.mp4', 'file:///tmp/x.mp4', 'outputs/x.mp4', '', null]) {
        answer = { status: 'completed', url };
        const source = await studio(`${server.url}/v1`).result(job(), context);
        assert.match(source.kind === 'http' ? source.url : '', /content\?variant=video$/);
      }
    });

    it('is unclear when an order was taken but not named', async () => {
      answer = { status: 'queued' };
      assert.equal((await failure(studio(server.url).submit(request, context))).code, 'unclear');
    });

    it('is unclear when the line breaks after the order', async () => {
      server.answer = (_asked, response) => {
        response.destroy();
      };
      const error = await failure(studio(server.url).submit(request, context));
      assert.equal(error.code, 'unclear');
      assert.doesNotMatch(error.message, /sk-the-secret/);
      assert.equal(server.asked.length, 1);
    });

    it('is sure when nothing was there to take it', async () => {
      const error = await failure(studio(await deadAddress()).submit(request, context));
      assert.deepEqual([error.code, error.retryable], ['network', true]);
    });

    it("does not send today's key to yesterday's server", async () => {
      const made = studio('https://other.example/v1');
      const error = await failure(made.poll(job(), context));
      assert.equal(error.code, 'bad-input');
      await failure(made.result(job(), context));
      assert.equal(server.asked.length, 0);
    });

    it('says that an address is none', async () => {
      for (const address of ['', 'nonsense', 'ftp://x/v1']) {
        const error = await failure(studio(address).submit(request, context));
        assert.equal(error.code, 'bad-input');
        assert.match(error.message, /base URL/);
      }
    });

    it('has a thumbnail where the server sends a picture, and none where it sends the clip', async () => {
      const source = await studio(`${server.url}/v1`).thumbnail(job(), context);
      const picture = Buffer.from('\xff\xd8\xff\xe0 and so on', 'latin1');
      for (const [type, content, expected] of [
        ['image/jpeg', picture, true],
        ['application/octet-stream', picture, true],
        ['video/mp4', mp4(3_000_000), false],
        ['image/jpeg', mp4(3000), false],
        ['text/html', Buffer.from('<html>'), false],
      ] as const) {
        server.answer = (_asked, response) => {
          response.writeHead(200, { 'content-type': type }).end(content);
        };
        const image = await fetchImage(http, source, context.signal);
        assert.equal(image !== undefined, expected, type);
      }
      status = 404;
      assert.match(server.asked[0]?.url ?? '', /variant=thumbnail$/);
    });
  });
});
