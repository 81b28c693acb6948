import fc from 'fast-check';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { insertPlan } from '../../../src/script/edits/insert-plan.ts';
import { insertScenes } from '../../../src/script/edits/insert-scenes.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../src/script/parse/parsed-script.ts';
import { renderNewScript } from '../../../src/script/render/render-new-script.ts';
import type { Beat, Bible, Plan, Scene } from '../../../src/script/script-model.ts';
import { idOf } from './arbitraries.ts';
import { sampleBrief } from './sample.ts';

/** Scripts as they are really written: with names and texts that are longer than a line. */

const bible: Bible = {
  characters: ['Mara', 'Old Tom', 'Captain Ingrid Halvorsen', 'Zoë', 'Nguyễn Thị Minh Khai'].map(
    (name) => ({ name, look: `the look of ${name}`, voice: '' }),
  ),
  places: ['Lamp room', 'Roof of the harbour master’s office', 'Kitchen, upstairs'].map((name) => ({
    name,
    look: `the look of ${name}`,
  })),
};

const words = [
  ...['the', 'lamp', 'goes', 'out', 'and', 'a', 'ship', 'comes', 'straight', 'for', 'rocks,'],
  ...['slowly', 'Mara', 'Old', 'Tom', 'lighthouse', 'night;', 'stairs', 'nobody', 'remembers'],
];

function phrase(min: number, max: number): fc.Arbitrary<string> {
  const word = fc.constantFrom(...words);
  return fc.array(word, { minLength: min, maxLength: max }).map((all) => all.join(' '));
}

const facts = fc
  .array(fc.tuple(fc.constantFrom('Mara', 'the lantern', 'Old Tom'), phrase(1, 6)), {
    maxLength: 4,
  })
  .map((all) => all.map(([who, how]) => `${who}: ${how.replaceAll(';', '')}`).join('; '));

const beat: fc.Arbitrary<Omit<Beat, 'id'>> = fc.record({
  title: phrase(1, 9).map((title) => title.replace(/[,;]$/, '')),
  seconds: fc.constantFrom(4, 6, 7.5, 8, 12),
  place: fc.constantFrom(...bible.places.map(({ name }) => name)),
  time: fc.constantFrom('', 'night', 'late in the afternoon'),
  cast: fc.subarray(bible.characters.map(({ name }) => name)),
  summary: phrase(3, 40).map((text) => `${text}.`),
  contract: fc.record({
    entry: facts,
    exit: facts,
    handOff: phrase(1, 20),
    continues: fc.boolean(),
  }),
});

function sceneOf({ id, title, seconds, place, time, cast, summary }: Beat): Scene {
  const dialogue = cast.map((speaker) => ({ speaker, tone: 'low', line: summary }));
  return {
    ...{ id, title, seconds, place, time, cast, dialogue },
    action: `${summary}\n\nFar out a horn sounds.`,
    narration: 'Nobody had seen the lamp go out before.',
    sound: 'Wind, a far horn.',
    prompt: `A dark lamp room, moonlight on huge glass lenses. ${summary}`,
  };
}

function scriptOf(beats: readonly Omit<Beat, 'id'>[], written = beats.length): string {
  const outline = beats.map((one, i) => ({ ...one, id: idOf(i) }));
  const plan: Plan = {
    title: 'The Last Lamp',
    logline: 'A keeper learns that one light is enough, and the village learns it from her.',
    bible,
    outline,
  };
  const start = renderNewScript(sampleBrief, plan.title);
  const planned = applyEdits(start, insertPlan(parseScript(start), plan, 'a model'));
  const scenes = outline.slice(0, written).map(sceneOf);
  return applyEdits(planned, insertScenes(parseScript(planned), scenes));
}

/** Scripts of 1 to 12 beats, all of whose scenes are written or only some. */
export const realScript: fc.Arbitrary<string> = fc
  .tuple(fc.array(beat, { minLength: 1, maxLength: 12 }), fc.boolean())
  .map(([beats, whole]) => scriptOf(beats, whole ? beats.length : Math.ceil(beats.length / 2)));

/** One of them, always the same, with all that is long. */
export function longScript(count: number): string {
  return scriptOf(
    Array.from({ length: count }, (_, i) => ({
      title: `The lamp goes out for the ${i + 1}th time`,
      seconds: 8,
      place: 'Roof of the harbour master’s office',
      time: i % 2 === 0 ? 'night' : '',
      cast: ['Old Tom', 'Captain Ingrid Halvorsen', 'Nguyễn Thị Minh Khai'].slice(i % 3),
      summary: `Mara climbs the stairs for the ${i + 1}th time and finds that the great lamp is dead.`,
      contract: {
        entry: 'Mara: yellow coat; the lantern: in her left hand, lit, and swinging in the wind',
        exit: 'the lamp: dark; the lantern: on the floor',
        handOff: `Horn ${i + 1}.`,
        continues: i % 4 === 1,
      },
    })),
  );
}

/** All that a script means, wherever it stands. */
export function meaningOf({
  title,
  logline,
  bible: known,
  outline,
  scenes,
}: ParsedScript): unknown {
  return {
    ...{ title, logline, bible: known },
    outline: outline.map(({ beat, hasId, badSeconds }) => ({ beat, hasId, badSeconds })),
    scenes: scenes.map(({ id, number, written, scene }) => ({ id, number, written, scene })),
  };
}
