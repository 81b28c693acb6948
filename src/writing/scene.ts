import type { SceneAnswer } from '../models/answer-schemas.ts';
import type { Beat, Bible, Scene } from '../script/script-model.ts';
import { foldName, oneLine, paragraphs } from './text.ts';

/** Make a scene of a model's answer: what its beat settles comes from the beat. */
export function sceneFromAnswer(answer: SceneAnswer, beat: Beat, bible: Bible): Scene {
  const names = new Map(bible.characters.map(({ name }) => [foldName(name), name]));
  return {
    id: beat.id,
    title: oneLine(answer.title),
    seconds: beat.seconds,
    place: beat.place,
    time: beat.time,
    cast: [...beat.cast],
    action: paragraphs(answer.action),
    dialogue: answer.dialogue.map(({ speaker, tone, line }) => ({
      speaker: names.get(foldName(speaker)) ?? oneLine(speaker),
      tone: oneLine(tone ?? ''),
      line: oneLine(line),
    })),
    narration: paragraphs(answer.narration ?? ''),
    sound: paragraphs(answer.sound ?? ''),
    prompt: paragraphs(answer.prompt),
  };
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
