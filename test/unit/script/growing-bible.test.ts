import assert from 'node:assert/strict';
import { GrowingBible } from '../../../src/script/growing-bible.ts';
import type { Bible } from '../../../src/script/script-model.ts';

const bible: Bible = {
  characters: [
    { name: 'Mara', look: 'sixty', voice: '' },
    { name: 'Old Tom', look: 'seventy', voice: '' },
  ],
  places: [{ name: 'Lamp room', look: 'round' }],
};

describe('a bible that grows with its beats', () => {
  it('stays the same object while all names are known, however they are written', () => {
    const growing = new GrowingBible(bible);
    assert.deepEqual(growing.cast(['MARA', 'tom', 'Mara (60)', 'mara']), ['Mara', 'Old Tom']);
    assert.deepEqual(growing.setting('INT. LAMP ROOM - NIGHT'), {
      place: 'Lamp room',
      time: 'night',
    });
    assert.deepEqual(growing.setting('Lamp room, night'), { place: 'Lamp room', time: 'night' });
    assert.equal(growing.bible, bible);
  });

  it('takes in who and what is new, once, with the look that is said with it', () => {
    const growing = new GrowingBible(bible);
    assert.deepEqual(growing.cast(["MARA'S MOTHER", 'Ida: a girl of ten in red']), [
      "Mara's Mother",
      'Ida',
    ]);
    assert.deepEqual(growing.cast(['ida', "Mara's mother"]), ['Ida', "Mara's Mother"]);
    assert.deepEqual(growing.setting('EXT. THE HARBOUR - DAWN'), {
      place: 'The Harbour',
      time: 'dawn',
    });
    assert.equal(growing.setting('harbour').place, 'The Harbour');
    assert.equal(growing.setting('Kitchen (low beams, a black stove)').place, 'Kitchen');
    assert.deepEqual(growing.bible.characters.slice(2), [
      { name: "Mara's Mother", look: '', voice: '' },
      { name: 'Ida', look: 'a girl of ten in red', voice: '' },
    ]);
    assert.deepEqual(growing.bible.places.slice(1), [
      { name: 'The Harbour', look: '' },
      { name: 'Kitchen', look: 'low beams, a black stove' },
    ]);
  });

  it('parts people who are named as one, and leaves out who is nobody, or only heard', () => {
    const growing = new GrowingBible(bible);
    assert.deepEqual(growing.cast(['Mara and Tom']), ['Mara', 'Old Tom']);
    assert.deepEqual(growing.cast(['Narrator', 'none', 'N/A', '', '-', 'Tom (V.O.)', 'Radio']), []);
    assert.deepEqual(growing.setting('N/A'), { place: '', time: '' });
    assert.equal(growing.bible, bible);
  });

  it('gives names that a cast can hold', () => {
    const growing = new GrowingBible({ characters: [], places: [] });
    const [name = ''] = growing.cast(['Ida, the girl; ten']);
    assert.equal(name, 'Ida the girl ten');
    const { place } = growing.setting(
      'The narrow stairs inside the tower where the salt has eaten the steps',
    );
    assert.equal(place, 'The narrow stairs inside the tower where the');
    assert.match(growing.bible.places[0]?.look ?? '', /eaten the steps$/);
  });
});
