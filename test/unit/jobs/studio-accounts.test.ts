import assert from 'node:assert/strict';
import type { JobManager } from '../../../src/jobs/manager.ts';
import type { JobRecord, JobView, NewJob } from '../../../src/jobs/job.ts';
import { stateOf } from '../../../src/jobs/job-state.ts';
import { agreedTerms } from '../../../src/jobs/steps/studio-address.ts';
import { JobStore } from '../../../src/jobs/job-store.ts';
import { StudioFactory } from '../../../src/studios/studio-factory.ts';
import { TestAccounts } from '../../support/key-store.ts';
import { Loopback, json } from '../net/loopback.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { serve } from './clips.ts';
import { World, untilState } from './world.ts';

/** A store that notes the states of its jobs as they are written down. */
class WatchedStore extends JobStore {
  readonly states: string[] = [];

  override save(record: JobRecord): Promise<void> {
    const state = stateOf(record);
    if (this.states.at(-1) !== state) this.states.push(state);
    return super.save(record);
  }
}

/**
 * Jobs with all that stands between them and a service in the product: accounts in a key store, whose
 * keys are for one address each, adapters of studios, and the network.
 */
describe('jobs with the accounts of a studio', () => {
  const clip = mp4(20_000);
  let world: World;
  let accounts: TestAccounts;
  let service: Loopback;
  let moved: Loopback;
  /** Where the settings say that the studio is. */
  let address: string;
  /** Whether renders are finished. */
  let ready: boolean;

  const begin = (): Promise<Loopback> =>
    Loopback.start((asked, response) => {
      if (asked.url.includes('/content')) serve(clip, asked, response);
      else if (asked.method === 'POST') json(response, { id: 'r-1', status: 'queued' });
      else json(response, { id: 'r-1', status: ready ? 'completed' : 'in_progress' });
    });

  beforeEach(async () => {
    ready = true;
    world = await World.make();
    [service, moved] = await Promise.all([begin(), begin()]);
    address = `${service.url}/v1`;
    accounts = new TestAccounts('openai-videos', address);
    await accounts.put('main', 'sk-main', 'Main');
  });

  afterEach(async () => {
    await world.close();
    await Promise.all([service.close(), moved.close()]);
  });

  const opened = async (store = new JobStore(world.storage)): Promise<JobManager> => {
    const factory = new StudioFactory({
      http: world.http,
      settings: () => ({ clipSeconds: [8], requestFormat: 'json' }),
    });
    return await world.opened({
      store,
      account: accounts.account,
      studios: (_id, record) => {
        const agreed = record === undefined ? {} : agreedTerms(record);
        return factory.at('openai-videos', agreed.address ?? address, agreed.model ?? 'm');
      },
    });
  };

  const order = (...ids: string[]): NewJob => ({
    ...world.order(1),
    studio: 'openai-videos',
    accounts: ids,
    terms: { address, model: 'm' },
  });

  const ordered = async (manager: JobManager, job: NewJob): Promise<JobView> => {
    const [view] = await manager.enqueue([job]);
    return view ?? assert.fail();
  };

  const keysSeen = (server: Loopback): readonly (string | undefined)[] => [
    ...new Set(server.asked.map(({ headers }) => headers.authorization)),
  ];

  it('go from the order to the clip with the key of the account, and keep it nowhere', async () => {
    const manager = await opened();
    const { id } = await ordered(manager, order('main'));
    await untilState(manager, id, 'done');
    assert.deepEqual(keysSeen(service), ['Bearer sk-main']);
    assert.doesNotMatch(JSON.stringify(await world.onDisk(id)), /sk-main/);
  });

  it('fail without ever having been on their way when the key is gone', async () => {
    const store = new WatchedStore(world.storage);
    await accounts.remove('main');
    const manager = await opened(store);
    const { id } = await ordered(manager, order('main'));
    const view = await untilState(manager, id, 'failed');
    assert.match(view.error ?? '', /has been removed, and its key with it/);
    assert.equal(view.stage, 'submit');
    assert.deepEqual(store.states, ['queued', 'failed']);
    assert.equal(service.asked.length, 0);
  });

  it('fail the same way when the key is for another address by now', async () => {
    const store = new WatchedStore(world.storage);
    await accounts.put('main', 'sk-main', 'Main', moved.url);
    const manager = await opened(store);
    const { id } = await ordered(manager, order('main'));
    const view = await untilState(manager, id, 'failed');
    assert.match(view.error ?? '', /^The account "Main" has no key for http:\/\/127/);
    assert.deepEqual(store.states, ['queued', 'failed']);
    assert.equal(service.asked.length + moved.asked.length, 0);
  });

  it('go on with another account when the key of one is gone', async () => {
    await accounts.put('second', 'sk-second');
    await accounts.remove('main');
    const manager = await opened();
    const { id } = await ordered(manager, order('main', 'second'));
    assert.equal((await untilState(manager, id, 'done')).account, 'second');
    assert.deepEqual(keysSeen(service), ['Bearer sk-second']);
  });

  it('stay with the address that they were ordered from, and its key', async () => {
    ready = false;
    const manager = await opened();
    const { id } = await ordered(manager, order('main'));
    await untilState(manager, id, 'rendering');
    await manager.dispose();
    address = `${moved.url}/v1`;
    await accounts.put('other', 'sk-other', 'Other', moved.url);
    ready = true;
    const later = await opened();
    await untilState(later, id, 'done');
    assert.equal(moved.asked.length, 0);
    const { scene, number, file } = world.order(2);
    const next = await ordered(later, { ...order('other'), scene, number, file });
    await untilState(later, next.id, 'done');
    assert.deepEqual(keysSeen(moved), ['Bearer sk-other']);
    assert.deepEqual(keysSeen(service), ['Bearer sk-main']);
  });

  it('ask no more when the key goes while they render, and go on when it is back', async () => {
    ready = false;
    const manager = await opened();
    const { id } = await ordered(manager, order('main'));
    await untilState(manager, id, 'rendering');
    await accounts.put('main', 'sk-main', 'Main', moved.url);
    const failed = await untilState(manager, id, 'failed');
    assert.equal(failed.stage, 'poll');
    const asked = service.asked.length;
    await accounts.put('main', 'sk-anew', 'Main');
    ready = true;
    await manager.retry(id);
    await untilState(manager, id, 'done');
    assert.ok(
      service.asked.slice(asked).every(({ headers }) => headers.authorization === 'Bearer sk-anew'),
    );
    assert.equal(service.asked.filter(({ method }) => method === 'POST').length, 1);
    assert.equal(moved.asked.length, 0);
  });

  it('can be planned before there is an account', async () => {
    const factory = new StudioFactory({
      http: world.http,
      settings: () => ({ clipSeconds: [4, 8], requestFormat: 'json' }),
    });
    const studio = factory.at('openai-videos', address, 'm');
    const { signal } = new AbortController();
    assert.deepEqual((await studio.capabilities({ signal })).seconds, [4, 8]);
    assert.equal(factory.at('openai-videos', address, 'm'), studio, 'what it has learnt is kept');
    assert.notEqual(factory.at('openai-videos', moved.url, 'm'), studio);
  });
});
