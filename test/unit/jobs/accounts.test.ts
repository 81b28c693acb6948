import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ScenewrightError } from '../../../src/base/errors.ts';
import type { AccountNotice } from '../../../src/accounts/account-notice.ts';
import type { JobManager } from '../../../src/jobs/manager.ts';
import { renderOf, type JobRecord, type NewJob } from '../../../src/jobs/job.ts';
import type { Loopback } from '../net/loopback.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { oldRecordOf } from './old-records.ts';
import { World, jumpingTime, until, untilState } from './world.ts';

const refused = (): ScenewrightError =>
  new ScenewrightError('account', 'The key was refused (401).', { status: 401 });
const limited = (retryAfterMs?: number): ScenewrightError =>
  new ScenewrightError('rate-limit', 'The service asks to slow down (429).', {
    retryable: true,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

describe('several accounts of one studio', () => {
  let world: World;
  let server: Loopback;
  const clip = mp4(20_000);
  let notices: AccountNotice[];

  beforeEach(async () => {
    world = await World.make();
    server = await world.serving(clip);
    for (const id of ['a', 'b', 'c']) await put(id);
    notices = [];
  });

  afterEach(async () => {
    await world.close();
    await server.close();
  });

  /** The writer has set up an account. */
  const put = (id: string): Promise<void> =>
    world.keys.put(id, `secret-of-${id}`, `Studio ${id.toUpperCase()}`);

  const opened = async (more: Parameters<World['window']>[0] = {}): Promise<JobManager> => {
    return await world.opened({
      onAccountNotice: (notice) => notices.push(notice),
      ...more,
    });
  };

  const orders = (count: number, ...accounts: string[]): NewJob[] =>
    world.orders(count).map((order) => ({ ...order, accounts }));

  const secretsUsed = (): (string | undefined)[] =>
    world.studio.submitted.map(({ secret }) => secret);

  const onDisk = (id: string): Promise<JobRecord> => world.onDisk(id);

  const allEnded = async (manager: JobManager): Promise<void> => {
    await until(() =>
      manager.views().every(({ state }) => ['done', 'failed', 'unclear'].includes(state)),
    );
  };

  it('share the work by how much each has to do', async () => {
    world.studio.onPoll = () => Promise.resolve({ state: 'rendering' });
    const manager = await opened();
    await manager.enqueue(orders(9, 'a', 'b', 'c'));
    await until(() => manager.views().every(({ state }) => state === 'rendering'));
    for (const account of ['a', 'b', 'c']) {
      assert.equal(secretsUsed().filter((secret) => secret === `secret-of-${account}`).length, 3);
    }
  });

  it('are written down before the order, and asked and fetched from for ever after', async () => {
    const seen: string[] = [];
    const { studio } = world;
    let end = false;
    studio.onSubmit = async ({ jobId }, { secret }) => {
      const { state, account } = renderOf(await onDisk(jobId));
      assert.equal(state, 'submitting');
      assert.equal(secret, `secret-of-${account}`);
      return { remoteId: jobId, data: { secret: String(account) } };
    };
    studio.onPoll = ({ data }, { secret }) => {
      assert.equal(secret, `secret-of-${data?.secret}`);
      seen.push('poll');
      return Promise.resolve(end ? { state: 'ready' } : { state: 'rendering' });
    };
    studio.onResult = ({ data }, { secret }) => {
      assert.equal(secret, `secret-of-${data?.secret}`);
      seen.push('result');
      return Promise.resolve({ kind: 'http', url: `${server.url}/clip`, headers: {} });
    };
    const first = await opened();
    await first.enqueue(orders(6, 'a', 'b'));
    await until(() => first.views().every(({ state }) => state === 'rendering'));
    const bound = first.views().map(({ account }) => account);
    await first.dispose();
    end = true;
    const later = await opened();
    await allEnded(later);
    assert.deepEqual(
      later.views().map(({ state, account }) => [state, account]),
      bound.map((account) => ['done', account]),
    );
    assert.deepEqual(new Set(seen), new Set(['poll', 'result']));
    assert.equal(studio.submitted.length, 6);
  });

  it('are set aside when they are refused, told of once, and the next one goes on', async () => {
    world.studio.onSubmit = ({ jobId }, { secret }) =>
      secret === 'secret-of-a' ? Promise.reject(refused()) : Promise.resolve({ remoteId: jobId });
    const manager = await opened({ submitParallel: 1 });
    await manager.enqueue(orders(8, 'a', 'b'));
    await allEnded(manager);
    assert.ok(manager.views().every(({ state, account }) => state === 'done' && account === 'b'));
    assert.equal(secretsUsed().filter((secret) => secret === 'secret-of-a').length, 1);
    assert.deepEqual(
      notices.map(({ account, kind }) => [account, kind]),
      [['a', 'refused']],
    );
    assert.match(notices[0]?.message ?? '', /401.*"Studio A" is set aside.*other account goes on/);
  });

  it('count as refused when they have no key', async () => {
    await world.keys.remove('a');
    const manager = await opened();
    await manager.enqueue(orders(3, 'a', 'b'));
    await allEnded(manager);
    assert.ok(manager.views().every(({ state, account }) => state === 'done' && account === 'b'));
  });

  it('fail a job when all are refused, and are tried again when the writer retries', async () => {
    let broke = true;
    world.studio.onSubmit = ({ jobId }) =>
      broke ? Promise.reject(refused()) : Promise.resolve({ remoteId: jobId });
    const manager = await opened({ submitParallel: 1 });
    const views = await manager.enqueue(orders(20, 'a', 'b'));
    await allEnded(manager);
    for (const { state, stage, error } of manager.views()) {
      assert.deepEqual([state, stage, error], ['failed', 'submit', 'The key was refused (401).']);
    }
    assert.equal(world.studio.submitted.length, 2, 'each account was asked once');
    broke = false;
    await manager.retry(views[0]?.id ?? '');
    await untilState(manager, views[0]?.id ?? '', 'done');
    assert.equal(await manager.retryFailed(), 19);
    await allEnded(manager);
    assert.ok(manager.views().every(({ state }) => state === 'done'));
  });

  it('rest exactly as long as they are told, while another one works', async () => {
    const time = jumpingTime();
    const asked: { secret: string | undefined; at: number }[] = [];
    let toldAt = 0;
    world.studio.onSubmit = ({ jobId }, { secret }) => {
      asked.push({ secret, at: time.now() });
      if (secret === 'secret-of-a' && toldAt === 0) {
        toldAt = time.now();
        return Promise.reject(limited(90_000));
      }
      return Promise.resolve({ remoteId: jobId });
    };
    world.studio.onPoll = () => Promise.resolve({ state: 'rendering' });
    const manager = await opened({ clock: time, submitParallel: 1, pollMs: () => 1000 });
    await manager.enqueue(orders(4, 'a', 'b'));
    await until(() => manager.views().every(({ state }) => state === 'rendering'));
    const early = asked.filter(({ at }) => at < toldAt + 90_000);
    assert.equal(early.filter(({ secret }) => secret === 'secret-of-a').length, 1);
    assert.deepEqual(
      notices.map(({ account, kind, untilMs }) => [account, kind, untilMs]),
      [['a', 'cooldown', toldAt + 90_000]],
    );
  });

  it('say what a job waits for when all of them rest, and order it then', async () => {
    const time = jumpingTime();
    const asked: number[] = [];
    const told: number[] = [];
    world.studio.onSubmit = ({ jobId }) => {
      asked.push(time.now());
      if (told.length === 2) return Promise.resolve({ remoteId: jobId });
      told.push(time.now() + (told.length === 0 ? 900_000 : 300_000));
      return Promise.reject(limited(told.length === 1 ? 900_000 : 300_000));
    };
    const manager = await opened({ clock: time, submitParallel: 1 });
    const notes: (string | undefined)[][] = [];
    manager.onDidChange((views) => {
      for (const { note, waitingUntil } of views) {
        if (waitingUntil !== undefined) notes.push([note, String(waitingUntil)]);
      }
    });
    const [view] = await manager.enqueue(orders(1, 'a', 'b'));
    await untilState(manager, view?.id ?? '', 'done');
    const [, soonest = 0] = told;
    const [, , third = 0] = asked;
    assert.ok(third >= soonest && third <= soonest + 200, String(third - soonest));
    assert.equal(asked.length, 3);
    assert.ok(notes.length > 0);
    for (const [note, until] of notes) {
      assert.match(note ?? '', /^The service asks .* It waits for the account "Studio B"\.$/);
      assert.equal(until, String(soonest));
    }
  });

  it('are not worn out by a service that says "at once" and means something else', async () => {
    const time = jumpingTime();
    const asked: number[] = [];
    world.studio.onSubmit = ({ jobId }) => {
      asked.push(time.now());
      return asked.length < 4 ? Promise.reject(limited(0)) : Promise.resolve({ remoteId: jobId });
    };
    const limitBackoff = { baseMs: 1000, maxMs: 60_000 };
    const manager = await opened({ clock: time, limitBackoff });
    const [view] = await manager.enqueue(orders(1, 'a'));
    await untilState(manager, view?.id ?? '', 'done');
    const apart = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
    assert.ok((apart[0] ?? 0) >= 500 && (apart[2] ?? 0) >= 2000, String(apart));
  });

  it('never hand an order on whose answer was lost, not even by a retry', async () => {
    let lost = true;
    world.studio.onSubmit = ({ jobId }) =>
      lost
        ? Promise.reject(new ScenewrightError('unclear', 'It may have been taken.'))
        : Promise.resolve({ remoteId: jobId });
    const manager = await opened();
    const [view] = await manager.enqueue(orders(1, 'a', 'b'));
    const { account, id } = await untilState(manager, view?.id ?? '', 'unclear');
    await manager.retry(id);
    await until(() => world.studio.submitted.length === 2);
    await untilState(manager, id, 'unclear');
    lost = false;
    await manager.retry(id);
    await untilState(manager, id, 'done');
    assert.deepEqual(new Set(secretsUsed()), new Set([`secret-of-${account}`]));
  });

  it('leave a clear error when they are removed, and go on when they are back', async () => {
    world.studio.onPoll = () => Promise.resolve({ state: 'rendering' });
    const manager = await opened();
    const [view] = await manager.enqueue(orders(1, 'a'));
    await untilState(manager, view?.id ?? '', 'rendering');
    await world.keys.remove('a');
    const failed = await untilState(manager, view?.id ?? '', 'failed');
    assert.equal(failed.stage, 'poll');
    assert.match(failed.error ?? '', /account .* has been removed, and its key with it/);
    await put('a');
    world.studio.onPoll = () => Promise.resolve({ state: 'ready' });
    await manager.retry(failed.id);
    await untilState(manager, failed.id, 'done');
    assert.equal(world.studio.submitted.length, 1);
  });

  it('rest from asking too when they ask too often, all jobs of theirs together', async () => {
    const time = jumpingTime();
    const asked: { secret: string | undefined; at: number }[] = [];
    let told = 0;
    let allOrdered = false;
    let end = false;
    world.studio.onPoll = (_job, { secret }) => {
      asked.push({ secret, at: time.now() });
      if (secret === 'secret-of-a' && told === 0 && allOrdered) {
        told = time.now();
        return Promise.reject(limited(60_000));
      }
      return Promise.resolve(end ? { state: 'ready' } : { state: 'rendering' });
    };
    const manager = await opened({ clock: time, pollMs: () => 1000, submitParallel: 1 });
    await manager.enqueue(orders(8, 'a', 'b'));
    await until(() => manager.views().every(({ state }) => state === 'rendering'));
    allOrdered = true;
    await until(() => told > 0 && time.now() > told + 70_000);
    end = true;
    await allEnded(manager);
    const soon = asked.filter(({ at }) => at > told && at < told + 60_000);
    assert.equal(soon.filter(({ secret }) => secret === 'secret-of-a').length, 0);
    assert.ok(soon.some(({ secret }) => secret === 'secret-of-b'));
  });

  it('start with a clean slate once their key has changed', async () => {
    let stale = true;
    world.studio.onSubmit = ({ jobId }) =>
      stale ? Promise.reject(limited(3_600_000)) : Promise.resolve({ remoteId: jobId });
    const manager = await opened();
    const [view] = await manager.enqueue(orders(1, 'a'));
    await until(() => manager.view(view?.id ?? '')?.waitingUntil !== undefined);
    stale = false;
    manager.forgiveAccounts(['a']);
    await untilState(manager, view?.id ?? '', 'done');
  });

  it('are still known to jobs that an older version has written', async () => {
    const { file, root } = world.order(1);
    const { accounts, ...record } = oldRecordOf({ account: 'b', file, root });
    assert.ok(accounts);
    const manager = await opened();
    await manager.dispose();
    await writeFile(
      path.join(world.storage, 'job-1.json'),
      JSON.stringify({ ...record, version: 1 }),
    );
    const later = await opened();
    await untilState(later, 'job-1', 'done');
    assert.deepEqual(secretsUsed(), ['secret-of-b']);
    const now = await onDisk('job-1');
    assert.deepEqual([now.version, renderOf(now).account], [3, 'b']);
  });
});
