import assert from 'node:assert/strict';
import type { Clock } from '../../../../src/base/clock.ts';
import { quantile } from '../../../../src/writing/requests/hedging.ts';
import type { CostMeter } from '../../../../src/writing/run-cost.ts';
import { writeScript } from '../../../../src/writing/write-script.ts';
import {
  beatOf,
  collect,
  failures,
  FakeModel,
  goodAnswer,
  ofType,
  optionsFor,
  VirtualClock,
} from '../writing-support.ts';
import type { SceneTask } from '../../../../src/models/writer-tasks.ts';

describe('the time within which a share of all scenes is finished', () => {
  it('is that of the finished ones when nothing is under way', () => {
    const times = Array.from({ length: 20 }, (_, i) => (i + 1) * 100);
    assert.equal(quantile(0.95, times, []), 1900);
    assert.equal(quantile(0.5, times, []), 1000);
  });

  it('is longer for those under way that take longer already', () => {
    const times = Array.from({ length: 20 }, (_, i) => (i + 1) * 100);
    assert.equal(quantile(0.5, times, Array<number>(10).fill(1500)), 1500);
    assert.equal(quantile(0.95, times, Array<number>(10).fill(2500)), Infinity, 'not seen yet');
    assert.equal(quantile(0.95, times, Array<number>(10).fill(50)), 1900, 'too young to tell');
  });
});

describe('asking a second time for a scene that takes unusually long', () => {
  /** Forty scenes that take a second or two, the last one an hour unless it is asked for again. */
  const slowModel = (clock: VirtualClock, aborted: string[] = []): FakeModel => {
    const model = new FakeModel();
    model.answer = async ({ task }, { signal }) => {
      const { id } = (task as SceneTask).beat;
      const isSlow = id === beatOf(40).id && model.askedIds.filter((one) => one === id).length < 2;
      try {
        await clock.sleep(isSlow ? 3_600_000 : 2000 - 20 * Number(id.slice(1)), signal);
      } catch (error) {
        aborted.push(id);
        throw error;
      }
      return goodAnswer(task);
    };
    return model;
  };

  it('takes what comes first and aborts the other', async () => {
    const clock = new VirtualClock();
    const aborted: string[] = [];
    const model = slowModel(clock, aborted);
    const began = clock.now();
    const options = optionsFor(40, { model, clock, pace: 'sliding', batchSize: 5, hedge: true });
    const events = await clock.until(collect(writeScript(options)));
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
    assert.deepEqual(ofType(events, 'hedged'), [{ type: 'hedged', id: beatOf(40).id }]);
    assert.ok(clock.now() - began < 60_000);
    assert.deepEqual(aborted, [beatOf(40).id]);
    assert.equal(model.asked.length, 41);
    assert.equal(model.mostInFlight, 5);
    assert.equal(ofType(events, 'sceneWritten').length, 40);
  });

  it('does so only when it is wanted', async () => {
    const clock = new VirtualClock();
    const model = slowModel(clock);
    const options = optionsFor(40, { model, clock, pace: 'sliding', batchSize: 5 });
    const events = await clock.until(collect(writeScript(options)));
    assert.deepEqual(ofType(events, 'hedged'), []);
    assert.equal(model.asked.length, 40);
  });

  it('never takes the place of a scene that could be begun', async () => {
    const clock = new VirtualClock();
    const model = new FakeModel();
    model.answer = async ({ task }, { signal }) => {
      const number = Number((task as SceneTask).beat.id.slice(1));
      await clock.sleep(number === 21 ? 20_000 : 1000, signal);
      return goodAnswer(task);
    };
    const options = optionsFor(60, { model, clock, pace: 'planned', batchSize: 4, hedge: true });
    const events = await clock.until(collect(writeScript(options)));
    const hedged = events.findIndex(({ type }) => type === 'hedged');
    assert.ok(hedged !== -1);
    const started = events.slice(0, hedged).filter(({ type }) => type === 'sceneStarted');
    assert.equal(started.length, 60);
  });

  it('lets the first request go on when the second one fails', async () => {
    const clock = new VirtualClock();
    const model = new FakeModel();
    let slow = 0;
    model.answer = async ({ task }, { signal }) => {
      const { id } = (task as SceneTask).beat;
      if (id === beatOf(40).id && ++slow === 2) throw new TypeError('no');
      await clock.sleep(id === beatOf(40).id ? 30_000 : 1000, signal);
      return goodAnswer(task);
    };
    const options = optionsFor(40, { model, clock, pace: 'sliding', batchSize: 5, hedge: true });
    const events = await clock.until(collect(writeScript(options)));
    assert.equal(slow, 2);
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
    assert.deepEqual(ofType(events, 'sceneFailed'), []);
  });

  it('does not keep the machine busy while a run that stops waits for what is under way', async () => {
    const clock = new VirtualClock();
    let sleeps = 0;
    const counted: Clock = {
      now: () => clock.now(),
      sleep: (ms, signal) => {
        // Time goes on even for who never rests.
        return clock.sleep(++sleeps > 1000 ? ms + 1000 : ms, signal);
      },
    };
    const model = new FakeModel();
    model.answer = async ({ task }) => {
      const number = Number((task as SceneTask).beat.id.slice(1));
      await clock.sleep(number === 39 ? 60_000 : 1000);
      if (number === 40) throw failures.account();
      return goodAnswer(task);
    };
    const options = { pace: 'sliding', batchSize: 2, hedge: true, clock: counted } as const;
    const events = await clock.until(collect(writeScript(optionsFor(40, { ...options, model }))));
    assert.equal(ofType(events, 'stopped')[0]?.error?.code, 'account');
    assert.ok(sleeps < 100, `${sleeps} sleeps`);
  });

  it('ends with the last scene, though the writer has not said whether a second request may cost', async () => {
    const clock = new VirtualClock();
    const model = slowModel(clock);
    let asked = 0;
    const cost: CostMeter = {
      add: () => undefined,
      allow: () => (++asked > 40 ? new Promise(() => undefined) : Promise.resolve()),
    };
    const options = { pace: 'sliding', batchSize: 5, hedge: true, clock, model, cost } as const;
    const events = await clock.until(collect(writeScript(optionsFor(40, options))));
    assert.equal(asked, 41);
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
  });
});
