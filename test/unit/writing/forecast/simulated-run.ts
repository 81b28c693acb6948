import type { SceneId } from '../../../../src/script/script-model.ts';
import { Schedule, type StandingScene } from '../../../../src/writing/schedule/schedule.ts';
import type { Pace, ScheduledScene } from '../../../../src/writing/schedule/scheduled-scene.ts';
import { StreamTimes, type Streamed } from '../../../../src/writing/forecast/stream-times.ts';

/** Numbers between 0 and 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function outline(count: number, continues: (position: number) => boolean): ScheduledScene[] {
  return Array.from({ length: count }, (_, position) => ({
    id: `s${position}`,
    continues: position > 0 && continues(position),
    ...(position === 0 ? {} : { previous: `s${position - 1}` }),
  }));
}

export interface SimulatedOptions {
  readonly pace: Pace;
  readonly batchSize: number;
  readonly scenes: readonly ScheduledScene[];
  /** Milliseconds that a scene takes, by position. */
  readonly lengths: readonly number[];
  /** Characters of its text, by position; it streams in evenly after a first silence. */
  readonly characters?: readonly number[];
}

/** A run as it stands when so many scenes are written. */
export interface Standing {
  readonly done: number;
  readonly atMs: number;
  readonly scenes: readonly StandingScene[];
  readonly completedMs: readonly number[];
  readonly runningForMs: ReadonlyMap<SceneId, number>;
  readonly streamed: ReadonlyMap<SceneId, Streamed>;
}

/** Share of a scene's time in which nothing streams in, and in which its readable text does. */
const silence = 0.15;
const readable = 0.6;

/** Drives a real schedule through a run whose scenes take given times. */
export function simulateRun(options: SimulatedOptions): { totalMs: number; standings: Standing[] } {
  const { scenes, lengths, batchSize, characters = [] } = options;
  const schedule = new Schedule(scenes, options);
  const positions = new Map(scenes.map(({ id }, position) => [id, position]));
  const running = new Map<SceneId, number>();
  const streams = new StreamTimes();
  const completedMs: number[] = [];
  const standings: Standing[] = [];
  const lengthOf = (id: SceneId): number => lengths[positions.get(id) ?? 0] ?? 0;
  const stream = (id: SceneId, ageMs: number): void => {
    const length = lengthOf(id);
    const all = characters[positions.get(id) ?? 0] ?? 0;
    streams.begun(id);
    for (let text = 100; text <= all; text += 100) {
      const at = length * (silence + (readable * text) / all);
      if (at <= ageMs) streams.text(id, text, at);
    }
  };
  let now = 0;
  for (;;) {
    for (let id = schedule.next(batchSize); id !== undefined; id = schedule.next(batchSize)) {
      running.set(id, now);
    }
    const runningForMs = new Map([...running].map(([id, since]) => [id, now - since]));
    for (const [id, ageMs] of runningForMs) stream(id, ageMs);
    standings.push({
      done: completedMs.length,
      atMs: now,
      scenes: scenes.map((scene) => ({ ...scene, state: schedule.stateOf(scene.id) })),
      completedMs: [...completedMs],
      runningForMs,
      streamed: new Map([...runningForMs].map(([id, ageMs]) => [id, streams.tell(id, ageMs)])),
    });
    const next = [...running].sort(
      ([a, sinceA], [b, sinceB]) => sinceA + lengthOf(a) - sinceB - lengthOf(b),
    )[0];
    if (next === undefined) return { totalMs: now, standings };
    const [id, since] = next;
    now = since + lengthOf(id);
    running.delete(id);
    stream(id, lengthOf(id));
    streams.finished(id, lengthOf(id));
    completedMs.push(lengthOf(id));
    schedule.written(id);
  }
}
