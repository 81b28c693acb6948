import assert from 'node:assert/strict';
import {
  expectedBytes,
  renderProblems,
  nearestLength,
  promptLength,
  type PlannedClip,
} from '../../../src/jobs/preflight.ts';

const clip = (number: number, more: Partial<PlannedClip> = {}): PlannedClip => ({
  number,
  seconds: 8,
  aspect: '16:9',
  prompt: 'A lighthouse',
  ...more,
});
const able = { seconds: [4, 6, 8], aspects: ['16:9', '9:16'], promptLimit: 20 } as const;

describe('the check of a whole selection', () => {
  it('has nothing against what the studio can render', () => {
    assert.deepEqual(renderProblems([clip(1), clip(2, { seconds: 4 })], able), []);
    assert.deepEqual(renderProblems([], able), []);
  });

  it('names every scene of every kind of problem at once', () => {
    const clips = [
      clip(1, { seconds: 5 }),
      clip(2),
      clip(3, { seconds: 12, prompt: 'A lighthouse in the evening light' }),
      clip(4, { aspect: '1:1' }),
    ];
    const found = renderProblems(clips, able).map(({ kind, clips: those }) => [
      kind,
      those.map(({ number }) => number),
    ]);
    assert.deepEqual(found, [
      ['seconds', [1, 3]],
      ['aspect', [4]],
      ['prompt', [3]],
    ]);
  });

  it('counts a prompt as the writer sees it, and only where there is a limit', () => {
    const prompt = '😀'.repeat(20);
    assert.equal(promptLength(prompt), 20);
    assert.deepEqual(renderProblems([clip(1, { prompt })], able), []);
    const { seconds, aspects } = able;
    const long = clip(1, { prompt: 'x'.repeat(100_000) });
    assert.deepEqual(renderProblems([long], { seconds, aspects }), []);
  });
});

describe('the nearest length', () => {
  it('is the nearest that the studio renders, and rather longer than shorter', () => {
    assert.equal(nearestLength(13, [4, 6, 8]), 8);
    assert.equal(nearestLength(5, [4, 6, 8]), 6);
    assert.equal(nearestLength(1, [4, 6, 8]), 4);
    assert.equal(nearestLength(5, []), undefined);
  });
});

describe('the room that clips need', () => {
  it('grows with their seconds, and with what is enlarged', () => {
    const one = expectedBytes([clip(1)], false);
    assert.equal(expectedBytes([clip(1), clip(2)], false), 2 * one);
    assert.ok(expectedBytes([clip(1)], true) > 2 * one);
  });
});
