import assert from 'node:assert/strict';
import { currentOrder, jobStates, renderOf, upscaleOf } from '../../../src/jobs/job.ts';
import { hasClip, stateOf } from '../../../src/jobs/job-state.ts';
import { next } from '../../../src/jobs/job-machine.ts';
import { isOpen } from '../../../src/jobs/order.ts';
import { orderName } from '../../../src/jobs/order-kinds.ts';
import { readRecord } from '../../../src/jobs/read-record.ts';
import { viewOf } from '../../../src/jobs/view.ts';
import { oldRecordOf, type OldParts } from './old-records.ts';

/** The steps that an enlargement had in version 2, and the states of the job that went with each. */
const oldSteps = {
  queued: 'upscaling',
  submitting: 'upscaling',
  rendering: 'upscaling',
  ready: 'upscaling',
  done: 'done',
  skipped: 'done',
  failed: 'done',
  cancelled: 'done',
  unclear: 'unclear',
} as const;
const oldStages = [undefined, 'submit', 'render', 'poll', 'download', 'upscale', 'thumbnail'];

/** Every record that version 2 may have written, as far as its machine looked at it. */
function* everyOldRecord(): Generator<ReturnType<typeof oldRecordOf>> {
  const remotes = [{}, { remote: { remoteId: 'r', data: { base: 'https://a.example' } } }];
  const accounts = [
    {},
    { account: 'account-2', accounts: ['account-1', 'account-2'] },
    { account: undefined, accounts: undefined },
  ];
  const facts = function* (): Generator<OldParts> {
    for (const attempt of [0, 1, 7]) {
      for (const stage of oldStages) {
        const marks = stage === undefined ? {} : { stage, error: 'what', retryable: true };
        for (const paused of [false, true]) {
          for (const remote of remotes) {
            for (const bound of accounts) yield { attempt, paused, ...marks, ...remote, ...bound };
          }
        }
      }
    }
  };
  for (const parts of facts()) {
    for (const state of jobStates) {
      if (state !== 'upscaling') yield oldRecordOf({ ...parts, state });
    }
    for (const [step, state] of Object.entries(oldSteps)) {
      for (const remote of remotes) {
        const kind = step === 'done' ? { kind: remote.remote ? '4k' : 'scaled', file: '/x' } : {};
        const upscale = { step, attempt: 3, ...remote, ...kind };
        yield oldRecordOf({ ...parts, state, upscale });
      }
    }
  }
}

const read = (record: object): ReturnType<typeof readRecord> => readRecord(JSON.stringify(record));

describe('records of version 2', () => {
  it('stand as they stood, with every order of theirs', () => {
    let count = 0;
    for (const old of everyOldRecord()) {
      const record = read(old);
      count++;
      assert.equal(stateOf(record), old.state, JSON.stringify(old));
      const { paused, account, stage, error } = viewOf({ record, live: {} });
      assert.deepEqual([paused, account], [old.paused, old.account]);
      const render = renderOf(record);
      assert.deepEqual([render.attempt, render.remote], [old.attempt, old.remote]);
      assert.deepEqual(render.accounts, old.accounts ?? []);
      const upscale = upscaleOf(record);
      assert.deepEqual(
        [upscale?.attempt, upscale?.remote],
        [old.upscale?.attempt, old.upscale?.remote],
      );
      if (old.state === 'failed') {
        const known = ['submit', 'render', 'poll', 'download'].includes(old.stage ?? '');
        assert.deepEqual([stage, error], [known ? old.stage : undefined, old.error]);
      }
      if (old.upscale?.step === 'failed' || old.upscale?.step === 'unclear') {
        const isTold = old.error !== undefined;
        assert.deepEqual([stage, error], [isTold ? 'upscale' : undefined, old.error]);
      }
    }
    assert.ok(count > 5000, `${count}`);
  });

  it('say the same once they are written again', () => {
    for (const old of everyOldRecord()) {
      const record = read(old);
      assert.equal(record.version, 3);
      assert.deepEqual(read(record), record);
    }
  });

  it('have no order that is closer to being sent than it was', () => {
    for (const old of everyOldRecord()) {
      const { kind, state } = currentOrder(read(old));
      const before = kind === 'render' ? old.state : old.upscale?.step;
      assert.equal(state === 'queued', before === 'queued');
      assert.equal(state === 'submitting', before === 'submitting');
    }
  });

  it('are tried again as they were before', () => {
    for (const old of everyOldRecord()) {
      const record = read(old);
      const again = next(record, { type: 'retry' });
      const expected = retriedBefore(old);
      if (expected === undefined) {
        assert.equal(again, undefined, JSON.stringify(old));
        continue;
      }
      assert.ok(again);
      const order = currentOrder(again);
      assert.deepEqual([order.state, orderName(again, order)], expected, JSON.stringify(old));
    }
  });

  it('are called by the names that services know of them', () => {
    const names = (parts: OldParts): string[] => {
      const record = read(oldRecordOf(parts));
      return record.orders.map((order) => orderName(record, order));
    };
    assert.deepEqual(names({ state: 'submitting' }), ['job-1']);
    assert.deepEqual(names({ state: 'rendering', attempt: 2 }), ['job-1-3']);
    const upscale = { step: 'rendering', attempt: 1, remote: { remoteId: 'u' } };
    assert.deepEqual(names({ state: 'upscaling', upscale }), ['job-1', 'job-1-4k-2']);
  });

  it('never come to order anything that stood still, whatever else is in them', () => {
    for (const state of jobStates) {
      for (const step of Object.keys(oldSteps)) {
        if (state === 'upscaling') continue;
        const upscale = { step, attempt: 0 };
        const record = read(oldRecordOf({ state, upscale }));
        const order = currentOrder(record);
        if (order.kind === 'upscale') assert.ok(!isOpen(order), `${state} ${step}`);
        else assert.equal(hasClip(record), false);
      }
    }
  });
});

/**
 * What version 2 made of a retry: the state of the order that was tried, in today's words, and its
 * name; `undefined` where there was nothing to try again.
 */
function retriedBefore(old: OldParts): readonly [string, string] | undefined {
  const { state, stage, remote, attempt = 0, upscale } = old;
  const named = (name: string, count: number): string =>
    count === 0 ? name : `${name}-${count + 1}`;
  const render = (then: string, count = attempt): readonly [string, string] => [
    then,
    named('job-1', count),
  ];
  const step = upscale?.step;
  const tries = ['failed', 'cancelled', 'unclear'];
  if (upscale !== undefined && (state === 'done' || state === 'unclear')) {
    if (typeof step !== 'string' || !tries.includes(step)) return undefined;
    const isThere = upscale.remote !== undefined && step !== 'unclear';
    return [isThere ? 'accepted' : 'queued', named('job-1-4k', Number(upscale.attempt))];
  }
  switch (state) {
    case 'unclear':
      return render('queued');
    case 'expired':
      return render('queued', attempt + 1);
    case 'failed':
      if (stage === 'download') return render('ready');
      if (stage === 'poll') return render('accepted');
      return render('queued', stage === 'render' ? attempt + 1 : attempt);
    case 'cancelled':
      if (remote === undefined) return render('queued');
      return render(stage === 'download' ? 'ready' : 'accepted');
    default:
      return undefined;
  }
}
