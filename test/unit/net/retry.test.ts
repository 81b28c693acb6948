import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Clock } from '../../../src/base/clock.ts';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { backoffMs, nextTry, retry, RetryBudget } from '../../../src/net/retry.ts';
import type { Failure, RetryPolicy } from '../../../src/net/retry.ts';

const backoff = { baseMs: 100, maxMs: 5000 };
const policy: RetryPolicy = { attempts: 4, backoff, longestWaitMs: 60_000 };
const down = new ScenewrightError('network', 'down', { retryable: true });
const slow = (retryAfterMs: number): ScenewrightError =>
  new ScenewrightError('rate-limit', 'slow down', { retryable: true, retryAfterMs });
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('waiting before another try', () => {
  it('grows, within bounds and never to nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), chance, (attempt, random) => {
        const wait = backoffMs(attempt, new Error(), backoff, () => random);
        const step = Math.min(5000, 100 * 2 ** Math.min(attempt - 1, 30));
        assert.ok(wait >= step / 2 && wait <= step);
      }),
    );
  });

  it('is never shorter than the service asked for, and at most a twentieth longer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_400_000 }), chance, (hint, random) => {
        const wait = backoffMs(1, slow(hint), backoff, () => random);
        assert.ok(wait >= hint && wait <= hint * 1.05, `${wait} for ${hint}`);
      }),
    );
  });
});

describe('deciding about another try', () => {
  it('gives the wait until the attempts are used up', () => {
    assert.deepEqual(
      [1, 2, 3, 4].map((attempt) => nextTry(policy, attempt, down, () => 0)),
      [50, 100, 200, undefined],
    );
  });

  it('takes a service that asks for more patience than there is to have said no', () => {
    assert.equal(
      nextTry(policy, 1, slow(60_000), () => 0),
      60_000,
    );
    assert.equal(
      nextTry(policy, 1, slow(60_001), () => 0),
      undefined,
    );
  });

  it('never asks again where that cannot help', () => {
    for (const error of [
      new ScenewrightError('account', 'no key'),
      new ScenewrightError('bad-input', 'unknown model'),
      new ScenewrightError('refused', 'declined'),
      new ScenewrightError('unclear', 'perhaps taken'),
      new ScenewrightError('cancelled', 'stopped'),
      new TypeError('a defect'),
      'a string',
    ]) {
      assert.equal(
        nextTry(policy, 1, error, () => 0),
        undefined,
      );
    }
  });

  it('asks at once for a better answer, as the service itself is well', () => {
    const useless = new ScenewrightError('bad-answer', 'no JSON', { retryable: true });
    assert.equal(
      nextTry({ ...policy, unusableAtOnce: true }, 2, useless, () => 0.9),
      0,
    );
    assert.ok((nextTry(policy, 2, useless, () => 0.9) ?? 0) > 0, 'only where that is so');
  });

  it('takes from the budget only for tries that will be made', () => {
    const budget = new RetryBudget(2, 0);
    const shared = { ...policy, budget };
    nextTry(shared, 4, down, () => 0);
    nextTry(shared, 1, slow(100_000), () => 0);
    nextTry(shared, 1, new Error(), () => 0);
    assert.equal(budget.left, 2);
    assert.equal(
      nextTry(shared, 1, down, () => 0),
      50,
    );
    assert.equal(
      nextTry(shared, 1, slow(7), () => 0),
      7,
    );
    assert.equal(
      nextTry(shared, 1, down, () => 0),
      undefined,
    );
  });
});

describe('the retries that a run shares', () => {
  it('come back with successes, by their share and up to the allowance', () => {
    const budget = new RetryBudget(2, 0.1);
    assert.ok(budget.take());
    assert.ok(budget.take());
    assert.ok(!budget.take());
    for (let i = 0; i < 9; i++) budget.succeeded();
    assert.equal(budget.left, 0);
    budget.succeeded();
    assert.equal(budget.left, 1);
    for (let i = 0; i < 100; i++) budget.succeeded();
    assert.equal(budget.left, 2);
  });

  it('never let through more than the allowance and the share of the successes', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 20 }),
        fc.integer({ min: 0, max: 4 }),
        fc.array(fc.boolean(), { maxLength: 200 }),
        (allowance, quarters, events) => {
          const budget = new RetryBudget(allowance, quarters / 4);
          let taken = 0;
          let successes = 0;
          for (const success of events) {
            if (success) {
              budget.succeeded();
              successes++;
            } else if (budget.take()) taken++;
            assert.ok(taken <= allowance + (successes * quarters) / 4);
            assert.ok(budget.left >= 0 && budget.left <= allowance);
          }
        },
      ),
    );
  });
});

describe('trying again', () => {
  const clock: Clock = { now: () => 0, sleep: () => Promise.resolve() };
  const options = { policy, clock, random: () => 0, signal: new AbortController().signal };

  it('ends with the first success or with the last failure', async () => {
    let tries = 0;
    const passing = (): Promise<string> => {
      if (++tries < 3) throw down;
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

  it('counts failures as they are weighed, and one that is made good not at all', async () => {
    const seen: number[] = [];
    let tries = 0;
    const failing = (): Promise<never> => {
      tries++;
      throw down;
    };
    const weigh = ({ error, inARow }: Failure): Promise<Failure | 'again'> => {
      seen.push(inARow);
      if (tries === 2) return Promise.resolve('again');
      return Promise.resolve({ error, inARow: tries === 4 ? 1 : inARow });
    };
    await assert.rejects(retry(failing, { ...options, weigh }), down);
    assert.deepEqual(seen, [1, 2, 2, 3, 2, 3, 4]);
  });

  it('puts a share of a retry back with every success', async () => {
    const budget = new RetryBudget(1, 1);
    const shared = { ...options, policy: { ...policy, budget } };
    let tries = 0;
    const everyOther = (): Promise<void> =>
      ++tries % 2 === 1 ? Promise.reject(down) : Promise.resolve();
    await retry(everyOther, shared);
    await retry(everyOther, shared);
    assert.equal(tries, 4);
  });

  it('stops when it is cancelled during a wait', async () => {
    const abort = new AbortController();
    const sleep = (_ms: number, signal?: AbortSignal): Promise<void> => {
      abort.abort(new Error('enough'));
      return Promise.reject(signal?.reason as Error);
    };
    const stopped = retry(() => Promise.reject(down), {
      ...options,
      clock: { now: () => 0, sleep },
      signal: abort.signal,
    });
    await assert.rejects(stopped, { message: 'enough' });
  });
});
