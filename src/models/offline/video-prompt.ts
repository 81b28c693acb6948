import type { Beat, Bible } from '../../script/script-model.ts';
import type { DayPart, Step } from './bank.ts';
import { at, hash } from './seed.ts';
import { sentence } from './sentences.ts';
import type { StoryWorld } from './story-world.ts';

const light: Readonly<Record<DayPart, string>> = {
  dawn: 'pale blue dawn light, low and cold',
  morning: 'clear morning light from one side',
  noon: 'hard noon light, short shadows',
  afternoon: 'warm slanting afternoon light',
  dusk: 'amber dusk fading to blue',
  night: 'night, one small warm light, deep shadows',
};

type Tension = 'open' | 'build' | 'turn' | 'low' | 'peak' | 'show';

const shots: Readonly<Record<Tension, readonly string[]>> = {
  open: ['Wide shot, slow push-in', 'Wide establishing shot, locked off', 'Long shot, slow pan'],
  build: [
    'Medium shot, gentle tracking',
    'Medium two-shot, slow dolly',
    'Over-the-shoulder shot, slight drift',
    'Low-angle medium shot, steady',
    'Medium wide shot, slow arc',
    'Tracking shot from behind, unhurried',
  ],
  turn: [
    'Close-up, slow push-in',
    'Insert close-up, then tilt up to the face',
    'Medium close-up, locked off',
  ],
  low: [
    'Wide static shot, long hold',
    'High-angle shot, barely moving',
    'Profile close-up, static',
  ],
  peak: [
    'Handheld medium close-up, urgent',
    'Low-angle shot, fast push-in',
    'Tracking shot at eye level, quick',
    'Wide shot, sudden pan',
  ],
  show: [
    'Top-down close-up of hands, steady',
    'Medium shot at table height, slow slide',
    'Medium close-up, friendly eye level',
    'Medium wide shot, locked off',
  ],
};

const tensions: Partial<Record<Step, Tension>> = {
  hook: 'open',
  setup: 'open',
  incite: 'turn',
  midpoint: 'turn',
  crisis: 'low',
  dark: 'low',
  climax: 'peak',
  resolution: 'open',
  closing: 'open',
  item: 'show',
  parts: 'show',
  how: 'show',
  picture: 'show',
};

/**
 * Shot size and camera move for a beat's place in the drama. One person alone is shown over nobody's shoulder.
 *
 * @param turn a number that is the next one for the next scene in the same place
 */
export function shotFor(
  step: Step | undefined,
  { cast, title }: Beat,
  turn: number,
  variation = '',
): string {
  const fits = (shot: string): boolean =>
    (cast.length > 1 || !/two-shot|over-the-shoulder/iu.test(shot)) &&
    (cast.length > 0 || !/hands|the face|friendly/iu.test(shot));
  const list = shots[(step === undefined ? undefined : tensions[step]) ?? 'build'].filter(fits);
  return variation === ''
    ? at(list, turn)
    : at(Object.values(shots).flat().filter(fits), hash(title) + hash(variation));
}

/**
 * A prompt: shot, what happens, who is seen, where, light, weather, style. People and place are named by
 * `@`, and described when it is sent. Always in English around what the writer has worded.
 */
export function promptFor(
  world: StoryWorld,
  beat: Beat,
  bible: Bible,
  picture: string,
  shot: string,
): string {
  const { words } = world.bank;
  const cast = bible.characters.filter(({ name }) => beat.cast.includes(name));
  let scene = picture;
  const others: string[] = [];
  for (const { name } of cast) {
    const start = nameAt(scene, name);
    if (start < 0) others.push(`@${name}`);
    else scene = `${scene.slice(0, start)}@${scene.slice(start)}`;
  }
  const place = bible.places.find(({ name }) => name === beat.place);
  const part = (Object.keys(words.time) as DayPart[]).find((key) => words.time[key] === beat.time);
  const lit = part === undefined ? beat.time : light[part];
  const topic =
    world.brief.structure === 'three-act' && world.idea.tells !== 'things'
      ? ''
      : `Subject of the film: ${world.idea.topic}`;
  return [
    shot,
    scene,
    others.length === 0 ? '' : `Beside: ${others.join('; ')}`,
    // Where nothing is known, not even the name is one.
    place?.look === '' && place.name === words.somewhere
      ? ''
      : `Setting: ${place === undefined ? beat.place : `@${place.name}`}`,
    lit,
    world.idea.sky.picture,
    topic,
    world.brief.style.replace(/\s+/gu, ' '),
    'No text or captions in the picture',
  ]
    .filter((part_) => part_.trim() !== '')
    .map(sentence)
    .join(' ');
}

/** Where a name stands as a whole word and not as a possessive; -1 if nowhere. */
function nameAt(text: string, name: string): number {
  for (let from = 0; ;) {
    const start = text.indexOf(name, from);
    if (start < 0) return -1;
    const before = text[start - 1] ?? ' ';
    const behind = text[start + name.length] ?? ' ';
    if (!/[\p{L}\p{M}(@]/u.test(before) && !/[\p{L}\p{M}]/u.test(behind)) return start;
    from = start + name.length;
  }
}
