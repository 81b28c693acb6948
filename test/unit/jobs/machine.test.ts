import assert from 'node:assert/strict';
import fc from 'fast-check';
import { next, type JobEvent } from '../../../src/jobs/machine.ts';
import { finalStates, jobStates, type JobRecord, type JobState } from '../../../src/jobs/model.ts';
import { recordOf } from './world.ts';

const events: readonly JobEvent[] = [
  { type: 'submit' },
  { type: 'put-back' },
  { type: 'accepted', remote: { remoteId: 'r' } },
  { type: 'lost', error: 'lost' },
  { type: 'ready' },
  { type: 'download' },
  { type: 'saved', bytes: 5, clipSeconds: 8 },
  { type: 'poster', poster: '/x.jpg' },
  { type: 'poster', poster: undefined },
  { type: 'fail', stage: 'submit', error: 'e', retryable: true },
  { type: 'fail', stage: 'render', error: 'e', retryable: true },
  { type: 'fail', stage: 'poll', error: 'e', retryable: false },
  { type: 'fail', stage: 'download', error: 'e', retryable: true },
  { type: 'expire' },
  { type: 'cancel', atService: true },
  { type: 'cancel', atService: false },
  { type: 'pause' },
  { type: 'resume' },
  { type: 'retry' },
  { type: 'wake', free: false },
  { type: 'wake', free: true },
];
const path = (list: readonly JobEvent[]): fc.Arbitrary<JobEvent[]> =>
  fc.array(fc.constantFrom(...list), { maxLength: 60 });

/** All steps that such a list of events really makes. */
function* walk(
  list: readonly JobEvent[],
): Generator<{ before: JobRecord; event: JobEvent; after: JobRecord }> {
  let before = recordOf();
  for (const event of list) {
    const after = next(before, event);
    if (after === undefined) continue;
    yield { before, event, after };
    before = after;
  }
}

describe("a job's life on paper", () => {
  it('never orders again what may have been taken, but for the wish of the writer', () => {
    fc.assert(
      fc.property(path(events), (list) => {
        let open = false;
        for (const { before, event, after } of walk(list)) {
          if (event.type === 'submit') assert.equal(open, false, 'ordered while one may be out');
          if (event.type === 'submit') open = true;
          const certain =
            event.type === 'put-back' ||
            event.type === 'retry' ||
            (event.type === 'wake' && event.free) ||
            (event.type === 'fail' && event.stage === 'submit');
          if (certain && before.state !== after.state) open = false;
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves "unclear" by the writer’s retry alone', () => {
    for (const event of events) {
      const after = next(recordOf({ state: 'unclear' }), event);
      assert.equal(after !== undefined, event.type === 'retry', event.type);
    }
  });

  it('orders nothing while the service still has the render', () => {
    fc.assert(
      fc.property(path(events), (list) => {
        for (const { before, event } of walk(list)) {
          if (event.type === 'submit') assert.equal(before.remote, undefined);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves a final state by retry alone, and "done" never', () => {
    fc.assert(
      fc.property(path(events), (list) => {
        for (const { before, event, after } of walk(list)) {
          if (!finalStates.has(before.state)) continue;
          if (before.state === 'done') assert.equal(after.state, 'done');
          else if (before.state !== after.state) assert.equal(event.type, 'retry');
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('knows only the steps of the plan', () => {
    const legal: Readonly<Record<JobState, readonly JobState[]>> = {
      queued: ['submitting', 'failed', 'cancelled'],
      submitting: ['queued', 'rendering', 'unclear', 'failed'],
      rendering: ['ready', 'failed', 'expired', 'cancelled'],
      ready: ['downloading', 'failed', 'cancelled'],
      downloading: ['ready', 'saved', 'failed', 'cancelled'],
      saved: ['done'],
      upscaling: [],
      done: [],
      failed: ['queued', 'rendering', 'ready'],
      cancelled: ['queued', 'rendering', 'ready'],
      expired: ['queued'],
      unclear: ['queued'],
    };
    for (const state of jobStates) {
      for (const event of events) {
        const after = next(recordOf({ state, remote: { remoteId: 'r' } }), event);
        if (after === undefined || after.state === state) continue;
        assert.ok(legal[state].includes(after.state), `${state} → ${after.state}`);
      }
    }
  });

  it('gives each new render a name of its own, and a lost one the same', () => {
    fc.assert(
      fc.property(path(events), (list) => {
        let accepted: number | undefined;
        for (const { before, event, after } of walk(list)) {
          assert.ok(after.attempt >= before.attempt);
          if (event.type === 'submit' && accepted !== undefined) {
            assert.ok(before.attempt > accepted, 'a second render under the name of the first');
          }
          if (event.type === 'accepted') accepted = before.attempt;
          if (before.state === 'unclear') assert.equal(after.attempt, before.attempt);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('forgets an error once it is over', () => {
    const failed = recordOf({ state: 'failed', stage: 'download', error: 'x', retryable: true });
    const after = next(failed, { type: 'retry' });
    assert.ok(after !== undefined && !('error' in after) && !('stage' in after));
  });
});
