import assert from 'node:assert/strict';
import { readOptions } from '../demo/options.ts';

describe('what `npm start` can be asked for', () => {
  it('is three minutes of film with all pictures, and an editor that stays, unless it is said', () => {
    assert.deepEqual(readOptions([]), { duration: 180, pictures: true, exit: false });
    assert.deepEqual(readOptions(['--exit', '--minutes', '10', '--no-pictures']), {
      duration: 600,
      pictures: false,
      exit: true,
    });
    assert.equal(readOptions(['--minutes=1.5']).duration, 90);
  });

  for (const words of [['--minutes', 'ten'], ['--minutes', '0'], ['--minutes', '90'], ['--fast']]) {
    it(`is refused by its name where it is not known: ${words.join(' ')}`, () => {
      assert.throws(() => readOptions(words), new RegExp(words[0] ?? ''));
    });
  }
});
