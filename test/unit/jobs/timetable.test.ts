import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Clock } from '../../../src/base/clock.ts';
import { Timetable } from '../../../src/jobs/timetable.ts';

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

describe('the timetable of all jobs', () => {
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
          const timetable = new Timetable(clock, (id) => called.push({ id, at: clock.now() }));
          const expected = new Map<string, { due: number; turn: number }>();
          for (const [turn, { id, after }] of list.entries()) {
            timetable.set(String(id), after);
            expected.set(String(id), { due: after, turn });
          }
          for (const id of cleared) {
            timetable.clear(String(id));
            expected.delete(String(id));
          }
          timetable.start();
          await over;
          await timetable.stop();
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
      const timetable = new Timetable(systemClock, (id) => {
        void timetable.stop();
        resolve(id);
      });
      timetable.start();
      timetable.set('late', 60_000);
      setImmediate(() => {
        timetable.set('soon', 1);
      });
    });
    assert.equal(called, 'soon');
  });
});
