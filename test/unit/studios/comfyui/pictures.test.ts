import assert from 'node:assert/strict';
import { pngBytes } from '../../../../fixtures/picture-bytes.ts';
import { Http } from '../../../../src/net/http.ts';
import { field } from '../../../../src/studios/answer.ts';
import { ComfyUiStudio } from '../../../../src/studios/comfyui.ts';
import { readApiWorkflow } from '../../../../src/studios/comfyui/api-workflow.ts';
import { picturePlaces } from '../../../../src/studios/comfyui/picture-places.ts';
import type {
  OrderPictures,
  ReferencePicture,
  TakenPictures,
} from '../../../../src/studios/pictures.ts';
import { ComfyUiServer, type ComfyUiOptions } from '../../../studio/comfyui-server.ts';
import { failure } from '../../../support/failure.ts';
import { contextOf, request } from '../contract.ts';
import { wan } from './sample-workflows.ts';

const load = (image: string, title = 'Load Image'): object => ({
  class_type: 'LoadImage',
  inputs: { image },
  _meta: { title },
});

/** From a first to a last frame, one of which is scaled on its way. */
const framed = {
  ...wan,
  '80': load('start.png'),
  '81': load('end.png'),
  '82': { class_type: 'ImageScale', inputs: { image: ['80', 0], width: 832, height: 480 } },
  '83': {
    class_type: 'WanFirstLastFrameToVideo',
    inputs: { start_image: ['82', 0], end_image: ['81', 0] },
  },
};

const titled = {
  ...wan,
  '80': load('a.png', 'SCENEWRIGHT:reference'),
  '81': load('b.png', 'Her face SCENEWRIGHT:references'),
  '82': load('c.png', 'SCENEWRIGHT:last_frame'),
  '83': load('c.png', 'SCENEWRIGHT:first_frame'),
};

const picture = (content: string): ReferencePicture => ({
  name: `${content}.png`,
  type: 'image/png',
  bytes: pngBytes(content),
  shows: content,
});

describe('pictures in workflows of ComfyUI', () => {
  let server: ComfyUiServer;

  afterEach(() => server.close());

  const studioOf = async (
    nodes: unknown,
    options: Partial<ComfyUiOptions> = {},
  ): Promise<ComfyUiStudio> => {
    server = await ComfyUiServer.start({ clip: Buffer.from('clip'), ...options });
    const workflow = JSON.stringify(nodes);
    return new ComfyUiStudio({
      baseUrl: server.url,
      model: 'comfyui/a.json',
      http: new Http(),
      files: { read: (name) => Promise.resolve(name.endsWith('a.json') ? workflow : undefined) },
    });
  };

  const order = async (studio: ComfyUiStudio, pictures: OrderPictures): Promise<void> => {
    await studio.submit({ ...request, pictures }, contextOf());
  };

  /** What a node of the last order draws with. */
  const drawnAt = (node: string): string | undefined => {
    const name = String(field(server.orders.at(-1), node, 'inputs', 'image'));
    return server.pictures.get(name)?.toString('latin1') ?? name;
  };

  const bytesOf = (content: string): string => pngBytes(content).toString('latin1');

  for (const [what, nodes, takes] of [
    ['no picture', wan, undefined],
    ['frames', framed, { firstFrame: true, lastFrame: true }],
    ['all that its titles say', titled, { firstFrame: true, lastFrame: true, references: 2 }],
  ] as const satisfies readonly (readonly [string, unknown, TakenPictures | undefined])[]) {
    it(`are declared where a workflow takes ${what}`, async () => {
      const studio = await studioOf(nodes);
      assert.deepEqual((await studio.capabilities(contextOf())).pictures, takes);
    });
  }

  it('are handed to the server, each where it goes', async () => {
    const studio = await studioOf(titled);
    const [mara, tom, stairs] = ['mara', 'tom', 'stairs'].map(picture);
    assert.ok(mara && tom && stairs);
    await order(studio, { firstFrame: stairs, references: [mara, tom] });
    assert.deepEqual(['83', '80', '81'].map(drawnAt), ['stairs', 'mara', 'tom'].map(bytesOf));
    assert.equal(drawnAt('82'), 'c.png', 'what the order has nothing for stays as it is');
  });

  it('are of nobody else where there are fewer than places', async () => {
    const studio = await studioOf(titled);
    await order(studio, { references: [picture('mara')] });
    assert.deepEqual(['80', '81'].map(drawnAt), ['mara', 'mara'].map(bytesOf));
  });

  it('go through the wiring where no title says it', async () => {
    const studio = await studioOf(framed);
    await order(studio, { firstFrame: picture('a'), lastFrame: picture('b'), references: [] });
    assert.deepEqual(['80', '81'].map(drawnAt), ['a', 'b'].map(bytesOf));
  });

  it('all go out or nothing does', async () => {
    const studio = await studioOf(framed);
    const references = [picture('mara')];
    assert.equal((await failure(order(studio, { references }))).code, 'bad-input');
    assert.deepEqual([server.orders.length, server.pictures.size], [0, 0]);
  });

  it('are no order: what a server does not take can be tried again', async () => {
    const studio = await studioOf(framed, { takesNoPictures: true });
    const { code } = await failure(order(studio, { firstFrame: picture('a'), references: [] }));
    assert.notEqual(code, 'unclear');
    assert.equal(server.orders.length, 0);
  });
});

describe('the places of pictures', () => {
  it('are found in whatever is wired, also in a circle', () => {
    const circle = {
      ...wan,
      '80': { class_type: 'ImageScale', inputs: { image: ['81', 0] } },
      '81': { class_type: 'ImageScale', inputs: { image: ['80', 0] } },
      '82': { class_type: 'X', inputs: { start_image: ['80', 0], end_image: ['99', 0] } },
    };
    const places = picturePlaces(readApiWorkflow(JSON.stringify(circle), 'a'));
    assert.deepEqual(places, { firstFrame: [], lastFrame: [], references: [] });
  });
});
