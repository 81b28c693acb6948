import { quantile } from '../../src/writing/requests/hedging.ts';
import { Schedule } from '../../src/writing/schedule/schedule.ts';
import type { Pace, ScheduledScene } from '../../src/writing/schedule/scheduled-scene.ts';
import { virtualRun, type Hedge } from '../../src/writing/schedule/virtual-run.ts';

export interface Simulated {
  readonly pace: Pace;
  readonly batchSize: number;
  /** By position: whether the scene goes on from the one before. */
  readonly continues: readonly boolean[];
  /** Milliseconds that the plan takes. */
  readonly planMs: number;
  /** Milliseconds that the draw-th answer to a scene takes; scenes by number, from 1. */
  readonly sceneMs: (number: number, draw: number) => number;
  /** Ask a second time, in a free place, for what takes longer than nearly all before. */
  readonly hedge?: boolean;
  /** How many places the endpoint has once so many scenes are written; absent: enough. */
  readonly places?: (written: number) => number;
}

export interface SimulatedRun {
  /** Until the last scene is written. */
  readonly ms: number;
  /** By position: how many earlier scenes were not written when this one was begun. */
  readonly gaps: readonly number[];
  /** Requests for scenes. */
  readonly requests: number;
}

/** A request is hedged once it takes longer than nearly all of this run: its 95th percentile. */
const hedgeAfter = 0.95;

/** A run with nothing but the waiting for the model: the product's own {@link virtualRun}. */
export function simulate(run: Simulated): SimulatedRun {
  const scenes: ScheduledScene[] = run.continues.map((continues, i) => ({
    id: String(i + 1),
    continues,
    ...(i === 0 ? {} : { previous: String(i) }),
  }));
  const schedule = new Schedule(scenes, { pace: run.pace, batchSize: run.batchSize });
  const gaps = new Array<number>(scenes.length).fill(0);
  /** By position, in the order of beginning: when a scene that is under way was begun. */
  const since = new Map<number, number>();
  const answered: number[] = [];
  const hedged = new Set<number>();

  const hedge = (now: number): Hedge => {
    const alone = [...since].filter(([position]) => !hedged.has(position));
    const [slowest] = alone;
    if (slowest === undefined) return { at: Infinity };
    const ages = alone.map(([, from]) => now - from);
    const [position, from] = slowest;
    const at = from + quantile(hedgeAfter, answered, ages);
    if (at > now) return { at };
    hedged.add(position);
    return { position, ms: run.sceneMs(position + 1, 1) };
  };
  const ms = virtualRun(schedule, {
    places: () => Math.min(run.batchSize, run.places?.(answered.length) ?? Infinity),
    lengthOf: (position) => run.sceneMs(position + 1, 0),
    onBegun: (position, now) => {
      since.set(position, now);
      gaps[position] = scenes
        .slice(0, position)
        .filter((_, earlier) => schedule.stateAt(earlier) !== 'written').length;
    },
    onWritten: (position, now) => {
      answered.push(now - (since.get(position) ?? now));
      since.delete(position);
    },
    ...(run.hedge === true ? { hedge } : {}),
  });
  return { ms: run.planMs + ms, gaps, requests: scenes.length + hedged.size };
}
