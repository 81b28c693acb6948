import type { Pace } from '../../src/writing/schedule/scheduled-scene.ts';
import type { PlanningAnswer } from './endpoint-conditions.ts';

/** All that a script took of the model, in milliseconds. */
export interface Work {
  /** What planning asked for. What was asked for a second time counts once: it need not have been. */
  readonly planning: readonly PlanningAnswer[];
  /** By position: what each scene takes. */
  readonly sceneMs: readonly number[];
  /** By position: whether the scene goes on from the one before. */
  readonly continues: readonly boolean[];
}

/**
 * Milliseconds that a schedule takes at least, planning included: no schedule with so many requests in
 * flight can be done sooner, however early it begins what it can.
 *
 * - Before the first beat is read there is nothing but planning to do, and from then on all the scenes
 *   and the rest of planning, in so many places.
 * - No scene begins before its own beat is read, which streams in where the plan's requests have it;
 *   in `planned` nor before the one that it continues is written.
 */
export function lowerBound(work: Work, pace: Pace, atOnce: number): number {
  const core = msOf('core', work.planning);
  const beats = beatsOf(work);
  const firstBeat = firstBeatMs(work);
  const planning = sum(onceEach(work.planning).map(({ ms }) => ms));
  const planned = Math.min(planning, core + (firstBeat - core) * atOnce);
  const rest = planning - planned + sum(work.sceneMs);
  return Math.max(firstBeat + rest / atOnce, lastScene(work, beats, pace === 'planned'));
}

/** The first answer to each question. */
function onceEach(planning: readonly PlanningAnswer[]): readonly PlanningAnswer[] {
  const keyOf = ({ kind, first }: PlanningAnswer): string => `${kind} ${first ?? ''}`;
  return [...Map.groupBy(planning, keyOf).values()].flatMap(([first]) => first ?? []);
}

/** Until the first scene of a script could be begun, at the earliest. */
export function firstBeatMs(work: Work): number {
  return Math.min(...beatsOf(work));
}

function msOf(kind: string, planning: readonly PlanningAnswer[]): number {
  return planning.find((answer) => answer.kind === kind)?.ms ?? 0;
}

/**
 * By position: the earliest moment at which a scene's beat can be read, each answer being asked for as
 * soon as what it stands on is there to its last word.
 */
function beatsOf({ planning, sceneMs }: Work): number[] {
  const core = msOf('core', planning);
  const acts = core + msOf('acts', planning);
  const beats = new Array<number>(sceneMs.length).fill(Infinity);
  for (const { afterActs, first = 1, beatMs = [] } of planning) {
    for (const [i, ms] of beatMs.entries()) {
      const position = first - 1 + i;
      const at = (afterActs ? acts : core) + ms;
      if (position < beats.length) beats[position] = Math.min(beats[position] ?? 0, at);
    }
  }
  // A beat that no answer had was made of another one.
  return beats.map((at) => (at === Infinity ? core : at));
}

/** When the last scene is there, if every one is begun as soon as what it stands on is. */
function lastScene(
  { sceneMs, continues }: Work,
  beats: readonly number[],
  chained: boolean,
): number {
  let last = 0;
  let before = 0;
  for (const [i, ms] of sceneMs.entries()) {
    const beat = beats[i] ?? 0;
    before = ms + (chained && continues[i] === true ? Math.max(before, beat) : beat);
    last = Math.max(last, before);
  }
  return last;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
