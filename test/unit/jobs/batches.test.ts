import assert from 'node:assert/strict';
import type { FinishSummary, JobManager } from '../../../src/jobs/manager.ts';
import type { JobOrder, JobView } from '../../../src/jobs/job.ts';
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
    const put = async (id: string, render: Partial<JobOrder>, more = {}): Promise<void> => {
      await store.save(recordOf({ id, file: file.replace('001', id), root, render, ...more }));
    };
    const remote = onThisMachine({ remoteId: 'r' });
    await put('line', { state: 'failed', stage: 'download', retryable: true, remote });
    await put('busy', { state: 'failed', stage: 'submit', retryable: true });
    await put('wrong', { state: 'failed', stage: 'submit', retryable: false });
    await put('lost', { state: 'unclear', stage: 'submit', retryable: false });
    await put('late', { state: 'expired', remote });
    await put('unwanted', { state: 'cancelled' });
    await put('well', { state: 'saved', remote }, { scene: world.order(2).scene });
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

  it('that came to nothing are superseded once a later one of the same is here, and by nothing else', async () => {
    const { file, root } = world.order(1);
    const store = new JobStore(world.storage);
    await store.load();
    const remote = onThisMachine({ remoteId: 'r' });
    const failed = { state: 'failed', stage: 'submit', retryable: true, error: 'No.' } as const;
    const saved = { state: 'saved', remote } as const;
    let createdAt = 1;
    const put = async (id: string, more: Parameters<typeof recordOf>[0]): Promise<void> => {
      const number = 1 + (id.codePointAt(0) ?? 0);
      const scene = { ...world.order(1).scene, id: id.slice(0, 1).repeat(6) };
      const place = file.replace('001', `${number}-${id}`);
      createdAt++;
      await store.save(recordOf({ id, scene, number, file: place, root, createdAt, ...more }));
    };
    await put('a-failed', { render: failed });
    await put('a-expired', { render: { state: 'expired', remote } });
    await put('a-unclear', { render: { state: 'unclear', stage: 'submit' } });
    await put('a-cancelled', { render: { state: 'cancelled' } });
    await put('a-done', { render: saved, posterTried: true });
    await put('a-later', { render: failed });
    await put('b-failed', { render: failed });
    await put('b-drawn', { render: saved, posterTried: true, drawing: 'still' });
    await put('c-elsewhere', { render: saved, posterTried: true, script: 'file:///c.md' });
    await put('c-failed', { render: failed });
    const manager = await opened();
    const ids = (fits: (view: JobView) => boolean): string[] =>
      manager
        .views()
        .filter(fits)
        .map(({ id }) => id);
    assert.deepEqual(
      ids(({ superseded }) => superseded === true),
      ['a-failed', 'a-expired'],
    );
    assert.deepEqual(
      ids(({ retry }) => retry === 'asks'),
      ['a-failed', 'a-expired', 'a-unclear', 'a-cancelled'],
    );
    const helped = ['a-later', 'b-failed', 'c-failed'];
    assert.deepEqual(
      ids(({ retry }) => retry === 'helps'),
      helped,
    );
    // What is promised is what is done.
    assert.equal(await manager.retryFailed(), helped.length);
    await until(() => helped.every((id) => manager.view(id)?.state === 'done'));
    assert.equal(manager.view('a-failed')?.state, 'failed');
    await manager.remove('a-done');
    assert.equal(manager.view('a-failed')?.superseded, true, 'by the one that came last');
  });

  it('are told of as superseded at once, and not counted as failed, where the next render is here', async () => {
    const manager = await opened({ clock: jumpingTime() });
    let isDark = true;
    world.studio.onPoll = () =>
      Promise.resolve(isDark ? { state: 'failed', reason: 'dark' } : { state: 'ready' });
    let summary = finished(manager);
    const [first] = await manager.enqueue(world.orders(1));
    assert.equal((await summary).failed, 1);
    isDark = false;
    summary = finished(manager);
    const told: JobView[] = [];
    manager.onDidChange((views) => told.push(...views));
    await manager.enqueue(world.orders(1));
    assert.equal((await summary).failed, 0);
    const last = told.findLast(({ id }) => id === first?.id);
    assert.deepEqual([last?.state, last?.superseded], ['failed', true]);
  });

  it('carry the numbers that their scenes have by now, over a restart, and where they go on from one another', async () => {
    const manager = await opened();
    world.studio.onPoll = () => Promise.resolve({ state: 'rendering' });
    const [first, second] = world.orders(2);
    assert.ok(first && second);
    const chain = { scene: first.scene.id, number: 1 };
    await manager.enqueue([first, { ...second, chain, follows: 0 }]);
    const numbers = new Map([
      [first.scene.id, 4],
      [second.scene.id, 5],
      ['other1', 1],
    ]);
    await manager.renumber('file:///other.md', numbers);
    assert.deepEqual(
      manager.views().map(({ scene }) => scene),
      [1, 2],
    );
    await manager.renumber(first.script, numbers);
    await manager.dispose();
    const later = await opened();
    assert.deepEqual(
      later.views().map(({ scene }) => scene),
      [4, 5],
    );
    assert.match(later.views()[1]?.note ?? '', /scene 4/);
    const files = later.records().map(({ file }) => file);
    assert.ok(
      files.every((file) => /scene-00[12]/u.test(file)),
      'their places stay',
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
