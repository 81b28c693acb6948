import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { LLMock } from '@copilotkit/aimock';
import RunwayML from '@runwayml/sdk';
import { Http } from '../../../src/net/http.ts';
import { ArkStudio } from '../../../src/studios/ark.ts';
import { FalStudio } from '../../../src/studios/fal.ts';
import { GeminiStudio } from '../../../src/studios/gemini.ts';
import { OpenAiVideosStudio } from '../../../src/studios/openai-videos.ts';
import { OpenRouterStudio } from '../../../src/studios/openrouter.ts';
import {
  dataUri,
  pictureType,
  possiblePictures,
  type OrderPictures,
  type Picture,
  type TakenPictures,
} from '../../../src/studios/pictures.ts';
import type { VideoStudio } from '../../../src/studios/port.ts';
import { ReplicateStudio } from '../../../src/studios/replicate.ts';
import { RunwayStudio } from '../../../src/studios/runway.ts';
import type { StudioSettings } from '../../../src/studios/web-studio.ts';
import { failure } from '../../support/failure.ts';
import { Loopback, json } from '../net/loopback.ts';
import { contextOf, request } from './contract.ts';

const png = (content: string, name = `${content}.png`): Picture => ({
  name,
  type: 'image/png',
  bytes: Buffer.from(`\x89PNG\r\n\x1a\n${content}`, 'latin1'),
});

const first = png('first');
const last = png('last');
const [mara, room] = [
  { ...png('mara'), shows: 'Mara' },
  { ...png('room'), shows: 'Lamp room' },
];
const frames: OrderPictures = { firstFrame: first, lastFrame: last, references: [] };
const looks: OrderPictures = { references: [mara, room] };

describe('which pictures a model takes', () => {
  const wanted = [
    { role: 'firstFrame', file: 'first' },
    { role: 'lastFrame', file: 'last' },
    { role: 'reference', file: 'mara' },
    { role: 'reference', file: 'room' },
  ] as const;

  for (const [what, takes, sent] of [
    ['says nothing of pictures', undefined, ''],
    ['takes all', { firstFrame: true, lastFrame: true, references: 9 }, 'first last mara room'],
    ['takes a single reference', { references: 1 }, 'mara'],
    ['takes only one kind', { firstFrame: true, references: 9, exclusive: true }, 'first'],
    ['takes only one kind and no frames', { references: 9, exclusive: true }, 'mara room'],
    ['takes a last frame beside a first one alone', { lastFrame: true }, ''],
    ['takes a last frame by itself', { lastFrame: 'alone' }, 'last'],
  ] as const satisfies readonly (readonly [string, TakenPictures | undefined, string])[]) {
    it(`is "${sent}" of one that ${what}, and nothing is left out without a word`, () => {
      const split = possiblePictures(wanted, takes);
      assert.equal(split.sent.map(({ file }) => file).join(' '), sent);
      assert.deepEqual(
        new Set([...split.sent, ...split.dropped].map(({ file }) => file)),
        new Set(wanted.map(({ file }) => file)),
      );
      assert.equal(split.sent.length + split.dropped.length, wanted.length);
    });
  }

  it('is told by bytes, whatever a file is called', () => {
    assert.equal(pictureType(first.bytes), 'image/png');
    assert.equal(pictureType(Buffer.from('ffd8ffe000104a46', 'hex')), 'image/jpeg');
    assert.equal(pictureType(Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1')), 'image/webp');
    for (const other of [
      'GIF89a',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      '',
      'RIFF....AVI ',
    ]) {
      assert.equal(pictureType(Buffer.from(other)), undefined, other);
    }
  });
});

describe('the pictures of an order', () => {
  const context = contextOf();
  let http: Http;
  let server: Loopback;
  /** What GET requests are answered with. */
  let described: unknown;

  before(() => {
    http = new Http({ systemCertificates: false, timeouts: { headersMs: 2000 } });
  });

  after(() => http.close());

  beforeEach(async () => {
    described = {};
    server = await Loopback.start(({ method }, response) => {
      json(response, method === 'POST' ? { id: 'r-1', request_id: 'r-1' } : described);
    });
  });

  afterEach(() => server.close());

  const settings = (model: string): StudioSettings => ({ baseUrl: server.url, model, http });

  const ordered = async (
    studio: VideoStudio,
    pictures: OrderPictures,
  ): Promise<{ readonly url: string; readonly body: Record<string, unknown> }> => {
    await studio.submit({ ...request, pictures }, context);
    const order = server.asked.find(({ method }) => method === 'POST');
    assert.ok(order);
    return { url: order.url, body: JSON.parse(order.body) as Record<string, unknown> };
  };

  const takes = async (studio: VideoStudio): Promise<TakenPictures | undefined> =>
    (await studio.capabilities(context)).pictures;

  it('reach Ark, each as what it is, as an independent server reads them', async () => {
    const mock = new LLMock({ port: 0 });
    await mock.start();
    try {
      const digest = (picture: Picture): string =>
        createHash('sha256').update(dataUri(picture)).digest('hex').slice(0, 12);
      const studio = (model: string): ArkStudio =>
        new ArkStudio({ baseUrl: `${mock.url}/api/v3`, model, http });
      const asked: string[] = [];
      mock.addFixture({
        match: {
          endpoint: 'video',
          predicate: ({ messages }) => {
            asked.push(JSON.stringify(messages));
            return true;
          },
        },
        response: { json: { id: 'x', model: 'seedance', status: 'succeeded' } },
      });
      await studio('seedance-1-5-pro-251215').submit({ ...request, pictures: frames }, context);
      assert.match(
        asked.at(-1) ?? '',
        new RegExp(`first_frame:${digest(first)}, last_frame:${digest(last)}`),
      );
      await studio('seedance-2-0-260128').submit({ ...request, pictures: looks }, context);
      assert.match(
        asked.at(-1) ?? '',
        new RegExp(`reference_image:${digest(mara)}, reference_image:${digest(room)}`),
      );
    } finally {
      await mock.stop();
    }
    assert.equal(
      (await takes(new ArkStudio(settings('seedance-1-5-pro-251215'))))?.references,
      undefined,
    );
    assert.equal((await takes(new ArkStudio(settings('seedance-2-0-260128'))))?.references, 9);
  });

  it('reach Runway as the vendor sends them, from frames', async () => {
    const { body, url } = await ordered(new RunwayStudio(settings('veo3.1')), frames);
    const theirs: RunwayML.ImageToVideoCreateParams = {
      model: 'veo3.1',
      promptText: request.prompt,
      promptImage: [
        { uri: dataUri(first), position: 'first' },
        { uri: dataUri(last), position: 'last' },
      ],
      ratio: '720:1280',
      duration: 8,
    };
    await new RunwayML({ baseURL: server.url, apiKey: 'k', maxRetries: 0 }).imageToVideo.create(
      theirs,
    );
    const sent = server.asked.at(-1);
    assert.deepEqual(body, JSON.parse(sent?.body ?? ''));
    assert.equal(url, sent?.url);
  });

  it('reach Runway as the vendor sends them, of whom it shows', async () => {
    const { body, url } = await ordered(new RunwayStudio(settings('seedance2')), looks);
    const theirs: RunwayML.TextToVideoCreateParams = {
      model: 'seedance2',
      promptText: request.prompt,
      references: [{ uri: dataUri(mara) }, { uri: dataUri(room) }],
      ratio: '720:1280',
      duration: 8,
    };
    await new RunwayML({ baseURL: server.url, apiKey: 'k', maxRetries: 0 }).textToVideo.create(
      theirs,
    );
    const sent = server.asked.at(-1);
    assert.deepEqual(body, JSON.parse(sent?.body ?? ''));
    assert.equal(url, sent?.url);
  });

  it('reach OpenRouter as frames and references, as far as its list says', async () => {
    described = {
      data: [
        { id: 'bytedance/seedance-2.0', supported_frame_images: ['first_frame', 'last_frame'] },
      ],
    };
    const studio = (): OpenRouterStudio => new OpenRouterStudio(settings('bytedance/seedance-2.0'));
    assert.deepEqual(await takes(studio()), {
      firstFrame: true,
      lastFrame: true,
      references: 9,
      exclusive: true,
    });
    const framed = await ordered(studio(), frames);
    const part = (picture: Picture) => ({
      type: 'image_url',
      image_url: { url: dataUri(picture) },
    });
    assert.deepEqual(framed.body.frame_images, [
      { ...part(first), frame_type: 'first_frame' },
      { ...part(last), frame_type: 'last_frame' },
    ]);
    assert.equal(framed.body.input_references, undefined);
    server.asked.length = 0;
    const looked = await ordered(studio(), looks);
    assert.deepEqual(looked.body.input_references, [part(mara), part(room)]);
    assert.equal(looked.body.frame_images, undefined);
  });

  it('are none for OpenRouter where its list does not say so', async () => {
    described = { data: [{ id: 'maker/model' }] };
    assert.deepEqual(await takes(new OpenRouterStudio(settings('maker/model'))), {
      firstFrame: false,
      lastFrame: false,
      exclusive: true,
    });
  });

  for (const [what, pictures, task, sent] of [
    ['begins with', { firstFrame: first, references: [] }, 'image_to_video', [first]],
    ['looks at', looks, 'reference_to_video', [mara, room]],
  ] as const) {
    it(`reach Gemini as what the clip ${what}`, async () => {
      const { body } = await ordered(new GeminiStudio(settings('gemini-omni-1.1-flash')), pictures);
      assert.deepEqual(body.input, [
        ...sent.map(({ type, bytes }) => ({
          type: 'image',
          data: Buffer.from(bytes).toString('base64'),
          mime_type: type,
        })),
        { type: 'text', text: request.prompt },
      ]);
      assert.deepEqual(body.generation_config, { video_config: { task } });
    });
  }

  const schemaOf = (properties: object) => ({
    paths: {
      '/x': {
        post: {
          requestBody: { content: { 'application/json': { schema: { $ref: '#/x/SomeInput' } } } },
        },
      },
    },
    components: { schemas: { SomeInput: { properties }, Input: { properties } } },
  });

  for (const [maker, properties, expected] of [
    [
      'Kling',
      { prompt: {}, start_image_url: { type: 'string' }, end_image_url: { type: 'string' } },
      { start_image_url: dataUri(first), end_image_url: dataUri(last) },
    ],
    [
      'Veo',
      { prompt: {}, first_frame_url: { type: 'string' }, last_frame_url: { type: 'string' } },
      { first_frame_url: dataUri(first), last_frame_url: dataUri(last) },
    ],
    [
      'Wan',
      {
        prompt: {},
        image_url: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        end_image_url: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      },
      { image_url: dataUri(first), end_image_url: dataUri(last) },
    ],
  ] as const) {
    it(`reach fal and Replicate in the fields of ${maker}'s own description`, async () => {
      described = schemaOf(properties);
      const fal = new FalStudio(settings('maker/model'));
      assert.deepEqual(await takes(fal), { firstFrame: true, lastFrame: true });
      const { body } = await ordered(fal, frames);
      assert.deepEqual(body, { prompt: request.prompt, ...expected });
      server.asked.length = 0;
      described = { latest_version: { openapi_schema: schemaOf(properties) } };
      const replicate = new ReplicateStudio(settings('maker/model'));
      const { input } = (await ordered(replicate, frames)).body;
      assert.deepEqual(input, { prompt: request.prompt, ...expected });
    });
  }

  it('reach fal as a list of whom it shows, as long as the description allows', async () => {
    described = schemaOf({ prompt: {}, reference_image_urls: { type: 'array', maxItems: 7 } });
    const fal = new FalStudio(settings('maker/model'));
    assert.deepEqual(await takes(fal), { firstFrame: false, lastFrame: false, references: 7 });
    const { body } = await ordered(fal, looks);
    assert.deepEqual(body.reference_image_urls, [dataUri(mara), dataUri(room)]);
  });

  it('are not left out where a model does not say how it takes them: nothing is ordered', async () => {
    const error = await failure(
      new FalStudio(settings('maker/model')).submit({ ...request, pictures: frames }, context),
    );
    assert.match(error.message, /Nothing was sent/);
    described = schemaOf({ prompt: {}, image_url: { type: 'string' } });
    await failure(
      new FalStudio(settings('maker/model')).submit({ ...request, pictures: frames }, context),
    );
    assert.deepEqual(
      server.asked.filter(({ method }) => method === 'POST'),
      [],
    );
  });

  it('reach servers of /v1/videos as a file in a form', async () => {
    const studio = new OpenAiVideosStudio({ ...settings('model'), requestFormat: 'multipart' });
    const named = { ...first, name: 'my "first"\r\nframe.png' };
    await studio.submit({ ...request, pictures: { firstFrame: named, references: [] } }, context);
    const [order] = server.asked;
    const body = order?.bytes.toString('latin1') ?? '';
    const [, boundary = ''] = /boundary=(.+)$/.exec(order?.headers['content-type'] ?? '') ?? [];
    const parts = body.split(`--${boundary}`).slice(1, -1);
    assert.equal(parts.length, 5);
    assert.equal(
      parts.at(-1),
      '\r\nContent-Disposition: form-data; name="input_reference"; filename="my %22first%22%0D%0Aframe.png"' +
        `\r\nContent-Type: image/png\r\n\r\n${Buffer.from(first.bytes).toString('latin1')}\r\n`,
    );
  });

  it('reach servers of /v1/videos as an address that holds them', async () => {
    const { body } = await ordered(new OpenAiVideosStudio(settings('model')), {
      firstFrame: first,
      references: [],
    });
    assert.deepEqual(body.input_reference, { image_url: dataUri(first) });
  });

  it('go to no server of /v1/videos that would leave some of them out', async () => {
    const studio = new OpenAiVideosStudio(settings('model'));
    // As a window knew it by its last order, and the next one does not.
    server.answer = (asked, response) => {
      if (asked.url.endsWith('/videos/generations')) json(response, { request_id: 'a' });
      else response.writeHead(404).end();
    };
    const looks = { references: [{ ...first, shows: 'Mara' }] };
    await studio.submit({ ...request, pictures: looks }, context);
    assert.equal(server.asked.length, 1, 'the place that takes none is not tried');
    const both = { firstFrame: first, ...looks };
    await assert.rejects(studio.submit({ ...request, pictures: both }, context), {
      code: 'bad-input',
    });
    assert.equal(server.asked.length, 1);
  });
});
