import assert from 'node:assert/strict';
import { noteOf } from '../../../src/writing/checks/bare-text.ts';
import { listFrom, sayingsFrom } from '../../../src/models/language-model/plain-values.ts';
import { GrowingBible } from '../../../src/script/growing-bible.ts';

describe('a text that only says that there is nothing', () => {
  const ways = [
    'None',
    'null',
    '(n/a)',
    'N / A',
    '"keine"',
    '- không có -',
    '没有',
    '**none**',
    '—',
  ];

  for (const way of ways) {
    it(`is no note, list, dialogue, person or place: ${way}`, () => {
      assert.equal(noteOf(way), '');
      assert.deepEqual(listFrom(way), []);
      assert.deepEqual(sayingsFrom(way), []);
      const bible = new GrowingBible({ characters: [], places: [] });
      assert.deepEqual(bible.cast([way]), []);
      assert.equal(bible.setting(way).place, '');
    });
  }

  it('is not one that only begins like that, is a sign, or a name', () => {
    for (const text of ['None of them speaks.', 'No music but the sea', '🎵', 'Na', 'Nullah']) {
      assert.equal(noteOf(text), text);
    }
    const bible = new GrowingBible({ characters: [], places: [] });
    assert.deepEqual(bible.cast(['Na']), ['Na']);
  });
});
