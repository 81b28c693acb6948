import { insertPlan } from '../../src/script/edits/insert-plan.ts';
import { insertScenes } from '../../src/script/edits/insert-scenes.ts';
import { applyEdits } from '../../src/script/edits/text-edit.ts';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import { renderNewScript } from '../../src/script/render/render-new-script.ts';
import type { Scene } from '../../src/script/script-model.ts';
import { briefFor } from '../writing/story.ts';

/** What stands once a scene, or once, in each part of a script that is typed in. */
export const typedIn = {
  scene: /stops at step/g,
  title: /(?<=^## .*: )Light/gm,
  outline: /climbs to step/g,
  'front matter': /oilskin/g,
} as const;

export type TypedIn = keyof typeof typedIn;

/** Where keys are typed in a part of a script: in the middle one of the places that have its words. */
export function placeIn(text: string, part: TypedIn): number {
  const places = [...text.matchAll(typedIn[part])];
  return (places[Math.floor(places.length / 2)]?.index ?? NaN) + 3;
}

/** A script of so many scenes, all of them written. */
export function longScript(count: number): string {
  const start = renderNewScript(briefFor(count), 'Untitled');
  const all = Array.from({ length: count }, (_, i) => sceneOf(i));
  const planned = insertPlan(
    parseScript(start),
    {
      title: 'The last lamp',
      logline: 'A keeper learns that one light is enough.',
      bible: {
        characters: [
          { name: 'Mara', look: 'yellow oilskin coat, grey braid', voice: 'low' },
          { name: 'Old Tom', look: 'white beard, a pipe', voice: '' },
        ],
        places: [{ name: 'Lamp room', look: 'huge glass lenses' }],
      },
      outline: all.map(({ id, title, seconds, place, time, cast }, i) => ({
        ...{ id, title, seconds, place, time, cast },
        summary: `Mara climbs to step ${i} once more and finds that the lamp above it is dead.`,
        contract: {
          entry: i % 3 === 0 ? 'Mara on the stairs, yellow coat.' : '',
          exit: `Step ${i} is behind her.`,
          handOff: i % 2 === 0 ? 'The horn of the ship.' : '',
          continues: i % 4 === 1,
        },
      })),
    },
    'a model',
  );
  const outlined = applyEdits(start, planned);
  return applyEdits(outlined, insertScenes(parseScript(outlined), all));
}

function sceneOf(index: number): Scene {
  return {
    id: index.toString(36).padStart(6, 'a'),
    title: `Light ${index + 1}`,
    seconds: 8,
    place: 'Lamp room',
    time: 'night',
    cast: ['Mara', 'Old Tom'],
    action: `Mara stops at step ${index}.\n\nFar out, a horn sounds, and the water answers it.`,
    dialogue: [
      { speaker: 'Mara', tone: 'whispering', line: 'Not tonight.' },
      { speaker: 'Old Tom', tone: '', line: 'Then when?' },
    ],
    narration: 'Nobody had seen the lamp go out before.',
    sound: 'Wind, a far horn.',
    prompt: `A dark lamp room, moonlight on huge glass lenses, a keeper at step ${index}, slow push in.`,
  };
}
