import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { json } from '../net/loopback.ts';
import { secret, type Stage } from './contract-stage.ts';
import { failure } from '../../support/failure.ts';

/** All states of a render, and all that can go wrong with asking for them. */
export function asksWithPatience(stage: Stage): void {
  const { context, wire } = stage;
  describe('asking how it is getting on', () => {
    beforeEach(() => stage.start());

    afterEach(() => stage.close());

    it('takes a state that it does not know for rendering, and tells it', async () => {
      const job = await stage.submit();
      stage.at('strange');
      const answer = await stage.studio().poll(job, context);
      assert.ok(answer.state === 'rendering');
      assert.match(answer.guess ?? '', /taken for being at work: .* calls it “\w+”/);
    });

    for (const phase of wire.phases) {
      it(`knows a render that is ${phase}`, async () => {
        const job = await stage.submit();
        stage.at(phase);
        assert.equal((await stage.studio().poll(job, context)).state, phase);
      });
    }

    it('says why a render failed, without the key', async () => {
      const job = await stage.submit();
      stage.at('failed', { reason: `The hat is too red for ${secret}.` });
      const answer = await stage.studio().poll(job, context);
      assert.equal(answer.state, 'failed');
      assert.match(answer.reason, /the hat is too red/i);
      assert.doesNotMatch(answer.reason, new RegExp(secret));
    });

    it('tells the jobs that a service does not know a render, which they are patient with', async () => {
      const job = await stage.submit();
      for (const status of [400, 404, 409]) {
        stage.answerOthers = (_asked, response) => {
          json(response, { error: { message: 'unknown' } }, status);
        };
        const error = await failure(stage.studio().poll(job, context));
        assert.deepEqual([error.status, error.retryable], [status, false]);
        assert.match(error.message, /unknown/);
      }
    });

    it('tells a refused key from a render that is not known', async () => {
      const job = await stage.submit();
      stage.answerOthers = (_asked, response) => {
        json(response, { error: { message: 'API key expired. Renew it.' } }, 400);
      };
      assert.equal((await failure(stage.studio().poll(job, context))).code, 'account');
    });

    it('knows that a render is gone', async () => {
      const job = await stage.submit();
      stage.answerOthers = (_asked, response) => {
        json(response, {}, 410);
      };
      assert.deepEqual(await stage.studio().poll(job, context), { state: 'expired' });
    });

    for (const [status, code, retryable] of [
      [401, 'account', false],
      [403, 'account', false],
      [429, 'rate-limit', true],
      [500, 'network', true],
      [503, 'network', true],
    ] as const) {
      it(`passes on ${status} for the scheduler, without the key`, async () => {
        const job = await stage.submit();
        stage.answerOthers = (_asked, response) => {
          json(response, { error: { message: `No, ${secret}.` } }, status, {
            'retry-after': '9',
          });
        };
        const error = await failure(stage.studio().poll(job, context));
        assert.deepEqual(
          [error.code, error.retryable, error.retryAfterMs],
          [code, retryable, 9000],
        );
        assert.doesNotMatch(error.message, new RegExp(secret));
      });
    }

    for (const said of [{}, [], { message: 'ok' }, { data: {} }]) {
      it(`does not take ${JSON.stringify(said)} for rendering, which says nothing of a render`, async () => {
        const job = await stage.submit();
        stage.answerOthers = (_asked, response) => {
          json(response, said);
        };
        const error = await failure(stage.studio().poll(job, context));
        assert.deepEqual([error.code, error.retryable], ['bad-answer', false]);
      });
    }

    it('makes something of any answer', async () => {
      const job = await stage.submit();
      await fc.assert(
        fc.asyncProperty(fc.jsonValue(), async (value) => {
          stage.answerOthers = (_asked, response) => {
            json(response, value);
          };
          const answer = await stage
            .studio()
            .poll(job, context)
            .catch((error: unknown) => error as ScenewrightError);
          if (answer instanceof ScenewrightError) {
            assert.equal(answer.code, 'bad-answer');
            return;
          }
          if (answer.state !== 'rendering' || answer.progress === undefined) return;
          assert.ok(answer.progress >= 0 && answer.progress <= 1);
        }),
        { numRuns: 40 },
      );
    });
  });
}
