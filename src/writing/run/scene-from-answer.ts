import type { SceneAnswer } from '../../models/answer-schemas.ts';
import type { Beat, Bible, Scene } from '../../script/script-model.ts';
import { named, nameOf } from '../../script/names.ts';
import { normaliseScene } from '../../script/normalise-scene.ts';
import { normaliseLine, normaliseParagraphs } from '../../script/normalise-text.ts';
import { noteOf, speechOf, titleOf, unlabelled } from '../checks/bare-text.ts';

const narrationLabels = ['Narration', 'Narrator', 'Voice-over', 'Voiceover', 'VO'];
const soundLabels = ['Sound', 'Sounds', 'Sound effects', 'SFX', 'Audio'];

/**
 * Make a scene of a model's answer, as the document will give it back: what its beat settles comes
 * from the beat.
 *
 * @param number of the scene, from 1; 0 where it is not known
 */
export function sceneFromAnswer(answer: SceneAnswer, beat: Beat, bible: Bible, number = 0): Scene {
  const scene: Scene = {
    id: beat.id,
    title: titleOf(answer.title, number) || beat.title,
    seconds: beat.seconds,
    place: beat.place,
    time: beat.time,
    cast: beat.cast,
    action: normaliseParagraphs(answer.action),
    dialogue: answer.dialogue
      .map(({ speaker, tone, line }) => ({
        speaker: named(bible.characters, nameOf(speaker))?.name ?? speaker,
        ...speechOf(speaker, noteOf(tone), normaliseLine(line)),
      }))
      .filter(({ line }) => line !== ''),
    narration: normaliseParagraphs(unlabelled(noteOf(answer.narration), narrationLabels)),
    sound: normaliseParagraphs(unlabelled(noteOf(answer.sound), soundLabels)),
    prompt: normaliseParagraphs(answer.prompt),
  };
  return normaliseScene(scene, bible);
}

/**
 * `finished` and `more` together, in the order of the outline as far as that knows them: every scene
 * of `more` comes before the first of `finished` that the outline has behind it.
 *
 * @param more in the order of the outline
 */
export function mergeScenes(
  finished: readonly Scene[],
  more: readonly Scene[],
  outline: readonly Beat[],
): Scene[] {
  const positions = new Map(outline.map(({ id }, position) => [id, position]));
  const merged: Scene[] = [];
  let next = 0;
  for (const scene of finished) {
    const position = positions.get(scene.id) ?? -1;
    for (; next < more.length; next++) {
      const one = more[next];
      if (one === undefined || (positions.get(one.id) ?? outline.length) >= position) break;
      merged.push(one);
    }
    merged.push(scene);
  }
  return [...merged, ...more.slice(next)];
}
