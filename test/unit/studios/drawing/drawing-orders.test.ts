import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import OpenAI, { toFile } from 'openai';
import { pngBytes } from '../../../../fixtures/picture-bytes.ts';
import { Http } from '../../../../src/net/http.ts';
import { field } from '../../../../src/studios/answer.ts';
import { KeptPictures } from '../../../../src/studios/drawing/kept-pictures.ts';
import { createDrawing, type DrawingProvider } from '../../../../src/studios/drawing/registry.ts';
import { base64, dataUri, type ReferencePicture } from '../../../../src/studios/pictures.ts';
import type {
  DrawRequest,
  DrawingCapabilities,
  PictureStudio,
  RemoteJob,
} from '../../../../src/studios/port.ts';
import type { WorkspaceFiles } from '../../../../src/studios/workspace-files.ts';
import { ComfyUiServer } from '../../../studio/comfyui-server.ts';
import { failure } from '../../../support/failure.ts';
import { Loopback, json, type Asked } from '../../net/loopback.ts';
import { contextOf, request } from '../contract.ts';

const picture = (content: string): ReferencePicture => ({
  name: `${content}.png`,
  type: 'image/png',
  bytes: pngBytes(content.padEnd(64, '.')),
  shows: content,
});

const [mara, tower] = [picture('mara'), picture('tower')];
const looks = [mara, tower];

const { jobId, scene, number, scriptTitle, style, prompt } = request;
const words: DrawRequest = {
  jobId,
  scene,
  number,
  scriptTitle,
  style,
  prompt,
  aspect: '9:16',
  kind: 'still',
  references: [],
};

describe('an order for a picture, as it goes out', () => {
  const context = contextOf();
  let http: Http;
  let server: Loopback;
  let folder: string;
  /** What GET requests are answered with, by address. */
  let told: Readonly<Record<string, unknown>>;
  /** What an order is answered with. */
  let drawn: unknown;

  before(() => {
    http = new Http({ systemCertificates: false, timeouts: { headersMs: 2000 } });
  });

  after(() => http.close());

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-drawing-'));
    told = {};
    drawn = {};
    server = await Loopback.start(({ method, url }, response) => {
      const answer = method === 'POST' ? drawn : told[url];
      if (typeof answer === 'string') response.end(answer);
      else json(response, answer ?? {}, answer === undefined ? 404 : 200);
    });
  });

  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const studioAt = (
    provider: DrawingProvider,
    model: string,
    baseUrl = server.url,
    files?: WorkspaceFiles,
  ): PictureStudio =>
    createDrawing(provider, {
      baseUrl,
      model,
      http,
      kept: new KeptPictures(path.join(folder, 'kept')),
      ...(files === undefined ? {} : { files }),
    });

  const capabilitiesOf = (studio: PictureStudio): Promise<DrawingCapabilities> =>
    studio.capabilities(context);

  /** The order itself, whatever came of it. */
  async function ordered(studio: PictureStudio, more: Partial<DrawRequest> = {}): Promise<Asked> {
    server.asked.length = 0;
    await studio.draw({ ...words, ...more }, context).catch((error: unknown) => error);
    const [order, ...others] = server.asked.filter(({ method }) => method === 'POST');
    assert.ok(order);
    assert.deepEqual(others, []);
    return order;
  }

  const bodyOf = ({ body }: Asked): unknown => JSON.parse(body);

  describe('to OpenAI and its like', () => {
    /** What a form has, part by part: its name, what it is called, its type and what is in it. */
    function parts({ bytes, headers }: Asked): readonly (readonly string[])[] {
      const [, boundary = ''] = /boundary="?([^";]+)/.exec(headers['content-type'] ?? '') ?? [];
      const all = bytes.toString('latin1').split(`--${boundary}`).slice(1, -1);
      return all
        .map((part) => {
          const end = part.indexOf('\r\n\r\n');
          const head = part.slice(0, end);
          const told = [/ name="([^"]*)"/, / filename="([^"]*)"/, /^content-type: *(.*)$/im].map(
            (form) => form.exec(head)?.[1]?.trim() ?? '',
          );
          return [...told, part.slice(end + 4, -2)];
        })
        .sort((one, other) => one.join().localeCompare(other.join()));
    }

    const theirs = (): OpenAI =>
      new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'k', maxRetries: 0 });

    it('has the body that their own client sends for words alone', async () => {
      const ours = await ordered(studioAt('openai-images', 'gpt-image-2', `${server.url}/v1`));
      await theirs().images.generate({ model: 'gpt-image-2', prompt, n: 1, size: '1024x1536' });
      const sent = server.asked.at(-1);
      assert.ok(sent);
      assert.deepEqual([ours.url, bodyOf(ours)], [sent.url, bodyOf(sent)]);
    });

    it('has the form that their own client sends for words with pictures, field by field', async () => {
      const studio = studioAt('openai-images', 'gpt-image-2', `${server.url}/v1`);
      const ours = await ordered(studio, { references: looks });
      const image = await Promise.all(
        looks.map(({ bytes, name, type }) => toFile(bytes, name, { type })),
      );
      const order = { model: 'gpt-image-2', prompt, n: 1, size: '1024x1536', image } as const;
      await theirs().images.edit(order);
      const sent = server.asked.at(-1);
      assert.ok(sent);
      assert.equal(ours.url, sent.url);
      assert.equal(parts(ours).length, 6);
      assert.deepEqual(parts(ours), parts(sent));
    });

    it('is taken by an independent server, with and without pictures', async () => {
      const mock = new LLMock({ port: 0 });
      const asked: string[] = [];
      mock.addFixture({
        match: {
          endpoint: 'image',
          predicate: ({ model, messages }) => {
            asked.push(`${model}: ${JSON.stringify(messages[0]?.content)}`);
            return true;
          },
        },
        response: { image: { b64Json: base64(mara.bytes) } },
      });
      await mock.start();
      try {
        const studio = studioAt('openai-images', 'gpt-image-2', `${mock.url}/v1`);
        for (const references of [[], looks]) {
          const job = await studio.draw(
            { ...words, jobId: `${references.length}`, references },
            context,
          );
          assert.equal((await studio.result(job, context)).kind, 'file');
        }
      } finally {
        await mock.stop();
      }
      assert.deepEqual(asked, [
        `gpt-image-2: ${JSON.stringify(prompt)}`,
        `gpt-image-2: ${JSON.stringify(prompt)}`,
      ]);
    });

    it('has a seed for servers that people run themselves, and none for OpenAI', async () => {
      const own = studioAt('openai-images', '', `${server.url}/v1`);
      assert.equal((await capabilitiesOf(own)).seed, true);
      assert.equal(field(bodyOf(await ordered(own, { seed: 7 })), 'seed'), 7);
      const form = parts(await ordered(own, { seed: 7, references: looks }));
      assert.deepEqual(
        form.filter(([name]) => name === 'seed').map((part) => part.at(-1)),
        ['7'],
      );
      const there = studioAt('openai-images', 'gpt-image-2', 'https://api.openai.com/v1');
      assert.equal((await capabilitiesOf(there)).seed, false);
    });

    it('needs no account at a server on this machine, and one anywhere else', () => {
      const at = (url: string): boolean | undefined =>
        studioAt('openai-images', '', url).mayGoKeyless;
      for (const url of ['http://127.0.0.1:8080/v1', 'http://localhost/v1', 'http://[::1]:1/v1']) {
        assert.equal(at(url), true, url);
      }
      for (const url of ['https://api.openai.com/v1', 'http://192.168.1.2/v1', 'nonsense']) {
        assert.equal(at(url), false, url);
      }
      assert.equal(studioAt('gemini', 'm', 'http://127.0.0.1').mayGoKeyless, false);
    });
  });

  describe('to OpenRouter', () => {
    const model = 'bytedance-seed/seedream-4.5';
    const list = (supported_parameters: unknown): unknown => ({
      data: [{ id: 'other/model' }, { id: model, supported_parameters }],
    });
    const pricing = (...lines: readonly (readonly [string, number])[]): unknown => ({
      id: model,
      endpoints: lines.map(([unit, cost_usd]) => ({
        pricing: [
          { billable: 'input_text', unit: 'token', cost_usd: 0.1 },
          { billable: 'output_image', unit, cost_usd },
        ],
      })),
    });
    const studio = (): PictureStudio => studioAt('openrouter', model);

    it('asks for what its list says that the model takes, at the price of the dearest', async () => {
      told = {
        '/images/models': list({
          aspect_ratio: { type: 'enum', values: ['1:1', '9:16', 'auto'] },
          input_references: { type: 'range', min: 0, max: 6 },
          seed: { type: 'boolean' },
        }),
        [`/images/models/${model}/endpoints`]: pricing(['image', 0.03], ['image', 0.04]),
      };
      const one = studio();
      assert.deepEqual(await capabilitiesOf(one), {
        aspects: ['9:16', '1:1'],
        references: 6,
        seed: true,
        price: { currency: 'USD', amount: 0.04 },
      });
      const order = await ordered(one, { references: looks, seed: 7 });
      assert.equal(order.url, '/images');
      assert.deepEqual(bodyOf(order), {
        model,
        prompt,
        aspect_ratio: '9:16',
        input_references: looks.map((each) => ({
          type: 'image_url',
          image_url: { url: dataUri(each) },
        })),
        seed: 7,
      });
    });

    it('has no seed and no picture for a model that takes none, and no price by the token', async () => {
      told = {
        '/images/models': list({}),
        [`/images/models/${model}/endpoints`]: pricing(['image', 0.03], ['token', 0.00001]),
      };
      const one = studio();
      const { references, seed, price } = await capabilitiesOf(one);
      assert.deepEqual([references, seed, price], [0, false, undefined]);
      assert.deepEqual(bodyOf(await ordered(one, { seed: 7 })), {
        model,
        prompt,
        aspect_ratio: '9:16',
      });
    });

    it('goes by what is known of the model where the list cannot be had', async () => {
      assert.equal((await capabilitiesOf(studio())).references, 10);
      assert.equal((await capabilitiesOf(studioAt('openrouter', 'a/b'))).references, 0);
    });
  });

  describe('to Gemini', () => {
    const model = 'gemini-nano-banana-2.1';

    it('has the pictures before the words, the shape and the seed', async () => {
      const order = await ordered(studioAt('gemini', model), { references: looks, seed: 7 });
      assert.equal(order.url, `/v1beta/models/${model}:generateContent`);
      assert.deepEqual(bodyOf(order), {
        contents: [
          {
            role: 'user',
            parts: [
              ...looks.map(({ type, bytes }) => ({
                inlineData: { mimeType: type, data: base64(bytes) },
              })),
              { text: prompt },
            ],
          },
        ],
        generationConfig: {
          responseModalities: ['IMAGE'],
          imageConfig: { aspectRatio: '9:16' },
          seed: 7,
        },
      });
    });

    it('brings what was drawn last, and nothing that was only thought', async () => {
      const part = (one: ReferencePicture, more: object = {}): object => ({
        inlineData: { mimeType: one.type, data: base64(one.bytes) },
        ...more,
      });
      const parts = [
        part(picture('thought'), { thought: true }),
        part(tower),
        { text: 'Better so:' },
        part(mara),
        part(picture('afterthought'), { thought: true }),
      ];
      drawn = { candidates: [{ content: { parts }, finishReason: 'STOP' }] };
      const kept = new KeptPictures(path.join(folder, 'kept'));
      await studioAt('gemini', model).draw(words, context);
      assert.equal(await kept.has(words.jobId), true);
      assert.deepEqual(await readFile(kept.place(words.jobId)), Buffer.from(mara.bytes));
    });

    for (const [what, answer, code, said] of [
      ['its prompt', { promptFeedback: { blockReason: 'SAFETY' } }, 'refused', /SAFETY/],
      [
        'what it made',
        { candidates: [{ finishReason: 'IMAGE_SAFETY', finishMessage: 'Unable to show it.' }] },
        'refused',
        /Unable to show it/,
      ],
      [
        'nothing, but answers in words',
        {
          candidates: [{ content: { parts: [{ text: 'Which Mara?' }] }, finishReason: 'STOP' }],
        },
        'bad-answer',
        /Which Mara\?/,
      ],
    ] as const) {
      it(`is over, in its own words, where it holds back ${what}`, async () => {
        drawn = answer;
        const error = await failure(studioAt('gemini', model).draw(words, context));
        assert.equal(error.code, code);
        assert.match(error.message, said);
      });
    }

    it('tells the list price where there is one', async () => {
      const price = async (name: string): Promise<number | undefined> =>
        (await capabilitiesOf(studioAt('gemini', name))).price?.amount;
      assert.equal(await price(model), 0.0336);
      assert.equal(await price('gemini-9-image'), undefined);
    });
  });

  describe('to fal', () => {
    const schemaOf = (properties: object, required: readonly string[] = ['prompt']): unknown => ({
      paths: {
        '/x': {
          post: {
            requestBody: { content: { 'application/json': { schema: { $ref: '#/x/XInput' } } } },
          },
        },
      },
      components: { schemas: { XInput: { properties, required } } },
    });
    const shape = { type: 'string', enum: ['auto', '16:9', '9:16'] };
    const list = { type: 'array', items: { type: 'string' } };

    /** The endpoints that there are, by what they take. */
    function serve(
      endpoints: Readonly<Record<string, readonly [object, (readonly string[])?, string?]>>,
    ): void {
      told = Object.fromEntries(
        Object.entries(endpoints).flatMap(([id, [properties, required, price]]) => [
          [
            `/api/openapi/queue/openapi.json?endpoint_id=${encodeURIComponent(id)}`,
            schemaOf(properties, required),
          ],
          [`/models/${id}/llms.txt`, `## Pricing\n\n${price ?? 'It depends.'}\n\n## API\n`],
        ]),
      );
      drawn = { request_id: 'r-1', status: 'IN_QUEUE' };
    }

    const banana = { prompt: {}, aspect_ratio: shape, seed: { type: 'integer' } };
    const pair = {
      'google/nano-banana-2.1': [banana, ['prompt'], 'Price: **$0.04** per image.'],
      'google/nano-banana-2.1/edit': [
        { ...banana, image_urls: list },
        ['prompt', 'image_urls'],
        '- **Price**: $0.05 per images',
      ],
    } as const;

    for (const model of Object.keys(pair)) {
      it(`goes to the endpoint that is for it, with ${model} in the setting`, async () => {
        serve(pair);
        const studio = studioAt('fal', model);
        assert.deepEqual(await capabilitiesOf(studio), {
          aspects: ['16:9', '9:16'],
          references: 14,
          seed: true,
          price: { currency: 'USD', amount: 0.05 },
        });
        const alone = await ordered(studio, { seed: 7 });
        assert.equal(alone.url, '/google/nano-banana-2.1');
        assert.deepEqual(bodyOf(alone), { prompt, aspect_ratio: '9:16', seed: 7 });
        const beside = await ordered(studio, { references: looks });
        assert.equal(beside.url, '/google/nano-banana-2.1/edit');
        assert.deepEqual(bodyOf(beside), {
          prompt,
          aspect_ratio: '9:16',
          image_urls: looks.map(dataUri),
        });
      });
    }

    it('asks each endpoint once for what it is', async () => {
      serve(pair);
      const studio = studioAt('fal', 'google/nano-banana-2.1');
      await capabilitiesOf(studio);
      await ordered(studio, { references: looks });
      await ordered(studio, {});
      assert.equal(server.count('GET'), 0);
    });

    for (const [sizes, expected] of [
      [
        ['square_hd', 'square', 'portrait_4_3', 'portrait_16_9', 'landscape_4_3', 'landscape_16_9'],
        'portrait_16_9',
      ],
      [['1024x1024', '1536x1024', '1024x1536'], '1024x1536'],
      [['auto'], undefined],
    ] as const) {
      it(`has the size that is nearest to the shape: ${String(expected)}`, async () => {
        const image_size = {
          anyOf: [
            { type: 'object', properties: { width: {} } },
            { type: 'string', enum: sizes },
          ],
        };
        serve({ 'fal-ai/flux-2': [{ prompt: {}, image_size }] });
        const order = await ordered(studioAt('fal', 'fal-ai/flux-2'));
        assert.equal(field(bodyOf(order), 'image_size'), expected);
      });
    }

    it('has one picture for a model that takes one alone', async () => {
      serve({
        'a/kontext': [{ prompt: {}, image_url: { type: 'string' } }, ['prompt', 'image_url']],
      });
      const studio = studioAt('fal', 'a/kontext');
      assert.equal((await capabilitiesOf(studio)).references, 1);
      const order = await ordered(studio, { references: [mara] });
      assert.deepEqual(bodyOf(order), { prompt, image_url: dataUri(mara) });
      for (const references of [[], looks]) {
        server.asked.length = 0;
        const error = await failure(studio.draw({ ...words, references }, context));
        assert.match(error.message, /Nothing was sent/);
        assert.equal(server.count('POST'), 0);
      }
    });

    it('is words alone where no endpoint tells anything', async () => {
      drawn = { request_id: 'r-1' };
      const studio = studioAt('fal', 'a/b');
      assert.equal((await capabilitiesOf(studio)).references, 0);
      assert.deepEqual(bodyOf(await ordered(studio, { seed: 7 })), { prompt });
    });
  });

  describe('to ComfyUI', () => {
    const flux = {
      '3': {
        class_type: 'KSampler',
        inputs: { seed: 5, positive: ['6', 0], negative: ['7', 0], latent_image: ['5', 0] },
      },
      '5': { class_type: 'EmptyLatentImage', inputs: { width: 1024, height: 576, batch_size: 1 } },
      '6': { class_type: 'CLIPTextEncode', inputs: { text: 'a cat', clip: ['4', 1] } },
      '7': { class_type: 'CLIPTextEncode', inputs: { text: 'blurry', clip: ['4', 1] } },
      '9': { class_type: 'SaveImage', inputs: { images: ['3', 0] } },
    };
    const edit = {
      ...flux,
      '10': { class_type: 'LoadImage', inputs: { image: 'a.png' } },
      '11': { class_type: 'LoadImage', inputs: { image: 'b.png' } },
      '12': { class_type: 'LoadImageMask', inputs: { image: 'mask.png' } },
    };
    let comfy: ComfyUiServer;

    beforeEach(async () => {
      comfy = await ComfyUiServer.start({
        clip: Buffer.from('clip'),
        picture: Buffer.from(mara.bytes),
        isQuick: true,
      });
    });

    afterEach(() => comfy.close());

    const studioOf = (files: Readonly<Record<string, unknown>>): PictureStudio =>
      studioAt('comfyui', 'flux.json', comfy.url, {
        read: (name) =>
          Promise.resolve(files[name] === undefined ? undefined : JSON.stringify(files[name])),
      });

    const inputAt = (node: string, input: string): unknown =>
      field(comfy.orders.at(-1), node, 'inputs', input);

    it('is the workflow with the words, the shape and the seed in it, and brings what it saves', async () => {
      const studio = studioOf({ 'flux.json': flux });
      assert.deepEqual(await capabilitiesOf(studio), {
        aspects: ['16:9', '9:16', '1:1'],
        references: 0,
        seed: true,
        price: { currency: 'USD', amount: 0 },
      });
      const job: RemoteJob = await studio.draw({ ...words, seed: 7 }, context);
      assert.deepEqual(
        [inputAt('6', 'text'), inputAt('5', 'width'), inputAt('5', 'height'), inputAt('3', 'seed')],
        [prompt, 576, 1024, 7],
      );
      assert.equal((await studio.poll(job, context)).state, 'ready');
      const source = await studio.result(job, context);
      assert.equal(source.kind, 'http');
      assert.match(source.url, /\/view\?filename=clip_00001_\.png/);
    });

    it('draws after pictures with the workflow beside it, and without them with its own', async () => {
      const studio = studioOf({ 'flux.json': flux, 'flux.edit.json': edit });
      assert.equal((await capabilitiesOf(studio)).references, 2);
      await studio.draw({ ...words, references: looks }, context);
      const names = [...comfy.pictures.keys()];
      assert.deepEqual([inputAt('10', 'image'), inputAt('11', 'image')], names);
      assert.equal(inputAt('12', 'image'), 'mask.png');
      assert.deepEqual(
        [...comfy.pictures.values()],
        looks.map(({ bytes }) => Buffer.from(bytes)),
      );
      await studio.draw({ ...words, jobId: 'job-2' }, context);
      assert.equal(inputAt('10', 'image'), undefined);
    });

    it('draws nobody whom the workflow has loaded for itself', async () => {
      const studio = studioOf({ 'flux.json': edit });
      const error = await failure(studio.draw(words, context));
      assert.match(error.message, /only draws after other pictures/);
      assert.deepEqual(comfy.orders, []);
    });

    it('has failed where the workflow saves a video instead', async () => {
      const film = await ComfyUiServer.start({ clip: Buffer.from('clip'), isQuick: true });
      try {
        const studio = studioAt('comfyui', 'flux.json', film.url, {
          read: (name) => Promise.resolve(name === 'flux.json' ? JSON.stringify(flux) : undefined),
        });
        const job = await studio.draw(words, context);
        const answer = await studio.poll(job, context);
        assert.equal(answer.state, 'failed');
        assert.match(answer.reason, /no picture/);
      } finally {
        await film.close();
      }
    });
  });
});
