import assert from 'node:assert/strict';
import { ScenewrightError } from '../../../../src/base/errors.ts';
import { sceneFailure } from '../../../../src/writing/run/run-failure.ts';
import { listed } from '../../../../src/base/lists.ts';
import { rangesOf } from '../../../../src/base/number-ranges.ts';
import { planOf } from '../writing-support.ts';

describe('what a writer reads when scenes fail', () => {
  const { outline } = planOf(9);
  const ids = (...numbers: number[]): string[] => numbers.map((n) => outline[n - 1]?.id ?? '');
  const message = (
    failed: number[],
    inScript: number[],
    kept: number[],
    why: string,
    advice?: string,
  ): string =>
    sceneFailure({
      outline,
      failed: ids(...failed),
      error: new ScenewrightError('network', why, { advice }),
      inScript: new Set(ids(...inScript)),
      kept: new Set(ids(...kept)),
    }).message;

  it('names the scenes, the cause, what is safe, and the next step', () => {
    assert.equal(
      message(
        [4],
        [1, 2],
        [3, 5],
        'Nothing answers at http://127.0.0.1:1/v1.',
        'Is the server running?',
      ),
      'Scene 4 could not be written. Nothing answers at http://127.0.0.1:1/v1. Scenes 1–2 are in the script, 3 and 5 are kept. Is the server running?',
    );
    assert.equal(
      message([2, 3], [1], [], 'The line broke.'),
      'Scenes 2–3 could not be written. The line broke. Scene 1 is in the script.',
    );
    assert.equal(
      message([1], [], [2], 'GPT says no'),
      'Scene 1 could not be written. GPT says no. Scene 2 is kept.',
    );
    assert.equal(
      message([1], [], [], 'It broke.'),
      'Scene 1 could not be written. It broke. The outline is in the script.',
    );
  });
});

describe('numbers in a message', () => {
  it('write ranges', () => {
    assert.equal(listed(rangesOf([])), '');
    assert.equal(listed(rangesOf([3])), '3');
    assert.equal(listed(rangesOf([1, 2, 3, 5, 7, 8])), '1–3, 5 and 7–8');
  });
});
