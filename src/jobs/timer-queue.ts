import type { Clock } from '../base/clock.ts';

interface Timer {
  readonly id: string;
  due: number;
  /** Keeps entries of one moment in the order in which they were set. */
  readonly turn: number;
}

/** Timers stand still while the machine sleeps, so the clock is looked at now and then. */
const longestSleepMs = 10_000;

/** With nothing to wait for; a timer could wait no longer than about 24 days. */
const idleSleepMs = 3600_000;

/** Waking up this much too late means that the machine has slept, in milliseconds. */
const sleptMs = 20_000;

/** What became due in its sleep comes one by one, this far apart, but all of it within a minute. */
const apartMs = 50;
const catchUpMs = 60_000;

/**
 * One timer for any number of jobs: each has at most one moment at which it is due. Setting and
 * clearing cost O(log n). After the machine has slept, what is overdue comes at once, but spread out;
 * a clock that is set back does not make anything wait longer.
 */
export class TimerQueue {
  private readonly clock: Clock;
  private readonly onDue: (id: string) => void;
  /** A binary heap by moment; entries that `current` does not hold any more are left to surface. */
  private readonly heap: Timer[] = [];
  private readonly current = new Map<string, Timer>();
  private readonly stopping = new AbortController();
  private waking = new AbortController();
  private turns = 0;
  /** The time at the last look, and when the next one was to be. */
  private lookedAt = -Infinity;
  private nextLookAt = Infinity;
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
    if (this.put(id, this.clock.now() + afterMs)) this.waking.abort();
  }

  clear(id: string): void {
    this.current.delete(id);
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.waking = new AbortController();
      this.heedTheClock();
      const wait = this.callDue();
      this.nextLookAt = this.lookedAt + wait;
      try {
        await this.clock.sleep(wait, this.waking.signal);
      } catch {
        // Something earlier was set, or it is over.
      }
    }
  }

  private heedTheClock(): void {
    const now = this.clock.now();
    const back = this.lookedAt - now;
    // All by the same amount: the heap keeps its order.
    if (back > 0) for (const entry of this.heap) entry.due -= back;
    if (now - this.nextLookAt > sleptMs) this.spreadOverdue(now);
    this.lookedAt = now;
  }

  private spreadOverdue(now: number): void {
    const overdue = [...this.current.values()].filter(({ due }) => due <= now).sort(byTurn);
    const apart = Math.min(apartMs, catchUpMs / overdue.length);
    for (const [index, { id }] of overdue.entries()) this.put(id, now + Math.floor(index * apart));
  }

  /** Tell all that are due; the milliseconds until the next. */
  private callDue(): number {
    const now = this.lookedAt;
    for (;;) {
      const first = this.heap[0];
      if (first === undefined) return idleSleepMs;
      const stands = this.current.get(first.id) === first;
      if (stands && first.due > now) return Math.min(first.due - now, longestSleepMs);
      this.pop();
      if (!stands) continue;
      this.current.delete(first.id);
      this.onDue(first.id);
    }
  }

  /** Whether it is now the first that is due. */
  private put(id: string, due: number): boolean {
    const entry = { id, due, turn: this.turns++ };
    this.current.set(id, entry);
    this.push(entry);
    return this.heap[0] === entry;
  }

  private push(entry: Timer): void {
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

function byTurn(a: Timer, b: Timer): number {
  return a.due - b.due || a.turn - b.turn;
}

function isBefore(a: Timer, b: Timer): boolean {
  return byTurn(a, b) < 0;
}
