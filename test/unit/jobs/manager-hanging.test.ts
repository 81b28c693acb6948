import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ScenewrightError } from '../../../src/base/errors.ts';
import type { JobManager, JobManagerOptions } from '../../../src/jobs/manager.ts';
import { recordsIn } from '../../../src/jobs/sharing/generations.ts';
import type { Loopback } from '../net/loopback.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { World, until, untilState } from './world.ts';

const only = <T>(list: readonly T[]): T => {
  assert.equal(list.length, 1);
  return list[0] as T;
};

describe('video jobs while their order is under way', () => {
  let world: World;
  let server: Loopback;

  beforeEach(async () => {
    world = await World.make();
    server = await world.serving(mp4(50_000));
  });

  afterEach(async () => {
    await world.close();
    await server.close();
    assert.deepEqual(world.defects, []);
  });

  it('are removed as soon as the order is answered, and cancelled at the service', async () => {
    let answer: (() => void) | undefined;
    world.studio.onSubmit = ({ jobId }) =>
      new Promise((resolve) => {
        answer = () => {
          resolve({ remoteId: jobId });
        };
      });
    const manager = await world.opened();
    const { id } = only(await manager.enqueue(world.orders(1)));
    await until(() => answer !== undefined);
    const removed = manager.remove(id);
    answer?.();
    await removed;
    assert.equal(manager.view(id), undefined);
    assert.deepEqual(world.studio.cancelledIds, [id]);
  });

  for (const [what, code, state] of [
    ['that may have been taken', 'unclear', 'unclear'],
    ['that surely has not gone out', 'cancelled', 'cancelled'],
  ] as const) {
    describe(`whose order ${what} hangs`, () => {
      let stopped: number;

      beforeEach(() => {
        stopped = 0;
        world.studio.onSubmit = (_request, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              stopped++;
              reject(new ScenewrightError(code, 'It hung.'));
            });
          });
      });

      const hanging = async (
        more: Partial<JobManagerOptions> = {},
      ): Promise<[JobManager, string]> => {
        const manager = await world.opened({ removeGraceMs: 20, ...more });
        const { id } = only(await manager.enqueue(world.orders(1)));
        await until(() => world.studio.submitted.length > 0);
        return [manager, id];
      };

      it('can be cancelled once more, and then do not wait', async () => {
        const [manager, id] = await hanging();
        assert.match((await manager.cancel(id)).note ?? '', /Cancel again/);
        assert.equal(stopped, 0);
        await manager.cancel(id);
        await untilState(manager, id, state);
        assert.equal(stopped, 1);
        assert.equal(world.studio.submitted.length, 1);
      });

      it('can be removed, but not before the writer knows what may be paid', async () => {
        const [manager, id] = await hanging();
        if (state === 'unclear') {
          await assert.rejects(manager.remove(id), /has not said whether it took the order/);
          assert.equal(manager.view(id)?.state, 'unclear');
          assert.ok(existsSync(path.join(await recordsIn(world.storage), `${id}.json`)));
        }
        await manager.remove(id);
        assert.equal(manager.view(id), undefined);
        assert.equal(world.studio.submitted.length, 1);
      });

      it('leave the place of the order to the next', async () => {
        const [manager, id] = await hanging({ submitParallel: 1 });
        world.studio.onSubmit = ({ jobId }) => Promise.resolve({ remoteId: jobId });
        const { id: next } = only(await manager.enqueue([world.order(2)]));
        await manager.cancel(id);
        await manager.cancel(id);
        await untilState(manager, next, 'done');
      });
    });
  }
});
