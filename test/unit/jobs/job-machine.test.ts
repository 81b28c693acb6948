import assert from 'node:assert/strict';
import fc from 'fast-check';
import { errandOf } from '../../../src/jobs/errand.ts';
import { next, type JobEvent } from '../../../src/jobs/job-machine.ts';
import {
  finalStates,
  hasClip,
  jobStates,
  upscaleSteps,
  type JobRecord,
  type JobState,
  type UpscaleStep,
} from '../../../src/jobs/job.ts';
import { readRecord } from '../../../src/jobs/read-record.ts';
import { recordOf } from './world.ts';

const events: readonly JobEvent[] = [
  { type: 'submit', account: 'account-1' },
  { type: 'submit', account: 'account-2' },
  { type: 'put-back' },
  { type: 'accepted', remote: { remoteId: 'r' } },
  { type: 'lost', error: 'lost' },
  { type: 'ready' },
  { type: 'download' },
  { type: 'saved', bytes: 5, clipSeconds: 8 },
  { type: 'poster', poster: '/x.jpg', upscale: false },
  { type: 'poster', poster: undefined, upscale: true },
  { type: 'upscale' },
  { type: 'scaled', bytes: 9 },
  { type: 'skip', note: 'no way' },
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

const firstOf = (...types: readonly JobEvent['type'][]): JobEvent[] =>
  types.flatMap((type) => events.filter((event) => event.type === type).slice(0, 1));

/** Stretches of a life that goes well, so that lists of chance come anywhere at all. */
const stretches = [
  firstOf('submit', 'accepted', 'ready', 'download', 'saved', 'poster', 'upscale'),
  firstOf('ready', 'download', 'saved', 'poster', 'upscale'),
  firstOf('retry', 'submit', 'accepted'),
  firstOf('upscale', 'submit', 'accepted', 'ready', 'saved'),
];
const lists = fc
  .array(
    fc.oneof(
      fc.constantFrom(...events).map((event) => [event]),
      fc.constantFrom(...stretches),
    ),
    { maxLength: 40 },
  )
  .map((list) => list.flat());

interface Step {
  readonly before: JobRecord;
  readonly event: JobEvent;
  readonly after: JobRecord;
}

/** All steps that such a list of events really makes. */
function* walk(list: readonly JobEvent[]): Generator<Step> {
  let before = recordOf({ accounts: ['account-1', 'account-2'] });
  for (const event of list) {
    const after = next(before, event);
    if (after === undefined) continue;
    yield { before, event, after };
    before = after;
  }
}

const openSteps: readonly UpscaleStep[] = ['queued', 'submitting', 'rendering', 'ready'];

/** Whether a job in this state can have got so far with its enlargement. */
function fits(state: JobState, step: UpscaleStep): boolean {
  if (openSteps.includes(step)) return state === 'upscaling';
  return state === (step === 'unclear' ? 'unclear' : 'done');
}

/** Every record there may be, as far as the machine looks at it. */
function* everyRecord(): Generator<JobRecord> {
  const remotes = [{}, { remote: { remoteId: 'r' } }];
  const stages = [
    {},
    ...(['submit', 'render', 'poll', 'download', 'upscale'] as const).map((stage) => ({ stage })),
  ];
  for (const state of jobStates) {
    for (const paused of [false, true]) {
      for (const remote of remotes) {
        for (const stage of stages) {
          if (state !== 'upscaling') yield recordOf({ state, paused, ...remote, ...stage });
          for (const step of upscaleSteps.filter((step) => fits(state, step))) {
            for (const enlargement of remotes) {
              const upscale = { step, attempt: 0, ...enlargement };
              yield recordOf({ state, paused, ...remote, ...stage, upscale });
            }
          }
        }
      }
    }
  }
}

/** Which paid order is out, if any, by what stands on disk. */
function orderOut({ state, upscale }: JobRecord): 'render' | 'upscale' | undefined {
  if (state === 'submitting') return 'render';
  return state === 'upscaling' && upscale?.step === 'submitting' ? 'upscale' : undefined;
}

const property = (check: (list: readonly JobEvent[]) => void): void => {
  fc.assert(fc.property(lists, check), { numRuns: 3000 });
};

describe("a job's life on paper", () => {
  it('never orders again what may have been taken, but for the wish of the writer', () => {
    const orders = { render: 0, upscale: 0 };
    property((list) => {
      const open = { render: false, upscale: false };
      for (const { before, event, after } of walk(list)) {
        const ordered = orderOut(after);
        if (event.type === 'submit') {
          assert.ok(ordered !== undefined && orderOut(before) === undefined);
          assert.equal(open[ordered], false, 'ordered while one may be out');
          open[ordered] = true;
          orders[ordered]++;
        } else if (ordered !== undefined) {
          assert.equal(orderOut(before), ordered, 'out without having been sent');
        }
        const certain =
          event.type === 'put-back' ||
          (event.type === 'wake' && event.free) ||
          (event.type === 'fail' && event.stage === 'submit');
        const out = orderOut(before);
        if (certain && out !== undefined && ordered === undefined) open[out] = false;
        // The writer calls for another one.
        if (event.type !== 'retry' && event.type !== 'upscale') continue;
        const errand = errandOf(after);
        if (errand.phase === 'queued') open[errand.kind] = false;
      }
    });
    assert.ok(orders.render > 1000 && orders.upscale > 100, JSON.stringify(orders));
  });

  it('sends nothing but what stands on disk as about to be sent, from any record there may be', () => {
    for (const record of everyRecord()) {
      for (const event of events) {
        const after = next(record, event);
        if (after === undefined || orderOut(after) === orderOut(record)) continue;
        if (orderOut(after) !== undefined) {
          assert.equal(event.type, 'submit');
          assert.equal(record.paused, false);
        } else {
          const known = ['put-back', 'accepted', 'lost', 'fail', 'wake'];
          assert.ok(known.includes(event.type), `${event.type} ended an order`);
        }
      }
    }
  });

  it('leaves "unclear" by the writer’s retry alone, of a render and of an enlargement', () => {
    for (const record of everyRecord()) {
      if (record.state !== 'unclear') continue;
      for (const event of events) {
        const after = next(record, event);
        if (event.type === 'resume') continue;
        assert.equal(after !== undefined, event.type === 'retry', event.type);
      }
    }
  });

  it('orders nothing while the service still has it', () => {
    property((list) => {
      for (const { before, event } of walk(list)) {
        if (event.type !== 'submit') continue;
        const remote = before.state === 'upscaling' ? before.upscale?.remote : before.remote;
        assert.equal(remote, undefined);
      }
    });
  });

  it('leaves a final state by retry alone, and "done" only to enlarge the clip', () => {
    property((list) => {
      for (const { before, event, after } of walk(list)) {
        if (!finalStates.has(before.state) || before.state === after.state) continue;
        if (before.state === 'done') assert.equal(after.state, 'upscaling');
        assert.ok(event.type === 'retry' || (event.type === 'upscale' && before.state === 'done'));
      }
    });
  });

  it('never loses a clip that is there, whatever becomes of its enlargement', () => {
    property((list) => {
      for (const { before, after } of walk(list)) {
        if (!hasClip(before)) continue;
        assert.ok(hasClip(after), `${before.state} → ${after.state}`);
        assert.deepEqual(
          [after.file, after.bytes, after.attempt, after.remote, after.account],
          [before.file, before.bytes, before.attempt, before.remote, before.account],
        );
      }
    });
  });

  it('keeps to the account of the order for as long as there is something to ask it for', () => {
    property((list) => {
      for (const { before, event, after } of walk(list)) {
        if (event.type === 'submit' && before.state === 'queued') {
          assert.equal(after.account, event.account);
        } else if (after.remote !== undefined) {
          assert.equal(after.account, before.account);
        }
      }
    });
  });

  it('orders what is unclear again with the same account only', () => {
    property((list) => {
      for (const { before, event, after } of walk(list)) {
        if (before.state !== 'unclear' || after.state !== 'queued') continue;
        assert.equal(event.type, 'retry');
        assert.deepEqual(after.accounts, [before.account]);
      }
    });
  });

  it('knows only the steps of the plan', () => {
    const legal: Readonly<Record<JobState, readonly JobState[]>> = {
      queued: ['submitting', 'failed', 'cancelled'],
      submitting: ['queued', 'rendering', 'unclear', 'failed'],
      rendering: ['ready', 'failed', 'expired', 'cancelled'],
      ready: ['downloading', 'failed', 'cancelled'],
      downloading: ['ready', 'saved', 'failed', 'cancelled'],
      saved: ['done', 'upscaling'],
      upscaling: ['done', 'unclear'],
      done: ['upscaling'],
      failed: ['queued', 'rendering', 'ready'],
      cancelled: ['queued', 'rendering', 'ready'],
      expired: ['queued'],
      unclear: ['queued', 'upscaling'],
    };
    const legalSteps: Readonly<Record<UpscaleStep, readonly UpscaleStep[]>> = {
      queued: ['submitting', 'done', 'skipped', 'failed', 'cancelled'],
      submitting: ['queued', 'rendering', 'unclear', 'failed'],
      rendering: ['ready', 'failed', 'cancelled'],
      ready: ['done', 'failed', 'cancelled'],
      done: [],
      skipped: ['queued', 'rendering'],
      failed: ['queued', 'rendering'],
      cancelled: ['queued', 'rendering'],
      unclear: ['queued', 'rendering'],
    };
    for (const record of everyRecord()) {
      for (const event of events) {
        const after = next(record, event);
        if (after === undefined) continue;
        if (after.state !== record.state) {
          assert.ok(legal[record.state].includes(after.state), `${record.state} → ${after.state}`);
        }
        const [from, to] = [record.upscale?.step, after.upscale?.step];
        if (from === undefined || to === undefined || from === to) continue;
        assert.ok(legalSteps[from].includes(to), `${from} → ${to} by ${event.type}`);
      }
    }
  });

  it('is upscaling exactly while a step of the enlargement is left', () => {
    property((list) => {
      for (const { after } of walk(list)) {
        if (after.upscale === undefined) assert.notEqual(after.state, 'upscaling');
        else assert.ok(fits(after.state, after.upscale.step));
        assert.equal(after.upscale?.kind !== undefined, after.upscale?.step === 'done');
      }
    });
  });

  it('gives each new order a name of its own, and a lost one the same', () => {
    property((list) => {
      const accepted = { render: -1, upscale: -1 };
      const attemptOf = (kind: 'render' | 'upscale', record: JobRecord): number =>
        kind === 'render' ? record.attempt : (record.upscale?.attempt ?? 0);
      for (const { before, event, after } of walk(list)) {
        for (const kind of ['render', 'upscale'] as const) {
          assert.ok(attemptOf(kind, after) >= attemptOf(kind, before));
          if (before.state === 'unclear') {
            assert.equal(attemptOf(kind, after), attemptOf(kind, before));
          }
        }
        const kind = orderOut(after) ?? orderOut(before);
        if (kind === undefined) continue;
        if (event.type === 'submit') assert.ok(attemptOf(kind, after) > accepted[kind]);
        if (event.type === 'accepted') accepted[kind] = attemptOf(kind, after);
      }
    });
  });

  it('forgets an error once it is over', () => {
    const failed = recordOf({ state: 'failed', stage: 'download', error: 'x', retryable: true });
    const after = next(failed, { type: 'retry' });
    assert.ok(after !== undefined && !('error' in after) && !('stage' in after));
  });

  it('can be read back from disk wherever it stands', () => {
    property((list) => {
      for (const { after } of walk(list)) {
        assert.deepEqual(readRecord(JSON.stringify(after)), after);
      }
    });
  });
});
