import type { Clock } from '../base/clock.ts';

interface Entry {
  readonly id: string;
  readonly due: number;
  /** Keeps entries of one moment in the order in which they were set. */
  readonly turn: number;
}

/** A timer can wait no longer than about 24 days; looking again once an hour costs nothing. */
const longestSleepMs = 3600_000;

/**
 * One timer for any number of jobs: each has at most one moment at which it is due. Setting and
 * clearing cost O(log n).
 */
export class Timetable {
  private readonly clock: Clock;
  private readonly onDue: (id: string) => void;
  /** A binary heap by moment; entries that `current` does not hold any more are left to surface. */
  private readonly heap: Entry[] = [];
  private readonly current = new Map<string, Entry>();
  private readonly stopping = new AbortController();
  private waking = new AbortController();
  private turns = 0;
  private running: Promise<void> | undefined;

  constructor(clock: Clock, onDue: (id: string) => void) {
    this.clock = clock;
    this.onDue = onDue;
  }

  start(): void {
    this.running ??= this.run();
  }

  /** No job becomes due any more; resolves when that is so. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.waking.abort();
    await this.running;
  }

  /** The job is due `afterMs` from now, instead of at any earlier set moment. */
  set(id: string, afterMs: number): void {
    const entry = { id, due: this.clock.now() + afterMs, turn: this.turns++ };
    this.current.set(id, entry);
    this.push(entry);
    if (this.heap[0] === entry) this.waking.abort();
  }

  clear(id: string): void {
    this.current.delete(id);
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.waking = new AbortController();
      const wait = this.callDue();
      try {
        await this.clock.sleep(wait, this.waking.signal);
      } catch {
        // Something earlier was set, or it is over.
      }
    }
  }

  /** Tell all that are due; the milliseconds until the next. */
  private callDue(): number {
    const now = this.clock.now();
    for (;;) {
      const first = this.heap[0];
      if (first === undefined) return longestSleepMs;
      const stands = this.current.get(first.id) === first;
      if (stands && first.due > now) return Math.min(first.due - now, longestSleepMs);
      this.pop();
      if (!stands) continue;
      this.current.delete(first.id);
      this.onDue(first.id);
    }
  }

  private push(entry: Entry): void {
    const { heap } = this;
    let at = heap.length;
    for (let parent = (at - 1) >> 1; at > 0; parent = (at - 1) >> 1) {
      const above = heap[parent];
      if (above === undefined || isBefore(above, entry)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      if (left === undefined) break;
      const [child, index] =
        right !== undefined && isBefore(right, left) ? [right, 2 * at + 2] : [left, 2 * at + 1];
      if (isBefore(last, child)) break;
      heap[at] = child;
      at = index;
    }
    heap[at] = last;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.due < b.due || (a.due === b.due && a.turn < b.turn);
}
