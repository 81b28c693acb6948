import assert from 'node:assert/strict';
import { isFree } from '../../../src/money/budget.ts';
import { sumOf } from '../../../src/money/money.ts';
import { chargesOfClips, chosenPrice } from '../../../src/money/price.ts';

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
