import { Schedule } from '../../src/writing/schedule/schedule.ts';
import type { Pace, ScheduledScene } from '../../src/writing/schedule/schedule.ts';

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

interface Request {
  readonly id: string;
  readonly from: number;
  readonly until: number;
}

/** A request is hedged once it takes longer than nearly all of this run: its 95th percentile. */
const hedgeAfter = 0.95;

/**
 * A run with nothing but the waiting for the model: the product's own {@link Schedule} in virtual
 * time, from one event to the next.
 */
export function simulate(run: Simulated): SimulatedRun {
  const scenes: ScheduledScene[] = run.continues.map((continues, i) => ({
    id: String(i + 1),
    continues,
    ...(i === 0 ? {} : { previous: String(i) }),
  }));
  const schedule = new Schedule(scenes, { pace: run.pace, batchSize: run.batchSize });
  const gaps = new Array<number>(scenes.length).fill(0);
  const answered: number[] = [];
  const hedged = new Set<string>();
  let underWay: Request[] = [];
  let written = 0;
  let requests = 0;
  let now = run.planMs;

  const send = (id: string, draw: number): void => {
    requests++;
    underWay.push({ id, from: now, until: now + run.sceneMs(Number(id), draw) });
  };
  const unwrittenBefore = (id: string): number =>
    scenes.slice(0, Number(id) - 1).filter((scene) => schedule.stateOf(scene.id) !== 'written')
      .length;

  while (!schedule.complete) {
    const places = Math.min(run.batchSize, run.places?.(written) ?? Infinity);
    while (underWay.length < places) {
      const id = schedule.next(places);
      if (id === undefined) break;
      gaps[Number(id) - 1] = unwrittenBefore(id);
      send(id, 0);
    }
    let next = Math.min(...underWay.map(({ until }) => until));
    if (run.hedge === true && underWay.length < places) {
      const alone = underWay.filter(({ id }) => !hedged.has(id));
      const patience = percentile(
        answered,
        alone.map(({ from }) => now - from),
        hedgeAfter,
      );
      const straggler = alone.reduce<Request | undefined>(
        (a, b) => (a && a.from <= b.from ? a : b),
        undefined,
      );
      if (straggler !== undefined && straggler.from + patience <= now) {
        hedged.add(straggler.id);
        send(straggler.id, 1);
        continue;
      }
      if (straggler !== undefined) next = Math.min(next, straggler.from + patience);
    }
    now = next;
    const done = underWay.find(({ until }) => until <= now);
    if (done === undefined) continue;
    schedule.written(done.id);
    written++;
    answered.push(now - done.from);
    underWay = underWay.filter(({ id }) => id !== done.id);
  }
  return { ms: now, gaps, requests };
}

/**
 * The time that this share of a run's requests does not exceed, by Kaplan and Meier: of those under
 * way it is known only that they take longer than they have taken so far. Answers alone would give
 * too short a time, since of requests that begin together the quick ones are answered first.
 *
 * @returns `Infinity` while too few are answered to tell
 */
function percentile(
  answeredMs: readonly number[],
  underWayMs: readonly number[],
  share: number,
): number {
  const all = [
    ...answeredMs.map((ms) => ({ ms, answered: true })),
    ...underWayMs.map((ms) => ({ ms, answered: false })),
  ].sort((a, b) => a.ms - b.ms);
  let longer = 1;
  for (const [i, { ms, answered }] of all.entries()) {
    if (!answered) continue;
    longer *= 1 - 1 / (all.length - i);
    if (longer <= 1 - share) return ms;
  }
  return Infinity;
}
