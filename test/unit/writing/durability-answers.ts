import type { SceneAnswer } from '../../../src/models/answer-schemas.ts';
import type { Brief } from '../../../src/script/script-model.ts';
import { oneOf, seeded } from './durability-random.ts';

/** A brief in the language that the answers below are in. */
export const englishBrief: Brief = {
  idea: 'The last keeper of a lighthouse teaches a boy to tend the lamp.',
  duration: 96,
  language: 'en',
  style: 'watercolour, soft morning light',
  aspect: '16:9',
  structure: 'three-act',
  instructions: '',
};

const things = ['lamp', 'rope', 'boat', 'door', 'stove', 'letter', 'ladder', 'window'] as const;
const deeds = ['lifts', 'mends', 'hides', 'drops', 'cleans', 'finds', 'paints', 'follows'] as const;

/** A short scene without fault, whatever its beat: in English, and like no other. */
export function sceneOfId(id: string): SceneAnswer {
  const random = seeded(Number.parseInt(id, 36));
  const thing = oneOf(random, things);
  return {
    title: `The ${thing} of ${id}`,
    action: `A hand ${oneOf(random, deeds)} the ${thing} ${id}.`,
    dialogue: [],
    narration: `The ${thing}, at ${id}.`,
    sound: null,
    prompt: `A woman of sixty, grey braid, oilskin coat; a ${thing}, ${id}.`,
  };
}
