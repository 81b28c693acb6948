import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import { ScenewrightError } from '../../../src/base/errors.ts';
import type { JobManager, FinishSummary } from '../../../src/jobs/manager.ts';
import { renderOf, type JobOrder, type JobRecord, type JobView } from '../../../src/jobs/job.ts';
import { stateOf } from '../../../src/jobs/job-state.ts';
import { JobStore } from '../../../src/jobs/job-store.ts';
import type { PollAnswer } from '../../../src/studios/port.ts';
import type { Loopback } from '../net/loopback.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { serve } from './clips.ts';
import { firstWrite, untilOnDisk } from '../downloads/part-on-disk.ts';
import { World, jumpingTime, onThisMachine, recordOf, until, untilState } from './world.ts';

const only = <T>(list: readonly T[]): T => {
  assert.equal(list.length, 1);
  return list[0] as T;
};

describe('video jobs', () => {
  let world: World;
  let server: Loopback;
  const clip = mp4(50_000);

  beforeEach(async () => {
    world = await World.make();
    server = await world.serving(clip);
  });

  afterEach(async () => {
    await world.close();
    await server.close();
  });

  const opened: World['opened'] = (more) => world.opened(more);

  const onDisk = (id: string): Promise<JobRecord> => world.onDisk(id);

  /** A state as an earlier window may have left it. */
  const left = async (render: Partial<JobOrder>): Promise<void> => {
    const { file, root } = world.order(1);
    await world.left(recordOf({ file, root, render }));
  };

  const finished = (manager: JobManager): Promise<FinishSummary> =>
    new Promise((resolve) => {
      const listener = manager.onDidFinish((summary) => {
        listener.dispose();
        resolve(summary);
      });
    });

  it('live from order to clip, poster and summary', async () => {
    const manager = await opened();
    const summary = finished(manager);
    const orders = world.orders(12);
    const views = await manager.enqueue(orders);
    assert.deepEqual(
      views.map(({ scene }) => scene),
      orders.map(({ number }) => number),
    );
    const { succeeded, failed, skipped, bytes, jobs } = await summary;
    assert.deepEqual([succeeded, failed, skipped], [12, 0, 0]);
    assert.equal(bytes, 12 * clip.length);
    assert.equal(jobs.length, 12);
    for (const [index, view] of manager.views().entries()) {
      assert.equal(view.scene, index + 1);
      assert.equal(view.state, 'done');
      assert.equal(view.seconds, 8);
      assert.equal(view.poster, view.file?.replace('.mp4', '.jpg'));
      assert.ok((await readFile(view.file ?? '')).equals(clip));
    }
    assert.equal(world.studio.submitted.length, 12);
    assert.equal(world.studio.submitted[0]?.secret, 'the-secret-key');
    assert.deepEqual(world.defects, []);
  });

  it('keep no secret on disk', async () => {
    const manager = await opened();
    const summary = finished(manager);
    await manager.enqueue(world.orders(2));
    await summary;
    for (const name of await readdir(world.storage, { recursive: true })) {
      if (!name.endsWith('.json')) continue;
      assert.doesNotMatch(await readFile(path.join(world.storage, name), 'utf8'), /the-secret/);
    }
  });

  it('are on disk before each step that costs or counts on them', async () => {
    const seen: string[] = [];
    const { studio } = world;
    studio.onSubmit = async ({ jobId }) => {
      seen.push(stateOf(await onDisk(jobId)));
      return { remoteId: 'r-1' };
    };
    studio.onPoll = async () => {
      const record = await onDisk(studio.submitted[0]?.request.jobId ?? '');
      seen.push(`${stateOf(record)} ${renderOf(record).remote?.remoteId ?? '-'}`);
      return { state: 'ready' };
    };
    const manager = await opened();
    const { id } = only(await manager.enqueue(world.orders(1)));
    await untilState(manager, id, 'done');
    assert.deepEqual(seen, ['submitting', 'rendering r-1']);
  });

  it('show how far a render and a download are', async () => {
    const answers: PollAnswer[] = [
      { state: 'rendering', progress: 0.25 },
      { state: 'rendering', progress: 0.75 },
    ];
    world.studio.onPoll = () => Promise.resolve(answers.shift() ?? { state: 'ready' });
    const seen: JobView[] = [];
    // It goes on once it was seen; how often that is told of depends on the machine.
    world.studio.onSubmit = async ({ jobId }) => {
      await until(() => seen.some(({ state }) => state === 'queued' || state === 'submitting'));
      return { remoteId: jobId };
    };
    const manager = await opened();
    manager.onDidChange((views) => seen.push(...views));
    const { id } = only(await manager.enqueue(world.orders(1)));
    await untilState(manager, id, 'done');
    assert.equal(manager.view(id)?.bytes, clip.length);
  });

  it('fetch clips as they get ready, not as they were ordered', async () => {
    const { studio } = world;
    let slowMayEnd = false;
    studio.onPoll = ({ remoteId }) =>
      Promise.resolve(
        remoteId.endsWith(slow) && !slowMayEnd ? { state: 'rendering' } : { state: 'ready' },
      );
    let slow = 'unknown yet';
    studio.onSubmit = (request) => {
      if (request.number === 1) slow = request.jobId;
      return Promise.resolve({ remoteId: request.jobId });
    };
    const manager = await opened();
    const views = await manager.enqueue(world.orders(5));
    await until(() => manager.views().filter(({ state }) => state === 'done').length === 4);
    assert.equal(manager.view(views[0]?.id ?? '')?.state, 'rendering');
    slowMayEnd = true;
    await untilState(manager, views[0]?.id ?? '', 'done');
  });

  it('order no more at once than they may', async () => {
    let running = 0;
    let most = 0;
    const three = Promise.withResolvers<undefined>();
    world.studio.onSubmit = async ({ jobId }) => {
      most = Math.max(most, ++running);
      if (running === 3) three.resolve(undefined);
      await three.promise;
      running--;
      return { remoteId: jobId };
    };
    const manager = await opened({ submitParallel: 3 });
    const summary = finished(manager);
    await manager.enqueue(world.orders(20));
    await summary;
    assert.equal(most, 3);
  });

  it('are ordered once when they are asked for twice at the same moment', async () => {
    world.studio.onPoll = () => Promise.resolve({ state: 'rendering' });
    const manager = await opened();
    const [one, two] = await Promise.all([
      manager.enqueue(world.orders(2)),
      manager.enqueue(world.orders(2)),
    ]);
    assert.deepEqual(
      one.map(({ id }) => id),
      two.map(({ id }) => id),
    );
    assert.equal(manager.views().length, 2);
  });

  it('do not order a picture twice that is on its way', async () => {
    world.studio.onPoll = () => Promise.resolve({ state: 'rendering' });
    const manager = await opened();
    const [first] = await manager.enqueue(world.orders(1));
    const [again, other] = await manager.enqueue([world.order(1), world.order(2)]);
    assert.equal(again?.id, first?.id);
    assert.notEqual(other?.id, first?.id);
    assert.equal(manager.views().length, 2);
  });

  it('do order a scene again once it is done, or its picture has changed', async () => {
    const manager = await opened();
    const { id } = only(await manager.enqueue(world.orders(1)));
    await untilState(manager, id, 'done');
    const again = only(await manager.enqueue(world.orders(1)));
    assert.notEqual(again.id, id);
    await untilState(manager, again.id, 'done');
    assert.equal(world.studio.submitted.length, 2);
  });

  it('tell of changes at most ten times a second, however many there are', async () => {
    let calls = 0;
    const started = Date.now();
    // Real time here: it is the pace that counts.
    const manager = await opened({ clock: systemClock });
    manager.onDidChange(() => calls++);
    const summary = finished(manager);
    await manager.enqueue(world.orders(100));
    await summary;
    const seconds = (Date.now() - started) / 1000;
    assert.ok(calls <= 2 + seconds * 10, `${calls} calls in ${seconds} s`);
  });

  describe('and money', () => {
    const network = (message: string): ScenewrightError =>
      new ScenewrightError('network', message, { retryable: true });

    it('order again by themselves only what surely was not taken', async () => {
      let tries = 0;
      world.studio.onSubmit = ({ jobId }) =>
        ++tries < 3
          ? Promise.reject(network('Nothing answers.'))
          : Promise.resolve({ remoteId: jobId });
      const manager = await opened();
      const { id } = only(await manager.enqueue(world.orders(1)));
      await untilState(manager, id, 'done');
      assert.equal(tries, 3);
    });

    it('fail when nothing ever answers, and go on by a retry', async () => {
      world.studio.onSubmit = () => Promise.reject(network('Nothing answers.'));
      const manager = await opened();
      const { id } = only(await manager.enqueue(world.orders(1)));
      const view = await untilState(manager, id, 'failed');
      assert.equal(view.stage, 'submit');
      assert.equal(view.error, 'Nothing answers.');
      assert.equal(world.studio.submitted.length, 5);
      world.studio.onSubmit = ({ jobId }) => Promise.resolve({ remoteId: jobId });
      await manager.retry(id);
      await untilState(manager, id, 'done');
    });

    it('wait with all orders of an account that is told to slow down', async () => {
      const times: number[] = [];
      let limited = true;
      world.studio.onSubmit = ({ jobId }) => {
        times.push(Date.now());
        if (!limited) return Promise.resolve({ remoteId: jobId });
        limited = false;
        const hint = { retryable: true, retryAfterMs: 150 };
        return Promise.reject(new ScenewrightError('rate-limit', 'Slow down.', hint));
      };
      const manager = await opened({ submitParallel: 1 });
      const summary = finished(manager);
      await manager.enqueue(world.orders(5));
      assert.equal((await summary).succeeded, 5);
      const [first = 0, second = 0] = times;
      assert.ok(second - first >= 150, `${second - first} ms`);
      assert.equal(times.length, 6);
    });

    it('stop at an unclear order until the writer wants it again', async () => {
      world.studio.onSubmit = () =>
        Promise.reject(new ScenewrightError('unclear', 'It may have been taken.'));
      const manager = await opened();
      const { id } = only(await manager.enqueue(world.orders(1)));
      const view = await untilState(manager, id, 'unclear');
      assert.match(view.error ?? '', /may have been taken/);
      await manager.resume(id);
      await manager.pause(id);
      await manager.enqueue(world.orders(1));
      await manager.dispose();
      const later = await opened();
      assert.equal(later.view(id)?.state, 'unclear');
      assert.equal(world.studio.submitted.length, 1);
      world.studio.onSubmit = ({ jobId }) => Promise.resolve({ remoteId: jobId });
      await later.retry(id);
      await untilState(later, id, 'done');
      const names = world.studio.submitted.map(({ request }) => request.jobId);
      assert.deepEqual(names, [id, id], 'the same name, so that the service can know it again');
    });

    it('take an unexpected failure of an order for unclear', async () => {
      world.studio.onSubmit = () => Promise.reject(new TypeError('x is not a function'));
      const manager = await opened();
      const { id } = only(await manager.enqueue(world.orders(1)));
      await untilState(manager, id, 'unclear');
      assert.equal(world.studio.submitted.length, 1);
    });

    it('find an order that a crash cut off unclear, and do not repeat it', async () => {
      await left({ state: 'submitting' });
      const manager = await opened();
      const view = await untilState(manager, 'job-1', 'unclear');
      assert.match(view.error ?? '', /may or may not/);
      assert.equal(stateOf(await onDisk('job-1')), 'unclear');
      assert.equal(world.studio.submitted.length, 0);
    });

    it('simply go on with it where renders cost nothing', async () => {
      world.studio.needsAccount = false;
      await left({ state: 'submitting' });
      const manager = await opened();
      await untilState(manager, 'job-1', 'done');
      assert.equal(world.studio.submitted.length, 1);
    });

    for (const state of ['accepted', 'ready', 'fetching'] as const) {
      it(`never order anew what a crash left ${state}`, async () => {
        await left({ state, remote: onThisMachine({ remoteId: 'r-1' }) });
        const manager = await opened();
        await untilState(manager, 'job-1', 'done');
        assert.equal(world.studio.submitted.length, 0);
      });
    }

    it('fail loudly, with the id, when an order cannot be written down', async () => {
      const id = 'service-id-77';
      const store = new JobStore(world.storage);
      const save = store.save.bind(store);
      let full = false;
      store.save = async (record) => {
        if (full) {
          throw Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' });
        }
        await save(record);
      };
      world.studio.onSubmit = () => {
        full = true;
        return Promise.resolve({ remoteId: id });
      };
      const manager = await opened({ store });
      const job = only(await manager.enqueue(world.orders(1)));
      const view = await untilState(manager, job.id, 'failed');
      assert.match(view.error ?? '', /service-id-77/);
      assert.match(view.error ?? '', /disk is full/);
      assert.equal(world.studio.polls, 0);
      full = false;
      await manager.retry(job.id);
      await untilState(manager, job.id, 'done');
      assert.equal(world.studio.submitted.length, 1, 'nothing is ordered twice');
    });

    it('order nothing that cannot be written down', async () => {
      const store = new JobStore(world.storage);
      store.save = () =>
        Promise.reject(Object.assign(new Error('x'), { code: 'EROFS', syscall: 'open' }));
      const manager = await opened({ store });
      await assert.rejects(manager.enqueue(world.orders(2)), { code: 'disk' });
      assert.deepEqual(manager.views(), []);
      assert.equal(world.studio.submitted.length, 0);
    });

    it('send nothing without a key', async () => {
      await world.keys.remove('account-1');
      const manager = await opened();
      const { id } = only(await manager.enqueue(world.orders(1)));
      const view = await untilState(manager, id, 'failed');
      assert.match(view.error ?? '', /account/);
      assert.equal(world.studio.submitted.length, 0);
    });

    it('do not try a refused key with every single job', async () => {
      world.studio.onSubmit = () =>
        Promise.reject(new ScenewrightError('account', 'The key was refused (401).'));
      const manager = await opened({ submitParallel: 2 });
      const summary = finished(manager);
      await manager.enqueue(world.orders(50));
      assert.equal((await summary).failed, 50);
      assert.ok(world.studio.submitted.length <= 2);
      assert.ok(manager.views().every(({ error }) => error === 'The key was refused (401).'));
    });

    it('fetch a failed download again without ordering again', async () => {
      server.answer = (_asked, response) => {
        response.writeHead(404).end();
      };
      const manager = await opened({ clock: jumpingTime() });
      const { id } = only(await manager.enqueue(world.orders(1)));
      const view = await untilState(manager, id, 'failed');
      assert.equal(view.stage, 'download');
      assert.match(view.error ?? '', /kept at the service/);
      server.answer = (asked, response) => {
        serve(clip, asked, response);
      };
      await manager.retry(id);
      await untilState(manager, id, 'done');
      assert.equal(world.studio.submitted.length, 1);
    });

    it('order anew, under a new name, what the service failed to render', async () => {
      let failing = true;
      world.studio.onPoll = () =>
        Promise.resolve(failing ? { state: 'failed', reason: 'too dark' } : { state: 'ready' });
      const manager = await opened();
      const { id } = only(await manager.enqueue(world.orders(1)));
      const view = await untilState(manager, id, 'failed');
      assert.equal(view.stage, 'render');
      assert.match(view.error ?? '', /too dark/);
      failing = false;
      await manager.retry(id);
      await untilState(manager, id, 'done');
      const names = world.studio.submitted.map(({ request }) => request.jobId);
      assert.deepEqual(names, [id, `${id}-2`]);
    });

    it('order anew what has expired, by a retry only', async () => {
      let expired = true;
      world.studio.onPoll = () => Promise.resolve({ state: expired ? 'expired' : 'ready' });
      const manager = await opened();
      const { id } = only(await manager.enqueue(world.orders(1)));
      await untilState(manager, id, 'expired');
      assert.equal(world.studio.submitted.length, 1);
      expired = false;
      await manager.retry(id);
      await untilState(manager, id, 'done');
      assert.equal(world.studio.submitted.length, 2);
    });
  });

  describe('while rendering', () => {
    it('ride out any number of network errors, and say so', async () => {
      let polls = 0;
      let down = true;
      world.studio.onPoll = () => {
        polls++;
        return down
          ? Promise.reject(new ScenewrightError('network', 'No network.', { retryable: true }))
          : Promise.resolve({ state: 'ready' });
      };
      const manager = await opened();
      const { id } = only(await manager.enqueue(world.orders(1)));
      await until(() => polls > 8);
      assert.equal(manager.view(id)?.state, 'rendering');
      assert.equal(manager.view(id)?.note, 'No network.');
      down = false;
      const view = await untilState(manager, id, 'done');
      assert.equal(view.note, undefined);
    });

    it('stop asking when the key is refused, and ask again by a retry', async () => {
      let refused = true;
      world.studio.onPoll = () =>
        refused
          ? Promise.reject(new ScenewrightError('account', 'Refused.'))
          : Promise.resolve({ state: 'ready' });
      const manager = await opened();
      const { id } = only(await manager.enqueue(world.orders(1)));
      assert.equal((await untilState(manager, id, 'failed')).stage, 'poll');
      refused = false;
      await manager.retry(id);
      await untilState(manager, id, 'done');
      assert.equal(world.studio.submitted.length, 1);
    });

    it('ask less often while nothing changes, within bounds, and exactly as told', async () => {
      const time = jumpingTime();
      const asked: number[] = [];
      const wish = { ms: undefined as number | undefined };
      world.studio.onPoll = () => {
        asked.push(time.now());
        return Promise.resolve({
          state: 'rendering',
          ...(wish.ms === undefined ? {} : { retryAfterMs: wish.ms }),
        });
      };
      const apart = (): number[] => asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
      const manager = await opened({ clock: time, pollMs: () => 1000 });
      await manager.enqueue(world.orders(1));
      await until(() => asked.length >= 25);
      const waits = apart();
      assert.ok((waits[0] ?? 0) >= 1000 && (waits[0] ?? 0) <= 1400, String(waits));
      assert.ok(Math.max(...waits) >= 6000 && Math.max(...waits) <= 6700, String(waits));
      wish.ms = 25_000;
      const { length } = asked;
      await until(() => asked.length >= length + 4);
      const [told = 0] = apart().slice(-1);
      assert.ok(told >= 25_000 && told <= 25_200, String(told));
    });

    it('can be cancelled, also at the service', async () => {
      world.studio.onPoll = () => Promise.resolve({ state: 'rendering' });
      const manager = await opened();
      const { id } = only(await manager.enqueue(world.orders(1)));
      await untilState(manager, id, 'rendering');
      assert.equal((await manager.cancel(id)).state, 'cancelled');
      assert.equal(world.studio.cancelledIds.length, 1);
      const { polls } = world.studio;
      world.studio.onPoll = () => Promise.resolve({ state: 'ready' });
      await manager.retry(id);
      await untilState(manager, id, 'done');
      assert.equal(world.studio.submitted.length, 2);
      assert.ok(world.studio.polls > polls);
    });

    it('are not paid for again when the service did not stop', async () => {
      world.studio.onPoll = () => Promise.resolve({ state: 'rendering' });
      world.studio.onCancel = () => Promise.reject(new Error('not possible'));
      const manager = await opened();
      const { id } = only(await manager.enqueue(world.orders(1)));
      await untilState(manager, id, 'rendering');
      await manager.cancel(id);
      world.studio.onPoll = () => Promise.resolve({ state: 'ready' });
      await manager.retry(id);
      await untilState(manager, id, 'done');
      assert.equal(world.studio.submitted.length, 1);
    });
  });

  it('wait for the answer to an order before they are cancelled', async () => {
    let answer: (() => void) | undefined;
    world.studio.onSubmit = ({ jobId }, { signal }) =>
      new Promise((resolve) => {
        answer = () => {
          assert.equal(signal.aborted, false);
          resolve({ remoteId: jobId });
        };
      });
    const manager = await opened();
    const { id } = only(await manager.enqueue(world.orders(1)));
    await until(() => answer !== undefined);
    assert.equal((await manager.cancel(id)).state, 'submitting');
    answer?.();
    await untilState(manager, id, 'cancelled');
    assert.deepEqual(world.studio.cancelledIds, [id]);
  });

  it('can be held in the queue and let go', async () => {
    const manager = await opened({ submitParallel: 1 });
    let go: (() => void) | undefined;
    world.studio.onSubmit = ({ jobId }) =>
      new Promise((resolve) => {
        go = () => {
          resolve({ remoteId: jobId });
        };
      });
    const [first, second] = await manager.enqueue(world.orders(2));
    await until(() => go !== undefined);
    assert.equal((await manager.pause(second?.id ?? '')).paused, true);
    go?.();
    await untilState(manager, first?.id ?? '', 'done');
    assert.equal(manager.view(second?.id ?? '')?.state, 'queued');
    assert.equal(world.studio.submitted.length, 1);
    world.studio.onSubmit = ({ jobId }) => Promise.resolve({ remoteId: jobId });
    await manager.resume(second?.id ?? '');
    await untilState(manager, second?.id ?? '', 'done');
  });

  it('can be held while downloading, and go on from there, at once or tomorrow', async () => {
    const large = mp4(200_000);
    server.answer = (asked, response) => {
      // Who has the beginning already waits for the rest.
      if (asked.headers.range !== undefined) return;
      response.writeHead(200, { 'content-length': large.length, etag: '"v1"' });
      response.write(large.subarray(0, 100_000));
    };
    const manager = await opened();
    const { id } = only(await manager.enqueue(world.orders(1)));
    await untilOnDisk(world.order(1).file, [0, firstWrite]);
    await manager.pause(id);
    await manager.resume(id);
    await until(() => server.asked.length > 1);
    await manager.pause(id);
    await manager.dispose();
    const later = await opened();
    assert.equal(later.view(id)?.paused, true);
    server.answer = (asked, response) => {
      serve(large, asked, response);
    };
    await later.resume(id);
    await untilState(later, id, 'done');
    assert.ok(server.asked.at(-1)?.headers.range, 'it went on and did not begin anew');
  });

  it('go along with a script that is renamed, on disk too, and not with another', async () => {
    const manager = await opened();
    const [one, other] = await manager.enqueue([
      world.order(1),
      { ...world.order(2), script: 'file:///other.md' },
    ]);
    assert.ok(one && other);
    const renamed = 'file:///renamed.md';
    await manager.follow([{ from: '/story.md', to: '/renamed.md' }]);
    assert.equal(manager.view(one.id)?.script, renamed);
    assert.equal((await onDisk(one.id)).script, renamed);
    assert.equal((await onDisk(other.id)).script, 'file:///other.md');
    assert.equal((await untilState(manager, one.id, 'done')).script, renamed);
  });

  it('leave nothing half fetched behind when they are cancelled', async () => {
    const half = clip.subarray(0, clip.length / 2);
    server.answer = (_asked, response) => {
      response.writeHead(200, { etag: '"v1"', 'content-length': clip.length });
      response.write(half);
    };
    const manager = await opened();
    const { id } = only(await manager.enqueue(world.orders(1)));
    await until(() => (manager.view(id)?.bytes ?? 0) > 0);
    const { file } = world.order(1);
    await until(() => readdirSync(path.dirname(file)).some((name) => name.endsWith('.part.json')));
    assert.equal((await manager.cancel(id)).state, 'cancelled');
    assert.deepEqual(await readdir(path.dirname(file)), []);
    server.answer = (asked, response) => {
      serve(clip, asked, response);
    };
    await manager.retry(id);
    await untilState(manager, id, 'done');
    assert.equal(world.studio.submitted.length, 1, 'it is only fetched again');
  });

  it('can be removed, with what was fetched, but not the clip', async () => {
    const manager = await opened();
    const { id, file } = await (async () => {
      const job = only(await manager.enqueue(world.orders(1)));
      return await untilState(manager, job.id, 'done');
    })();
    const gone: string[] = [];
    manager.onDidRemove((ids) => gone.push(...ids));
    await manager.remove(id);
    assert.equal(manager.view(id), undefined);
    assert.deepEqual(manager.views(), []);
    assert.ok(existsSync(file ?? ''));
    await assert.rejects(manager.retry(id), { code: 'bad-input' });
    await until(() => gone.length > 0);
    assert.deepEqual(gone, [id]);
    // What is known of the take stays, in the next window as well.
    assert.equal((await world.onDisk(id)).unlisted, true);
    const next = await opened();
    assert.deepEqual(next.views(), []);
    assert.equal(next.records()[0]?.pictureHash, 'hash-1');
    await manager.forget(id);
    assert.equal(await new JobStore(world.storage).find(id), undefined);
  });

  it('can be removed while its poster is still being made: what is known of the take stays', async () => {
    const poster = Promise.withResolvers<undefined>();
    const asked = Promise.withResolvers<undefined>();
    const manager = await opened({
      posters: {
        make: () => {
          asked.resolve(undefined);
          return poster.promise;
        },
      },
      upscale: () => '4k',
    });
    const { id } = only(await manager.enqueue(world.orders(1)));
    await asked.promise;
    await manager.remove(id);
    poster.resolve(undefined);
    await manager.dispose();
    const { unlisted, pictureHash, orders } = await onDisk(id);
    assert.deepEqual({ unlisted, pictureHash }, { unlisted: true, pictureHash: 'hash-1' });
    assert.equal(orders.length, 1, 'and nothing more is ordered for it');
    assert.ok(existsSync(world.order(1).file));
  });

  it('do without a poster rather than fail', async () => {
    const manager = await opened({ posters: { make: () => Promise.reject(new Error('no')) } });
    const { id } = only(await manager.enqueue(world.orders(1)));
    const view = await untilState(manager, id, 'done');
    assert.equal(view.poster, undefined);
  });

  it('survive a record that cannot be read, and say which', async () => {
    await left({ state: 'accepted', remote: onThisMachine({ remoteId: 'r' }) });
    await writeFile(path.join(world.storage, 'torn.json'), '{"version":1,"id":"to');
    const manager = world.window();
    const found: string[] = [];
    manager.onDidFindUnreadable((list) => found.push(...list.map(({ file }) => file)));
    await manager.start();
    assert.deepEqual(found, [path.join(world.storage, 'torn.json.bad')]);
    await untilState(manager, 'job-1', 'done');
  });

  it('say what is wrong when their folder cannot be used', async () => {
    await writeFile(world.storage, 'a file');
    const manager = world.window();
    await assert.rejects(manager.start(), { code: 'disk' });
    await assert.rejects(manager.enqueue(world.orders(1)), { code: 'disk' });
    await rm(world.storage);
  });

  it('go on by themselves once their folder can be used', async () => {
    await writeFile(world.storage, 'a file');
    const manager = world.window();
    await assert.rejects(manager.start(), { code: 'disk' });
    await rm(world.storage);
    await until(() => manager.owner);
    await untilState(manager, only(await manager.enqueue(world.orders(1))).id, 'done');
  });

  it('go on with the next command once their folder can be used', async () => {
    await writeFile(world.storage, 'a file');
    // Nobody would live to see that it is tried again by itself.
    const manager = world.window({ clock: systemClock });
    await assert.rejects(manager.start(), { code: 'disk' });
    await rm(world.storage);
    assert.equal((await manager.enqueue(world.orders(1))).length, 1);
    assert.ok(manager.owner);
  });

  it('are taken over a little later where their records cannot be read at that moment', async () => {
    const first = await opened();
    const store = new JobStore(world.storage);
    const load = store.load.bind(store);
    let failures = 2;
    store.load = async (...args) => {
      if (failures-- > 0) throw Object.assign(new Error('no'), { code: 'EIO', syscall: 'scandir' });
      return await load(...args);
    };
    const second = await opened({ store });
    await first.dispose();
    await until(() => second.owner);
    assert.ok(failures < 0);
    assert.match(String(world.defects.splice(0)), /no/);
  });

  it('stop promptly, and leave an order that was under way resumable', async () => {
    let answer: (() => void) | undefined;
    world.studio.onSubmit = ({ jobId }) =>
      new Promise((resolve) => {
        answer = () => {
          resolve({ remoteId: jobId });
        };
      });
    const manager = await opened({ graceMs: 5000, clock: systemClock });
    const [first] = await manager.enqueue(world.orders(6));
    await until(() => answer !== undefined);
    world.studio.onSubmit = () => Promise.reject(new Error('never'));
    const asked = world.studio.submitted.length;
    const stopped = manager.dispose();
    setTimeout(() => answer?.(), 20);
    await stopped;
    assert.ok(world.studio.submitted.length <= asked + 3);
    const last = world.studio.submitted[asked - 1]?.request.jobId ?? '';
    const record = await onDisk(last);
    assert.deepEqual([stateOf(record), renderOf(record).remote?.remoteId], ['rendering', last]);
    assert.ok(first);
  });

  describe('in two windows', () => {
    it('are worked on by one and shown by both, and taken over', async () => {
      let hold = true;
      world.studio.onPoll = () => Promise.resolve({ state: hold ? 'rendering' : 'ready' });
      const first = await opened();
      const second = await opened();
      assert.deepEqual([first.owner, second.owner], [true, false]);
      const { id } = only(await first.enqueue(world.orders(1)));
      await untilState(second, id, 'rendering');
      await assert.rejects(second.enqueue(world.orders(1)), /Another window/);
      await assert.rejects(second.cancel(id), /Another window/);
      await first.dispose();
      hold = false;
      await untilState(second, id, 'done');
      assert.equal(second.owner, true);
      assert.equal(world.studio.submitted.length, 1);
    });

    it('disappear in both when they are removed', async () => {
      const first = await opened();
      const { id } = only(await first.enqueue(world.orders(1)));
      await untilState(first, id, 'done');
      const second = await opened();
      await untilState(second, id, 'done');
      const gone = new Promise<readonly string[]>((resolve) => second.onDidRemove(resolve));
      await first.remove(id);
      assert.deepEqual(await gone, [id]);
    });
  });

  it('are quick with thousands', async function () {
    this.timeout(60_000);
    const store = new JobStore(world.storage);
    await store.load();
    const many = 3000;
    for (let index = 0; index < many; index += 500) {
      await Promise.all(
        Array.from({ length: 500 }, (_, offset) =>
          store.save(
            recordOf({
              id: `old-${index + offset}`,
              number: index + offset,
              render: { state: 'saved' },
            }),
          ),
        ),
      );
    }
    const manager = await opened();
    assert.equal(manager.views().length, many);
    const summary = finished(manager);
    await manager.enqueue(world.orders(50));
    assert.equal((await summary).succeeded, 50);
  });
});
