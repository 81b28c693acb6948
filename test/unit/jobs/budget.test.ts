import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  added,
  afterwards,
  chargesOf,
  chargesOfClips,
  chargesOfRetry,
  chargesOfUpscale,
  chosenPrice,
  exceedsBudget,
  isFree,
} from '../../../src/jobs/budget.ts';
import { next, type JobEvent } from '../../../src/jobs/job-machine.ts';
import type { JobRecord } from '../../../src/jobs/job.ts';
import { sumOf } from '../../../src/jobs/money.ts';
import { recordOf } from './world.ts';

const price = { currency: 'USD', amount: 3.2 };
const usd = (amount: number): { currency: string; amount: number } => ({ currency: 'USD', amount });
const remote = { remoteId: 'remote' };

function after(record: JobRecord, ...events: readonly JobEvent[]): JobRecord {
  return events.reduce((before, event) => {
    const record = next(before, event);
    assert.ok(record, `${event.type} applies to ${before.state}`);
    return record;
  }, record);
}

const total = (record: JobRecord): number => sumOf(chargesOf(record)).amounts[0]?.amount ?? 0;

describe('what a job has cost', () => {
  const queued = recordOf({ price });
  const rendering = after(
    queued,
    { type: 'submit', account: 'account-1' },
    { type: 'accepted', remote },
  );
  const failedThere = after(rendering, {
    type: 'fail',
    stage: 'render',
    error: '',
    retryable: true,
  });

  it('is one render from the moment that it is wanted until it is here', () => {
    assert.equal(total(queued), 3.2);
    assert.equal(total(rendering), 3.2);
    assert.equal(total(after(rendering, { type: 'ready' })), 3.2);
    assert.equal(total(recordOf({ state: 'done', price, remote })), 3.2);
  });

  it('is nothing where the order was surely not taken', () => {
    assert.equal(total(after(queued, { type: 'cancel', atService: true })), 0);
    const refused: JobEvent = { type: 'fail', stage: 'submit', error: '', retryable: false };
    assert.equal(total(after(queued, refused)), 0);
  });

  it('counts what may have been taken, and each render that was ordered anew', () => {
    const lost = after(queued, { type: 'submit' }, { type: 'lost', error: '' });
    assert.equal(total(lost), 3.2);
    assert.equal(total(after(failedThere, { type: 'retry' })), 6.4);
  });

  it('is nothing at a studio without accounts', () => {
    const animatic: { -readonly [K in keyof JobRecord]: JobRecord[K] } = recordOf({ price });
    delete animatic.account;
    delete animatic.accounts;
    assert.deepEqual(chargesOf(animatic), []);
    assert.deepEqual(chargesOfRetry({ ...animatic, state: 'expired' }, true), []);
    assert.deepEqual(chargesOfUpscale({ ...animatic, state: 'done' }, true), []);
  });

  it('has an unknown part for each enlargement at the studio', () => {
    const enlarging = recordOf({
      state: 'upscaling',
      price,
      remote,
      upscale: { step: 'rendering', attempt: 1, remote },
    });
    assert.deepEqual(sumOf(chargesOf(enlarging)), { amounts: [price], unknown: 2 });
    const here = recordOf({ state: 'done', remote, upscale: { step: 'done', attempt: 0 } });
    assert.equal(sumOf(chargesOf(here)).unknown, 1, 'the render itself has no price');
  });

  it('grows with a retry by no more than was asked about', () => {
    // Whatever has happened to a job, a retry never commits more than it said beforehand.
    const events = fc.constantFrom<JobEvent>(
      { type: 'submit', account: 'account-1' },
      { type: 'put-back' },
      { type: 'accepted', remote },
      { type: 'lost', error: '' },
      { type: 'ready' },
      { type: 'download' },
      { type: 'saved', bytes: 1 },
      { type: 'poster', poster: undefined, upscale: false },
      { type: 'poster', poster: undefined, upscale: true },
      { type: 'upscale' },
      { type: 'fail', stage: 'submit', error: '', retryable: true },
      { type: 'fail', stage: 'render', error: '', retryable: true },
      { type: 'fail', stage: 'poll', error: '', retryable: true },
      { type: 'fail', stage: 'download', error: '', retryable: true },
      { type: 'expire' },
      { type: 'cancel', atService: true },
      { type: 'cancel', atService: false },
      { type: 'wake', free: false },
      { type: 'retry' },
    );
    fc.assert(
      fc.property(fc.array(events, { maxLength: 40 }), (history) => {
        let record: JobRecord = recordOf({ price });
        let agreed = total(record);
        for (const event of history) {
          const said = event.type === 'retry' ? sumOf(chargesOfRetry(record, true)) : undefined;
          const later = next(record, event);
          if (later === undefined) continue;
          agreed += said?.amounts[0]?.amount ?? 0;
          record = later;
          assert.ok(total(record) <= agreed + 1e-9, `${event.type}: ${total(record)} > ${agreed}`);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the price of clips', () => {
  const listed = { currency: 'USD', perClip: 0, perSecond: 0.4 };

  it('is the studio’s, unless the writer has set one', () => {
    assert.equal(chosenPrice({}, listed), listed);
    assert.equal(chosenPrice({}, undefined), undefined);
    assert.deepEqual(chosenPrice({ perSecond: 0.1 }, listed), { ...listed, perSecond: 0.1 });
    assert.deepEqual(chosenPrice({ perClip: 0 }, undefined), {
      currency: 'USD',
      perClip: 0,
      perSecond: 0,
    });
  });

  it('does not take nonsense for a price', () => {
    for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.equal(chosenPrice({ perClip: wrong }, listed), listed);
    }
  });

  it('is free only where everything is known to cost nothing', () => {
    const expected = (
      charges: Parameters<typeof sumOf>[0],
    ): { expected: ReturnType<typeof sumOf> } => ({
      expected: sumOf(charges),
    });
    assert.ok(isFree(expected([])));
    assert.ok(isFree(expected(chargesOfClips({ ...listed, perSecond: 0 }, [8, 8]))));
    assert.ok(!isFree(expected(chargesOfClips(listed, [8]))));
    assert.ok(!isFree(expected(chargesOfClips(undefined, [8]))));
  });
});

describe('a budget', () => {
  const none = { amounts: [], unknown: 0 };
  const of = (
    amount: number,
  ): { amounts: { currency: string; amount: number }[]; unknown: number } => ({
    amounts: [usd(amount)],
    unknown: 0,
  });

  it('is no limit at 0, and otherwise may be used up to its last cent', () => {
    assert.ok(!exceedsBudget({ ordered: of(1000), expected: of(1000), budget: 0 }));
    assert.ok(!exceedsBudget({ ordered: of(17.4), expected: of(2.6), budget: 20 }));
    assert.ok(exceedsBudget({ ordered: of(17.4), expected: of(2.61), budget: 20 }));
  });

  it('may be exceeded by what has no known price, or one in other money', () => {
    const unknown = { amounts: [], unknown: 1 };
    const euros = { amounts: [{ currency: 'EUR', amount: 0.1 }], unknown: 0 };
    assert.ok(exceedsBudget({ ordered: none, expected: unknown, budget: 20 }));
    assert.ok(exceedsBudget({ ordered: none, expected: euros, budget: 20 }));
    assert.ok(exceedsBudget({ ordered: euros, expected: of(1), budget: 20 }));
    assert.ok(!exceedsBudget({ ordered: unknown, expected: of(1), budget: 20 }));
  });

  it('does not stand in the way of what is free', () => {
    assert.ok(!exceedsBudget({ ordered: of(30), expected: of(0), budget: 20 }));
    assert.ok(!exceedsBudget({ ordered: of(30), expected: none, budget: 20 }));
  });

  it('is never exceeded by orders that nobody was asked about', () => {
    const order = fc.record({
      perClip: fc.integer({ min: 0, max: 500 }).map((cents) => cents / 100),
      perSecond: fc.integer({ min: 0, max: 1000 }).map((mills) => mills / 1000),
      seconds: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 }),
      isKnown: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.array(order, { maxLength: 30 }),
        (cents, orders) => {
          const budget = cents / 100;
          let ordered = sumOf([]);
          for (const { perClip, perSecond, seconds, isKnown } of orders) {
            const listed = isKnown ? { currency: 'USD', perClip, perSecond } : undefined;
            const expected = sumOf(chargesOfClips(listed, seconds));
            if (exceedsBudget({ ordered, expected, budget })) continue;
            assert.equal(expected.unknown, 0);
            ordered = added(ordered, expected);
            assert.ok(afterwards({ ordered, expected: none }) <= budget + 1e-6);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
