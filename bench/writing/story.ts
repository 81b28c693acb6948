import type { Brief } from '../../src/script/script-model.ts';
import { seeded } from './latency.ts';

/** What is settled about a story before it is told. */
export interface Story {
  readonly scenes: number;
  readonly seed: number;
  /** Whether the plan has scenes that go on from the one before without a cut. */
  readonly continuations: boolean;
}

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
export function continuations({ scenes, seed, continuations }: Story): boolean[] {
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
