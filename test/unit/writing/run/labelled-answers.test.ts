import assert from 'node:assert/strict';
import { sceneFromAnswer } from '../../../../src/writing/run/scene-from-answer.ts';
import { beatOf, planOf, sceneAnswer } from '../writing-support.ts';

describe('what a model says it tells', () => {
  it('is not written behind a label again, in any language', () => {
    for (const [narration, sound] of [
      ['Narrator: It rains.', 'SFX: Rain.'],
      ['Erzähler: It rains.', 'Ton: Rain.'],
      ['Lời dẫn: It rains.', 'Âm thanh: Rain.'],
      ['**ナレーション**：It rains.', '音：Rain.'],
    ] as const) {
      const answer = { ...sceneAnswer('one'), narration, sound };
      const scene = sceneFromAnswer(answer, beatOf(1), planOf(1).bible);
      assert.deepEqual([scene.narration, scene.sound], ['It rains.', 'Rain.']);
    }
    const answer = { ...sceneAnswer('one'), narration: null, sound: 'Music: a slow waltz' };
    const { sound } = sceneFromAnswer(answer, beatOf(1), planOf(1).bible);
    assert.equal(sound, 'Music: a slow waltz');
  });
});
