import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pastedKey } from '../../../src/accounts/pasted-key.ts';

const key = 'sk-proj-AbC_123.x/y+z=';

describe('a key as somebody pastes it', () => {
  for (const pasted of [
    key,
    `  ${key}\n`,
    `\u200b${key}\ufeff`,
    `"${key}"`,
    `'${key}',`,
    `“${key}”`,
    `\`${key}\``,
    `Bearer ${key}`,
    `bearer  ${key}`,
    `Authorization: Bearer ${key}`,
    `"Authorization: Bearer ${key}"`,
    `x-goog-api-key: ${key}`,
    `export OPENAI_API_KEY="${key}"`,
    `FAL_KEY=${key}`,
    `HF_TOKEN = '${key}';`,
    `Key ${key}`,
  ]) {
    it(`is taken without what plainly is none of it: ${JSON.stringify(pasted)}`, () => {
      assert.deepEqual(pastedKey(pasted), { key });
    });
  }

  for (const [pasted, fault] of [
    ['', /Paste the key/],
    [' "" ', /Paste the key/],
    ['Bearer ', /Paste the key/],
    ['sk-abc def', /space or a line break/],
    ['sk-abc\nsk-def', /space or a line break/],
    ['sk-\u00a0abc', /space or a line break/],
    ['sk-клюЧ-abc', /“к” cannot be part of a key/],
    ['sk-abc🔑', /“🔑” cannot be part/],
    ['sk-abc\u0007', /cannot be part/],
    ['sk-abcd…wxyz', /middle left out/],
    ['sk-abcd...wxyz', /middle left out/],
    ['sk-abcd****wxyz', /middle left out/],
    ['sk-••••••wxyz', /middle left out/],
  ] as const) {
    it(`is refused with a sentence where it cannot be sent: ${JSON.stringify(pasted)}`, () => {
      const result = pastedKey(pasted);
      assert.ok('fault' in result);
      assert.match(result.fault, fault);
    });
  }

  it('is never changed within, and whatever is taken can stand in a header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (pasted) => {
        const result = pastedKey(pasted);
        if ('fault' in result) return;
        assert.ok(pasted.includes(result.key));
        assert.doesNotThrow(() => new Headers({ authorization: `Bearer ${result.key}` }));
        assert.deepEqual(pastedKey(result.key), result);
      }),
      { numRuns: 2000 },
    );
  });
});
