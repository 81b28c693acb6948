import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  chargesOf,
  chargesOfRetry,
  chargesOfUpscale,
  clearChargesOf,
  unclearChargesOf,
} from '../../../src/jobs/charges.ts';
import { next, type JobEvent } from '../../../src/jobs/job-machine.ts';
import type { JobRecord } from '../../../src/jobs/job.ts';
import { stateOf } from '../../../src/jobs/job-state.ts';
import type { OrderState } from '../../../src/jobs/order.ts';
import { readRecord } from '../../../src/jobs/read-record.ts';
import { sumOf } from '../../../src/money/money.ts';
import { recordOf } from './world.ts';

const price = { currency: 'USD', amount: 3.2 };
const remote = { remoteId: 'remote' };

function after(record: JobRecord, ...events: readonly JobEvent[]): JobRecord {
  return events.reduce((before, event) => {
    const record = next(before, event);
    assert.ok(record, `${event.type} applies to ${stateOf(before)}`);
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
    stage: 'service',
    error: '',
    retryable: true,
  });

  it('is one render from the moment that it is wanted until it is here', () => {
    assert.equal(total(queued), 3.2);
    assert.equal(total(rendering), 3.2);
    assert.equal(total(after(rendering, { type: 'ready' })), 3.2);
    assert.equal(total(recordOf({ price, render: { state: 'saved', remote } })), 3.2);
  });

  it('is nothing where the order was surely not taken', () => {
    assert.equal(total(after(queued, { type: 'cancel', atService: true })), 0);
    const refused: JobEvent = { type: 'fail', stage: 'submit', error: '', retryable: false };
    assert.equal(total(after(queued, refused)), 0);
  });

  it('counts what may have been taken, and each render that was ordered anew', () => {
    const lost = after(queued, { type: 'submit' }, { type: 'lost', error: '' });
    assert.equal(total(lost), 3.2);
    assert.deepEqual([clearChargesOf(lost), unclearChargesOf(lost)], [[], [price]]);
    const again = after(
      failedThere,
      { type: 'retry' },
      { type: 'submit' },
      { type: 'lost', error: '' },
    );
    assert.deepEqual([clearChargesOf(again), unclearChargesOf(again)], [[price], [price]]);
    assert.equal(total(after(failedThere, { type: 'retry' })), 6.4);
  });

  it('is what the service says that it took, where the writer has no word of their own', () => {
    const charged = { currency: 'USD', amount: 1.5 };
    const told = after(rendering, { type: 'ready', charged });
    assert.deepEqual(chargesOf(told), [charged]);
    assert.deepEqual(chargesOf(recordOf({ ...told, isOwnPrice: true })), [price]);
    const { orders } = rendering;
    const unlisted = after(recordOf({ orders }), { type: 'ready', charged });
    assert.deepEqual(chargesOf(unlisted), [charged]);
    // What it said is of the last time alone.
    const again = after(
      failedThere,
      { type: 'retry' },
      { type: 'submit' },
      { type: 'accepted', remote },
      { type: 'ready', charged },
    );
    assert.deepEqual(chargesOf(again), [price, charged]);
    const gone = { type: 'fail', stage: 'service', error: '', retryable: true } as const;
    const anew = after(told, gone, { type: 'retry' }, { type: 'submit' });
    assert.deepEqual(chargesOf(anew), [price, price]);
    assert.equal(readRecord(JSON.stringify(told)).orders[0].charged?.amount, 1.5);
  });

  it('is nothing at a studio without accounts', () => {
    const animatic = (state: OrderState): JobRecord => {
      const order = { kind: 'render', state, attempt: 0, accounts: [] } as const;
      return recordOf({ price, orders: [order] });
    };
    assert.deepEqual(chargesOf(animatic('queued')), []);
    assert.deepEqual(chargesOfRetry(animatic('expired'), true), []);
    assert.deepEqual(chargesOfUpscale(animatic('saved'), true), []);
  });

  it('has an unknown part for each enlargement at the studio', () => {
    const enlarging = recordOf({
      price,
      render: { state: 'saved', remote },
      upscale: { state: 'accepted', attempt: 1, remote },
    });
    assert.deepEqual(sumOf(chargesOf(enlarging)), { amounts: [price], unknown: 2 });
    const here = recordOf({
      render: { state: 'saved', remote },
      upscale: { state: 'saved', madeHere: true },
    });
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
      { type: 'fetch' },
      { type: 'saved', bytes: 1 },
      { type: 'poster', poster: undefined, upscale: false },
      { type: 'poster', poster: undefined, upscale: true },
      { type: 'upscale' },
      { type: 'fail', stage: 'submit', error: '', retryable: true },
      { type: 'fail', stage: 'service', error: '', retryable: true },
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
          const parts = sumOf([...clearChargesOf(record), ...unclearChargesOf(record)]);
          assert.deepEqual(parts, sumOf(chargesOf(record)), 'each is in one part of it');
          assert.ok(total(record) <= agreed + 1e-9, `${event.type}: ${total(record)} > ${agreed}`);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
