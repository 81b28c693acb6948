import assert from 'node:assert/strict';
import { defined } from '../../../src/base/defined.ts';

describe('Properties that are defined', () => {
  it('are kept, whatever their values are, and the others are absent', () => {
    const values = { none: undefined, nothing: null, zero: 0, no: false, empty: '' };
    assert.deepEqual(Object.keys(defined(values)), ['nothing', 'zero', 'no', 'empty']);
  });

  it('fit where a property may be absent but not undefined', () => {
    const seconds = (): number | undefined => undefined;
    const clip: { readonly name: string; readonly seconds?: number } = {
      name: 'one',
      ...defined({ seconds: seconds() }),
    };
    assert.deepEqual(clip, { name: 'one' });
    assert.ok(!('seconds' in clip));
  });
});
