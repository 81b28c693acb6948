import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { json } from '../net/loopback.ts';
import { secret, type Stage } from './contract-stage.ts';
import { failure } from '../../support/failure.ts';

/** Stopping a render at the service, or saying that this is not possible. */
export function stopsWhereItCan(stage: Stage): void {
  const { context, wire } = stage;
  describe('stopping a render', () => {
    beforeEach(() => stage.start());

    afterEach(() => stage.close());

    if (wire.cancel === undefined) {
      it('is not offered', () => {
        assert.ok(!('cancel' in stage.studio()));
      });
      return;
    }
    const { method, path } = wire.cancel;

    /** Who looks at the render first finds it waiting. */
    const hears = (answer: (response: ServerResponse) => void): void => {
      stage.answerOthers = (asked, response) => {
        if (asked.method === method) answer(response);
        else json(response, wire.reply(asked, stage.moment)?.body);
      };
    };

    it('tells the service', async () => {
      const job = await stage.submit();
      hears((response) => {
        json(response, {});
      });
      await stage.studio().cancel?.(job, context);
      const told = stage.server.asked.findLast((asked) => asked.method === method);
      assert.equal(told?.url, `${wire.basePath}${path}`);
      assert.equal(told.headers[wire.key.header], wire.key.value(secret));
    });

    it('takes an empty answer for heard', async () => {
      const job = await stage.submit();
      hears((response) => {
        response.writeHead(202).end();
      });
      await assert.doesNotReject(async () => stage.studio().cancel?.(job, context));
    });

    it('says when it was too late', async () => {
      const job = await stage.submit();
      hears((response) => {
        json(response, { status: 'ALREADY_COMPLETED' }, 400);
      });
      const error = await failure((async () => stage.studio().cancel?.(job, context))());
      assert.equal(error.status, 400);
    });
  });
}
