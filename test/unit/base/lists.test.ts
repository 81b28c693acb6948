import assert from 'node:assert/strict';
import { translateWith } from '../../../src/base/l10n.ts';
import { alternatives, factLine, firstFew, inARow, listed } from '../../../src/base/lists.ts';

describe('lists in messages', () => {
  afterEach(() => {
    translateWith(undefined);
  });

  it('are written as our English writes them, however many there are', () => {
    assert.deepEqual([listed([]), listed(['a']), listed(['a', 'b'])], ['', 'a', 'a and b']);
    assert.equal(listed(['1–3', 5, '7–8']), '1–3, 5 and 7–8');
    assert.equal(alternatives([4, 6, 8]), '4, 6 or 8');
  });

  it('are written as the language of the messages writes them, with its numbers', () => {
    translateWith({ Cancel: 'Hủy' }, 'vi');
    assert.equal(listed(['a', 'b', 'c']), 'a, b và c');
    assert.equal(alternatives([2.5, 4]), '2,5 hoặc 4');
    translateWith({ Cancel: 'キャンセル' }, 'ja');
    assert.equal(listed(['a', 'b', 'c']), 'a、b、c');
    assert.equal(inARow(['a', 'b']), 'a、b');
  });

  it('are English where the messages are, though numbers are in another language', () => {
    translateWith(undefined, 'de');
    assert.equal(alternatives([2.5, 4]), '2,5 or 4');
  });

  it('say how many more there are than they name', () => {
    assert.equal(firstFew([1, 2, 3], 3), '1, 2 and 3');
    assert.equal(firstFew([1, 2, 3, 4, 5], 3), '1, 2, 3 and 2 more');
  });

  it('leave out what is not known where things only stand beside each other', () => {
    assert.equal(inARow(['Lamp room', '', 'night', undefined]), 'Lamp room, night');
    assert.equal(factLine(['8 s', undefined, '', 'seed 7']), '8 s · seed 7');
  });
});
