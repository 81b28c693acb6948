import type { SceneId } from '../../script/script-model.ts';
import { Schedule, type StandingOptions, type StandingScene } from '../schedule/schedule.ts';
import { virtualRun } from '../schedule/virtual-run.ts';
import { fitLatency, restOf, type Running } from './fit-latency.ts';
import { valueAt } from './normal-distribution.ts';
import type { Streamed } from './stream-times.ts';

/** A run as it stands at one moment. */
export interface EstimateInput extends StandingOptions {
  /** How many scenes the service lets be in flight, at least 1. */
  readonly places: number;
  /** What was not in the document when the batches were last told, in the outline's order. */
  readonly scenes: readonly StandingScene[];
  /** Milliseconds until anything new may be sent; 0 by default. */
  readonly restingMs?: number;
  /** How long each scene that a model has written in this run took, in milliseconds, in order. */
  readonly completedMs: readonly number[];
  /** How long each scene that is being written now has been at it, in milliseconds. */
  readonly runningForMs: ReadonlyMap<SceneId, number>;
  /** What the streaming of those being written tells; the more, the better the estimate. */
  readonly streamed?: ReadonlyMap<SceneId, Streamed>;
}

/**
 * Milliseconds until the last scene is finished, or `undefined` while nothing has been measured.
 *
 * The run's own schedule is run ahead in virtual time a few dozen times, with lengths drawn from what
 * this run's own scenes take; the answer is the median of the ends. A linear guess would
 * not do: a batch ends with its slowest scene, and a run with its last chain of continuations.
 *
 * The chances are the same at every call, so the estimate moves only with what is known.
 */
export function estimateRemaining(input: EstimateInput): number | undefined {
  const { scenes, runningForMs, streamed } = input;
  if (scenes.every(({ state }) => state === 'written')) return 0;
  const running = new Map<SceneId, Running>();
  for (const { id, state } of scenes) {
    if (state !== 'running') continue;
    running.set(id, { ageMs: runningForMs.get(id) ?? 0, streamed: streamed?.get(id) });
  }
  const latency = fitLatency(input.completedMs.slice(-memory), [...running.values()]);
  if (latency === undefined) return undefined;

  const rests = scenes.map(({ id }) => {
    const scene = running.get(id);
    return scene === undefined ? undefined : restOf(latency, scene);
  });
  const schedule = Schedule.of(scenes, input);
  const begun = scenes.flatMap(({ id }, position) => (running.has(id) ? [position] : []));
  const endWith = (lengths: Float64Array): number =>
    virtualRun(schedule.copy(), {
      places: () => input.places,
      lengthOf: (position) => lengths[position] ?? 0,
      underWay: begun.map((position) => [position, lengths[position] ?? 0] as const),
      restingMs: input.restingMs ?? 0,
    });
  const random = randomNumbers();
  const lucky = new Float64Array(scenes.length);
  const unlucky = new Float64Array(scenes.length);
  const ends = new Float64Array(2 * pairs);
  const middle = Math.exp(latency.mean);
  for (let pair = 0; pair < pairs; pair++) {
    for (let position = 0; position < lucky.length; position++) {
      const chance = random();
      const rest = rests[position];
      const factor = rest === undefined ? Math.exp(latency.spread * valueAt(chance)) : 1;
      lucky[position] = rest === undefined ? middle * factor : rest(chance);
      unlucky[position] = rest === undefined ? middle / factor : rest(1 - chance);
    }
    ends[2 * pair] = endWith(lucky);
    ends[2 * pair + 1] = endWith(unlucky);
  }
  ends.sort();
  return ((ends[pairs - 1] ?? 0) + (ends[pairs] ?? 0)) / 2;
}

/** Only so many of the latest times count: a service is not as fast now as it was an hour ago. */
const memory = 100;

/** Of runs in which every scene has the opposite chance; their luck evens out. */
const pairs = 16;

/** Any number will do; it makes every estimate repeatable. */
const seed = 0x5ce9e;

/** Numbers between 0 and 1, always the same ones: a linear congruential generator's upper bits. */
function randomNumbers(): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((state >>> 8) + 0.5) / 2 ** 24;
  };
}
