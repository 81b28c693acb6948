import type { Pace } from '../../src/writing/schedule/scheduled-scene.ts';

export interface Work {
  /** Milliseconds that the plan takes. */
  readonly planMs: number;
  /** Milliseconds that each scene takes, in order. */
  readonly sceneMs: readonly number[];
  /** By position: whether the scene goes on from the one before. */
  readonly continues: readonly boolean[];
}

/**
 * Milliseconds that a schedule takes at least, planning included: no schedule with so many scenes in
 * flight can be done sooner. For `planned` that counts in what no number of places makes shorter.
 */
export function lowerBound(
  { planMs, sceneMs, continues }: Work,
  pace: Pace,
  atOnce: number,
): number {
  const work = sum(sceneMs) / atOnce;
  if (pace !== 'planned') return planMs + work;
  return planMs + Math.max(work, longestChain(sceneMs, continues), ...sceneMs);
}

/** The longest row of scenes that have to be written one after the other. */
function longestChain(sceneMs: readonly number[], continues: readonly boolean[]): number {
  let longest = 0;
  let chain = 0;
  for (const [i, ms] of sceneMs.entries()) {
    chain = continues[i] === true ? chain + ms : ms;
    longest = Math.max(longest, chain);
  }
  return longest;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
