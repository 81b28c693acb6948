import assert from 'node:assert/strict';
import type { Bible, Scene } from '../../../../src/script/script-model.ts';
import { pictureText } from '../../../../src/script/picture-text.ts';
import { withWholeCast } from '../../../../src/writing/checks/whole-cast.ts';

const mara = 'a woman of sixty with a grey braid and a yellow oilskin coat';
const tom = 'a man of seventy with a white beard and a blue cap';
const room = 'round, of brass and glass';

const bible: Bible = {
  characters: [
    { name: 'Mara', look: mara, voice: '' },
    { name: 'Old Tom', look: tom, voice: '' },
  ],
  places: [{ name: 'Lamp room', look: room }],
};

function scene(changes: Partial<Scene> = {}): Scene {
  return {
    id: 'bbbbb6',
    title: 'The last steps',
    seconds: 8,
    place: 'Lamp room',
    time: 'night',
    cast: ['Mara'],
    action: 'She climbs the last steps and looks out at the sea.',
    dialogue: [],
    narration: '',
    sound: '',
    prompt: 'Wide shot. Somebody looks out at the sea.',
    ...changes,
  };
}

/** How often each look is in what is sent for a scene: of Mara, Tom and the room. */
function sent(changes: Partial<Scene>): number[] {
  const text = pictureText(withWholeCast(scene(changes), bible), bible, 'watercolour');
  return [mara, tom, room].map((look) => text.split(look).length - 1);
}

describe('a scene that a model has written', () => {
  const action = 'Mara waits. Old Tom comes up the stairs and sits down beside her.';

  it('stays as it is however its prompt speaks of the people: their looks are sent once', () => {
    for (const prompt of [
      '@Mara looks out of the @Lamp room.',
      'Mara looks out of the lamp room.',
      'Somebody looks out.',
      `Mara, ${mara}, looks out of a room, ${room}.`,
      '@Mara turns. @Mara’s coat drips.',
    ]) {
      const written = scene({ prompt });
      assert.equal(withWholeCast(written, bible), written);
      assert.deepEqual(sent({ prompt }), [1, 0, 1], prompt);
    }
    const braided = scene({ prompt: 'A woman of sixty, her grey braid wet, looks out.' });
    assert.equal(withWholeCast(braided, bible), braided, 'a look in other words is no fault');
  });

  it('has in its cast whom both action and prompt show, so that the look goes along', () => {
    for (const prompt of ['@Mara, and @Old Tom beside her.', 'Mara, and Old Tom beside her.']) {
      assert.deepEqual(withWholeCast(scene({ action, prompt }), bible).cast, ['Mara', 'Old Tom']);
      assert.deepEqual(sent({ action, prompt }), [1, 1, 1], prompt);
    }
  });

  it('has nobody else in its cast', () => {
    const prompt = 'A woman with a grey braid.';
    assert.deepEqual(withWholeCast(scene({ action, prompt }), bible).cast, ['Mara']);
    assert.deepEqual(withWholeCast(scene({ cast: [] }), bible).cast, []);
  });

  it('names people as the bible does where it is plain who is meant', () => {
    for (const [prompt, right] of [
      ['@Tom waits.', '@Old Tom waits.'],
      ['@Old_Tom’s cap, @Mraa, @Lamproom.', '@Old Tom’s cap, @Mara, @Lamp room.'],
      ['@Guard waits.', '@Guard waits.'],
    ] as const) {
      assert.equal(withWholeCast(scene({ prompt }), bible).prompt, right);
    }
  });
});
