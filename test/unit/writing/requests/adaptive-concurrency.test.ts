import assert from 'node:assert/strict';
import { ScenewrightError } from '../../../../src/base/errors.ts';
import { RateLimitWindow } from '../../../../src/writing/requests/rate-limit-window.ts';
import { AdaptiveConcurrency } from '../../../../src/writing/requests/adaptive-concurrency.ts';
import { writeScript } from '../../../../src/writing/write-script.ts';
import {
  collect,
  FakeModel,
  ofType,
  optionsFor,
  randomOf,
  sceneAnswer,
  VirtualClock,
} from '../writing-support.ts';
import type { SceneTask } from '../../../../src/models/writer-tasks.ts';

describe('how many requests may be in flight', () => {
  it('is the batch size, as long as nothing is refused', () => {
    const concurrency = new AdaptiveConcurrency(7);
    for (let i = 0; i < 100; i++) concurrency.completed(7);
    assert.equal(concurrency.places, 7);
  });

  it('ends, after an opening burst, at what the service took', () => {
    const concurrency = new AdaptiveConcurrency('auto');
    for (let others = concurrency.places - 1; others >= 12; others--) concurrency.refused(others);
    assert.equal(concurrency.places, 12);
  });

  it('grows by one after as many completions as there are places', () => {
    const concurrency = new AdaptiveConcurrency('auto');
    concurrency.refused(3);
    for (let i = 0; i < 3; i++) concurrency.completed(3);
    assert.equal(concurrency.places, 4);
    for (let i = 0; i < 4; i++) concurrency.completed(4);
    assert.equal(concurrency.places, 5);
  });

  it('probes more and more rarely where it is refused every time', () => {
    const concurrency = new AdaptiveConcurrency('auto');
    concurrency.refused(3);
    const until: number[] = [];
    for (let probes = 0; probes < 4; probes++) {
      let completions = 0;
      for (; concurrency.places === 3; completions++) concurrency.completed(3);
      until.push(completions);
      concurrency.refused(3);
    }
    assert.deepEqual(until, [3, 6, 12, 24]);
  });

  it('learns nothing from completions while places are to spare', () => {
    const concurrency = new AdaptiveConcurrency('auto');
    concurrency.refused(3);
    for (let i = 0; i < 50; i++) concurrency.completed(2);
    assert.equal(concurrency.places, 3);
  });

  it('is never more than the batch size, and never nothing', () => {
    const concurrency = new AdaptiveConcurrency(2);
    concurrency.refused(0);
    assert.equal(concurrency.places, 1);
    for (let i = 0; i < 50; i++) concurrency.completed(concurrency.places);
    assert.equal(concurrency.places, 2);
  });
});

describe('an allowance of requests that the headers tell', () => {
  it('holds back what would exceed it until it is renewed', () => {
    const allowance = new RateLimitWindow();
    const ticket = allowance.send();
    assert.equal(allowance.waitMs(0), 0, 'nothing is known yet');
    allowance.tell(ticket, { limit: 3, remaining: 2, resetMs: 5000 }, 1000);
    allowance.send();
    assert.equal(allowance.waitMs(1500), 0);
    allowance.send();
    assert.equal(allowance.waitMs(1500), 4500);
    assert.equal(allowance.waitMs(6000), 0, 'renewed');
    const probe = allowance.send();
    assert.ok(allowance.waitMs(6001) > 0, 'one tells how much of it is');
    allowance.tell(probe, { limit: 3, remaining: 1, resetMs: 4000 }, 6002);
    assert.equal(allowance.waitMs(6003), 0);
    allowance.send();
    assert.equal(allowance.waitMs(6003), 3999);
  });

  it('holds nothing back any more once an answer says nothing of limits', () => {
    const allowance = new RateLimitWindow();
    allowance.tell(allowance.send(), { remaining: 0, resetMs: 1000 }, 0);
    assert.equal(allowance.waitMs(1), 999);
    assert.equal(allowance.waitMs(1000), 0);
    allowance.untold(allowance.send());
    for (let i = 0; i < 40; i++) allowance.send();
    assert.equal(allowance.waitMs(1001), 0);
  });

  it('believes the answer to the latest request', () => {
    const allowance = new RateLimitWindow();
    const first = allowance.send();
    const second = allowance.send();
    allowance.tell(second, { remaining: 5, resetMs: 1000 }, 0);
    allowance.tell(first, { remaining: 0, resetMs: 1000 }, 0);
    assert.equal(allowance.waitMs(1), 0);
  });

  it('holds nothing back where no renewal is told', () => {
    const allowance = new RateLimitWindow();
    allowance.tell(allowance.send(), { remaining: 0 }, 0);
    assert.equal(allowance.waitMs(1), 0);
  });
});

interface Measured {
  readonly ms: number;
  readonly refused: number;
}

/** How long 75 scenes take: 8 s in the middle, lognormal, σ 0.5. */
function lengthsOf(random: () => number): number[] {
  return Array.from({ length: 75 }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return 8000 * Math.exp(0.5 * normal);
  });
}

/** How long the same takes where it is known at any time how many requests are taken. */
function oracleMs(seed: number, limit: (begunForMs: number) => number): number {
  const waiting = lengthsOf(randomOf(seed));
  const ends: number[] = [];
  let now = 0;
  while (waiting.length > 0 || ends.length > 0) {
    while (waiting.length > 0 && ends.length < limit(now)) ends.push(now + (waiting.shift() ?? 0));
    ends.sort((a, b) => a - b);
    now = ends.shift() ?? now;
  }
  return now;
}

/** A run over these scenes at a service that answers 429 above a hidden number in service. */
async function measure(
  seed: number,
  batchSize: number | 'auto',
  limit: (begunForMs: number) => number,
): Promise<Measured> {
  const random = randomOf(seed);
  const lengths = lengthsOf(random);
  const clock = new VirtualClock();
  const began = clock.now();
  let inService = 0;
  let refused = 0;
  const model = new FakeModel();
  model.answer = async ({ task }) => {
    const { id } = (task as SceneTask).beat;
    await clock.sleep(50);
    if (inService >= limit(clock.now() - began)) {
      refused++;
      throw new ScenewrightError('rate-limit', 'Busy (429).', { retryable: true, status: 429 });
    }
    inService++;
    await clock.sleep(lengths[Number(id.slice(1)) - 1] ?? 0);
    inService--;
    return sceneAnswer(id);
  };
  const options = optionsFor(75, { model, clock, pace: 'planned', batchSize, random });
  const events = await clock.until(collect(writeScript(options)));
  assert.deepEqual(events.at(-1), { type: 'stopped', reason: 'done' });
  return { ms: clock.now() - began, refused };
}

describe('an automatic batch size', () => {
  for (const limit of [5, 10, 20, 40]) {
    it(`is as fast as the best fixed one at a service that takes ${limit}`, async () => {
      for (let seed = 1; seed <= 3; seed++) {
        const auto = await measure(seed, 'auto', () => limit);
        const fixed = await measure(seed, limit, () => limit);
        assert.ok(auto.ms <= 1.1 * fixed.ms, `${auto.ms} against ${fixed.ms}`);
        assert.ok(auto.refused < 60, `${auto.refused} refused`);
      }
    });
  }

  it('follows a limit that drops from 40 to 10 on the way', async () => {
    const drop = (at: number): number => (at < 4000 ? 40 : 10);
    for (let seed = 1; seed <= 3; seed++) {
      const auto = await measure(seed, 'auto', drop);
      const oracle = oracleMs(seed, drop);
      assert.ok(auto.ms <= 1.15 * oracle, `${auto.ms} against ${oracle}`);
      assert.ok(auto.refused < 60, `${auto.refused} refused`);
    }
  });

  it('is told whenever it changes', async () => {
    const clock = new VirtualClock();
    const model = new FakeModel();
    let inService = 0;
    model.answer = async ({ task }) => {
      if (inService >= 3) throw new ScenewrightError('rate-limit', '429', { retryable: true });
      inService++;
      await clock.sleep(1000);
      inService--;
      return sceneAnswer((task as SceneTask).beat.id);
    };
    const run = writeScript(optionsFor(5, { model, clock, pace: 'sliding', batchSize: 'auto' }));
    const events = await clock.until(collect(run));
    assert.deepEqual(
      ofType(events, 'places').map(({ places }) => places),
      [40, 4, 3, 4],
    );
  });
});
