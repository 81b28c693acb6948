import type { Pace, ScheduledScene } from '../schedule/schedule.ts';

export type ForecastState = 'waiting' | 'running' | 'written' | 'failed';

/** A scene of a run and how far it is. */
export interface ForecastScene extends ScheduledScene {
  readonly state: ForecastState;
}

/** A run as it stands at one moment. */
export interface RunNow {
  readonly pace: Pace;
  readonly batchSize: number | 'auto';
  /** How many scenes the service lets be in flight, at least 1. */
  readonly places: number;
  /** What was not in the document when the batches were last told, in the outline's order. */
  readonly scenes: readonly ForecastScene[];
  /** Milliseconds until anything new may be sent; 0 by default. */
  readonly restingMs?: number;
}

/**
 * Runs the rest of a run ahead of time, once per {@link end}, with given lengths of its scenes.
 *
 * It begins scenes in exactly the order in which a {@link Schedule} of the same pace would (a test
 * holds the two together), but on arrays of numbers, since hundreds of scenes are run ahead dozens
 * of times whenever one is finished.
 */
export class RunAhead {
  readonly scenes: readonly ForecastScene[];
  private readonly pace: Pace;
  private readonly size: number;
  private readonly inFlight: number;
  private readonly restingMs: number;
  private readonly states: Uint8Array;
  /** By position: whether it may not be begun before the one before it is written. */
  private readonly hangs: Uint8Array;
  /** Pace `planned`: positions in the order in which they are preferred, and the reverse. */
  private readonly preferred: Int32Array;
  private readonly rank: Int32Array;
  private readonly stopping: boolean;

  constructor({ pace, batchSize, places, scenes, restingMs = 0 }: RunNow) {
    this.scenes = scenes;
    this.pace = pace;
    this.size = batchSize === 'auto' ? places : batchSize;
    this.inFlight = Math.max(1, Math.min(this.size, places));
    this.restingMs = restingMs;
    this.states = Uint8Array.from(scenes, ({ state }) => codes[state]);
    this.hangs = Uint8Array.from(scenes, ({ continues, previous }, position) =>
      continues && position > 0 && previous === scenes[position - 1]?.id ? 1 : 0,
    );
    const chains = chainLengths(this.hangs);
    this.preferred = Int32Array.from(scenes, (_, position) => position);
    if (pace === 'planned') {
      this.preferred.sort((a, b) => (chains[b] ?? 0) - (chains[a] ?? 0) || a - b);
    }
    this.rank = new Int32Array(scenes.length);
    this.preferred.forEach((position, rank) => {
      this.rank[position] = rank;
    });
    // After a failure the run only brings to an end what is under way.
    this.stopping = scenes.some(({ state }) => state === 'failed');
  }

  /**
   * Milliseconds until nothing is left to do.
   *
   * @param lengths by position, in milliseconds: what a running scene still needs, all that a
   *   waiting one will need; of no meaning for the others
   */
  end(lengths: ArrayLike<number>): number {
    const states = this.states.slice();
    const running = new Finishing(states.length);
    for (let position = 0; position < states.length; position++) {
      if (states[position] === codes.running) running.add(position, lengths[position] ?? 0);
    }
    const queue = this.pace === 'planned' ? this.byPlan(states) : this.inOrder(states);
    let now = 0;
    for (;;) {
      if (now >= this.restingMs) {
        while (running.count < this.inFlight) {
          const position = this.stopping ? none : queue.next();
          if (position === none) break;
          states[position] = codes.running;
          running.add(position, now + (lengths[position] ?? 0));
        }
      } else if (running.first > this.restingMs && !this.stopping && queue.next(true) !== none) {
        now = this.restingMs;
        continue;
      }
      if (running.count === 0) return now;
      now = Math.max(now, running.first);
      const position = running.take();
      states[position] = codes.written;
      queue.written(position);
    }
  }

  /** The paces that begin scenes in the outline's order. */
  private inOrder(states: Uint8Array): Queue {
    let position = 0;
    let firstUnwritten = 0;
    // Batches are counted from the first scene; one of automatic size ends with what is begun.
    const begun = states.lastIndexOf(codes.running) + 1;
    let batchEnd = 0;
    const advance = (): void => {
      while (states[firstUnwritten] === codes.written) firstUnwritten++;
      if (this.pace !== 'batches') return;
      while (batchEnd <= firstUnwritten && batchEnd < states.length) batchEnd += this.size;
    };
    advance();
    if (begun > batchEnd) batchEnd = begun;
    return {
      next: (look = false) => {
        while (position < states.length && states[position] !== codes.waiting) position++;
        const last = this.pace === 'batches' ? batchEnd : firstUnwritten + 2 * this.inFlight;
        if (position >= Math.min(last, states.length)) return none;
        return look ? position : position++;
      },
      written: advance,
    };
  }

  private byPlan(states: Uint8Array): Queue {
    const ready = new Ranks(states.length);
    for (let position = 0; position < states.length; position++) {
      if (states[position] !== codes.waiting) continue;
      if (this.hangs[position] === 1 && states[position - 1] !== codes.written) continue;
      ready.add(this.rank[position] ?? 0);
    }
    return {
      next: (look = false) => {
        const rank = look ? ready.least : ready.take();
        return rank === none ? none : (this.preferred[rank] ?? none);
      },
      written: (position) => {
        const next = position + 1;
        if (this.hangs[next] === 1 && states[next] === codes.waiting) {
          ready.add(this.rank[next] ?? 0);
        }
      },
    };
  }
}

const none = -1;

const codes = { waiting: 0, running: 1, written: 2, failed: 3 } as const;

/** Says which scene is begun next. */
interface Queue {
  /** Its position, which is taken out unless one only looks; {@link none} when none may be begun. */
  next(look?: boolean): number;
  written(position: number): void;
}

/** By position: how many scenes hang on it in a chain of continuations. */
function chainLengths(hangs: Uint8Array): Int32Array {
  const chains = new Int32Array(hangs.length);
  for (let position = hangs.length - 2; position >= 0; position--) {
    if (hangs[position + 1] === 1) chains[position] = 1 + (chains[position + 1] ?? 0);
  }
  return chains;
}

/** The scenes under way, by the moment at which they are finished. Few, so kept in order. */
class Finishing {
  count = 0;
  /** The latest first. */
  private readonly positions: Int32Array;
  private readonly moments: Float64Array;

  constructor(capacity: number) {
    this.positions = new Int32Array(capacity);
    this.moments = new Float64Array(capacity);
  }

  /** When the next one is finished; never while there is none. */
  get first(): number {
    return this.count === 0 ? Infinity : (this.moments[this.count - 1] ?? Infinity);
  }

  add(position: number, moment: number): void {
    let at = this.count++;
    while (at > 0 && (this.moments[at - 1] ?? 0) < moment) {
      this.moments[at] = this.moments[at - 1] ?? 0;
      this.positions[at] = this.positions[at - 1] ?? 0;
      at--;
    }
    this.moments[at] = moment;
    this.positions[at] = position;
  }

  take(): number {
    return this.positions[--this.count] ?? none;
  }
}

/** A heap of numbers, the least on top. */
class Ranks {
  private readonly heap: Int32Array;
  private count = 0;

  constructor(capacity: number) {
    this.heap = new Int32Array(capacity);
  }

  get least(): number {
    return this.count === 0 ? none : (this.heap[0] ?? none);
  }

  add(rank: number): void {
    let at = this.count++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.heap[parent] ?? 0;
      if (above <= rank) break;
      this.heap[at] = above;
      at = parent;
    }
    this.heap[at] = rank;
  }

  take(): number {
    const { least } = this;
    if (least === none) return none;
    const last = this.heap[--this.count] ?? 0;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.count) break;
      if (child + 1 < this.count && (this.heap[child + 1] ?? 0) < (this.heap[child] ?? 0)) child++;
      const below = this.heap[child] ?? 0;
      if (below >= last) break;
      this.heap[at] = below;
      at = child;
    }
    if (this.count > 0) this.heap[at] = last;
    return least;
  }
}
