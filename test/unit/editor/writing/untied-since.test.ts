import assert from 'node:assert/strict';
import { ScenewrightError } from '../../../../src/base/errors.ts';
import { refuseUntied } from '../../../../src/editor/writing/untied-since.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { sampleScript } from '../../script/sample.ts';

describe('what was untied after the question about it', () => {
  const tied = sampleScript(3, [0, 1]);

  it('is not ordered by the run that follows, and told', () => {
    const taken = tied.replace('## Scene 2', '##Scene 2');
    assert.notEqual(taken, tied);
    assert.throws(
      () => {
        refuseUntied(parseScript(taken));
      },
      (error) =>
        error instanceof ScenewrightError &&
        error.code === 'bad-script' &&
        /Nothing was ordered.*scene 2.*once more/u.test(error.message),
    );
  });

  it('is nothing where everything has its place', () => {
    refuseUntied(parseScript(tied));
    assert.deepEqual(parseScript(tied).outline.length, 3);
  });
});
