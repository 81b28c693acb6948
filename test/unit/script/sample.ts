import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { insertPlan } from '../../../src/script/edits/insert-plan.ts';
import { insertScenes } from '../../../src/script/edits/insert-scenes.ts';
import type { Beat, Brief, Plan, Scene } from '../../../src/script/script-model.ts';
import { renderNewScript } from '../../../src/script/render/render-new-script.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { idOf } from './arbitraries.ts';

export const sampleBrief: Brief = {
  idea: 'A lighthouse keeper has one night to mend the lamp.',
  duration: 48,
  language: 'en',
  style: 'watercolour, soft light',
  aspect: '16:9',
  structure: 'three-act',
  instructions: '',
};

export function sampleBeat(index: number): Beat {
  return {
    id: idOf(index),
    title: `Beat ${index + 1}`,
    seconds: 8,
    place: 'Lamp room',
    time: 'night',
    cast: ['Mara', 'Old Tom'],
    summary: `Mara climbs the stairs for the ${index + 1}th time and finds that the lamp is dead.`,
    contract: {
      entry: 'Mara on the stairs, yellow coat.',
      exit: 'Mara at the window.',
      handOff: 'The horn of the ship.',
      continues: index % 2 === 1,
    },
  };
}

export function sampleScene(index: number): Scene {
  return {
    id: idOf(index),
    title: `Beat ${index + 1}`,
    seconds: 8,
    place: 'Lamp room',
    time: 'night',
    cast: ['Mara', 'Old Tom'],
    action: `Mara stops on the last step.\n\nFar out, horn number ${index + 1} sounds.`,
    dialogue: [
      { speaker: 'Mara', tone: 'whispering', line: 'Not tonight.' },
      { speaker: 'Old Tom', tone: '', line: 'Then when?' },
    ],
    narration: 'Nobody had seen the lamp go out before.',
    sound: 'Wind, a far horn.',
    prompt: `A dark lamp room, moonlight on huge glass lenses, shot ${index + 1}.`,
  };
}

export function samplePlan(count: number): Plan {
  return {
    title: 'The Last Lamp',
    logline: 'A keeper learns that one light is enough.',
    bible: {
      characters: [
        { name: 'Mara', look: 'thirty, wiry, yellow oilskin coat', voice: 'low' },
        { name: 'Old Tom', look: 'seventy, white beard', voice: '' },
      ],
      places: [{ name: 'Lamp room', look: 'round, huge glass lenses' }],
    },
    outline: Array.from({ length: count }, (_, i) => sampleBeat(i)),
  };
}

/** A script with a plan of `count` beats and these of its scenes written. */
export function sampleScript(count: number, written: readonly number[]): string {
  const start = renderNewScript(sampleBrief, 'Untitled');
  const planned = applyEdits(start, insertPlan(parseScript(start), samplePlan(count), 'a model'));
  return applyEdits(planned, insertScenes(parseScript(planned), written.map(sampleScene)));
}
