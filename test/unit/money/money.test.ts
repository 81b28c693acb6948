import assert from 'node:assert/strict';
import { priceOf } from '../../../src/money/price.ts';
import { plainMoney, sumOf } from '../../../src/money/money.ts';

describe('what renders cost', () => {
  const price = { currency: 'USD', perClip: 0.05, perSecond: 0.1 };

  it('is so much for a clip and so much for each second', () => {
    assert.deepEqual(priceOf(price, 8), { currency: 'USD', amount: 0.85 });
    assert.equal(priceOf(undefined, 8), undefined);
  });

  it('adds up without the noise of binary fractions, and by currency', () => {
    const cents = Array.from({ length: 10 }, () => priceOf({ ...price, perClip: 0 }, 1));
    const euros = priceOf({ currency: 'EUR', perClip: 1, perSecond: 0 }, 8);
    assert.deepEqual(sumOf([...cents, euros, undefined]), {
      amounts: [
        { currency: 'USD', amount: 1 },
        { currency: 'EUR', amount: 1 },
      ],
      unknown: 1,
    });
    assert.deepEqual(sumOf([]), { amounts: [], unknown: 0 });
  });
});

describe('an amount without a currency', () => {
  it('is written with as many digits as tell it from nothing', () => {
    assert.deepEqual([0, 0.0031, 0.42, 12].map(plainMoney), ['0.00', '0.003', '0.42', '12.00']);
  });
});
