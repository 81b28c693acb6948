import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ScenewrightError } from '../../src/base/errors.ts';
import type { HttpResponse, SendOptions } from '../../src/net/http-types.ts';
import type { Http, JsonOptions } from '../../src/net/http.ts';
import { ResponseBody } from '../../src/net/response-body.ts';
import { aspects } from '../../src/script/script-model.ts';
import { isVideoInText } from '../../src/studios/clip-in-text.ts';
import type { ClipSource, RemoteJob, VideoStudio } from '../../src/studios/port.ts';
import { mp4 } from '../../fixtures/video-bytes.ts';
import { onlineProviders, onlineStudio, type OnlineProvider } from '../../src/studios/registry.ts';
import { contextOf, request, secret } from '../unit/studios/contract-stage.ts';
import { oddities } from './mutate.ts';
import { expectNoPollution } from './pollution.ts';
import type { Started } from './target.ts';

const base = 'https://studio.example/v1';

interface Input {
  readonly studio: OnlineProvider;
  /** What the service answers to one request after another, or the status that it refuses with. */
  readonly answers: readonly unknown[];
}

/** What a video service says: in any form, about renders, clips and itself. */
export function startStudioAnswers(): Started<Input> {
  return {
    inputs: fc.record({
      studio: fc.constantFrom(...onlineProviders),
      answers: fc.array(answer, { minLength: 1, maxLength: 8 }),
    }),
    show: (input) => JSON.stringify(input, undefined, 1),
    attempt: async ({ studio: name, answers }) => {
      const service = new Liar(answers);
      const settings = { baseUrl: base, model: 'lab/film-1', http: service.http };
      const studio = onlineStudio(name).create(settings);
      const ways = [await life(studio, service)];
      expectNoPollution();
      return `${name} ${ways.join(' ')}`;
    },
    patience: [300, 20],
  };
}

/** The beginning of a video, as some put it into their answers. */
const clipInside = mp4(100).toString('base64');

const states = ['completed', 'succeeded', 'COMPLETED', 'failed', 'queued', 'cancelled', 'expired'];
const word = fc.oneof(
  fc.constantFrom(...oddities),
  fc.constantFrom(...states),
  fc.constantFrom('r-1', '..', '.', '../x', 'a/b', 'a?b#c', ' ', 'é', '8', '8s'),
  fc.constantFrom(`${base}/videos/r-1`, 'https://cdn.example/clip.mp4', `${base}/../../x`),
  fc.constantFrom('http://cdn.example/clip.mp4', 'ftp://x/y', '//cdn.example/a.mp4', '/a.mp4'),
  fc.constantFrom(clipInside, `data:video/mp4;base64,${clipInside}`),
  fc.constantFrom('https://localhost/x', 'https://127.1/x', 'https://[::ffff:127.0.0.1]/x'),
  fc.constantFrom(`x ${secret} y`, `https://cdn.example/?k=${secret}`),
  fc.string({ maxLength: 20 }),
);
const leaf = fc.oneof(
  { weight: 5, arbitrary: word },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false, 0, -1, Infinity, 5, 100) },
);
/** The fields that any of the adapters looks for, and some that none should. */
const names = [
  ...['id', 'status', 'state', 'error', 'message', 'progress', 'data', 'url', 'urls', 'output'],
  ...['video', 'video_url', 'videos', 'outputs', 'metadata', 'video_id', 'task_id', 'request_id'],
  ...['status_url', 'response_url', 'cancel_url', 'polling_url', 'unsigned_urls', 'get', 'cancel'],
  ...['steps', 'content', 'type', 'uri', 'text', 'thumbnail', 'thumbnail_url', 'width', 'height'],
  ...['latest_version', 'openapi_schema', 'components', 'schemas', 'Input', 'properties'],
  ...['duration', 'enum', 'default', 'minimum', 'maximum', 'aspect_ratio', '$ref', 'allOf'],
  ...['supported_durations', 'supported_aspect_ratios', 'pricing_skus', 'models', 'data_removed'],
  ...['b64_json', 'guess', 'raiMediaFilteredReasons', 'finish_reason', 'paths', 'post', 'required'],
  ...['__proto__', 'constructor', 'prototype', 'length', 'toString'],
];
const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    { weight: 2, arbitrary: leaf },
    { weight: 3, arbitrary: record(tie('value')) },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
  ),
}));

function record(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  // Through JSON, as it comes: `__proto__` is a field like any other there.
  return fc
    .array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 8 })
    .map((entries) => entries.map(([name, inner]) => `${JSON.stringify(name)}:${json(inner)}`))
    .map((fields) => JSON.parse(`{${fields.join()}}`) as unknown);
}

function json(value: unknown): string {
  return JSON.stringify(value);
}

/** Of the documented form, with anything in its fields. */
const shaped = fc.record({
  id: word,
  request_id: word,
  status: fc.constantFrom(...states),
  video: fc.oneof(word, fc.record({ url: word, width: leaf, height: leaf })),
  urls: fc.oneof(fc.array(word), fc.record({ get: word, cancel: word })),
  output: fc.oneof(word, fc.array(word), fc.record({ url: word })),
  polling_url: word,
  status_url: word,
  response_url: word,
  cancel_url: word,
  progress: leaf,
  error: fc.oneof(fc.constant(undefined), word, fc.record({ message: word })),
  steps: fc.array(
    fc.record({
      type: fc.constant('model_output'),
      content: fc.array(
        fc.record({ type: fc.constantFrom('video', 'text'), uri: word, text: word, data: leaf }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 2 },
  ),
});
const answer = fc.oneof(
  { weight: 4, arbitrary: shaped },
  { weight: 3, arbitrary: anything },
  { weight: 1, arbitrary: fc.constantFrom(400, 401, 403, 404, 410, 422, 429, 500).map(refusal) },
);

function refusal(status: number): ScenewrightError {
  const code = status === 401 || status === 403 ? 'account' : 'bad-answer';
  return new ScenewrightError(code, `studio.example refused. It says: ${oddities[status % 40]}`, {
    status,
  });
}

/** A service that says anything, and remembers what it was asked. */
class Liar {
  readonly asked: { readonly url: URL; readonly keyed: boolean }[] = [];
  private readonly answers: readonly unknown[];

  constructor(answers: readonly unknown[]) {
    this.answers = answers;
  }

  get http(): Http {
    const next = (address: string | URL, { headers }: SendOptions | JsonOptions): unknown => {
      const said = this.answers[this.asked.length % this.answers.length];
      this.asked.push({ url: new URL(address), keyed: isKeyed(headers) });
      if (said instanceof ScenewrightError) throw said;
      return said;
    };
    const refusable = async (address: string | URL, options: SendOptions) => {
      await Promise.resolve();
      const text = json(next(address, options));
      const status = [200, 202, 400, 404, 422, 500][text.length % 6] ?? 200;
      return { status, url: new URL(address), headers: new Headers(), text };
    };
    const stand = {
      read: refusable,
      json: (address: string | URL, options: JsonOptions) =>
        Promise.resolve().then(() => next(address, options)),
      send: async (address: string | URL, options: SendOptions): Promise<HttpResponse> => {
        const { text, ...answer } = await refusable(address, options);
        const body = new ResponseBody({ pause: nothing, resume: nothing, close: nothing });
        body.push(Buffer.from(text));
        body.end();
        return { ...answer, body };
      },
    };
    return stand as unknown as Http;
  }
}

function nothing(): void {
  // Nobody is at the other end.
}

function isKeyed(headers: Readonly<Record<string, string>> = {}): boolean {
  return Object.values(headers).some((value) => value.includes(secret));
}

async function life(studio: VideoStudio, service: Liar): Promise<string> {
  const context = contextOf();
  const ways: string[] = [];
  const ok = async <T>(what: string, act: () => Promise<T>): Promise<T | undefined> => {
    try {
      const value = await act();
      ways.push(what);
      return value;
    } catch (error) {
      assert.ok(error instanceof ScenewrightError, `${what}: ${String(error)}`);
      assert.ok(!error.message.includes(secret), `${what}: a message shows the key`);
      ways.push(`${what}:${error.code}`);
      return undefined;
    }
  };
  const able = await ok('can', () => studio.capabilities(context));
  if (able !== undefined) {
    assert.ok(able.seconds.every((seconds) => Number.isInteger(seconds) && seconds > 0));
    assert.deepEqual(
      [...new Set(able.seconds)].sort((a, b) => a - b),
      able.seconds,
    );
    assert.ok(able.seconds.length > 0 && able.seconds.length < 10_000);
    assert.ok(able.aspects.every((aspect) => aspects.includes(aspect)));
    for (const price of [able.price?.perClip, able.price?.perSecond]) {
      assert.ok(price === undefined || (Number.isFinite(price) && price >= 0), 'a price is one');
    }
  }
  const taken = await ok('taken', () => studio.submit(request, context));
  for (const job of [taken, memoize]) {
    if (job === undefined) continue;
    if (job !== memoize) expectRemote(job);
    const told = await ok('told', () => studio.poll(job, context));
    if (told?.state === 'rendering' && told.progress !== undefined) {
      assert.ok(told.progress >= 0 && told.progress <= 1, 'progress is from 0 to 1');
    }
    if (told?.state === 'rendering' && told.guess !== undefined) {
      assert.ok(!told.guess.includes(secret), 'a guess shows the key');
    }
    if (told?.state === 'failed') {
      assert.ok(told.reason.length > 0 && told.reason.length <= 1000);
      assert.ok(!told.reason.includes(secret), 'a reason shows the key');
    }
    ways.push(told?.state ?? '');
    expectSource(await ok('clip', () => studio.result(job, context)));
    if (studio.thumbnail)
      expectSource(await ok('still', async () => studio.thumbnail?.(job, context)));
    if (studio.upscale) {
      const larger = await ok('larger', async () =>
        studio.upscale?.({ jobId: 'up-1', render: job, seconds: 8 }, context),
      );
      if (larger !== undefined) expectRemote(larger);
    }
    if (studio.cancel) await ok('stop', async () => studio.cancel?.(job, context));
  }
  for (const { url, keyed } of service.asked) {
    assert.ok(!keyed || url.origin === new URL(base).origin, `the key goes to ${url.origin}`);
    assert.ok(!url.href.includes(secret), 'an address shows the key');
  }
  return [...new Set(ways)].join(' ');
}

/** One whose record says where to ask: that, too, may have been written by a stranger. */
const memoize: RemoteJob = {
  remoteId: '../../admin',
  data: {
    base,
    submittedAt: '1',
    get: 'https://elsewhere.example/steal',
    poll: 'https://elsewhere.example/steal',
    status: 'https://elsewhere.example/steal',
    response: 'https://studio.example.evil.example/',
    cancel: `${base}@elsewhere.example/`,
  },
};

function expectRemote({ remoteId, data }: RemoteJob): void {
  assert.equal(typeof remoteId, 'string');
  assert.ok(remoteId.trim() !== '' && remoteId.length <= 1000 && !/^\.{1,2}$/.test(remoteId));
  for (const [name, value] of Object.entries(data ?? {})) {
    assert.equal(typeof value, 'string', name);
    assert.ok(!value.includes(secret), `the key would be kept as ${name}`);
  }
}

function expectSource(source: ClipSource | undefined): void {
  if (source === undefined) return;
  assert.ok(source.kind !== 'file', 'nothing on this machine');
  expectSource(source.otherwise);
  if (source.kind === 'inside') {
    assert.ok(isVideoInText(source.base64), 'what is inside of an answer is a video');
    return;
  }
  const url = new URL(source.url);
  assert.equal(url.protocol, 'https:', 'no less protected than the service');
  assert.ok(!/^(localhost|127\.|\[::1\]|\[::ffff:7f)/.test(url.hostname), 'not on this machine');
  if (isKeyed(source.headers)) assert.equal(url.origin, new URL(base).origin);
}
