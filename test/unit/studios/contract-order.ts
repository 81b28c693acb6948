import assert from 'node:assert/strict';
import { deadAddress, json } from '../net/loopback.ts';
import { contextOf, request, secret, type Stage } from './contract-stage.ts';
import { failure } from '../../support/failure.ts';

/** The step that costs money is made once, and it is known whether it was. */
export function ordersOnce(stage: Stage): void {
  const { context, wire } = stage;
  describe('an order, which costs money', () => {
    beforeEach(() => stage.start());

    afterEach(() => stage.close());

    for (const [status, headers, code, retryable] of [
      [400, {}, 'bad-input', false],
      [401, {}, 'account', false],
      [402, {}, 'account', false],
      [403, {}, 'account', false],
      [404, {}, 'bad-answer', false],
      [422, {}, 'bad-input', false],
      [429, { 'retry-after': '7' }, 'rate-limit', true],
      [503, { 'retry-after': '7' }, 'network', true],
      [409, {}, 'unclear', false],
      [500, {}, 'unclear', false],
      [502, {}, 'unclear', false],
      [504, {}, 'unclear', false],
    ] as const) {
      const wait = Object.keys(headers).length > 0;
      it(`is ${code} after ${status}${wait ? ' with a Retry-After' : ''}, and sent once`, async () => {
        stage.takeOrder = (_asked, response) => {
          json(response, { error: { message: `No, ${secret}.` } }, status, headers);
        };
        const error = await failure(stage.submit());
        assert.deepEqual([error.code, error.retryable], [code, retryable]);
        if (wait) assert.equal(error.retryAfterMs, 7000);
        assert.doesNotMatch(error.message, new RegExp(secret));
        assert.equal(stage.orders.length, 1);
      });
    }

    for (const [status, words, code] of [
      [400, 'It violates our content policy.', 'refused'],
      [403, 'Your input was flagged by moderation.', 'refused'],
      [403, 'This key may not do that.', 'account'],
      [400, 'API key not valid. Please pass a valid API key.', 'account'],
    ] as const) {
      it(`is ${code} after ${status} with the words "${words}"`, async () => {
        stage.takeOrder = (_asked, response) => {
          json(response, { error: { message: words } }, status);
        };
        const error = await failure(stage.submit());
        assert.deepEqual([error.code, error.status, error.retryable], [code, status, false]);
        assert.ok(error.message.includes(words));
      });
    }

    it('is unclear when no answer comes after it was sent', async () => {
      stage.takeOrder = () => undefined;
      assert.equal((await failure(stage.submit())).code, 'unclear');
      assert.equal(stage.orders.length, 1);
    });

    it('is unclear when the line breaks after it was sent', async () => {
      stage.takeOrder = (_asked, response) => {
        response.destroy();
      };
      const error = await failure(stage.submit());
      assert.equal(error.code, 'unclear');
      assert.doesNotMatch(error.message, new RegExp(secret));
      assert.equal(stage.orders.length, 1);
    });

    it('is unclear when it is stopped while the service has it', async () => {
      const stop = new AbortController();
      stage.takeOrder = () => {
        stop.abort();
      };
      const error = await failure(stage.studio().submit(request, contextOf(stop.signal)));
      assert.equal(error.code, 'unclear');
    });

    for (const [what, body] of [
      ['without the name of the render', '{}'],
      ['with a name that is part of no address', '{"id":"..","request_id":"."}'],
      ['that is a page', '<html>Welcome</html>'],
    ] as const) {
      it(`is unclear after an answer ${what}`, async () => {
        stage.takeOrder = (_asked, response) => {
          response.writeHead(200, { 'content-type': 'application/json' }).end(body);
        };
        assert.equal((await failure(stage.submit())).code, 'unclear');
        assert.equal(stage.orders.length, 1);
      });
    }

    for (const [body, code, retryable] of [
      [{ code: 500, msg: 'The hat is red.', data: {} }, 'bad-input', false],
      [{ error: { message: 'The hat is red.' } }, 'bad-input', false],
      [{ code: 1, msg: 'The server is busy: the hat is red.' }, 'network', true],
    ] as const) {
      it(`is refused by ${JSON.stringify(body)} in a good answer, in the words of the service`, async () => {
        stage.takeOrder = (_asked, response) => {
          json(response, body);
        };
        const error = await failure(stage.submit());
        assert.deepEqual([error.code, error.retryable], [code, retryable]);
        assert.match(error.message, /the hat is red/i);
        assert.equal(stage.orders.length, 1);
      });
    }

    it('can go out again after a 503 that says that the service is busy', async () => {
      stage.takeOrder = (_asked, response) => {
        json(response, { error: 'Server busy' }, 503);
      };
      const error = await failure(stage.submit());
      assert.deepEqual([error.code, error.retryable], ['network', true]);
    });

    it('can go out again when nothing was there to take it', async () => {
      const error = await failure(
        stage.studio(`${await deadAddress()}${wire.basePath}`).submit(request, context),
      );
      assert.deepEqual([error.code, error.retryable], ['network', true]);
    });

    it('does not follow the service to another place', async () => {
      stage.takeOrder = (asked, response) => {
        response.writeHead(307, { location: `${stage.stranger.url}${asked.url}` }).end();
      };
      await failure(stage.submit());
      assert.equal(stage.stranger.asked.length, 0);
      assert.equal(stage.orders.length, 1);
    });

    it('is not made where the base URL is none', async () => {
      for (const address of ['', 'nonsense', 'ftp://host/v1', 'file:///etc']) {
        const error = await failure(stage.studio(address).submit(request, context));
        assert.equal(error.code, 'bad-input', address);
        assert.match(error.message, /base URL/);
      }
    });
  });
}
