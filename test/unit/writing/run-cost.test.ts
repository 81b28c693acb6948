import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ScenewrightError } from '../../../src/base/errors.ts';
import type { Scene } from '../../../src/script/script-model.ts';
import type { WritingEvent } from '../../../src/writing/writing-events.ts';
import { RunCost } from '../../../src/writing/run-cost.ts';
import type { BudgetQuestion } from '../../../src/money/budget-guard.ts';

const price = { input: 1, output: 10 };
/** Costs 0.01 at that price. */
const usage = { inputTokens: 5000, outputTokens: 500 };

const written = (id: string, reused = false): WritingEvent => ({
  type: 'sceneWritten',
  scene: { id } as Scene,
  reused,
  milliseconds: 1,
});

const refusedForMoney = (error: unknown): boolean =>
  error instanceof ScenewrightError && error.code === 'budget';

/** Whether a promise has settled once everything that can go on has. */
async function state(promise: Promise<unknown>): Promise<'open' | 'yes' | 'no'> {
  let found: 'open' | 'yes' | 'no' = 'open';
  promise.then(
    () => (found = 'yes'),
    () => (found = 'no'),
  );
  await new Promise((resolve) => setImmediate(resolve));
  return found;
}

describe('what a run costs', () => {
  it('is unknown until the endpoint has counted anything, and without a price', () => {
    const cost = new RunCost({ price, budget: 0 });
    assert.deepEqual([cost.money, cost.expectedMoney(3)], [undefined, undefined]);
    cost.add(usage);
    assert.equal(cost.money, 0.01);
    assert.deepEqual(cost.tokens, { input: 5000, output: 500 });
    const unpriced = new RunCost({ price: { input: 0, output: 0 }, budget: 5 });
    unpriced.add(usage);
    assert.equal(unpriced.money, undefined);
  });

  it('is expected from what written scenes took, failed attempts included and planning not', () => {
    const cost = new RunCost({ price, budget: 0 });
    cost.add({ inputTokens: 90_000, outputTokens: 9000, forPlan: true });
    assert.equal(cost.expectedMoney(4), undefined, 'no scene has shown it yet');
    cost.add(usage);
    cost.add(usage); // A second attempt at the same scene.
    cost.follow(written('a'));
    cost.follow(written('kept', true));
    assert.equal(cost.expectedMoney(4), 0.08);
    assert.deepEqual(cost.expectedTokens(1), { input: 10_000, output: 1000 });
    assert.equal(cost.expectedMoney(0), 0);
  });
});

describe('a budget', () => {
  it('lets everything through where none is set, or no price', async () => {
    for (const options of [
      { price, budget: 0 },
      { price: { input: 0, output: 0 }, budget: 1 },
    ]) {
      const cost = new RunCost(options);
      await Promise.all(Array.from({ length: 50 }, (_, underWay) => cost.allow(underWay)));
    }
  });

  it('lets only a few requests go before one has shown what it costs', async () => {
    const cost = new RunCost({ price, budget: 5 });
    const asked = Array.from({ length: 10 }, (_, underWay) => cost.allow(underWay));
    const states = async () => Promise.all(asked.map(state));
    assert.deepEqual((await states()).filter((one) => one === 'yes').length, 2);
    cost.add(usage);
    assert.deepEqual(new Set(await states()), new Set(['yes']));
  });

  it('lets the next one try when a request ended without figures', async () => {
    const cost = new RunCost({ price, budget: 5 });
    await cost.allow(0);
    await cost.allow(1);
    const third = cost.allow(2);
    assert.equal(await state(third), 'open');
    cost.ended();
    await third;
  });

  it('cannot be watched where scenes come without figures, and says so instead of standing still', async () => {
    const cost = new RunCost({ price, budget: 5 });
    const asked = Array.from({ length: 6 }, (_, underWay) => cost.allow(underWay));
    await asked[0];
    assert.equal(cost.unwatched, false);
    cost.follow(written('a'));
    await Promise.all(asked);
    assert.equal(cost.unwatched, true);
  });

  it('asks once for all who wait, and grows by the yes', async () => {
    const questions: BudgetQuestion[] = [];
    let answer: (yes: boolean) => void = () => undefined;
    const cost = new RunCost({
      price,
      budget: 0.02,
      ask: (question) => {
        questions.push(question);
        return new Promise((resolve) => (answer = resolve));
      },
    });
    cost.follow({ type: 'scheduled', batches: [['a', 'b', 'c', 'd', 'e']] });
    cost.add(usage);
    cost.follow(written('a'));
    await cost.allow(0);
    const waiting = [cost.allow(1), cost.allow(2), cost.allow(3)];
    assert.deepEqual(await Promise.all(waiting.map(state)), ['open', 'open', 'open']);
    assert.deepEqual(questions, [{ spent: 0.01, expected: 0.05, budget: 0.02 }]);
    answer(true);
    await Promise.all(waiting);
    assert.equal(questions.length, 1);
  });

  it('refuses for good after a no, with what was spent, what is kept and what to do', async () => {
    let asked = 0;
    const cost = new RunCost({
      price,
      budget: 0.02,
      ask: () => Promise.resolve(++asked > 1),
    });
    cost.add(usage);
    const both = await Promise.allSettled([cost.allow(1), cost.allow(2)]);
    for (const result of both) {
      assert.ok(result.status === 'rejected' && refusedForMoney(result.reason));
      assert.match(
        String(result.reason),
        /0\.01 of 0\.02 is spent\. Everything written is kept\. .*scenewright\.writer\.budget/,
      );
    }
    await assert.rejects(cost.allow(0), refusedForMoney);
    assert.equal(asked, 1);
  });

  it('refuses where there is nobody to ask, or asking fails', async () => {
    const alone = new RunCost({ price, budget: 0.001 });
    alone.add(usage);
    await assert.rejects(alone.allow(0), refusedForMoney);
    const broken = new RunCost({ price, budget: 0.001, ask: () => Promise.reject(new Error()) });
    broken.add(usage);
    await assert.rejects(broken.allow(0), refusedForMoney);
  });

  it('lets nobody wait for a run that has ended', async () => {
    const cost = new RunCost({ price, budget: 5 });
    const asked = Array.from({ length: 3 }, (_, underWay) => cost.allow(underWay));
    await asked[0];
    cost.follow({ type: 'stopped', reason: 'cancelled' });
    await assert.rejects(asked[2] ?? Promise.resolve());
  });

  it('is never exceeded by a request that was to be foreseen, unless the writer agreed', async () => {
    const requests = fc.array(
      fc.record({
        cost: fc.integer({ min: 1, max: 40 }),
        ends: fc.integer({ min: 0, max: 3 }),
        counted: fc.boolean(),
        yes: fc.boolean(),
      }),
      { minLength: 1, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(requests, fc.integer({ min: 10, max: 400 }), async (all, limit) => {
        let budget = limit;
        let underWay = 0;
        let refused = false;
        let yes = false;
        const cost = new RunCost({
          price: { input: 1e6, output: 0 }, // One for a token.
          budget: limit,
          ask: (question) => {
            assert.ok(!refused, 'nobody is asked again after a no');
            assert.equal(question.budget, budget);
            const { spent, expected } = question;
            if (yes) budget = Math.max(1.5 * budget, budget + expected - spent, expected);
            refused = !yes;
            return Promise.resolve(yes);
          },
        });
        for (const request of all) {
          ({ yes } = request);
          const allowed = cost.allow(underWay);
          const decided = await state(allowed);
          if (decided === 'no') {
            assert.ok(refused);
            continue;
          }
          if (decided === 'yes') {
            const each = cost.expectedRequest;
            if (each === undefined) assert.ok(underWay < 2);
            else {
              const foreseen = (cost.money ?? 0) + each * (underWay + 1);
              assert.ok(foreseen <= budget * (1 + 1e-6), `${foreseen} of ${budget}`);
            }
            assert.ok(!refused);
            underWay++;
          }
          for (
            let ended = 0;
            underWay > 0 && (ended < request.ends || decided === 'open');
            ended++
          ) {
            underWay--;
            if (request.counted) cost.add({ inputTokens: request.cost, outputTokens: 0 });
            cost.ended();
          }
          if (decided === 'open' && (await state(allowed)) === 'yes') underWay++;
        }
      }),
      { numRuns: 60 },
    );
  });
});
