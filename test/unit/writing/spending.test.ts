import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ScenewrightError } from '../../../src/base/errors.ts';
import type { Scene } from '../../../src/script/script-model.ts';
import type { WritingEvent } from '../../../src/writing/writing-events.ts';
import { plainMoney, Spending, type BudgetQuestion } from '../../../src/writing/spending.ts';

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
    const spending = new Spending({ price, budget: 0 });
    assert.deepEqual([spending.money, spending.expectedMoney(3)], [undefined, undefined]);
    spending.add(usage);
    assert.equal(spending.money, 0.01);
    assert.deepEqual(spending.tokens, { input: 5000, output: 500 });
    const unpriced = new Spending({ price: { input: 0, output: 0 }, budget: 5 });
    unpriced.add(usage);
    assert.equal(unpriced.money, undefined);
  });

  it('is expected from what written scenes took, failed attempts included and planning not', () => {
    const spending = new Spending({ price, budget: 0 });
    spending.add({ inputTokens: 90_000, outputTokens: 9000 });
    spending.follow({ type: 'planned', plan: {} as never, notes: [] });
    assert.equal(spending.expectedMoney(4), undefined, 'no scene has shown it yet');
    spending.add(usage);
    spending.add(usage); // A second attempt at the same scene.
    spending.follow(written('a'));
    spending.follow(written('kept', true));
    assert.equal(spending.expectedMoney(4), 0.08);
    assert.deepEqual(spending.expectedTokens(1), { input: 10_000, output: 1000 });
    assert.equal(spending.expectedMoney(0), 0);
  });

  it('is written with as many digits as tell it from nothing', () => {
    assert.deepEqual([0, 0.0031, 0.42, 12].map(plainMoney), ['0.00', '0.003', '0.42', '12.00']);
  });
});

describe('a budget', () => {
  it('lets everything through where none is set, or no price', async () => {
    for (const options of [
      { price, budget: 0 },
      { price: { input: 0, output: 0 }, budget: 1 },
    ]) {
      const spending = new Spending(options);
      await Promise.all(Array.from({ length: 50 }, (_, underWay) => spending.allow(underWay)));
    }
  });

  it('lets only a few requests go before one has shown what it costs', async () => {
    const spending = new Spending({ price, budget: 5 });
    const asked = Array.from({ length: 10 }, (_, underWay) => spending.allow(underWay));
    const states = async () => Promise.all(asked.map(state));
    assert.deepEqual((await states()).filter((one) => one === 'yes').length, 2);
    spending.add(usage);
    assert.deepEqual(new Set(await states()), new Set(['yes']));
  });

  it('lets the next one try when a request ended without figures', async () => {
    const spending = new Spending({ price, budget: 5 });
    await spending.allow(0);
    await spending.allow(1);
    const third = spending.allow(2);
    assert.equal(await state(third), 'open');
    spending.ended();
    await third;
  });

  it('cannot be watched where scenes come without figures, and says so instead of standing still', async () => {
    const spending = new Spending({ price, budget: 5 });
    const asked = Array.from({ length: 6 }, (_, underWay) => spending.allow(underWay));
    await asked[0];
    assert.equal(spending.unwatched, false);
    spending.follow(written('a'));
    await Promise.all(asked);
    assert.equal(spending.unwatched, true);
  });

  it('asks once for all who wait, and grows by the yes', async () => {
    const questions: BudgetQuestion[] = [];
    let answer: (yes: boolean) => void = () => undefined;
    const spending = new Spending({
      price,
      budget: 0.02,
      ask: (question) => {
        questions.push(question);
        return new Promise((resolve) => (answer = resolve));
      },
    });
    spending.follow({ type: 'scheduled', batches: [['a', 'b', 'c', 'd', 'e']] });
    spending.add(usage);
    spending.follow(written('a'));
    await spending.allow(0);
    const waiting = [spending.allow(1), spending.allow(2), spending.allow(3)];
    assert.deepEqual(await Promise.all(waiting.map(state)), ['open', 'open', 'open']);
    assert.deepEqual(questions, [{ spent: 0.01, expected: 0.05, budget: 0.02 }]);
    answer(true);
    await Promise.all(waiting);
    assert.equal(questions.length, 1);
  });

  it('refuses for good after a no, with what was spent, what is kept and what to do', async () => {
    let asked = 0;
    const spending = new Spending({
      price,
      budget: 0.02,
      ask: () => Promise.resolve(++asked > 1),
    });
    spending.add(usage);
    const both = await Promise.allSettled([spending.allow(1), spending.allow(2)]);
    for (const result of both) {
      assert.ok(result.status === 'rejected' && refusedForMoney(result.reason));
      assert.match(
        String(result.reason),
        /0\.01 of 0\.02 is spent\. Everything written is kept\. .*scenewright\.writer\.budget/,
      );
    }
    await assert.rejects(spending.allow(0), refusedForMoney);
    assert.equal(asked, 1);
  });

  it('refuses where there is nobody to ask, or asking fails', async () => {
    const alone = new Spending({ price, budget: 0.001 });
    alone.add(usage);
    await assert.rejects(alone.allow(0), refusedForMoney);
    const broken = new Spending({ price, budget: 0.001, ask: () => Promise.reject(new Error()) });
    broken.add(usage);
    await assert.rejects(broken.allow(0), refusedForMoney);
  });

  it('lets nobody wait for a run that has ended', async () => {
    const spending = new Spending({ price, budget: 5 });
    const asked = Array.from({ length: 3 }, (_, underWay) => spending.allow(underWay));
    await asked[0];
    spending.follow({ type: 'stopped', reason: 'cancelled' });
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
        const spending = new Spending({
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
          const allowed = spending.allow(underWay);
          const decided = await state(allowed);
          if (decided === 'no') {
            assert.ok(refused);
            continue;
          }
          if (decided === 'yes') {
            const each = spending.expectedRequest;
            if (each === undefined) assert.ok(underWay < 2);
            else {
              const foreseen = (spending.money ?? 0) + each * (underWay + 1);
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
            if (request.counted) spending.add({ inputTokens: request.cost, outputTokens: 0 });
            spending.ended();
          }
          if (decided === 'open' && (await state(allowed)) === 'yes') underWay++;
        }
      }),
      { numRuns: 60 },
    );
  });
});
