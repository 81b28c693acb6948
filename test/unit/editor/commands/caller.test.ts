import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  callerOf,
  chosenByHand,
  consentToken,
  isByHand,
  isStranger,
} from '../../../../src/editor/commands/caller.ts';

/** What a link, a key binding or a task makes of it. */
const writtenDown = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('who calls a command', () => {
  it('is a person where there is no argument, or one of our own views passes it', () => {
    for (const argument of [{}, chosenByHand({ uri: 'file:///a.md' })]) {
      const { interactive, trusted } = callerOf(argument);
      assert.deepEqual([interactive, trusted], [true, false]);
    }
  });

  it('is code that acts for the person where it has the token', () => {
    assert.deepEqual(callerOf({ consent: consentToken }), {
      interactive: false,
      trusted: true,
      confirmed: false,
    });
    for (const argument of [
      { confirmed: consentToken },
      { consent: consentToken, confirmed: true },
    ]) {
      assert.deepEqual(callerOf(argument), { interactive: false, trusted: true, confirmed: true });
    }
  });

  it('may be anybody where the argument could have been written down', () => {
    const row = chosenByHand({ job: 'a' });
    for (const argument of [
      row,
      { consent: consentToken, job: 'a' },
      { confirmed: consentToken },
      { confirmed: true, fromTree: true },
    ]) {
      const copy = writtenDown(argument) as object;
      assert.ok(isStranger(callerOf(copy)), JSON.stringify(copy));
      assert.equal(isByHand(copy), false);
    }
  });

  it('may be anybody, whatever is written down', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (argument) => {
        const { interactive, trusted } = callerOf(argument);
        assert.deepEqual([interactive, trusted], [false, false]);
      }),
    );
  });
});
