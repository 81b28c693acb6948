import type { Brief } from '../../src/script/script-model.ts';
import type { SceneAnswer } from '../../src/models/answer-schemas.ts';
import { seeded } from './latency.ts';
import type { EndpointConditions } from './endpoint-conditions.ts';

/** Seconds that every scene of the benchmark's scripts lasts. */
const sceneSeconds = 8;

/** The only clip length: a script has exactly as many scenes as it is asked for. */
export const clipSeconds: readonly number[] = [sceneSeconds];

export function briefFor(scenes: number): Brief {
  return {
    idea: 'The last keeper of a lighthouse teaches a boy to tend the lamp.',
    duration: scenes * sceneSeconds,
    language: 'en',
    style: 'watercolour, soft lamp light',
    aspect: '16:9',
    structure: 'three-act',
    instructions: 'No violence.',
  };
}

/** One scene in this many goes on from the one before. */
const continuesOneIn = 5;

/** No chain of scenes that go on from each other is longer. */
const longestChain = 3;

/** By position: whether the scene goes on from the one before without a cut. */
export function continuations({ scenes, seed, continuations }: EndpointConditions): boolean[] {
  if (!continuations) return new Array<boolean>(scenes).fill(false);
  const random = seeded(20, seed);
  const continues: boolean[] = [];
  let chain = 1;
  for (let number = 1; number <= scenes; number++) {
    const goesOn = number > 1 && chain < longestChain && random() < 1 / continuesOneIn;
    chain = goesOn ? chain + 1 : 1;
    continues.push(goesOn);
  }
  return continues;
}

/**
 * What the model writes for a scene: as long as such answers are, no two alike, and in the language
 * of the brief, so that every check of the product has its work and none a reason to complain.
 */
export function sceneAnswer(number: number, speaker: string): SceneAnswer {
  const random = seeded(7, number);
  const pick = (words: readonly string[]): string =>
    words[Math.floor(random() * words.length)] ?? '';
  const thing = (): string => `the ${pick(adjectives)} ${pick(things)} ${pick(where)}`;
  const sentence = (): string =>
    `${speaker} ${pick(verbs)} ${thing()} and ${pick(verbs)} ${thing()}.`;
  const sentences = (count: number): string => Array.from({ length: count }, sentence).join(' ');
  return {
    title: `The ${pick(adjectives)} ${pick(things)}`,
    action: `${sentences(3)}\n\n${sentences(2)}`,
    dialogue: [{ speaker, tone: pick(tones), line: `Mind ${thing()}, please.` }],
    narration: null,
    sound: `A creak from ${thing()}.`,
    prompt: `Watercolour, soft lamp light. A woman of sixty with a grey braid and an oilskin coat in a round room of brass and glass at night. ${sentences(3)} The camera holds still at the height of the eyes.`,
  };
}

const verbs = words(
  'lifts turns carries opens closes cleans watches mends counts touches hides paints drops finds winds fills folds lights pulls pushes',
);
const adjectives = words(
  'old wet bright broken heavy empty quiet cold small green rusty narrow painted torn warm crooked silver dusty plain last',
);
const things = words(
  'lamp rope ladder window rail kettle lens boat door letter chair map wick bucket shelf key bell clock crate stair hook lantern chest oar net stone feather brush candle tin',
);
const where = [
  'by the stair',
  'under the window',
  'behind the door',
  'near the water',
  'on the gallery',
  'at the table',
  'below the light',
  'beside the stove',
];
const tones = words('softly slowly drily firmly kindly');

function words(list: string): readonly string[] {
  return list.split(' ');
}
