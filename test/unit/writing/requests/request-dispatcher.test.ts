import assert from 'node:assert/strict';
import { ScenewrightError } from '../../../../src/base/errors.ts';
import { Emitter } from '../../../../src/base/events.ts';
import type { Traffic, Usage } from '../../../../src/models/writer-model.ts';
import type { CostMeter } from '../../../../src/writing/run-cost.ts';
import { writeScript } from '../../../../src/writing/write-script.ts';
import {
  beatOf,
  collect,
  failures,
  FakeModel,
  goodAnswer,
  KeptInMemory,
  ofType,
  optionsFor,
  optionsToPlan,
  VirtualClock,
} from '../writing-support.ts';
import type { SceneTask } from '../../../../src/models/writer-tasks.ts';

/** Accounts of which the test says when they rest. */
class Accounts implements Traffic {
  accounts = 1;
  restUntil = 0;
  private readonly clock: VirtualClock;
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(clock: VirtualClock) {
    this.clock = clock;
  }

  readyInMs(): number {
    return Math.max(0, this.restUntil - this.clock.now());
  }

  rest(ms: number): void {
    this.restUntil = this.clock.now() + ms;
    this.changed.fire();
  }
}

class FakeModelWithAccounts extends FakeModel {
  readonly traffic: Accounts;

  constructor(clock: VirtualClock) {
    super();
    this.traffic = new Accounts(clock);
  }
}

function overloaded(retryAfterMs: number): ScenewrightError {
  return new ScenewrightError('network', 'The service failed (503).', {
    retryable: true,
    status: 503,
    retryAfterMs,
  });
}

describe('sending requests', () => {
  it('waits while every account rests, tells so once, and then goes on', async () => {
    const clock = new VirtualClock();
    const model = new FakeModelWithAccounts(clock);
    const began = clock.now();
    model.traffic.rest(5000);
    const askedAt: number[] = [];
    model.answer = ({ task }) => {
      askedAt.push(clock.now() - began);
      return Promise.resolve(goodAnswer(task));
    };
    const events = await clock.until(collect(writeScript(optionsFor(3, { model, clock }))));
    assert.deepEqual(askedAt, [5000, 5000, 5000]);
    assert.deepEqual(ofType(events, 'resting'), [{ type: 'resting', milliseconds: 5000 }]);
  });

  it('goes on as soon as an account is ready, told or not', async () => {
    const clock = new VirtualClock();
    const model = new FakeModelWithAccounts(clock);
    const began = clock.now();
    model.traffic.rest(60_000);
    const run = collect(writeScript(optionsFor(1, { model, clock })));
    const another = clock.sleep(700).then(() => {
      model.traffic.rest(300);
    });
    await clock.until(Promise.all([run, another]));
    assert.equal(clock.now() - began, 1000);
  });

  it('leaves a service alone that is overloaded for as long as it says, whatever its accounts', async () => {
    const clock = new VirtualClock();
    const model = new FakeModelWithAccounts(clock);
    const began = clock.now();
    const askedAt: number[] = [];
    model.answer = async ({ task }) => {
      askedAt.push(clock.now() - began);
      if (askedAt.length === 1) throw overloaded(30_000);
      await clock.sleep(1000);
      return goodAnswer(task);
    };
    const events = await clock.until(collect(writeScript(optionsFor(3, { model, clock }))));
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
    assert.deepEqual(
      askedAt.filter((at) => at > 0 && at < 30_000),
      [],
    );
  });

  it('does not wait for accounts that were all refused, but lets the run end with the reason', async () => {
    const clock = new VirtualClock();
    const model = new FakeModelWithAccounts(clock);
    model.traffic.restUntil = Infinity;
    model.answer = () => Promise.reject(failures.account());
    const events = await clock.until(collect(writeScript(optionsFor(3, { model, clock }))));
    assert.equal(ofType(events, 'stopped')[0]?.error?.code, 'account');
  });

  it('takes a scene that was turned away up again when there is room, at no cost of an attempt', async () => {
    const clock = new VirtualClock();
    const model = new FakeModel();
    let inService = 0;
    model.answer = async ({ task }) => {
      if (inService >= 2) throw failures.busy();
      inService++;
      await clock.sleep(1000);
      inService--;
      return goodAnswer(task);
    };
    const run = writeScript(optionsFor(10, { model, clock, batchSize: 10, retries: 1 }));
    const events = await clock.until(collect(run));
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
    assert.ok(ofType(events, 'sceneStarted').every(({ attempt }) => attempt === 1));
    assert.deepEqual(
      ofType(events, 'batchWritten').map(({ scenes }) => scenes.length),
      [10],
      'the batch stays together',
    );
  });

  it('gives up on a service that has no place for even one request', async () => {
    const clock = new VirtualClock();
    const model = new FakeModel();
    model.answer = () => Promise.reject(failures.busy());
    const events = await clock.until(collect(writeScript(optionsFor(8, { model, clock }))));
    assert.equal(ofType(events, 'stopped')[0]?.error?.code, 'rate-limit');
    assert.ok(model.asked.length < 8 + 20, `${model.asked.length} requests`);
  });

  it('sends no more than the headers allow before the allowance is renewed', async () => {
    const clock = new VirtualClock();
    const began = clock.now();
    const model = new FakeModel();
    let remaining = 4;
    const renewal = clock.sleep(60_000).then(() => {
      remaining = 4;
    });
    model.answer = async ({ task }, { onLimits }) => {
      if (remaining === 0) throw failures.busy();
      remaining--;
      const resetMs = 60_000 - (clock.now() - began);
      onLimits?.({ limit: 4, remaining, resetMs: Math.max(0, resetMs) });
      await clock.sleep(1000);
      return goodAnswer(task);
    };
    const options = optionsFor(6, { model, clock, pace: 'sliding', batchSize: 1 });
    const [events] = await clock.until(Promise.all([collect(writeScript(options)), renewal]));
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
    assert.equal(model.asked.length, 6, 'none was turned away');
    assert.equal(ofType(events, 'resting').length, 1);
  });

  it('keeps its places when it is only the allowance of a minute that is used up', async () => {
    const clock = new VirtualClock();
    const model = new FakeModel();
    const taken: number[] = [];
    model.answer = async ({ task }, { onLimits }) => {
      const free = taken.filter((at) => at <= clock.now() - 60_000).length;
      taken.splice(0, free);
      const resetMs = Math.max(0, (taken[0] ?? clock.now()) + 60_000 - clock.now());
      if (taken.length >= 6) {
        onLimits?.({ limit: 6, remaining: 0, resetMs });
        throw failures.busy();
      }
      taken.push(clock.now());
      onLimits?.({ limit: 6, remaining: 6 - taken.length, resetMs });
      await clock.sleep(10_000);
      return goodAnswer(task);
    };
    const options = optionsFor(24, { model, clock, pace: 'planned', batchSize: 'auto' });
    const began = clock.now();
    const events = await clock.until(collect(writeScript(options)));
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
    assert.ok(Math.min(...ofType(events, 'places').map(({ places }) => places)) > 6);
    assert.ok(clock.now() - began <= 4 * 60_000, 'six a minute, and no minute wasted');
  });

  it('stops a run in which too much fails, with everything kept', async () => {
    const clock = new VirtualClock();
    const kept = new KeptInMemory();
    const model = new FakeModel();
    model.answer = ({ task }) =>
      (task as SceneTask).beat.id === beatOf(1).id
        ? Promise.resolve(goodAnswer(task))
        : Promise.reject(failures.network());
    const options = optionsFor(50, {
      model,
      clock,
      journal: kept,
      batchSize: 50,
      retries: 100,
      patienceMs: 0,
    });
    const events = await clock.until(collect(writeScript(options)));
    const error = ofType(events, 'stopped')[0]?.error;
    assert.equal(error?.code, 'network');
    assert.match(error.message, /too many of this run's requests failed/i);
    assert.match(error.message, /Scene 1 is kept/);
    assert.ok(model.asked.length <= 50 + 21);
    assert.deepEqual([...kept.scenes.keys()], [beatOf(1).id]);
  });
});

describe('a budget', () => {
  const meter = (allow: CostMeter['allow']): CostMeter & { readonly spent: Usage[] } => {
    const spent: Usage[] = [];
    return { spent, allow, add: (usage) => spent.push(usage) };
  };

  it('is asked before every request, and told what each cost, failed ones included', async () => {
    const asked: number[] = [];
    const cost = meter((underWay) => {
      asked.push(underWay);
      return Promise.resolve();
    });
    const clock = new VirtualClock();
    const model = new FakeModel();
    let first = true;
    model.answer = ({ task }) => {
      if (task.kind === 'scene' && first) {
        first = false;
        return Promise.reject(failures.invalid());
      }
      return Promise.resolve(goodAnswer(task));
    };
    const options = optionsToPlan({ cost, clock, model });
    const events = await clock.until(collect(writeScript(options)));
    assert.equal(ofType(events, 'stopped')[0]?.reason, 'done');
    assert.ok(asked.length >= model.asked.length);
    assert.equal(cost.spent.length, model.asked.length);
    assert.equal(ofType(events, 'spent').length, model.asked.length);
  });

  it('ends the run when the writer says no, with what is written kept', async () => {
    let left = 3;
    const cost = meter(() =>
      left-- > 0
        ? Promise.resolve()
        : Promise.reject(
            new ScenewrightError('budget', 'The budget is used up.', { advice: 'Raise it.' }),
          ),
    );
    const model = new FakeModel();
    const kept = new KeptInMemory();
    const events = await collect(writeScript(optionsFor(9, { cost, model, journal: kept })));
    const error = ofType(events, 'stopped')[0]?.error;
    assert.equal(error?.code, 'budget');
    assert.equal(
      error.message,
      'Scene 4 could not be written. The budget is used up. Scenes 1–3 are kept. Raise it.',
    );
    assert.equal(model.asked.length, 3);
    assert.equal(kept.scenes.size, 3);
  });

  it('holds back nothing but new requests while the writer is asked', async () => {
    const abort = new AbortController();
    const cost = meter(() => new Promise(() => undefined));
    const model = new FakeModel();
    const options = optionsFor(3, { cost, model, signal: abort.signal });
    const events: string[] = [];
    for await (const { type } of writeScript(options)) {
      events.push(type);
      if (type === 'scheduled') {
        setImmediate(() => {
          abort.abort();
        });
      }
    }
    assert.deepEqual(events, ['scheduled', 'stopped']);
    assert.equal(model.asked.length, 0);
  });
});
