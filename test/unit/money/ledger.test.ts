import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Ledger, type LedgerStore } from '../../../src/money/ledger.ts';
import { amountIn, type Charge } from '../../../src/money/money.ts';

/** As VS Code keeps it: what is updated is there at once. */
function memory(): LedgerStore {
  const values = new Map<string, unknown>();
  return {
    get: <T>(key: string, otherwise: T) => (values.get(key) ?? otherwise) as T,
    update: (key, value) => {
      values.set(key, structuredClone(value));
      return Promise.resolve();
    },
  };
}

const usd = (amount: number): Charge => ({ currency: 'USD', amount });

describe('a ledger', () => {
  it('adds up what was ordered, exactly to a billionth, however often', () => {
    const ledger = new Ledger();
    for (let request = 0; request < 1000; request++) void ledger.add([usd(0.000_000_15)]);
    assert.equal(amountIn(ledger.total(), 'USD'), 0.000_15);
  });

  it('counts what has no known price', async () => {
    const ledger = new Ledger(memory());
    await ledger.add([undefined, usd(1)]);
    ledger.note('job', [undefined]);
    assert.deepEqual(ledger.total(), { amounts: [usd(1)], unknown: 2 });
  });

  it('goes on with sums that an earlier version has kept', () => {
    const store = memory();
    void store.update('scenewright.ordered', { amounts: [usd(3.2)], unknown: 1 });
    assert.deepEqual(new Ledger(store).total(), { amounts: [usd(3.2)], unknown: 1 });
  });

  it('never comes to less when orders go off the list, or its window is closed', async () => {
    const step = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      does: fc.constantFrom('order', 'remove', 'reopen'),
      cents: fc.integer({ min: 1, max: 500 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const store = memory();
        let ledger = new Ledger(store);
        const listed = new Map<string, Charge[]>();
        let before = 0;
        for (const { id, does, cents } of steps) {
          if (does === 'order') {
            listed.set(id, [...(listed.get(id) ?? []), usd(cents / 100)]);
          } else if (does === 'remove' && listed.delete(id)) {
            assert.equal(amountIn(ledger.total(listed), 'USD'), before, 'removed, not told yet');
            await ledger.add(ledger.close([id]));
          } else if (does === 'reopen') {
            ledger = new Ledger(store);
          }
          for (const [listedId, charges] of listed) ledger.note(listedId, charges);
          const now = amountIn(ledger.total(listed), 'USD');
          assert.ok(does === 'order' ? now > before : now === before, `${now} after ${before}`);
          before = now;
        }
      }),
    );
  });
});
