import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { systemClock } from '../../../src/base/clock.ts';
import { OwnerLock } from '../../../src/base/lock.ts';
import type { JobManager } from '../../../src/jobs/manager.ts';
import { finalStates } from '../../../src/jobs/job.ts';
import { clipFileOf, hasClip } from '../../../src/jobs/job-state.ts';
import { JobStore } from '../../../src/jobs/job-store.ts';
import { ClipClaims } from '../../../src/jobs/sharing/claims.ts';
import { firstPlace, highestTake, takeOf, takePlace } from '../../../src/jobs/take-place.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { World, until } from './world.ts';

/** What may happen in a folder of clips, in any of two windows that know nothing of each other. */
type Step =
  | { readonly kind: 'order'; readonly window: 0 | 1; readonly another: boolean }
  | { readonly kind: 'unlist'; readonly window: 0 | 1 }
  | { readonly kind: 'file'; readonly take: number }
  | { readonly kind: 'delete'; readonly take: number }
  | { readonly kind: 'settle' };

const window = fc.constantFrom<0 | 1>(0, 1);
const take = fc.integer({ min: 1, max: 6 });
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('order' as const), window, another: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unlist' as const), window }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('file' as const), take }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), take }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('settle' as const) }) },
);

/** One scene's takes, and all that is known to have been put on disk for it. */
class Folder {
  readonly world: World;
  readonly windows: readonly JobManager[];
  /** By the name of the job: the bytes of its clip, each another one. */
  readonly paid = new Map<string, Buffer>();
  /** By path: what was put there by hand and is not deleted. */
  private readonly byHand = new Map<string, Buffer>();
  private readonly deleted = new Set<string>();

  private constructor(world: World, windows: readonly JobManager[]) {
    this.world = world;
    this.windows = windows;
  }

  static async make(): Promise<Folder> {
    const world = await World.make();
    const windows = await Promise.all(
      ['left', 'right'].map((name) => {
        const storage = path.join(world.folder, `.storage-${name}`);
        return world.opened({
          store: new JobStore(storage),
          lock: new OwnerLock(path.join(storage, 'owner'), { clock: systemClock, beatMs: 10 }),
          claims: new ClipClaims(path.join(world.shared, 'clips'), storage, name),
        });
      }),
    );
    const folder = new Folder(world, windows);
    const made = path.join(world.folder, 'made');
    await mkdir(made);
    await mkdir(path.dirname(folder.first), { recursive: true });
    world.studio.onResult = async ({ remoteId }) => {
      const bytes = folder.paid.get(remoteId) ?? mp4(500);
      folder.paid.set(remoteId, bytes);
      const file = path.join(made, `${remoteId}.mp4`);
      await writeFile(file, bytes);
      return { kind: 'file', path: file };
    };
    return folder;
  }

  get first(): string {
    return this.world.order(1).file;
  }

  async act(one: Step): Promise<void> {
    switch (one.kind) {
      case 'order':
        // The other window may be at work on it, which is no order then.
        await this.windows[one.window]
          ?.enqueue([{ ...this.world.order(1), another: one.another }])
          .catch(() => []);
        return;
      case 'unlist': {
        const manager = this.windows[one.window];
        const job = manager?.views().find(({ state }) => state === 'done');
        if (job !== undefined) await manager?.remove(job.id);
        return;
      }
      case 'file': {
        const file = takePlace(this.first, one.take);
        const bytes = mp4(400);
        const isNew = await writeFile(file, bytes, { flag: 'wx' }).then(
          () => true,
          () => false,
        );
        if (isNew) this.byHand.set(file, bytes);
        return;
      }
      case 'delete': {
        const file = takePlace(this.first, one.take);
        const bytes = await readFile(file).catch(() => undefined);
        if (bytes === undefined) return;
        await rm(file);
        this.byHand.delete(file);
        this.deleted.add(bytes.toString('base64'));
        return;
      }
      case 'settle':
        await this.settle();
    }
  }

  async settle(): Promise<void> {
    await until(() =>
      this.windows.every((one) => one.views().every(({ state }) => finalStates.has(state))),
    );
  }

  /** Everything that was paid for or put there is there once, and whose it is is known. */
  async look(): Promise<void> {
    for (const [file, bytes] of this.byHand) assert.ok((await readFile(file)).equals(bytes), file);
    const there = new Map<string, number>();
    const dir = path.dirname(this.first);
    for (const name of await readdir(dir)) {
      if (!name.endsWith('.mp4')) continue;
      const bytes = (await readFile(path.join(dir, name))).toString('base64');
      there.set(bytes, (there.get(bytes) ?? 0) + 1);
    }
    for (const [job, bytes] of this.paid) {
      const key = bytes.toString('base64');
      assert.ok(there.get(key) === 1 || (this.deleted.has(key) && !there.has(key)), job);
    }
    // One that the other window has taken up is one and the same.
    const places = new Map<string, string>();
    for (const manager of this.windows) {
      for (const record of manager.records()) {
        if (!hasClip(record)) continue;
        const bytes = await readFile(clipFileOf(record)).catch(() => undefined);
        const own = this.paid.get(`remote-${record.id}`);
        // Of a clip that was deleted only the record is left, and its number may be another's by now.
        if (bytes === undefined || own === undefined || !bytes.equals(own)) continue;
        assert.ok(takeOf(record.file) >= 1);
        assert.equal(
          places.get(record.file) ?? record.id,
          record.id,
          'no two takes have one place',
        );
        places.set(record.file, record.id);
      }
    }
    assert.equal(this.paid.size, this.world.studio.submitted.length, 'each order is a clip');
    const ids = this.world.studio.submitted.map(({ request }) => request.jobId);
    assert.equal(new Set(ids).size, ids.length, 'nothing is ordered twice');
  }
}

describe('the takes of a scene', function () {
  this.timeout(120_000);

  it('have a place each, whatever is ordered, put there or deleted, in two windows', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const folder = await Folder.make();
        try {
          for (const one of steps) await folder.act(one);
          await folder.settle();
          await folder.look();
        } finally {
          await folder.world.close();
        }
      }),
      { numRuns: 30 },
    ));

  it('are read back from their places as what they are, up to the last there can be', () => {
    const first = path.join('videos', 'scene-012.mp4');
    for (const one of [1, 2, 9, 10, 99, 100, 999, highestTake]) {
      assert.equal(takeOf(takePlace(first, one)), one);
      assert.equal(firstPlace(takePlace(first, one)), first);
    }
    assert.throws(() => takePlace(first, highestTake + 1), { code: 'bad-input' });
  });
});
