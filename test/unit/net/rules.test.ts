import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Clock } from '../../../src/base/clock.ts';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { nextHop } from '../../../src/net/redirect.ts';
import { backoffMs, retry } from '../../../src/net/retry.ts';

describe('waiting before another try', () => {
  const backoff = { baseMs: 100, maxMs: 5000 };

  it('grows, within bounds and never to nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, chance) => {
          const wait = backoffMs(attempt, new Error(), backoff, () => chance);
          const step = Math.min(5000, 100 * 2 ** Math.min(attempt - 1, 30));
          assert.ok(wait >= step / 2 && wait <= step);
        },
      ),
    );
  });

  it('takes the service at its word, to a twentieth', () => {
    const error = new ScenewrightError('rate-limit', 'x', { retryAfterMs: 60_000 });
    for (const chance of [0, 0.5, 0.999]) {
      const wait = backoffMs(1, error, backoff, () => chance);
      assert.ok(wait >= 60_000 && wait <= 63_000);
    }
  });

  const clock: Clock = { now: () => 0, sleep: () => Promise.resolve() };
  const options = {
    backoff,
    retries: 3,
    clock,
    random: () => 0,
    signal: new AbortController().signal,
  };

  it('ends with the first success or with the last failure', async () => {
    let tries = 0;
    const passing = (): Promise<string> => {
      if (++tries < 3) throw new ScenewrightError('network', 'down', { retryable: true });
      return Promise.resolve('up');
    };
    assert.equal(await retry(passing, options), 'up');
    tries = -10;
    await assert.rejects(retry(passing, options), { message: 'down' });
    assert.equal(tries, -6, 'the first and three more');
  });

  it('is for what may help only', async () => {
    let tries = 0;
    const hopeless = (): Promise<never> => {
      tries++;
      throw new ScenewrightError('account', 'no');
    };
    await assert.rejects(retry(hopeless, options));
    assert.equal(tries, 1);
  });
});

describe('following a redirect', () => {
  const secrets = {
    Authorization: 'Bearer SECRET',
    'X-Api-Key': 'SECRET',
    'x-goog-api-key': 'SECRET',
    Cookie: 'SECRET',
    'x-something-new': 'SECRET',
    Range: 'bytes=1-',
    Accept: '*/*',
  };
  const from = { url: new URL('https://api.example/v1/clip'), headers: secrets };

  it('keeps everything on the same origin', () => {
    assert.deepEqual(nextHop(from, '/v2/clip').headers, secrets);
  });

  for (const location of [
    'https://other.example/x',
    'https://api.example:8443/x',
    '//other.example/x',
    'https://api.example.evil.example/x',
    'https://user:pass@other.example/x',
  ]) {
    it(`takes no credentials to ${location}`, () => {
      const hop = nextHop(from, location);
      assert.deepEqual(hop.headers, { Range: 'bytes=1-', Accept: '*/*' });
      assert.equal(hop.url.username + hop.url.password, '');
    });
  }

  for (const location of [
    'http://api.example/x',
    'file:///etc/passwd',
    'data:,x',
    '',
    null,
    'https://',
  ]) {
    it(`refuses ${JSON.stringify(location)}`, () => {
      assert.throws(() => nextHop(from, location), { code: 'network' });
    });
  }
});
