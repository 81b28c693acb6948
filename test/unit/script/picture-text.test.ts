import assert from 'node:assert/strict';
import { newSceneId, isSceneId } from '../../../src/script/scene-ids.ts';
import type { Scene } from '../../../src/script/script-model.ts';
import { pictureHash, pictureText } from '../../../src/script/picture-text.ts';
import { samplePlan, sampleScene } from './sample.ts';

const { bible } = samplePlan(1);
const scene = sampleScene(0);

describe('the prompt for a studio', () => {
  it('says what is seen, where, who and in which style', () => {
    assert.equal(
      pictureText(scene, bible, 'watercolour, soft light'),
      `A dark lamp room, moonlight on huge glass lenses, shot 1.

Setting: Lamp room, night: round, huge glass lenses.

Mara: thirty, wiry, yellow oilskin coat.

Old Tom: seventy, white beard.

Style: watercolour, soft light.`,
    );
  });

  it('does not say twice what the scene’s own prompt says already', () => {
    const prompt = 'Mara (Thirty, wiry,  yellow oilskin coat) climbs. Watercolour, soft light.';
    assert.equal(
      pictureText({ ...scene, prompt, place: '', time: '' }, bible, 'watercolour, soft light'),
      `${prompt}\n\nOld Tom: seventy, white beard.`,
    );
  });

  it('describes those whom the prompt names by @, once each, and whoever owns something behind it', () => {
    const asked = (prompt: string): string =>
      pictureText({ ...scene, prompt, place: '', time: '', cast: ['Mara'] }, bible, '');
    assert.equal(
      asked('@Mara and @old  tom in the @Lamp room. @Mara turns.'),
      'Mara (thirty, wiry, yellow oilskin coat) and Old Tom (seventy, white beard) in the Lamp room (round, huge glass lenses). Mara turns.',
    );
    assert.equal(
      pictureText({ ...scene, prompt: 'In the @Lamp room.', cast: [] }, bible, ''),
      'In the Lamp room (round, huge glass lenses).\n\nSetting: night.',
    );
    assert.equal(
      asked("@Mara's coat."),
      "Mara's coat.\n\nMara: thirty, wiry, yellow oilskin coat.",
    );
    assert.equal(
      asked('@Marabu, a@Mara, @@Mara'),
      '@Marabu, a@Mara, @@Mara\n\nMara: thirty, wiry, yellow oilskin coat.',
    );
  });

  it('leaves out what is not known', () => {
    const bare = { ...scene, place: '', time: '', cast: ['Nobody'] };
    assert.equal(pictureText(bare, bible, ''), scene.prompt);
  });
});

describe('the hash of a picture', () => {
  const hash = (changed: Partial<Scene>): string =>
    pictureHash({ ...scene, ...changed }, bible, 'ink', '16:9');
  const original = hash({});

  it('changes with the look of whom the prompt names, and with no other', () => {
    const repainted = {
      ...bible,
      characters: bible.characters.map((one) =>
        one.name === 'Old Tom' ? { ...one, look: 'bald' } : one,
      ),
    };
    const stays = (prompt: string): boolean => {
      const shown = { ...scene, prompt, cast: ['Mara'] };
      return (
        pictureHash(shown, bible, 'ink', '16:9') === pictureHash(shown, repainted, 'ink', '16:9')
      );
    };
    assert.equal(stays('@Mara alone.'), true);
    assert.equal(stays('@Mara meets @Old Tom.'), false);
  });

  it('is that of earlier versions where a prompt names nobody', () => {
    assert.equal(original, '75d87a8f847ad39bd9ac4f23b1293c47115d8d0e0cc4b6acbefe97a28b0f8c7e');
  });

  it('changes with everything that affects the picture', () => {
    const others = [
      hash({ prompt: 'x' }),
      hash({ place: 'Roof' }),
      hash({ time: 'dawn' }),
      hash({ cast: ['Mara'] }),
      hash({ seconds: 9 }),
      pictureHash(scene, bible, 'oil', '16:9'),
      pictureHash(scene, bible, 'ink', '9:16'),
      pictureHash(scene, { ...bible, places: [] }, 'ink', '16:9'),
      pictureHash(scene, { ...bible, characters: [] }, 'ink', '16:9'),
    ];
    assert.match(original, /^[0-9a-f]{64}$/);
    assert.equal(new Set([original, ...others]).size, others.length + 1);
  });

  it('stays with title, words, sound and the order of the cast', () => {
    for (const changed of [
      { title: 'x' },
      { narration: 'x' },
      { dialogue: [] },
      { sound: 'x' },
      { action: 'x' },
      { id: 'zzzzzz' },
      { cast: ['Old Tom', 'Mara'] },
    ]) {
      assert.equal(hash(changed), original);
    }
  });

  it('stays when a character is described who is not in the scene, or a voice changes', () => {
    const characters = bible.characters.map((one) => ({ ...one, voice: 'hoarse' }));
    const more = { ...bible, characters: [...characters, { name: 'Bob', look: 'x', voice: '' }] };
    assert.equal(pictureHash(scene, more, 'ink', '16:9'), original);
  });
});

describe('scene ids', () => {
  it('are six lower-case letters and digits', () => {
    for (let i = 0; i < 100; i++) assert.ok(isSceneId(newSceneId()));
    assert.equal(
      newSceneId(() => 0),
      'aaaaaa',
    );
    assert.equal(
      newSceneId(() => 0.999999),
      '999999',
    );
    for (const text of ['', 'abc', 'abcdefg', 'ABCDEF', 'abc-ef', 'abcdef\n']) {
      assert.equal(isSceneId(text), false, JSON.stringify(text));
    }
  });
});
