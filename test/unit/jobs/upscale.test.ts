import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ScenewrightError } from '../../../src/base/errors.ts';
import type { JobManager } from '../../../src/jobs/manager.ts';
import { upscaleOf, type JobOrder, type JobRecord, type JobView } from '../../../src/jobs/job.ts';
import { stateOf } from '../../../src/jobs/job-state.ts';
import { upscaledPath } from '../../../src/jobs/paths.ts';
import { JobStore } from '../../../src/jobs/job-store.ts';
import type { Enlarger } from '../../../src/jobs/manager-options.ts';
import type { UpscaleRequest } from '../../../src/studios/port.ts';
import { Loopback } from '../net/loopback.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { serve } from './clips.ts';
import {
  World,
  askedWith,
  jumpingTime,
  onThisMachine,
  recordOf,
  until,
  untilState,
} from './world.ts';

describe('clips that are enlarged to 4K', () => {
  let world: World;
  let server: Loopback;
  const clip = mp4(20_000);
  const large = mp4(60_000);
  let orders: { request: UpscaleRequest; secret: string | undefined }[];

  beforeEach(async () => {
    world = await World.make();
    orders = [];
    server = await Loopback.start((asked, response) => {
      serve(asked.url === '/large' ? large : clip, asked, response);
    });
    world.studio.onResult = ({ remoteId }) => {
      const name = remoteId.startsWith('large') ? 'large' : 'clip';
      return Promise.resolve({ kind: 'http', url: `${server.url}/${name}`, headers: {} });
    };
    world.studio.upscale = async (request, context) => {
      const { secret } = await askedWith(context);
      orders.push({ request, secret });
      return Promise.resolve(onThisMachine({ remoteId: `large-${request.jobId}` }));
    };
  });

  afterEach(async () => {
    await world.close();
    await server.close();
  });

  const opened = async (more: Parameters<World['window']>[0] = {}): Promise<JobManager> => {
    const manager = world.window({ upscale: () => '4k', ...more });
    await manager.start();
    return manager;
  };

  /** Order one and wait until nothing is left to do. */
  const one = async (manager: JobManager): Promise<JobView> => {
    const [view] = await manager.enqueue(world.orders(1));
    const id = view?.id ?? '';
    await until(() => ['done', 'failed', 'unclear'].includes(manager.view(id)?.state ?? ''));
    const ended = manager.view(id);
    assert.ok(ended);
    return ended;
  };

  const onDisk = (id: string): Promise<JobRecord> => world.onDisk(id);

  /** A job whose clip is here, as an earlier window may have left it. */
  const left = async (upscale: Partial<JobOrder>): Promise<string> => {
    const { file, root } = world.order(1);
    const manager = world.window();
    await manager.start();
    const { id } = await one(manager);
    await manager.dispose();
    const store = new JobStore(world.storage);
    await store.load();
    await store.remove(id);
    const render = { state: 'saved', remote: onThisMachine({ remoteId: 'r' }) } as const;
    const account = upscale.state === 'queued' ? {} : { account: 'account-1' };
    await store.save(recordOf({ file, root, render, upscale: { ...account, ...upscale } }));
    return 'job-1';
  };

  const whole = async (view: JobView): Promise<void> => {
    assert.ok((await readFile(view.file ?? '')).equals(clip), 'the clip itself stays');
    if (view.upscaled === '4k') {
      assert.ok((await readFile(view.upscaledFile ?? '')).equals(large));
    }
  };

  it('come to lie beside the clip, by the studio that rendered it and the same account', async () => {
    const manager = await opened();
    const view = await one(manager);
    assert.equal(view.state, 'done');
    assert.equal(view.upscaled, '4k');
    assert.equal(view.upscaledFile, upscaledPath(view.file ?? ''));
    assert.match(view.upscaledFile ?? '', /scene-001\.4k\.mp4$/);
    await whole(view);
    assert.equal(orders[0]?.secret, 'the-secret-key');
    assert.deepEqual(orders[0].request.render.remoteId, `remote-${view.id}`);
    assert.deepEqual([orders[0].request.jobId, orders[0].request.seconds], [`${view.id}-4k`, 8]);
    assert.equal(world.studio.submitted.length, 1);
  });

  it('are left as they are where nobody asks for it, until the writer does', async () => {
    const manager = await opened({ upscale: () => 'off' });
    const { id, upscaled } = await one(manager);
    assert.equal(upscaled, undefined);
    assert.equal((await manager.upscale(id)).state, 'upscaling');
    const view = await untilState(manager, id, 'done');
    assert.equal(view.upscaled, '4k');
    await manager.upscale(id);
    assert.equal(orders.length, 1, 'what is there is not ordered again');
  });

  it('are one at a time for each account', async () => {
    const running = new Map<string, number>();
    let most = 0;
    world.studio.upscale = async ({ jobId }, context) => {
      const { secret = '' } = await askedWith(context);
      running.set(secret, (running.get(secret) ?? 0) + 1);
      most = Math.max(most, running.get(secret) ?? 0);
      orders.push({ request: { jobId } as UpscaleRequest, secret });
      return onThisMachine({ remoteId: `large-${jobId}`, data: { secret } });
    };
    let asked = 0;
    world.studio.onPoll = ({ remoteId, data }) => {
      if (!remoteId.startsWith('large') || ++asked % 3 !== 0) {
        return Promise.resolve({ state: remoteId.startsWith('large') ? 'rendering' : 'ready' });
      }
      running.set(data?.secret ?? '', 0);
      return Promise.resolve({ state: 'ready' });
    };
    for (const id of ['a', 'b']) await world.keys.put(id, `secret-of-${id}`);
    const manager = await opened();
    await manager.enqueue(world.orders(8).map((order) => ({ ...order, accounts: ['a', 'b'] })));
    await until(() => manager.views().every(({ state }) => state === 'done'));
    assert.equal(most, 1);
    assert.equal(orders.length, 8);
    assert.ok(manager.views().every(({ upscaled }) => upscaled === '4k'));
  });

  it('are on disk as ordered before the order goes out, and by its id before it is asked for', async () => {
    const seen: string[] = [];
    const note = async (jobId: string): Promise<void> => {
      const record = await onDisk(jobId.replace(/-4k$/, ''));
      const upscale = upscaleOf(record);
      seen.push(`${stateOf(record)} ${upscale?.state} ${upscale?.remote?.remoteId ?? '-'}`);
    };
    world.studio.upscale = async ({ jobId }) => {
      await note(jobId);
      return onThisMachine({ remoteId: `large-${jobId}` });
    };
    world.studio.onPoll = async ({ remoteId }) => {
      if (remoteId.startsWith('large')) await note(remoteId.replace('large-', ''));
      return { state: 'ready' };
    };
    const { id } = await one(await opened());
    assert.deepEqual(seen, ['upscaling submitting -', `upscaling accepted large-${id}-4k`]);
  });

  it('are unclear when the answer is lost: the clip stays, and only the writer sends it again', async () => {
    const answer = world.studio.upscale;
    assert.ok(answer);
    let asked = 0;
    world.studio.upscale = () => {
      asked++;
      return Promise.reject(new ScenewrightError('unclear', 'It may have been taken.'));
    };
    const manager = await opened();
    const view = await one(manager);
    assert.deepEqual([view.state, view.stage], ['unclear', 'upscale']);
    await whole(view);
    await assert.rejects(manager.upscale(view.id), /may have been taken already/);
    assert.equal(await manager.retryFailed(), 0);
    await manager.dispose();
    const later = await opened();
    assert.equal(later.view(view.id)?.state, 'unclear');
    assert.equal(asked, 1);
    world.studio.upscale = answer;
    await later.retry(view.id);
    const done = await untilState(later, view.id, 'done');
    assert.equal(done.upscaled, '4k');
    assert.deepEqual(
      orders.map(({ request }) => request.jobId),
      [`${view.id}-4k`],
      'under the same name',
    );
    assert.equal(world.studio.submitted.length, 1);
  });

  it('are found unclear after a crash in the middle of the order', async () => {
    const id = await left({ state: 'submitting' });
    const manager = await opened();
    const view = await untilState(manager, id, 'unclear');
    assert.match(view.error ?? '', /may or may not have been taken\. The clip is here/);
    await whole(view);
    assert.deepEqual(orders, []);
  });

  for (const state of ['accepted', 'ready', 'fetching'] as const) {
    it(`are never ordered anew when a crash left them ${state}`, async () => {
      const remote = onThisMachine({ remoteId: 'large-1' });
      const id = await left({ state, remote });
      const manager = await opened();
      await whole(await untilState(manager, id, 'done'));
      assert.equal(manager.view(id)?.upscaled, '4k');
      assert.deepEqual(orders, []);
    });
  }

  it('never fail the clip, and a retry only enlarges', async () => {
    let failing = true;
    world.studio.onPoll = ({ remoteId }) =>
      Promise.resolve(
        failing && remoteId.startsWith('large')
          ? { state: 'failed', reason: 'too large' }
          : { state: 'ready' },
      );
    const manager = await opened();
    const view = await one(manager);
    assert.deepEqual([view.state, view.stage], ['done', 'upscale']);
    assert.match(view.error ?? '', /enlargement failed: too large/);
    await whole(view);
    failing = false;
    await manager.retry(view.id);
    const done = await untilState(manager, view.id, 'done');
    assert.deepEqual([done.upscaled, done.stage, done.error], ['4k', undefined, undefined]);
    assert.deepEqual(
      orders.map(({ request }) => request.jobId),
      [`${view.id}-4k`, `${view.id}-4k-2`],
    );
    assert.equal(world.studio.submitted.length, 1);
  });

  it('are fetched again, not ordered again, when only the download failed', async () => {
    server.answer = (asked, response) => {
      if (asked.url === '/large') response.writeHead(404).end();
      else serve(clip, asked, response);
    };
    const manager = await opened({ clock: jumpingTime() });
    const view = await one(manager);
    assert.deepEqual([view.state, view.stage], ['done', 'upscale']);
    server.answer = (asked, response) => {
      serve(asked.url === '/large' ? large : clip, asked, response);
    };
    assert.equal(await manager.retryFailed(), 1);
    await whole(await untilState(manager, view.id, 'done'));
    assert.equal(orders.length, 1);
  });

  it('are dropped when they are cancelled, at the service too, and the clip stays', async () => {
    world.studio.onPoll = ({ remoteId }) =>
      Promise.resolve({ state: remoteId.startsWith('large') ? 'rendering' : 'ready' });
    const manager = await opened();
    const [view] = await manager.enqueue(world.orders(1));
    const id = view?.id ?? '';
    await until(() => orders.length === 1 && manager.view(id)?.state === 'upscaling');
    await until(() => world.studio.polls > 2);
    const cancelled = await manager.cancel(id);
    assert.equal(cancelled.state, 'done');
    await whole(cancelled);
    assert.deepEqual(world.studio.cancelledIds, [`large-${id}-4k`]);
  });

  describe('by this machine', () => {
    const scaling: Enlarger = async (from, to, { onProgress }) => {
      onProgress(0.5);
      await copyFile(from, to);
      return 'scaled';
    };

    beforeEach(() => {
      delete world.studio.upscale;
    });

    it('are labelled as scaled', async () => {
      const view = await one(await opened({ enlarge: scaling }));
      assert.deepEqual([view.state, view.upscaled], ['done', 'scaled']);
      assert.ok((await readFile(view.upscaledFile ?? '')).equals(clip));
    });

    it('are one at a time', async () => {
      let running = 0;
      let most = 0;
      const enlarge: Enlarger = async (from, to, options) => {
        most = Math.max(most, ++running);
        const made = await scaling(from, to, options);
        running--;
        return made;
      };
      const manager = await opened({ enlarge });
      await manager.enqueue(world.orders(5));
      await until(() => manager.views().every(({ state }) => state === 'done'));
      assert.equal(most, 1);
    });

    it('say why not where there is no way', async () => {
      for (const enlarge of [undefined, () => Promise.resolve(undefined)]) {
        const manager = await opened(enlarge === undefined ? {} : { enlarge });
        const view = await one(manager);
        assert.deepEqual([view.state, view.stage, view.upscaled], ['done', undefined, undefined]);
        assert.match(view.note ?? '', /not enlarged: Fake does not do that.*ffmpeg/);
        await manager.remove(view.id);
        await manager.dispose();
      }
    });

    it('say so, and have not failed, where a clip is that large already', async () => {
      const enlarge: Enlarger = () =>
        Promise.reject(new ScenewrightError('bad-input', 'It is 3840 × 2160 already.'));
      const view = await one(await opened({ enlarge }));
      assert.deepEqual([view.state, view.error], ['done', undefined]);
      assert.equal(view.note, 'It is 3840 × 2160 already.');
    });

    it('never leave half a clip behind', async () => {
      const enlarge: Enlarger = async (_from, to) => {
        await writeFile(to, large.subarray(0, 30_000));
        return 'scaled';
      };
      const manager = await opened({ enlarge });
      const view = await one(manager);
      assert.deepEqual([view.state, view.stage], ['done', 'upscale']);
      await whole(view);
      const names = await readdir(path.dirname(view.file ?? ''));
      assert.deepEqual(names, ['scene-001.mp4']);
    });

    it('are broken off when they are cancelled or held, and made anew', async () => {
      let begun = 0;
      const enlarge: Enlarger = (from, to, options) => {
        if (++begun === 3) return scaling(from, to, options);
        return new Promise((_resolve, reject) => {
          options.signal.addEventListener('abort', () => {
            reject(options.signal.reason as Error);
          });
        });
      };
      const manager = await opened({ enlarge });
      const [view] = await manager.enqueue(world.orders(1));
      const id = view?.id ?? '';
      await until(() => begun === 1);
      await manager.pause(id);
      await manager.resume(id);
      await until(() => begun === 2);
      assert.equal((await manager.cancel(id)).state, 'done');
      await manager.upscale(id);
      const done = await untilState(manager, id, 'done');
      assert.equal(done.upscaled, 'scaled');
      assert.ok(existsSync(done.upscaledFile ?? ''));
    });
  });
});
