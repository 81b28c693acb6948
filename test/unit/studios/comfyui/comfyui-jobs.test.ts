import assert from 'node:assert/strict';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pngBytes } from '../../../../fixtures/picture-bytes.ts';
import { mp4 } from '../../../../fixtures/video-bytes.ts';
import type { JobRecord, JobView } from '../../../../src/jobs/job.ts';
import type { JobManager } from '../../../../src/jobs/manager.ts';
import { agreedTerms } from '../../../../src/jobs/steps/studio-address.ts';
import { ServerAccounts } from './server-accounts.ts';
import { promptIdOf } from '../../../../src/studios/comfyui/filled-workflow.ts';
import { KeptPictures } from '../../../../src/studios/drawing/kept-pictures.ts';
import { DrawingFactory } from '../../../../src/studios/drawing/registry.ts';
import type { PictureStudio, VideoStudio } from '../../../../src/studios/port.ts';
import { firstBindings } from '../../../../src/studios/comfyui/workflow-file.ts';
import { StudioFactory } from '../../../../src/studios/studio-factory.ts';
import { FilesOfFolders } from '../../../../src/studios/workspace-files.ts';
import { ComfyUiServer, type ComfyUiOptions } from '../../../studio/comfyui-server.ts';
import { recordOf, World, until, untilState } from '../../jobs/world.ts';
import { objectInfo, wan } from './sample-workflows.ts';

/** Scenes on their way through servers of ComfyUI, with all that the product has between them. */
describe('jobs with ComfyUI', () => {
  const clip = mp4(20_000);
  const model = 'comfyui/wan.json';
  let world: World;
  let accounts: ServerAccounts;
  let servers: ComfyUiServer[];

  beforeEach(async () => {
    world = await World.make();
    accounts = new ServerAccounts();
    servers = [];
    await mkdir(path.join(world.folder, 'comfyui'));
    await writeFile(path.join(world.folder, model), JSON.stringify(wan));
  });

  afterEach(async () => {
    await world.close();
    for (const server of servers) await server.close();
  });

  const start = async (options: Partial<ComfyUiOptions> = {}): Promise<ComfyUiServer> => {
    const server = await ComfyUiServer.start({ clip, info: objectInfo, ...options });
    servers.push(server);
    await accounts.add(`server-${servers.length}`, server.url, options.key ?? '');
    return server;
  };

  const studios = (): ((id: string, record?: JobRecord) => VideoStudio) => {
    const factory = new StudioFactory({
      http: world.http,
      files: new FilesOfFolders(() => [world.folder]),
      settings: () => ({ clipSeconds: [8], requestFormat: 'json', orderFormat: 'openai' }) as never,
    });
    return (_id, record) => {
      const agreed = record === undefined ? {} : agreedTerms(record);
      return factory.at('comfyui', agreed.address ?? '', agreed.model ?? model);
    };
  };

  const opened = async (): Promise<JobManager> =>
    await world.opened({ account: accounts.keyed, studios: studios() });

  const ordered = async (manager: JobManager, count = 1): Promise<readonly JobView[]> =>
    await manager.enqueue(
      world.orders(count).map((order) => ({
        ...order,
        studio: 'comfyui',
        accounts: accounts.ids,
        terms: { address: servers[0]?.url ?? '', model },
      })),
    );

  const one = async (manager: JobManager): Promise<string> => {
    const [view] = await ordered(manager);
    return view?.id ?? assert.fail();
  };

  /** What the server calls a job, once that is on disk. */
  const remoteName = async (id: string): Promise<string> => {
    for (;;) {
      const { remote } = (await world.onDisk(id)).orders[0];
      if (remote !== undefined) return remote.remoteId;
    }
  };

  it('go from the order to the clip, with the scene in the writer’s workflow', async () => {
    const server = await start();
    const manager = await opened();
    const id = await one(manager);
    await until(() => server.names.length === 1);
    server.finish();
    const { file = '' } = await untilState(manager, id, 'done');
    assert.deepEqual(await readFile(file), clip);
    const [order] = server.orders;
    assert.deepEqual(order?.['6']?.inputs, { text: 'A lighthouse, ink', clip: ['38', 0] });
    const { width, height, length } = order['59']?.inputs as Record<string, unknown>;
    assert.deepEqual([width, height, length], [832, 480, 129]);
    assert.deepEqual(order['7'], { ...(wan['7'] as object) });
    // How long it ran is kept.
    assert.equal((await world.onDisk(id)).orders[0].ranMs, 192_000);
  });

  it('share several servers, each with its own clips', async () => {
    const [first, second] = [await start(), await start({ key: 'sk-of-the-proxy' })];
    const manager = await opened();
    const views = await ordered(manager, 6);
    while (first.finished + second.finished < views.length) {
      await until(() => first.names.length + second.names.length > 0);
      (first.names.length > 0 ? first : second).finish();
    }
    for (const { id } of views) await untilState(manager, id, 'done');
    assert.ok(first.orders.length > 0 && second.orders.length > 0);
    assert.equal(first.orders.length + second.orders.length, views.length);
    const keys = first.loopback.asked.map(({ headers }) => headers.authorization);
    assert.deepEqual([...new Set(keys)], [undefined]);
    assert.doesNotMatch(JSON.stringify(await world.onDisk(views[0]?.id ?? '')), /sk-of/);
  });

  it('wait in the queue with one look at it for all of them', async () => {
    const server = await start();
    const manager = await opened();
    const views = await ordered(manager, 12);
    await until(() => server.names.length === views.length);
    const looks = (): number => server.loopback.asked.filter(({ url }) => url === '/queue').length;
    const histories = (): number =>
      server.loopback.asked.filter(({ url }) => url.startsWith('/history/')).length;
    const before = { looks: looks(), histories: histories() };
    await until(() => histories() > before.histories + 60);
    assert.ok(looks() - before.looks < 10, `${looks() - before.looks} looks`);
    while (server.finished < views.length) server.finish();
    for (const { id } of views) await untilState(manager, id, 'done');
  });

  it('are taken out of the queue when they are cancelled, and nobody else’s run is stopped', async () => {
    for (const isOld of [false, true]) {
      const server = await start({ isOld });
      accounts.only(servers.length - 1);
      const manager = await opened();
      const [running, waiting] = (await ordered(manager, 2)).map(({ id }) => id);
      const name = await remoteName(running ?? '');
      await remoteName(waiting ?? '');
      const isFirst = server.names[0] === name;
      const [first, second] = isFirst ? [running, waiting] : [waiting, running];
      await manager.cancel(second ?? '');
      await untilState(manager, second ?? '', 'cancelled');
      assert.deepEqual([server.interrupted.length, server.names.length], [0, 1]);
      await manager.cancel(first ?? '');
      await untilState(manager, first ?? '', 'cancelled');
      assert.deepEqual([server.interrupted.length, server.names.length], [1, 0]);
      await manager.dispose();
    }
  });

  it('say so where the server was started anew, and are ordered again only by the writer', async () => {
    const server = await start();
    const manager = await opened();
    const id = await one(manager);
    await until(() => server.names.length === 1);
    server.restart();
    const lost = await untilState(manager, id, 'expired');
    assert.match(lost.error ?? '', /This render has been forgotten/);
    assert.equal(await manager.retryFailed(), 0);
    assert.equal(server.orders.length, 1);
    await manager.retry(id);
    await until(() => server.names.length === 1);
    assert.equal(server.orders.length, 2);
    server.finish();
    assert.equal((await untilState(manager, id, 'done')).error, undefined);
  });

  it('are found at the server where the answer to the order was lost', async () => {
    const server = await start();
    server.loseAnswer = true;
    const manager = await opened();
    const id = await one(manager);
    await untilState(manager, id, 'rendering');
    server.finish();
    await untilState(manager, id, 'done');
    assert.equal(server.orders.length, 1);
  });

  describe('that a window died over while it ordered them', () => {
    const flux = {
      '6': { class_type: 'CLIPTextEncode', inputs: { text: 'a cat', clip: ['4', 1] } },
      '3': { class_type: 'KSampler', inputs: { positive: ['6', 0], latent_image: ['5', 0] } },
      '5': { class_type: 'EmptyLatentImage', inputs: { width: 1024, height: 576 } },
      '9': { class_type: 'SaveImage', inputs: { images: ['3', 0] } },
    };
    const picture = pngBytes('drawn'.padEnd(300, '.'));

    beforeEach(async () => {
      await writeFile(path.join(world.folder, 'comfyui/flux.json'), JSON.stringify(flux));
    });

    /** As the window left it: on its way, and nobody has heard the answer. */
    const left = (server: ComfyUiServer, id: string, kind: 'render' | 'picture'): JobRecord => {
      const [account = ''] = accounts.ids;
      const order = {
        kind,
        state: 'submitting',
        attempt: 0,
        accounts: [account],
        account,
      } as const;
      const record: JobRecord = {
        ...recordOf({ id, orders: [order] }),
        ...world.order(1),
        studio: 'comfyui',
        terms: { address: server.url, model: kind === 'render' ? model : 'comfyui/flux.json' },
      };
      const place = path.join(world.folder, 'videos/story/pictures/mara.png');
      return kind === 'render'
        ? record
        : { ...record, drawing: 'character', file: place, posterTried: true };
    };

    /** The server has heard it, under the name that such an order has. */
    const heard = async ({ url }: ComfyUiServer, id: string, prompt: object): Promise<void> => {
      const body = JSON.stringify({ prompt, client_id: 'scenewright', prompt_id: promptIdOf(id) });
      await fetch(`${url}/prompt`, { method: 'POST', body });
    };

    const next = async (): Promise<JobManager> => {
      const drawing = new DrawingFactory({
        http: world.http,
        kept: new KeptPictures(path.join(world.folder, '.kept')),
        files: new FilesOfFolders(() => [world.folder]),
      });
      const pictureStudios = (): PictureStudio => drawing.at('comfyui', '', 'comfyui/flux.json');
      return await world.opened({ account: accounts.keyed, studios: studios(), pictureStudios });
    };

    for (const [kind, workflow, made] of [
      ['render', wan, clip],
      ['picture', flux, picture],
    ] as const) {
      for (const isFinished of [false, true]) {
        it(`are found there: a ${kind} that is ${isFinished ? 'finished' : 'at work'}`, async () => {
          const server = await start(kind === 'picture' ? { picture } : {});
          await heard(server, 'job-a', workflow);
          if (isFinished) server.finish();
          await world.left(left(server, 'job-a', kind));
          const manager = await next();
          if (!isFinished) {
            await untilState(manager, 'job-a', 'rendering');
            server.finish();
          }
          const { file = '' } = await untilState(manager, 'job-a', 'done');
          assert.deepEqual(await readFile(file), made);
          assert.equal(server.orders.length, 1);
        });
      }

      it(`are unclear where it is not there, or cannot be asked: a ${kind}`, async () => {
        const server = await start(kind === 'picture' ? { picture } : {});
        await world.left(left(server, 'job-a', kind));
        const manager = await next();
        await untilState(manager, 'job-a', 'unclear');
        await until(() => server.loopback.asked.some(({ url }) => url === '/queue'));
        assert.equal(manager.view('job-a')?.state, 'unclear');
        // It is heard of late: then the writer’s retry finds it, and orders nothing.
        await heard(server, 'job-a', workflow);
        await manager.retry('job-a');
        await untilState(manager, 'job-a', 'rendering');
        server.finish();
        await untilState(manager, 'job-a', 'done');
        assert.equal(server.orders.length, 1);
      });
    }
  });

  it('are unclear where a server of before cannot tell that', async () => {
    const server = await start({ isOld: true });
    server.loseAnswer = true;
    const manager = await opened();
    await untilState(manager, await one(manager), 'unclear');
    assert.equal(server.orders.length, 1);
  });

  for (const [what, options, words] of [
    [
      'a model is not there',
      { missingModels: ['wan_high.safetensors'] },
      /“Load Diffusion Model”: Value not in list: unet_name: 'wan_high.safetensors'/,
    ],
    [
      'a node is not installed',
      { missingNodes: ['EmptyHunyuanLatentVideo'] },
      /“EmptyHunyuanLatentVideo”: .*node EmptyHunyuanLatentVideo does not exist/,
    ],
  ] as const) {
    it(`fail in the server’s words where ${what}, with the title of the node`, async () => {
      const server = await start(options);
      const manager = await opened();
      const { error, stage } = await untilState(manager, await one(manager), 'failed');
      assert.match(error ?? '', words);
      assert.equal(stage, 'submit');
      assert.equal(server.orders.length, 1);
    });
  }

  it('fail in the server’s words where the device has too little memory', async () => {
    const server = await start();
    const manager = await opened();
    const id = await one(manager);
    await until(() => server.names.length === 1);
    server.fail('57', 'Allocation on device 0 would exceed allowed memory. (out of memory)');
    const { error } = await untilState(manager, id, 'failed');
    assert.match(error ?? '', /“KSamplerAdvanced”: Allocation on device 0/);
  });

  it('fail where the workflow makes no video, and name what it made', async () => {
    const server = await start();
    const manager = await opened();
    const id = await one(manager);
    await until(() => server.names.length === 1);
    server.finish({ '61': { images: [{ filename: 'a.webp', subfolder: '', type: 'output' }] } });
    assert.match((await untilState(manager, id, 'failed')).error ?? '', /a\.webp and no video/);
  });

  it('say so where the address is that of something else', async () => {
    const server = await start();
    server.loopback.answer = (_asked, response) => {
      response.writeHead(404).end('<html>Printer</html>');
    };
    const manager = await opened();
    const { error } = await untilState(manager, await one(manager), 'failed');
    assert.match(error ?? '', /^It is not ComfyUI/);
  });

  it('go on in another window with what the record holds, and only at their own server', async () => {
    const server = await start();
    const first = await opened();
    const id = await one(first);
    await until(() => server.names.length === 1);
    await untilState(first, id, 'rendering');
    await first.dispose();
    server.finish();
    const other = await start();
    const second = await opened();
    await untilState(second, id, 'done');
    assert.equal(other.loopback.asked.length, 0);
  });

  it('are not sent while the workflow cannot be read, and say why', async () => {
    const server = await start();
    const outside = path.join(world.folder, '..', `${path.basename(world.folder)}-outside.json`);
    await writeFile(outside, JSON.stringify(wan));
    for (const [name, words] of [
      ['comfyui/gone.json', /There is no workflow comfyui\/gone\.json/],
      ['../outside.json', /not in the workspace/],
      [outside, /not in the workspace/],
      ['comfyui/link.json', /not in the workspace/],
      ['comfyui', /cannot be read/],
    ] as const) {
      await symlink(outside, path.join(world.folder, 'comfyui/link.json')).catch(() => undefined);
      const manager = await opened();
      const [view] = await manager.enqueue([
        {
          ...world.order(1),
          studio: 'comfyui',
          accounts: accounts.ids,
          terms: { address: server.url, model: name },
        },
      ]);
      const { error } = await untilState(manager, view?.id ?? '', 'failed');
      assert.match(error ?? '', words, name);
      await manager.remove(view?.id ?? '');
      await manager.dispose();
    }
    assert.equal(server.orders.length, 0);
  });

  it('put things where the file of bindings says, from the next order on', async () => {
    const server = await start();
    const files = new FilesOfFolders(() => [world.folder]);
    const { file, text } = await firstBindings(files, model);
    assert.equal(file, 'comfyui/wan.bindings.json');
    const manager = await opened();
    const bindings = JSON.parse(text) as object;
    const elsewhere = { node: 'CLIP Text Encode (Negative Prompt)', input: 'text' };
    for (const changes of [{}, { prompt: [elsewhere], negative: [] }]) {
      await writeFile(path.join(world.folder, file), JSON.stringify({ ...bindings, ...changes }));
      const id = await one(manager);
      await until(() => server.names.length === 1);
      server.finish();
      await untilState(manager, id, 'done');
    }
    const texts = server.orders.map((nodes) =>
      ['6', '7'].map((id) => (nodes[id]?.inputs as { text: string }).text),
    );
    const prompt = 'A lighthouse, ink';
    assert.deepEqual(texts, [
      [prompt, 'blurry'],
      ['a cat', prompt],
    ]);
  });

  it('never make a path here of what the server calls its files', async () => {
    const server = await start();
    const manager = await opened();
    const id = await one(manager);
    await until(() => server.names.length === 1);
    const filename = '../../../../etc/clip.mp4';
    server.finish({ '61': { gifs: [{ filename, subfolder: '/etc', type: 'output' }] } });
    const { file } = await untilState(manager, id, 'done');
    assert.equal(file, world.order(1).file);
    const view = server.loopback.asked.find(({ url }) => url.startsWith('/view?'));
    assert.equal(new URLSearchParams(view?.url.slice('/view?'.length)).get('filename'), filename);
  });
});
