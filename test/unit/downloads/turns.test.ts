import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Turns } from '../../../src/downloads/turns.ts';

const { signal } = new AbortController();

/** Runs all tasks, each as long as its size, by a clock of its own; tells the order and the time. */
async function schedule(
  sizes: readonly (number | undefined)[],
  parallel: number,
): Promise<{ order: number[]; end: number }> {
  const turns = new Turns(parallel);
  const order: number[] = [];
  const running: { until: number; done: () => void }[] = [];
  let now = 0;
  let finished = 0;
  const all = sizes.map((size, index) =>
    turns
      .run(
        () =>
          new Promise<void>((done) => {
            order.push(index);
            assert.ok(running.length < parallel);
            running.push({ until: now + (size ?? 1), done });
          }),
        size,
        signal,
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
    const turns = new Turns(1);
    let running = 0;
    const held = new Promise<void>((resolve) => {
      const task = async (): Promise<void> => {
        if (++running === 3) resolve();
        await held;
      };
      for (let count = 0; count < 3; count++) void turns.run(task, undefined, signal);
      turns.setParallel(3);
    });
    await held;
  });

  it('does not come for those who left', async () => {
    const turns = new Turns(1);
    let finish: () => void = () => undefined;
    const first = turns.run(() => new Promise<void>((done) => (finish = done)), 1, signal);
    const leaving = new AbortController();
    const second = turns.run(() => assert.fail('It had left.'), 9, leaving.signal);
    leaving.abort();
    await assert.rejects(second, { name: 'AbortError' });
    await new Promise((resolve) => setImmediate(resolve));
    finish();
    await first;
  });

  it('comes for the next one after a failure', async () => {
    const turns = new Turns(1);
    const failing = turns.run(() => Promise.reject(new Error('no')), 1, signal);
    const next = turns.run(() => Promise.resolve('yes'), 1, signal);
    await assert.rejects(failing, /no/);
    assert.equal(await next, 'yes');
  });
});
