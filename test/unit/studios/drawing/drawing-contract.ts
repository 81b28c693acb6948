import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { pngBytes } from '../../../../fixtures/picture-bytes.ts';
import type { JobManager } from '../../../../src/jobs/manager.ts';
import type { JobView, NewJob } from '../../../../src/jobs/job.ts';
import { KeptPictures } from '../../../../src/studios/drawing/kept-pictures.ts';
import { createDrawing, type DrawingProvider } from '../../../../src/studios/drawing/registry.ts';
import type { PictureStudio } from '../../../../src/studios/port.ts';
import type { WorkspaceFiles } from '../../../../src/studios/workspace-files.ts';
import { TestAccounts } from '../../../support/key-store.ts';
import { untilState, World } from '../../jobs/world.ts';
import { Loopback, type Asked } from '../../net/loopback.ts';
import { secret } from '../contract.ts';

/** What a service makes of its next order. */
export type Whim = 'draws' | 'declines' | 'is silent' | 'forgets the picture';

/** A service for pictures as its documentation describes it. */
export interface DrawingWire {
  readonly provider: DrawingProvider;
  readonly model: string;
  /** What the base URL has after the origin, as in `/api/v1`. */
  readonly basePath: string;
  /** The header that carries the key, and how. */
  readonly key: { readonly header: string; readonly value: (secret: string) => string };
  /** Whether a request is the one that costs money. */
  readonly isOrder: (asked: Asked) => boolean;
  readonly answer: (asked: Asked, response: ServerResponse, moment: DrawingMoment) => void;
  /** The words with which it declines. */
  readonly declines: RegExp;
  readonly files?: WorkspaceFiles;
}

export interface DrawingMoment {
  readonly whim: Whim;
  readonly picture: Buffer;
  /** The origin of the service. */
  readonly url: string;
}

/** Everything that is relied on of a service for pictures, from the order to the file. */
export function drawsLikeAStudio({ answer, ...wire }: DrawingWire): void {
  const { provider, model, basePath, key, isOrder } = wire;

  describe(`the studio for pictures "${provider}"`, () => {
    const picture = pngBytes('drawn'.padEnd(300, '.'));
    let world: World;
    let server: Loopback;
    let keys: TestAccounts;
    let studio: PictureStudio;
    let manager: JobManager;
    let whim: Whim;

    beforeEach(async () => {
      world = await World.make();
      whim = 'draws';
      server = await Loopback.start((asked, response) => {
        if (isOrder(asked) && whim === 'is silent') response.destroy();
        else answer(asked, response, { whim, picture, url: server.url });
      });
      keys = new TestAccounts(provider, server.url);
      await keys.put('account-1', secret);
      studio = createDrawing(provider, {
        baseUrl: `${server.url}${basePath}`,
        model,
        http: world.http,
        kept: new KeptPictures(path.join(world.folder, '.kept')),
        ...(wire.files === undefined ? {} : { files: wire.files }),
      });
      manager = await world.opened({ pictureStudios: () => studio, account: keys.account });
    });

    afterEach(async () => {
      await world.close();
      await server.close();
    });

    const sheet = (): NewJob => ({
      ...world.order(1),
      drawing: 'character',
      number: 0,
      prompt: 'A sheet of Mara',
      studio: provider,
      file: path.join(world.folder, 'videos', 'story', 'pictures', 'mara.png'),
    });

    async function drawn(state: JobView['state']): Promise<JobView> {
      const [job] = await manager.enqueue([sheet()]);
      return await untilState(manager, job?.id ?? '', state);
    }

    const orders = (): number => server.asked.filter(isOrder).length;

    it('brings the picture to its place, asks with the key alone, and writes that down nowhere', async () => {
      const { file = '' } = await drawn('done');
      assert.deepEqual(await readFile(file), picture);
      assert.equal(orders(), 1);
      const [order] = server.asked.filter(isOrder);
      assert.equal(order?.headers[key.header], key.value(secret));
      for (const { url, body } of server.asked) assert.ok(!`${url} ${body}`.includes(secret), url);
      for (const name of await readdir(world.folder, { recursive: true })) {
        const bytes = await readFile(path.join(world.folder, name)).catch(() => Buffer.alloc(0));
        assert.ok(!bytes.includes(secret), name);
      }
    });

    it('says in its own words that it declined, once', async () => {
      whim = 'declines';
      const { error = '' } = await drawn('failed');
      assert.match(error, wire.declines);
      assert.equal(orders(), 1);
    });

    it('leaves an order unclear whose answer was lost, and does not send it again', async () => {
      whim = 'is silent';
      const { id } = await drawn('unclear');
      const [again] = await manager.enqueue([sheet()]);
      assert.equal(again?.id, id);
      assert.equal(orders(), 1);
    });

    it('neither takes what is no picture for one, nor orders another for that', async () => {
      whim = 'forgets the picture';
      const [job] = await manager.enqueue([sheet()]);
      while (!['failed', 'unclear'].includes(manager.view(job?.id ?? '')?.state ?? '')) {
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      assert.equal(orders(), 1);
      assert.doesNotMatch(manager.view(job?.id ?? '')?.error ?? '', /render|clip|video/i);
    });

    it('asks after nothing that was ordered elsewhere', async () => {
      const remote = {
        remoteId: 'r-1',
        data: {
          base: 'https://elsewhere.example',
          picture: 'https://elsewhere.example/a.png',
        },
      };
      const account = keys.account('account-1');
      assert.ok(account);
      const { signal } = new AbortController();
      await assert.rejects(studio.result(remote, { account, signal }), /picture service is now/);
      assert.deepEqual(server.asked, []);
    });
  });
}
