import assert from 'node:assert/strict';
import type { FinishSummary, JobManager } from '../../../src/jobs/manager.ts';
import type { JobOrder } from '../../../src/jobs/job.ts';
import { JobStore } from '../../../src/jobs/job-store.ts';
import type { Loopback } from '../net/loopback.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { serve } from './clips.ts';
import { World, jumpingTime, onThisMachine, recordOf, until } from './world.ts';

describe('many video jobs together', () => {
  let world: World;
  let server: Loopback;
  const clip = mp4(20_000);

  beforeEach(async () => {
    world = await World.make();
    server = await world.serving(clip);
  });

  afterEach(async () => {
    await world.close();
    await server.close();
  });

  const opened: World['opened'] = (more) => world.opened(more);

  const finished = (manager: JobManager): Promise<FinishSummary> =>
    new Promise((resolve) => {
      const listener = manager.onDidFinish((summary) => {
        listener.dispose();
        resolve(summary);
      });
    });

  const states = (manager: JobManager): string[] => manager.views().map(({ state }) => state);

  it('can be held and let go all at once, also over a restart', async () => {
    world.studio.onPoll = () => Promise.resolve({ state: 'rendering' });
    const first = await opened({ submitParallel: 1 });
    await first.enqueue(world.orders(10));
    await until(() => world.studio.submitted.length >= 3);
    await first.pauseAll();
    assert.ok(first.views().every(({ paused }) => paused));
    const { length } = world.studio.submitted;
    await first.dispose();
    world.studio.onPoll = () => Promise.resolve({ state: 'ready' });
    const later = await opened();
    // What was being rendered goes on being asked after, and waits there.
    await until(() => states(later).every((state) => state === 'queued' || state === 'ready'));
    assert.ok(world.studio.submitted.length <= length + 1);
    await later.resumeAll();
    await until(() => states(later).every((state) => state === 'done'));
    assert.equal(world.studio.submitted.length, 10);
  });

  it('are tried again together where that may help, and never what is unclear or over', async () => {
    const { file, root } = world.order(1);
    const store = new JobStore(world.storage);
    await store.load();
    const put = async (id: string, render: Partial<JobOrder>): Promise<void> => {
      await store.save(recordOf({ id, file: file.replace('001', id), root, render }));
    };
    const remote = onThisMachine({ remoteId: 'r' });
    await put('line', { state: 'failed', stage: 'download', retryable: true, remote });
    await put('busy', { state: 'failed', stage: 'submit', retryable: true });
    await put('wrong', { state: 'failed', stage: 'submit', retryable: false });
    await put('lost', { state: 'unclear', stage: 'submit', retryable: false });
    await put('late', { state: 'expired', remote });
    await put('unwanted', { state: 'cancelled' });
    await put('well', { state: 'saved', remote });
    const manager = await opened();
    assert.equal(await manager.retryFailed(), 2);
    await until(() => ['line', 'busy'].every((id) => manager.view(id)?.state === 'done'));
    assert.equal(manager.view('wrong')?.state, 'failed');
    assert.equal(manager.view('lost')?.state, 'unclear');
    assert.equal(manager.view('late')?.state, 'expired');
    assert.equal(manager.view('unwanted')?.state, 'cancelled');
    assert.deepEqual(
      world.studio.submitted.map(({ request }) => request.jobId),
      ['busy'],
    );
  });

  it('are summed up at the end: clips, failures, bytes, time and money', async () => {
    const time = jumpingTime();
    world.studio.onPoll = ({ remoteId }) => {
      if (remoteId.endsWith(unlucky)) return Promise.resolve({ state: 'failed', reason: 'dark' });
      return Promise.resolve(remoteId.endsWith(idle) ? { state: 'rendering' } : { state: 'ready' });
    };
    let unlucky = '-';
    let idle = '-';
    world.studio.onSubmit = ({ jobId, number }) => {
      if (number === 1) unlucky = jobId;
      if (number === 2) idle = jobId;
      return Promise.resolve({ remoteId: jobId });
    };
    const manager = await opened({ clock: time, pollMs: () => 2000 });
    const began = time.now();
    const summary = finished(manager);
    const price = { currency: 'USD', amount: 0.8 };
    const views = await manager.enqueue(world.orders(5).map((order) => ({ ...order, price })));
    await until(() => states(manager).filter((state) => state === 'done').length === 3);
    await manager.cancel(views[1]?.id ?? '');
    const { succeeded, failed, skipped, bytes, milliseconds, money, jobs } = await summary;
    assert.deepEqual([succeeded, failed, skipped, jobs.length], [3, 1, 1, 5]);
    assert.equal(bytes, 3 * clip.length);
    assert.deepEqual(money, { currency: 'USD', amount: 2.4 });
    assert.ok(milliseconds >= 2000 && milliseconds <= time.now() - began);
  });

  it('tell of no money where prices are unknown, and of each render once', async () => {
    const manager = await opened({ clock: jumpingTime() });
    let summary = finished(manager);
    await manager.enqueue(world.orders(1));
    assert.equal((await summary).money, undefined);

    server.answer = (_asked, response) => {
      response.writeHead(404).end();
    };
    summary = finished(manager);
    const price = { currency: 'EUR', amount: 2 };
    const [view] = await manager.enqueue([{ ...world.order(2), price }]);
    assert.deepEqual((await summary).money, price, 'paid, although it did not arrive');
    server.answer = (asked, response) => {
      serve(clip, asked, response);
    };
    summary = finished(manager);
    await manager.retry(view?.id ?? '');
    const { succeeded, money } = await summary;
    assert.deepEqual([succeeded, money], [1, undefined]);
  });

  it('do not keep one studio waiting for another', async () => {
    const { studio } = world;
    const slow = Object.create(studio) as typeof studio;
    let slowPolls = 0;
    slow.poll = () => {
      slowPolls++;
      return new Promise(() => undefined);
    };
    const manager = await opened({
      studios: (id) => (id === 'slow' ? slow : studio),
      pollMs: () => 1,
      graceMs: 1,
    });
    await manager.enqueue(world.orders(30).map((order) => ({ ...order, studio: 'slow' })));
    await until(() => slowPolls === 8);
    const views = await manager.enqueue(
      world.orders(10).map((order) => ({ ...order, file: order.file.replace('scene-', 'fast-') })),
    );
    await until(() => views.every(({ id }) => manager.view(id)?.state === 'done'));
    assert.equal(slowPolls, 8, 'no more at once than one studio is asked');
  });

  it('go on at the pace of their number: ten thousand are no burden', async function () {
    this.timeout(120_000);
    const many = 10_000;
    const store = new JobStore(world.storage);
    await store.load();
    const remote = onThisMachine({ remoteId: 'r' });
    await Promise.all(
      Array.from({ length: many }, (_, index) => {
        const state = index % 100 === 0 ? ('accepted' as const) : ('saved' as const);
        return store.save(
          recordOf({ id: `old-${index}`, number: index, render: { state, remote } }),
        );
      }),
    );
    world.studio.onPoll = () => Promise.resolve({ state: 'rendering' });
    const manager = world.window();
    const loaded = new Promise((resolve) => manager.onDidChange(resolve));
    await manager.start();
    assert.equal(manager.views().length, many);
    await loaded;
    let told = 0;
    manager.onDidChange((views) => {
      told = Math.max(told, views.length);
    });
    const views = await manager.enqueue(world.orders(20));
    await until(() => views.every(({ id }) => manager.view(id)?.state === 'rendering'));
    assert.ok(told <= 120, `${told} jobs were told of at once: only those that changed are`);
    assert.equal(world.studio.submitted.length, 20);
  });
});
