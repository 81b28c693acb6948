import assert from 'node:assert/strict';
import fc from 'fast-check';
import { choicesWords, possible, type RenderChoices } from '../../../src/studios/choices.ts';

describe('what a writer chooses of a render', () => {
  const all: RenderChoices = { seed: 7, sound: false, resolution: '4k', negativePrompt: 'rain' };

  it('is ordered as the model takes it, and the rest is said', () => {
    const takes = { seed: true, resolutions: ['720p', '4K'] };
    assert.deepEqual(possible(all, takes), { seed: 7, resolution: '4K' });
    assert.deepEqual(choicesWords([all], takes, 'Here'), [
      'Asked for as well: the seed 7, 4K.',
      'Here does not take this, and does without: without sound, nothing of “rain”.',
    ]);
  });

  it('is told once for several orders, whose seeds alone may differ', () => {
    const orders = [
      { ...all, seed: 7 },
      { ...all, seed: 9 },
      { ...all, seed: 7 },
    ];
    const takes = { seed: true, sound: true, resolutions: ['4k'], negativePrompt: true };
    assert.deepEqual(choicesWords(orders, takes, 'Here'), [
      'Asked for as well: the seeds 7 and 9, 4k, without sound, nothing of “rain”.',
    ]);
    assert.match(
      choicesWords(orders, { ...takes, seed: false }, 'Here').join(' '),
      /does without: the seeds 7 and 9\./,
    );
  });

  it('is nothing to talk about where nothing is chosen', () => {
    assert.deepEqual(choicesWords([], { seed: true }, 'Here'), []);
    assert.deepEqual(possible(undefined, { seed: true, sound: true }), {});
  });

  it('is either ordered or said to be left out, each of it', () => {
    const choices = fc.record(
      {
        seed: fc.nat(),
        sound: fc.boolean(),
        resolution: fc.constantFrom('480p', '720P', '4k', '2160p'),
        negativePrompt: fc.constantFrom('rain', 'text'),
      },
      { requiredKeys: [] },
    );
    const takes = fc.record(
      {
        seed: fc.boolean(),
        sound: fc.boolean(),
        resolutions: fc.subarray(['480p', '720p', '4K']),
        negativePrompt: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(choices, takes, (chosen, taken) => {
        const had = Object.keys(possible(chosen, taken)).length;
        const words = choicesWords([chosen], taken, 'Here');
        const named = words.join(' ').split(',').length;
        const wanted = Object.keys(chosen).length;
        assert.equal(words.length, Number(had > 0) + Number(wanted > had));
        if (words.length === 1) assert.equal(named, wanted + Number(wanted > had));
      }),
    );
  });
});
