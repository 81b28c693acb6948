import assert from 'node:assert/strict';
import fc from 'fast-check';
import { innerText, innerWords } from '../../../src/script/inner-text.ts';

describe('what stands between the marks at both ends of a text', () => {
  it('is what is left when those are taken away, also of signs of two code units', () => {
    const sign = fc.constantFrom(
      'a',
      'é',
      '\u0301',
      ' ',
      '\n',
      '.',
      '𐄀',
      '𝒜',
      '🎬',
      '\ud800',
      '\udc00',
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 12 }), (signs) => {
        const text = signs.join('');
        assert.equal(innerText(text, /[^\s\p{P}]/u), text.replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, ''));
        assert.equal(innerWords(text), text.replace(/^[^\p{L}]+|[^\p{L}\p{M}]+$/gu, ''));
      }),
    );
  });
});
