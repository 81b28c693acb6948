import type { SceneAnswer } from '../models/answers.ts';
import type { Beat, Bible, Scene } from '../script/model.ts';
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

/** `finished` and `more` together, in the order of the outline as far as that knows them. */
export function mergeScenes(
  finished: readonly Scene[],
  more: readonly Scene[],
  outline: readonly Beat[],
): Scene[] {
  const positions = new Map(outline.map(({ id }, position) => [id, position]));
  const merged = [...finished];
  for (const scene of more) {
    const position = positions.get(scene.id) ?? outline.length;
    const next = merged.findIndex(({ id }) => (positions.get(id) ?? -1) > position);
    merged.splice(next === -1 ? merged.length : next, 0, scene);
  }
  return merged;
}
