import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Limiter, LimiterPerKey } from '../../../src/base/limiter.ts';

const { signal } = new AbortController();

/** Runs all tasks, each as long as its size, by a clock of its own; tells the order and the time. */
async function schedule(
  sizes: readonly (number | undefined)[],
  parallel: number,
): Promise<{ order: number[]; end: number }> {
  const limiter = new Limiter(parallel);
  const order: number[] = [];
  const running: { until: number; done: () => void }[] = [];
  let now = 0;
  let finished = 0;
  const all = sizes.map((size, index) =>
    limiter
      .run(
        () =>
          new Promise<void>((done) => {
            order.push(index);
            assert.ok(running.length < parallel);
            running.push({ until: now + (size ?? 1), done });
          }),
        { priority: size ?? -1, signal },
      )
      .then(() => finished++),
  );
  while (finished < sizes.length) {
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    running.sort((a, b) => a.until - b.until);
    const next = running.shift();
    if (next === undefined) continue;
    now = next.until;
    next.done();
  }
  await Promise.all(all);
  return { order, end: now };
}

describe('a limiter', () => {
  it('lets no more go on than it may, and forgets nobody who waits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.record({ steps: fc.nat(3), priority: fc.option(fc.nat(2)) }), {
          minLength: 1,
          maxLength: 30,
        }),
        async (limit, tasks) => {
          const limiter = new Limiter(limit);
          let inside = 0;
          let most = 0;
          await Promise.all(
            tasks.map(({ steps, priority }) =>
              limiter.run(
                async () => {
                  most = Math.max(most, ++inside);
                  for (let step = 0; step < steps; step++) await Promise.resolve();
                  inside--;
                },
                priority === null ? {} : { priority },
              ),
            ),
          );
          assert.ok(most <= limit);
          assert.equal(limiter.isIdle, true);
          assert.equal(limiter.tryAcquire(), true);
        },
      ),
    );
  });

  it('is for each key by itself', () => {
    const limiters = new LimiterPerKey(1);
    assert.equal(limiters.of('a').tryAcquire(), true);
    assert.equal(limiters.of('a').tryAcquire(), false);
    assert.equal(limiters.of('b').tryAcquire(), true);
    assert.equal(limiters.of('a').tryAcquire(), false);
    limiters.setLimit(2);
    assert.equal(limiters.of('a').tryAcquire(), true);
  });

  it('is held in order, and not by those who left meanwhile', async () => {
    const limiter = new Limiter(1);
    await limiter.acquire();
    const leaving = new AbortController();
    const first = limiter.acquire({ signal: leaving.signal });
    const second = limiter.acquire({ signal });
    assert.equal(limiter.isWanted, true);
    leaving.abort();
    await assert.rejects(first);
    limiter.release();
    await second;
    assert.equal(limiter.tryAcquire(), false);
  });
});

describe('whose turn it is', () => {
  it('is the largest of those that wait; the unknown follow in order', async () => {
    const { order } = await schedule([3, undefined, 9, 5, undefined, 9], 1);
    assert.deepEqual(order, [2, 5, 3, 0, 1, 4]);
  });

  it('ends close to the earliest end that there can be', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 20, maxLength: 60 }),
        async (sizes) => {
          const { end } = await schedule(sizes, 5);
          const least = Math.max(Math.max(...sizes), sizes.reduce((a, b) => a + b) / 5);
          // Longest first is never worse than 4/3 of the best.
          assert.ok(end <= least * (4 / 3) + 1e-9, `${end} of ${least}`);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('comes for more at once when the limit is raised', async () => {
    const limiter = new Limiter(1);
    let running = 0;
    const held = new Promise<void>((resolve) => {
      const task = async (): Promise<void> => {
        if (++running === 3) resolve();
        await held;
      };
      for (let count = 0; count < 3; count++) void limiter.run(task, { priority: 0 });
      limiter.setLimit(3);
    });
    await held;
  });

  it('does not come for those who left', async () => {
    const limiter = new Limiter(1);
    let finish: () => void = () => undefined;
    const first = limiter.run(() => new Promise<void>((done) => (finish = done)));
    const leaving = new AbortController();
    const second = limiter.run(() => assert.fail('It had left.'), {
      priority: 9,
      signal: leaving.signal,
    });
    leaving.abort();
    await assert.rejects(second, { name: 'AbortError' });
    await new Promise((resolve) => setImmediate(resolve));
    finish();
    await first;
  });

  it('comes for the next one after a failure', async () => {
    const limiter = new Limiter(1);
    const failing = limiter.run(() => Promise.reject(new Error('no')));
    const next = limiter.run(() => Promise.resolve('yes'));
    await assert.rejects(failing, /no/);
    assert.equal(await next, 'yes');
  });
});
