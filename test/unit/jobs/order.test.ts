import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  isAtService,
  isOpen,
  isSentByRetry,
  nextOrder,
  orderStages,
  orderStates,
  type Order,
  type OrderEvent,
  type OrderState,
} from '../../../src/jobs/order.ts';
import { orderEvents } from './order-events.ts';

const events: readonly OrderEvent[] = [
  ...orderEvents,
  { type: 'saved', bytes: 5 },
  { type: 'expire' },
  { type: 'expire', error: 'gone' },
  { type: 'found', remote: { remoteId: 'late' }, account: 'account-1' },
  { type: 'wake', free: false, error: 'closed' },
  { type: 'wake', free: true, error: 'closed' },
];

const firstOf = (...types: readonly OrderEvent['type'][]): OrderEvent[] =>
  types.flatMap((type) => events.filter((event) => event.type === type).slice(0, 1));

/** Stretches of a life that goes well, so that lists of chance come anywhere at all. */
const stretches = [
  firstOf('submit', 'accepted', 'ready', 'fetch', 'saved'),
  firstOf('submit', 'accepted'),
  firstOf('ready', 'fetch'),
  firstOf('submit', 'lost', 'retry'),
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

const fresh: Order = { state: 'queued', attempt: 0, accounts: ['account-1', 'account-2'] };

interface Step {
  readonly before: Order;
  readonly event: OrderEvent;
  readonly after: Order;
}

/** All steps that such a list of events really makes. */
function* walk(list: readonly OrderEvent[]): Generator<Step> {
  let before = fresh;
  for (const event of list) {
    const after = nextOrder(before, event);
    if (after === undefined) continue;
    yield { before, event, after };
    before = after;
  }
}

const property = (check: (list: readonly OrderEvent[]) => void): void => {
  fc.assert(fc.property(lists, check), { numRuns: 3000 });
};

/** Every order there may be, as far as the machine looks at it. */
function* everyOrder(): Generator<Order> {
  const remotes = [{}, { remote: { remoteId: 'r' } }];
  const stages = [{}, ...orderStages.map((stage) => ({ stage }))];
  const bound = [{}, { account: 'account-1' }];
  for (const state of orderStates) {
    for (const remote of remotes) {
      for (const stage of stages) {
        for (const account of bound) yield { ...fresh, state, ...remote, ...stage, ...account };
      }
    }
  }
}

describe("an order's life on paper", () => {
  it('is never sent twice without certainty that it was not taken, or the wish of the writer', () => {
    let sent = 0;
    property((list) => {
      let mayBeTaken = false;
      for (const { before, event, after } of walk(list)) {
        if (event.type === 'submit') {
          assert.equal(mayBeTaken, false, 'sent while an earlier one may have been taken');
          mayBeTaken = true;
          sent++;
        }
        const isCertain =
          event.type === 'put-back' ||
          event.type === 'retry' ||
          (event.type === 'wake' && event.free) ||
          (event.type === 'fail' && event.stage === 'submit');
        if (isCertain && after.state !== 'submitting') mayBeTaken = before.state === 'queued';
        if (after.state === 'queued') mayBeTaken = false;
      }
    });
    assert.ok(sent > 1000, `${sent}`);
  });

  it('gets back into the queue by "put-back", a free "wake" or a retry, from any order there may be', () => {
    for (const order of everyOrder()) {
      for (const event of events) {
        const after = nextOrder(order, event);
        if (after?.state !== 'queued' || order.state === 'queued') continue;
        if (order.state === 'submitting') {
          assert.ok(event.type === 'put-back' || (event.type === 'wake' && event.free), event.type);
        } else {
          assert.equal(event.type, 'retry');
        }
      }
    }
  });

  it('is on its way only by "submit", out of the queue', () => {
    for (const order of everyOrder()) {
      for (const event of events) {
        if (nextOrder(order, event)?.state !== 'submitting') continue;
        assert.deepEqual([order.state, event.type], ['queued', 'submit']);
      }
    }
  });

  it('leaves "unclear" by the writer’s retry, or because it is found, and by nothing else', () => {
    for (const order of everyOrder()) {
      if (order.state !== 'unclear') continue;
      for (const event of events) {
        const after = nextOrder(order, event);
        const isFound = event.type === 'found' && order.remote === undefined;
        assert.equal(after !== undefined, event.type === 'retry' || isFound, event.type);
        if (isFound) assert.deepEqual([after?.state, after?.remote], ['accepted', event.remote]);
      }
    }
  });

  it('knows only the steps of the plan', () => {
    const legal: Readonly<Record<OrderState, readonly OrderState[]>> = {
      queued: ['submitting', 'saved', 'skipped', 'failed', 'cancelled', 'accepted'],
      submitting: ['queued', 'accepted', 'unclear', 'failed'],
      accepted: ['ready', 'failed', 'expired', 'cancelled'],
      ready: ['fetching', 'failed', 'cancelled'],
      fetching: ['ready', 'saved', 'failed', 'cancelled'],
      saved: [],
      skipped: ['queued', 'accepted', 'ready'],
      failed: ['queued', 'accepted', 'ready'],
      cancelled: ['queued', 'accepted', 'ready'],
      expired: ['queued'],
      unclear: ['queued', 'accepted'],
    };
    for (const order of everyOrder()) {
      for (const event of events) {
        const after = nextOrder(order, event);
        if (after === undefined || after.state === order.state) continue;
        assert.ok(
          legal[order.state].includes(after.state),
          `${order.state} → ${after.state} by ${event.type}`,
        );
      }
    }
  });

  it('comes into every state, and out of those that are over by the writer or what was found', () => {
    const seen = new Set<OrderState>();
    property((list) => {
      for (const { before, event, after } of walk(list)) {
        seen.add(after.state);
        if (isOpen(before)) continue;
        assert.notEqual(before.state, 'saved', 'what is here stays');
        assert.ok(event.type === 'retry' || event.type === 'found', event.type);
      }
    });
    assert.deepEqual([...seen].sort(), [...orderStates].sort());
  });

  it('is not sent while the service still has it', () => {
    property((list) => {
      for (const { before, event } of walk(list)) {
        if (event.type === 'submit') assert.equal(before.remote, undefined);
      }
    });
  });

  it('is known by what the service calls it from the moment that it was accepted', () => {
    property((list) => {
      for (const { after } of walk(list)) {
        const { state, remote, madeHere } = after;
        if (['accepted', 'ready', 'fetching'].includes(state)) assert.ok(remote !== undefined);
        if (state === 'saved') assert.ok(madeHere === true || remote !== undefined);
        if (isAtService(after)) assert.ok(!isSentByRetry(after), 'what is there is fetched');
      }
    });
  });

  it('keeps to its account for as long as there is something to ask it for', () => {
    property((list) => {
      for (const { before, event, after } of walk(list)) {
        if (event.type === 'submit') assert.equal(after.account, event.account);
        else if (after.remote !== undefined && event.type !== 'found') {
          assert.equal(after.account, before.account);
        }
      }
    });
  });

  it('is sent again with the same account only where it may have been taken', () => {
    property((list) => {
      for (const { before, event, after } of walk(list)) {
        if (before.state !== 'unclear' || after.state !== 'queued') continue;
        assert.equal(event.type, 'retry');
        assert.deepEqual(after.accounts, [before.account]);
        assert.equal(after.attempt, before.attempt, 'and under the same name');
      }
    });
  });

  it('has a name of its own for each one that a service has accepted', () => {
    property((list) => {
      let accepted = -1;
      for (const { before, event, after } of walk(list)) {
        assert.ok(after.attempt >= before.attempt);
        if (event.type === 'submit') assert.ok(after.attempt > accepted);
        if (event.type === 'accepted') accepted = after.attempt;
      }
    });
  });

  it('says what a retry would send, and does just that', () => {
    property((list) => {
      for (const { before, event, after } of walk(list)) {
        if (event.type === 'retry') {
          assert.equal(isSentByRetry(before), after.state === 'queued');
        }
      }
    });
  });

  it('forgets what went wrong once it is over', () => {
    for (const order of everyOrder()) {
      const marked: Order = { ...order, error: 'x', retryable: true, note: 'y' };
      const after = nextOrder(marked, { type: 'retry' });
      if (after === undefined) continue;
      for (const mark of ['stage', 'error', 'retryable', 'note']) assert.ok(!(mark in after), mark);
    }
  });
});
