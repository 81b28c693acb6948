import { spokenSeconds } from './spoken-seconds.ts';
import type { Scene } from '../script-model.ts';

type Spoken = Pick<Scene, 'dialogue' | 'narration'>;

/** Everything of a scene that somebody speaks, one line each. */
export function spokenText({ dialogue, narration }: Spoken): string {
  return [...dialogue.map(({ line }) => line), narration].filter((line) => line !== '').join('\n');
}

/** Speech that is longer than its scene by less than this is a matter of speaking a little faster. */
const tolerance = 0.1;

/**
 * Seconds that the words of a scene take about, if that is more than the scene lasts.
 *
 * @param language BCP 47 tag of what is spoken
 */
export function speechOverrun(
  scene: Spoken & Pick<Scene, 'seconds'>,
  language: string,
): number | undefined {
  const takes = spokenSeconds(spokenText(scene), language);
  return fitsInto(takes, scene.seconds) ? undefined : takes;
}

/** Whether speech that takes so many seconds can be spoken in so many. */
export function fitsInto(takes: number, seconds: number): boolean {
  return takes <= seconds * (1 + tolerance);
}
