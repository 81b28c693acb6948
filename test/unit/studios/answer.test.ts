import assert from 'node:assert/strict';
import { renderId } from '../../../src/studios/answer.ts';

describe('the name by which a service knows a render', () => {
  it('is one that can be part of an address', () => {
    for (const id of ['r-1', 17, ' a/b ', '../x', 'đèn 🏮', 'x'.repeat(1000)]) {
      assert.doesNotThrow(() => encodeURIComponent(renderId(id) ?? assert.fail(String(id))));
    }
  });

  it('is none where it is missing, leads elsewhere, or cannot be written', () => {
    for (const id of [
      undefined,
      null,
      '',
      ' ',
      '.',
      '..',
      {},
      'x'.repeat(1001),
      'a\ud800',
      '\udc00',
    ]) {
      assert.equal(renderId(id), undefined, JSON.stringify(id));
    }
  });
});
