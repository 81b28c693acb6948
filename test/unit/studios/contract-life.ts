import assert from 'node:assert/strict';
import { aspects } from '../../../src/script/script-model.ts';
import type { RemoteJob } from '../../../src/studios/port.ts';
import { contextOf, onTheWeb, request, secret, type Stage } from './contract-stage.ts';
import { failure } from '../../support/failure.ts';

/** A render from the order to the bytes of its clip. */
export function livesFromOrderToBytes(stage: Stage): void {
  const { context, wire } = stage;
  describe('the life of a render', () => {
    beforeEach(() => stage.start());

    afterEach(() => stage.close());

    it('goes from the order over its states to the bytes of the clip', async () => {
      const studio = stage.studio();
      const job = await studio.submit(request, context);
      assert.equal(job.remoteId, 'r-1');
      for (const phase of ['queued', 'working'] as const) {
        stage.at(phase);
        assert.equal((await studio.poll(job, context)).state, 'rendering', phase);
      }
      stage.at('ready');
      assert.deepEqual(await studio.poll(job, context), { state: 'ready' });
      assert.deepEqual(await stage.fetch(await studio.result(job, context)), stage.film);
      assert.equal(stage.orders.length, 1);
      assert.deepEqual(stage.unknown, []);
    });

    it('orders what was asked for, with the key in its header', async () => {
      await stage.submit();
      const [order] = stage.orders;
      assert.ok(order);
      assert.deepEqual(JSON.parse(order.body), wire.ordered);
      assert.equal(order.headers[wire.key.header], wire.key.value(secret));
    });

    it('goes on after a restart with what the record holds', async () => {
      const job = JSON.parse(JSON.stringify(await stage.submit())) as RemoteJob;
      stage.at('ready');
      const reborn = stage.studio();
      assert.deepEqual(await reborn.poll(job, context), { state: 'ready' });
      assert.deepEqual(await stage.fetch(await reborn.result(job, context)), stage.film);
    });

    it('asks for the address anew each time, so that an expired one is renewed', async () => {
      const studio = stage.studio();
      const job = await studio.submit(request, context);
      stage.at('ready');
      const first = onTheWeb(await studio.result(job, context)).url;
      stage.at('ready', { clip: `${stage.server.url}/clips/2.mp4` });
      assert.notEqual(onTheWeb(await studio.result(job, context)).url, first);
    });

    it('declares lengths and shapes that a planner can use', async () => {
      const {
        seconds,
        aspects: shapes,
        promptLimit,
        price,
      } = await stage.studio().capabilities(context);
      assert.ok(seconds.length > 0 && shapes.length > 0);
      assert.deepEqual(
        seconds,
        [...new Set(seconds)]
          .filter((one) => Number.isInteger(one) && one > 0)
          .sort((a, b) => a - b),
      );
      assert.ok(shapes.every((shape) => aspects.includes(shape)));
      assert.ok(promptLimit === undefined || promptLimit > 0);
      assert.ok(price === undefined || price.perSecond >= 0);
      assert.equal(stage.orders.length, 0);
    });

    it('asks nothing when it is stopped', async () => {
      const job = await stage.submit();
      const before = stage.server.asked.length;
      const stopped = contextOf(AbortSignal.abort());
      assert.equal((await failure(stage.studio().poll(job, stopped))).code, 'cancelled');
      assert.equal(stage.server.asked.length, before);
    });
  });
}
