import assert from 'node:assert/strict';
import { named, nameOf, sameName } from '../../../src/script/names.ts';

describe('the names of a script', () => {
  it('are told apart by their letters alone, whatever their case', () => {
    assert.ok(sameName('MARA', 'Mara '));
    assert.ok(sameName('Tha\u0300nh', 'th\u00e0nh'));
    assert.ok(sameName('Jürgen Groß', 'JÜRGEN GROSS'));
    assert.ok(!sameName('Mara', 'Maria'));
  });

  it('are found in the spelling of the first entry', () => {
    const entries = [{ name: 'Mara' }, { name: 'MARA' }];
    assert.equal(named(entries, 'mara'), entries[0]);
    assert.equal(named(entries, 'Tom'), undefined);
  });

  it('hold neither line ends nor the commas that part the names of a cast', () => {
    assert.equal(nameOf(' Mara,\n the  keeper'), 'Mara the keeper');
  });
});
