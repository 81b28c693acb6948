import assert from 'node:assert/strict';
import { differencesOf, fileNames, sceneNames } from '../../../src/media/differences.ts';
import type { ClipTraits } from '../../../src/media/traits.ts';

const usual: ClipTraits = {
  size: '1280 × 720',
  codec: 'H.264',
  turned: '',
  light: '',
  encoding: 'a',
};
const loud: ClipTraits = { ...usual, sound: { format: 'AAC, 48000 Hz, stereo', encoding: 'x' } };

/** Ten clips of which some have other traits, by number. */
function ten(others: Readonly<Record<number, Partial<ClipTraits>>>, base = usual): ClipTraits[] {
  return Array.from({ length: 10 }, (_, i) => ({ ...base, ...others[i + 1] }));
}

const numbers = Array.from({ length: 10 }, (_, i) => i + 1);
function told(clips: readonly ClipTraits[]): readonly string[] {
  const { pictures, sounds } = differencesOf(clips, sceneNames(numbers));
  return [...pictures, ...sounds];
}

describe('how clips differ', () => {
  it('is nothing when they agree, silent ones with loud ones too', () => {
    assert.deepEqual(told(ten({})), []);
    assert.deepEqual(told(ten({ 2: usual, 5: usual }, loud)), []);
    assert.deepEqual(told([]), []);
  });

  it('names the scenes and both sizes', () => {
    const upright = { size: '1080 × 1920', encoding: 'b' };
    assert.deepEqual(told(ten({ 3: upright, 7: upright })), [
      'Scenes 3 and 7 are 1080 × 1920, the others 1280 × 720.',
    ]);
  });

  it('groups scenes by what they have, runs of them as ranges', () => {
    const upright = { size: '1080 × 1920', encoding: 'b' };
    const small = { size: '640 × 360', encoding: 'c' };
    assert.deepEqual(told(ten({ 2: upright, 3: upright, 4: upright, 6: upright, 9: small })), [
      'Scenes 2–4 and 6 are 1080 × 1920, scene 9 640 × 360, the others 1280 × 720.',
    ]);
  });

  it('has a sentence for each way in which they differ', () => {
    const clips = ten(
      {
        1: { codec: 'VP9', encoding: 'v' },
        2: { turned: '90°', encoding: 't' },
        4: { encoding: 'other' },
        5: { sound: { format: 'AAC, 44100 Hz, mono', encoding: 'x' } },
        6: { sound: { format: 'AAC, 48000 Hz, stereo', encoding: 'y' } },
      },
      loud,
    );
    assert.deepEqual(told(clips), [
      'Scene 1 is VP9, the others H.264.',
      'Scene 2 is turned by 90°, the others not turned.',
      'Scene 4 was encoded with other settings than the others.',
      'The sound of scene 5 is AAC, 44100 Hz, mono, that of the others AAC, 48000 Hz, stereo.',
      'The sound of scene 6 was encoded with other settings than that of the others.',
    ]);
  });

  it('speaks of the other where there is only one', () => {
    assert.deepEqual(told([usual, { ...usual, size: '64 × 64', encoding: 'b' }]), [
      'Scene 2 is 64 × 64, the other 1280 × 720.',
    ]);
  });

  it('calls scenes by their numbers, else clips by their file names, and not by too many', () => {
    assert.equal(sceneNames([4, 9, 12])([1, 2]), 'scenes 9 and 12');
    assert.equal(fileNames(['/a/scene-001.mp4', '/a/b.mp4'])([0, 1]), 'scene-001.mp4 and b.mp4');
    const many = Array.from({ length: 30 }, (_, i) => `/a/${i}.mp4`);
    assert.match(fileNames(many)(many.map((_, i) => i)), /^0\.mp4, .*, 11\.mp4 and 18 more$/);
  });
});
