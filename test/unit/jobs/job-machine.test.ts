import assert from 'node:assert/strict';
import fc from 'fast-check';
import { next, type JobEvent } from '../../../src/jobs/job-machine.ts';
import {
  currentOrder,
  finalStates,
  jobStates,
  renderOf,
  upscaleOf,
  type JobOrder,
  type JobRecord,
  type JobState,
} from '../../../src/jobs/job.ts';
import { hasClip, isOver, stateOf } from '../../../src/jobs/job-state.ts';
import { isOpen, orderStages, orderStates } from '../../../src/jobs/order.ts';
import { orderName } from '../../../src/jobs/order-kinds.ts';
import { readRecord } from '../../../src/jobs/read-record.ts';
import { viewOf } from '../../../src/jobs/view.ts';
import { recordOf } from './world.ts';
import { orderEvents } from './order-events.ts';

const events: readonly JobEvent[] = [
  ...orderEvents,
  { type: 'saved', bytes: 5, clipSeconds: 8 },
  { type: 'poster', poster: '/x.jpg', upscale: false },
  { type: 'poster', poster: undefined, upscale: true },
  { type: 'upscale' },
  { type: 'expire' },
  { type: 'pause' },
  { type: 'resume' },
  { type: 'wake', free: false },
  { type: 'wake', free: true },
];

const firstOf = (...types: readonly JobEvent['type'][]): JobEvent[] =>
  types.flatMap((type) => events.filter((event) => event.type === type).slice(0, 1));

/** Stretches of a life that goes well, so that lists of chance come anywhere at all. */
const stretches = [
  firstOf('submit', 'accepted', 'ready', 'fetch', 'saved', 'poster', 'upscale'),
  firstOf('ready', 'fetch', 'saved', 'poster', 'upscale'),
  firstOf('retry', 'submit', 'accepted'),
  firstOf('upscale', 'submit', 'accepted', 'ready', 'fetch', 'saved'),
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
function* walk(list: readonly JobEvent[], kind: 'render' | 'picture' = 'render'): Generator<Step> {
  let before = recordOf({
    ...(kind === 'picture' ? { drawing: 'still' as const, posterTried: true } : {}),
    orders: [{ kind, state: 'queued', attempt: 0, accounts: ['account-1', 'account-2'] }],
  });
  for (const event of list) {
    const { accounts } = currentOrder(before);
    if (event.type === 'submit' && !accounts.includes(event.account ?? '')) continue;
    const after = next(before, event);
    if (after === undefined) continue;
    yield { before, event, after };
    before = after;
  }
}

/** Every record there may be, as far as the machine looks at it. */
function* everyRecord(): Generator<JobRecord> {
  const remotes = [{}, { remote: { remoteId: 'r' } }];
  const stages = [{}, ...orderStages.map((stage) => ({ stage }))];
  for (const state of orderStates) {
    for (const paused of [false, true]) {
      for (const remote of remotes) {
        for (const stage of stages) {
          const order = { state, ...remote, ...stage };
          if (state !== 'skipped') yield recordOf({ paused, render: order });
          yield recordOf({ paused, render: { state: 'saved', ...remote }, upscale: order });
        }
      }
    }
  }
  yield recordOf({ render: { state: 'saved' }, posterTried: false });
}

/** Which order is on its way out, if any, by what stands on disk. */
function orderOut(record: JobRecord): JobOrder['kind'] | undefined {
  const { kind, state } = currentOrder(record);
  return state === 'submitting' ? kind : undefined;
}

const property = (check: (list: readonly JobEvent[]) => void): void => {
  fc.assert(fc.property(lists, check), { numRuns: 3000 });
};

describe("a job's life on paper", () => {
  it('never orders again what may have been taken, but for the wish of the writer', () => {
    const orders = { render: 0, upscale: 0, picture: 0 };
    property((list) => {
      const open = { render: false, upscale: false, picture: false };
      for (const { before, event, after } of [...walk(list), ...walk(list, 'picture')]) {
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
        const order = currentOrder(after);
        if (order.state === 'queued') open[order.kind] = false;
      }
    });
    assert.ok(
      orders.render > 1000 && orders.upscale > 100 && orders.picture > 1000,
      JSON.stringify(orders),
    );
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
      if (stateOf(record) !== 'unclear') continue;
      for (const event of events) {
        const after = next(record, event);
        if (event.type === 'resume') continue;
        assert.equal(after !== undefined, event.type === 'retry', event.type);
      }
    }
  });

  it('has no poster to wait for, and nothing to enlarge, where it is a picture', () => {
    property((list) => {
      for (const { event, after } of walk(list, 'picture')) {
        assert.ok(event.type !== 'upscale' && event.type !== 'poster');
        assert.equal(hasClip(after), stateOf(after) === 'done');
      }
    });
  });

  it('leaves a final state by retry alone, and "done" only to enlarge the clip', () => {
    property((list) => {
      for (const { before, event, after } of walk(list)) {
        const [from, to] = [stateOf(before), stateOf(after)];
        if (!finalStates.has(from) || from === to) continue;
        if (from === 'done') assert.equal(to, 'upscaling');
        assert.ok(event.type === 'retry' || (event.type === 'upscale' && from === 'done'));
      }
    });
  });

  it('never loses a clip that is there, whatever becomes of its enlargement', () => {
    property((list) => {
      for (const { before, after } of walk(list)) {
        if (!hasClip(before)) continue;
        assert.ok(hasClip(after), `${stateOf(before)} → ${stateOf(after)}`);
        assert.deepEqual([after.file, renderOf(after)], [before.file, renderOf(before)]);
      }
    });
  });

  it('enlarges with the account of the render only', () => {
    property((list) => {
      for (const { after } of walk(list)) {
        const { account } = renderOf(after);
        const upscale = upscaleOf(after);
        if (upscale !== undefined) assert.deepEqual(upscale.accounts, [account]);
      }
    });
  });

  it('knows only the steps of the plan, and comes into every state', () => {
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
    const seen = new Set<JobState>();
    property((list) => {
      for (const { before, event, after } of walk(list)) {
        const [from, to] = [stateOf(before), stateOf(after)];
        seen.add(to);
        assert.ok(from === to || legal[from].includes(to), `${from} → ${to} by ${event.type}`);
      }
    });
    assert.deepEqual([...seen].sort(), [...jobStates].sort());
  });

  it('is upscaling exactly while a step of the enlargement is left', () => {
    property((list) => {
      for (const { after } of walk(list)) {
        const upscale = upscaleOf(after);
        const isLeft = upscale !== undefined && isOpen(upscale);
        assert.equal(stateOf(after) === 'upscaling', isLeft);
        const { upscaled, upscaledFile } = viewOf({ record: after, live: {} });
        assert.equal(upscaled !== undefined, upscale?.state === 'saved');
        assert.equal(upscaledFile !== undefined, upscale?.state === 'saved');
      }
    });
  });

  it('tries the poster once, between the clip and its enlargement', () => {
    property((list) => {
      for (const { before, event, after } of walk(list)) {
        if (event.type === 'poster') assert.equal(stateOf(before), 'saved');
        assert.ok(after.posterTried || upscaleOf(after) === undefined);
      }
    });
  });

  it('gives each new order a name of its own, and a lost one the same', () => {
    property((list) => {
      const accepted = new Set<string>();
      for (const { before, event, after } of walk(list)) {
        const order = currentOrder(after);
        const name = orderName(after, order);
        if (event.type === 'submit') assert.ok(!accepted.has(name), name);
        if (event.type === 'accepted') accepted.add(name);
        if (stateOf(before) === 'unclear')
          assert.equal(name, orderName(before, currentOrder(before)));
      }
    });
  });

  it('names orders as services have known them since the first version', () => {
    const names = (attempt: number): string[] => {
      const record = recordOf({ render: { attempt }, upscale: { attempt } });
      return record.orders.map((order) => orderName(record, order));
    };
    assert.deepEqual(names(0), ['job-1', 'job-1-4k']);
    assert.deepEqual(names(1), ['job-1-2', 'job-1-4k-2']);
    assert.deepEqual(names(9), ['job-1-10', 'job-1-4k-10']);
  });

  it('shows an error with what it was at, and neither without the other', () => {
    property((list) => {
      for (const { after } of walk(list)) {
        const { state, stage, error } = viewOf({ record: after, live: {} });
        if (error !== undefined) assert.ok(stage !== undefined, state);
        if (state === 'failed' || state === 'unclear') assert.ok(error !== undefined);
      }
    });
  });

  it('goes on by itself only where its order does, or a poster is left', () => {
    for (const record of everyRecord()) {
      const isLeft = isOpen(currentOrder(record)) || stateOf(record) === 'saved';
      assert.equal(!isOver(record), isLeft, stateOf(record));
    }
  });

  it('can be read back from disk wherever it stands', () => {
    property((list) => {
      for (const { after } of walk(list)) {
        assert.deepEqual(readRecord(JSON.stringify(after)), after);
      }
    });
  });
});
