import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Clock } from '../../../src/base/clock.ts';
import { TimerQueue } from '../../../src/jobs/timer-queue.ts';

/** Time that jumps to where somebody wants to wake up. */
function jumpingClock(until: number): { clock: Clock; over: Promise<void> } {
  let now = 0;
  let end: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const clock: Clock = {
    now: () => now,
    sleep: async (ms, signal) => {
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      now += ms;
      if (now >= until) {
        end();
        await new Promise<void>((resolve) => {
          signal?.addEventListener('abort', () => {
            resolve();
          });
        });
      }
    },
  };
  return { clock, over };
}

describe('the timers of all jobs', () => {
  it('calls each job at its last set moment, in order, and once', async () => {
    const settings = fc.array(
      fc.record({ id: fc.integer({ min: 0, max: 12 }), after: fc.integer({ min: 0, max: 500 }) }),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(
        settings,
        fc.uniqueArray(fc.integer({ max: 12, min: 0 })),
        async (list, cleared) => {
          const { clock, over } = jumpingClock(1000);
          const called: { id: string; at: number }[] = [];
          const timers = new TimerQueue(clock, (id) => called.push({ id, at: clock.now() }));
          const expected = new Map<string, { due: number; turn: number }>();
          for (const [turn, { id, after }] of list.entries()) {
            timers.set(String(id), after);
            expected.set(String(id), { due: after, turn });
          }
          for (const id of cleared) {
            timers.clear(String(id));
            expected.delete(String(id));
          }
          timers.start();
          await over;
          await timers.stop();
          const order = [...expected]
            .sort(([, a], [, b]) => a.due - b.due || a.turn - b.turn)
            .map(([id, { due }]) => ({ id, at: due }));
          assert.deepEqual(called, order);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('wakes up for what is set to be earlier', async () => {
    const { systemClock } = await import('../../../src/base/clock.ts');
    const called = await new Promise<string>((resolve) => {
      const timers = new TimerQueue(systemClock, (id) => {
        void timers.stop();
        resolve(id);
      });
      timers.start();
      timers.set('late', 60_000);
      setImmediate(() => {
        timers.set('soon', 1);
      });
    });
    assert.equal(called, 'soon');
  });

  /** A clock that passes only as it is told; whoever sleeps wakes when the test lets them. */
  class HeldClock implements Clock {
    time = 0;
    readonly asked: number[] = [];
    private readonly sleepers = new Set<() => void>();

    now(): number {
      return this.time;
    }

    sleep(ms: number, signal?: AbortSignal): Promise<void> {
      this.asked.push(ms);
      return new Promise((resolve, reject) => {
        this.sleepers.add(resolve);
        signal?.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      });
    }

    async pass(ms: number): Promise<void> {
      this.time += ms;
      for (const wake of this.sleepers) wake();
      this.sleepers.clear();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  const running = async (
    count: number,
    afterMs: number,
  ): Promise<{ clock: HeldClock; called: string[]; timers: TimerQueue }> => {
    const clock = new HeldClock();
    const called: string[] = [];
    const timers = new TimerQueue(clock, (id) => called.push(id));
    for (let id = 0; id < count; id++) timers.set(String(id), afterMs);
    timers.start();
    await clock.pass(0);
    return { clock, called, timers };
  };

  it('comes back to what was due while the machine slept, at once but not all at once', async () => {
    const { clock, called, timers } = await running(100, 5000);
    await clock.pass(8 * 3600_000);
    assert.deepEqual(called, ['0'], 'the first at once');
    await clock.pass(500);
    assert.equal(called.length, 11);
    await clock.pass(5000);
    assert.deepEqual(
      called,
      Array.from({ length: 100 }, (_, id) => String(id)),
    );
    await timers.stop();
  });

  it('is through with it within a minute, however many there are', async () => {
    const { clock, called, timers } = await running(10_000, 5000);
    await clock.pass(3600_000);
    assert.ok(called.length <= 2);
    for (let second = 0; second < 60; second++) await clock.pass(1000);
    assert.equal(called.length, 10_000);
    await timers.stop();
  });

  it('looks at the clock often, because timers stand still while the machine sleeps', async () => {
    const { clock, timers } = await running(1, 3600_000);
    assert.ok(Math.max(...clock.asked) <= 10_000, String(clock.asked));
    await timers.stop();
  });

  it('does not wait longer because the clock was set back', async () => {
    const { clock, called, timers } = await running(1, 60_000);
    await clock.pass(10_000);
    await clock.pass(-7200_000);
    await clock.pass(49_000);
    assert.deepEqual(called, []);
    await clock.pass(1000);
    assert.deepEqual(called, ['0']);
    await timers.stop();
  });
});
