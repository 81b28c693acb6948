import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import { OwnerLock } from '../../../src/base/lock.ts';
import type { JobManager } from '../../../src/jobs/manager.ts';
import { renderOf, type JobRecord, type NewJob } from '../../../src/jobs/job.ts';
import { stateOf } from '../../../src/jobs/job-state.ts';
import { ClipClaims } from '../../../src/jobs/sharing/claims.ts';
import { TakenOverError } from '../../../src/jobs/sharing/generations.ts';
import { leaveNote } from '../../../src/jobs/sharing/notes.ts';
import { JobStore } from '../../../src/jobs/job-store.ts';
import type { Loopback } from '../net/loopback.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { oldRecordOf, type OldParts } from './old-records.ts';
import { World, onThisMachine, recordOf, until, untilState } from './world.ts';

const remoteIdOf = (record: JobRecord | undefined): string | undefined =>
  record && renderOf(record).remote?.remoteId;

describe('the jobs of windows that know nothing of each other', () => {
  const clip = mp4(20_000);
  let world: World;
  let server: Loopback;

  beforeEach(async () => {
    world = await World.make();
    server = await world.serving(clip);
  });

  afterEach(async () => {
    await world.close();
    await server.close();
  });

  const storageOf = (name: string): string => path.join(world.folder, `.storage-${name}`);

  /** The same folder in another workspace, whose window has a store of its own. */
  const elsewhere = async (name = 'workspace'): Promise<JobManager> => {
    const storage = storageOf(name);
    const store = new JobStore(storage);
    return await world.opened({
      store,
      lock: new OwnerLock(path.join(storage, 'owner'), { clock: systemClock, beatMs: 10 }),
      claims: new ClipClaims(path.join(world.shared, 'clips'), storage, name),
    });
  };

  const order = (number: number): NewJob => world.order(number);
  const rendering = (): void => {
    world.studio.onPoll = () => Promise.resolve({ state: 'rendering' });
  };

  /** Done, and on disk, where other windows look. */
  const done = async (manager: JobManager, id: string | undefined): Promise<void> => {
    await untilState(manager, id ?? '', 'done');
    for (const name of ['workspace', undefined]) {
      const store = new JobStore(name === undefined ? world.storage : storageOf(name));
      for (;;) {
        const record = await store.find(id ?? '');
        if (record === undefined || stateOf(record) === 'done') break;
      }
    }
  };

  describe('over one folder', () => {
    it('order a picture once, and the second says where it is', async () => {
      rendering();
      const first = await elsewhere('story (Workspace)');
      const second = await world.opened();
      const [job] = await first.enqueue([order(1)]);
      await assert.rejects(second.enqueue([order(1), order(2)]), (error: Error) => {
        assert.match(error.message, /scene 1 .*story \(Workspace\)/);
        return true;
      });
      assert.deepEqual(second.views(), [], 'none of them, not even what nobody has');
      await untilState(first, job?.id ?? '', 'rendering');
      assert.equal(world.studio.submitted.length, 1);
    });

    it('order it once when both begin at the same moment', async () => {
      rendering();
      const windows = [await elsewhere('a'), await elsewhere('b'), await world.opened()];
      const outcomes = await Promise.allSettled(windows.map((one) => one.enqueue([order(1)])));
      await until(() => windows.some((one) => one.views().some((v) => v.state === 'rendering')));
      await Promise.all(windows.map((one) => one.dispose()));
      assert.equal(world.studio.submitted.length, 1);
      assert.ok(outcomes.some(({ status }) => status === 'fulfilled'));
    });

    it('know it by its real path', async () => {
      rendering();
      const link = path.join(world.folder, 'link');
      await symlink(world.folder, link);
      const first = await elsewhere();
      const second = await world.opened();
      const [job] = await first.enqueue([order(1)]);
      await untilState(first, job?.id ?? '', 'rendering');
      const linked = { ...order(1), root: link, file: order(1).file.replace(world.folder, link) };
      await assert.rejects(second.enqueue([linked]), /another window/i);
      assert.equal(world.studio.submitted.length, 1);
    });

    it('go on with what a window that was closed has at the service, and do not order it', async () => {
      rendering();
      const first = await elsewhere();
      const [job] = await first.enqueue([order(1)]);
      await untilState(first, job?.id ?? '', 'rendering');
      await first.dispose();
      const second = await world.opened();
      const [taken] = await second.enqueue([order(1)]);
      assert.equal(taken?.id, job?.id);
      world.studio.onPoll = () => Promise.resolve({ state: 'ready' });
      await done(second, job?.id);
      assert.equal(world.studio.submitted.length, 1);
      assert.ok((await readFile(order(1).file)).equals(clip));
      const again = await elsewhere();
      assert.deepEqual(again.views(), [], 'it has moved and is not here as well');
    });

    it('fetch what such a window could not, and do not order it', async () => {
      world.studio.onResult = () => Promise.reject(new Error('no line'));
      const first = await elsewhere();
      const [job] = await first.enqueue([order(1)]);
      await untilState(first, job?.id ?? '', 'failed');
      await first.dispose();
      await server.close();
      server = await world.serving(clip);
      const second = await world.opened();
      await second.enqueue([order(1)]);
      await done(second, job?.id);
      assert.equal(world.studio.submitted.length, 1);
    });

    it('leave it to the writer when such a window closed in the middle of the order', async () => {
      const { accounts, ...facts } = order(1);
      assert.ok(accounts);
      const { file } = facts;
      const store = new JobStore(storageOf('workspace'));
      await store.load();
      await store.save(recordOf({ ...facts, render: { state: 'submitting' } }));
      const claims = new ClipClaims(path.join(world.shared, 'clips'), store.folder, 'workspace');
      assert.ok(await claims.take(file, 'job-1', undefined));
      const second = await world.opened();
      const [taken] = await second.enqueue([order(1)]);
      assert.deepEqual([taken?.id, taken?.state], ['job-1', 'unclear']);
      assert.equal(world.studio.submitted.length, 0);
    });

    it('do not pay for a clip that another has put there, unless it is wanted once more', async () => {
      const first = await elsewhere();
      const second = await world.opened();
      const [job] = await first.enqueue([order(1)]);
      await done(first, job?.id);
      const [known] = await second.enqueue([order(1)]);
      assert.deepEqual([known?.id, known?.state], [job?.id, 'done']);
      assert.equal(world.studio.submitted.length, 1);
      const [anew] = await second.enqueue([order(1)]);
      assert.notEqual(anew?.id, job?.id);
      await done(second, anew?.id);
      assert.equal(world.studio.submitted.length, 2);
    });

    /** Stands still at a moment of its next order, until another window has made the clip. */
    const standingStill = async (
      moment: 'has looked' | 'has its number',
      meanwhile: () => Promise<void>,
    ): Promise<JobManager> => {
      let isToCome = true;
      const once = async (): Promise<void> => {
        if (!isToCome) return;
        isToCome = false;
        await meanwhile();
      };
      const storage = storageOf('still');
      const store = new JobStore(storage);
      const claims = new ClipClaims(path.join(world.shared, 'clips'), storage, 'still');
      const lock = new OwnerLock(path.join(storage, 'owner'), { clock: systemClock, beatMs: 10 });
      if (moment === 'has looked') {
        const of = claims.of.bind(claims);
        claims.of = async (clip) => {
          const claim = await of(clip);
          await once();
          return claim;
        };
      } else {
        const save = store.save.bind(store);
        store.save = async (record) => {
          await once();
          await save(record);
        };
      }
      return await world.opened({ store, lock, claims });
    };

    for (const moment of ['has looked', 'has its number'] as const) {
      it(`do not pay for it again where the second ${moment}, and stands still until it is there`, async () => {
        const first = await elsewhere();
        const second = await standingStill(moment, async () => {
          const [job] = await first.enqueue([order(1)]);
          await done(first, job?.id);
        });
        const [adopted, other] = await second.enqueue([order(1), order(2)]);
        assert.deepEqual([adopted?.id, adopted?.state], [first.views()[0]?.id, 'done']);
        await done(second, other?.id);
        assert.equal(world.studio.submitted.length, 2, 'scene 1 once, and scene 2');
        const [anew] = await second.enqueue([order(1)]);
        assert.notEqual(anew?.id, adopted?.id, 'and now it is wanted once more');
      });
    }

    it('render another picture of the scene where the last one is done', async () => {
      const first = await elsewhere();
      const second = await world.opened();
      const [job] = await first.enqueue([order(1)]);
      await done(first, job?.id);
      const [anew] = await second.enqueue([{ ...order(1), pictureHash: 'another' }]);
      await done(second, anew?.id);
      assert.equal(world.studio.submitted.length, 2);
      // And the first window, when it is told to, does not render its older one over it unasked.
      const [seen] = await first.enqueue([{ ...order(1), pictureHash: 'another' }]);
      assert.equal(seen?.id, anew?.id);
    });

    it('keep the name of a clip for its own scene', async () => {
      const first = await elsewhere();
      const second = await world.opened();
      const [job] = await first.enqueue([order(1)]);
      await done(first, job?.id);
      const { file } = order(1);
      assert.equal(await second.belongsToAnother(file, 'scene1'), false);
      assert.equal(await second.belongsToAnother(file, 'scene9'), true);
      assert.equal(await first.belongsToAnother(file, 'scene9'), false, 'its own record tells');
    });

    it('are not hindered by the claim of a job that is no more', async () => {
      const first = await elsewhere();
      const [job] = await first.enqueue([order(1)]);
      await done(first, job?.id);
      await first.dispose();
      await rm(storageOf('workspace'), { recursive: true });
      const second = await world.opened();
      const [anew] = await second.enqueue([order(1)]);
      await done(second, anew?.id);
    });

    it('order nothing where claims cannot be written down, and say where', async () => {
      await writeFile(world.shared, 'a file');
      const manager = await world.opened();
      await assert.rejects(manager.enqueue([order(1)]), (error: Error) => {
        assert.match(error.message, /clips is not there any more|clips cannot be/);
        return true;
      });
      assert.deepEqual(manager.views(), []);
      assert.equal(world.studio.submitted.length, 0);
    });

    it('find a job once, wherever taking it over was broken off', async () => {
      const { accounts, ...facts } = order(1);
      assert.ok(accounts);
      const { file } = facts;
      const remote = onThisMachine({ remoteId: 'r' });
      const left = new JobStore(storageOf('workspace'));
      await left.load();
      await left.save(recordOf({ ...facts, render: { state: 'accepted', remote } }));
      const claims = new ClipClaims(path.join(world.shared, 'clips'), world.storage, 'here');
      // Claimed for this store, and still in the other.
      assert.ok(await claims.take(file, 'job-1', undefined, left.folder));
      const second = await world.opened();
      assert.deepEqual(second.views(), []);
      const [taken] = await second.enqueue([order(1)]);
      assert.equal(taken?.id, 'job-1');
      await untilState(second, 'job-1', 'done');
      assert.equal(await left.find('job-1'), undefined);
      assert.equal(world.studio.submitted.length, 0);
    });
  });

  describe('an owner that has stood still', () => {
    const owned = (): Promise<boolean> => Promise.resolve(true);

    it('can write no record over that of the next one', async () => {
      const stale = new JobStore(world.storage);
      await stale.load();
      await stale.save(recordOf());
      const owner = new JobStore(world.storage);
      const { records } = await owner.load(owned);
      assert.equal(records.length, 1);
      await owner.save(recordOf({ render: { state: 'accepted', remote: { remoteId: 'paid' } } }));
      await assert.rejects(stale.save(recordOf({ render: { state: 'failed' } })), TakenOverError);
      await assert.rejects(stale.remove('job-1'), TakenOverError);
      assert.equal(remoteIdOf(await owner.find('job-1')), 'paid');
    });

    it('takes nothing away from the next one either', async () => {
      const owner = new JobStore(world.storage);
      await owner.load();
      await owner.save(recordOf());
      const late = new JobStore(world.storage);
      await assert.rejects(
        late.load(() => Promise.resolve(false)),
        TakenOverError,
      );
      await owner.save(recordOf({ render: { state: 'saved' } }));
      assert.equal(renderOf((await owner.find('job-1')) ?? recordOf()).state, 'saved');
    });

    it('leaves what a paid order is called for the next one', async () => {
      const { file, root } = order(1);
      const unclear = recordOf({ file, root, render: { state: 'unclear', stage: 'submit' } });
      await world.left(unclear);
      const manager = await world.opened();
      const remote = onThisMachine({ remoteId: 'paid' });
      const taken = recordOf({ file, root, render: { state: 'accepted', remote } });
      await leaveNote(world.storage, taken);
      await untilState(manager, 'job-1', 'done');
      assert.equal(remoteIdOf(await world.onDisk('job-1')), 'paid');
      assert.equal(world.studio.submitted.length, 0);
      await until(() => manager.owner);
      assert.deepEqual(await readdir(path.join(world.storage, 'late')), []);
    });

    it('leaves it also where the writer has ordered again: both are known', async () => {
      const { file, root } = order(1);
      const remote = onThisMachine({ remoteId: 'second' });
      const record = recordOf({ file, root, render: { state: 'accepted', remote } });
      await world.left(record);
      rendering();
      const manager = await world.opened();
      const first = onThisMachine({ remoteId: 'first' });
      const earlier = recordOf({ file, root, render: { state: 'accepted', remote: first } });
      await leaveNote(world.storage, earlier);
      await until(() => manager.views().length === 2);
      const ids = manager.records().map(remoteIdOf);
      assert.deepEqual(ids.sort(), ['first', 'second']);
      assert.equal(manager.views().find(({ state }) => state === 'cancelled')?.scene, 1);
    });

    it('answers late, and the id is there', async () => {
      let answer: (() => void) | undefined;
      world.studio.onSubmit = ({ jobId }) =>
        new Promise((resolve) => {
          answer = () => {
            resolve({ remoteId: `paid-${jobId}` });
          };
        });
      // A beat that never comes, as of a window that stands still.
      const lock = new OwnerLock(path.join(world.storage, 'owner'), {
        clock: systemClock,
        beatMs: 60_000,
      });
      const stale = await world.opened({ lock });
      const [job] = await stale.enqueue([order(1)]);
      await until(() => answer !== undefined);
      rendering();
      const owner = await world.opened();
      const id = job?.id ?? '';
      await untilState(owner, id, 'unclear');
      answer?.();
      await untilState(owner, id, 'rendering');
      await owner.dispose();
      assert.equal(remoteIdOf(await world.onDisk(id)), `paid-${id}`);
      assert.equal(world.studio.submitted.length, 1);
    });
  });

  describe('of an earlier version', () => {
    const old = async (...records: readonly OldParts[]): Promise<void> => {
      await mkdir(world.storage, { recursive: true });
      for (const record of records) {
        await writeFile(path.join(world.storage, `${record.id}.json`), JSON.stringify(record));
      }
    };

    it('are taken along, also when that was broken off in the middle', async () => {
      await old(oldRecordOf({ id: 'a' }), oldRecordOf({ id: 'b' }), oldRecordOf({ id: 'c' }));
      const broken = path.join(world.storage, 'records-1-0123456789ab');
      await mkdir(broken);
      await writeFile(path.join(broken, 'd.json'), JSON.stringify(oldRecordOf({ id: 'd' })));
      const { records } = await new JobStore(world.storage).load();
      assert.deepEqual(records.map(({ id }) => id).sort(), ['a', 'b', 'c', 'd']);
    });

    it('are shown to a guest while a window of that version works on them', async () => {
      await old(oldRecordOf({ id: 'a' }));
      const { changed } = await new JobStore(world.storage).refresh();
      assert.deepEqual(
        changed.map(({ id }) => id),
        ['a'],
      );
    });

    it('are all there when several windows come for them at once', async () => {
      const all = Array.from({ length: 40 }, (_, index) => oldRecordOf({ id: `job-${index}` }));
      await old(...all);
      const stores = Array.from({ length: 4 }, () => new JobStore(world.storage));
      await Promise.allSettled(stores.map((store) => store.load()));
      const { records } = await new JobStore(world.storage).load();
      assert.equal(records.length, 40);
    });

    it('claim their clips once a window has seen them', async () => {
      const { file, root } = order(1);
      const remote = onThisMachine({ remoteId: 'r' });
      await old(oldRecordOf({ file, root, state: 'rendering', remote }));
      rendering();
      await world.opened();
      const second = await elsewhere();
      await assert.rejects(second.enqueue([order(1)]), /another window/i);
      assert.equal(world.studio.submitted.length, 0);
    });
  });
});
