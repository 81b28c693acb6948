import { none, type Schedule } from './schedule.ts';

/** What a run in virtual time meets. All times in milliseconds; scenes by position. */
export interface VirtualRunOptions {
  /** How many scenes may be in flight now. */
  readonly places: () => number;
  /** What a scene takes that is begun now. */
  readonly lengthOf: (position: number) => number;
  /** Scenes under way as it begins, and what each still needs. */
  readonly underWay?: Iterable<readonly [position: number, restMs: number]>;
  /** Nothing is begun before. */
  readonly restingMs?: number;
  readonly onBegun?: (position: number, now: number) => void;
  readonly onWritten?: (position: number, now: number) => void;
  /** Asks a second time for scenes under way, where places are left over. */
  readonly hedge?: (now: number) => Hedge;
}

/** What is asked for a second time now, or the moment at which something may be; `Infinity` for never. */
export type Hedge = { readonly position: number; readonly ms: number } | { readonly at: number };

/**
 * Runs a schedule to its end with nothing but the waiting for the model, from one event to the next.
 *
 * @param schedule is used up by it
 * @returns the milliseconds until nothing is under way any more and nothing may be begun
 */
export function virtualRun(schedule: Schedule, options: VirtualRunOptions): number {
  const { places, lengthOf, onBegun, onWritten, hedge, restingMs = 0 } = options;
  const underWay = new UnderWay();
  for (const [position, restMs] of options.underWay ?? []) underWay.add(position, restMs);
  let now = 0;
  for (;;) {
    const free = places();
    if (now >= restingMs) {
      while (underWay.count < free) {
        const position = schedule.nextAt(free);
        if (position === none) break;
        onBegun?.(position, now);
        underWay.add(position, now + lengthOf(position));
      }
    }
    let next = underWay.first;
    if (now < restingMs && next > restingMs && schedule.peekAt(free) !== none) next = restingMs;
    if (hedge !== undefined && underWay.count < free) {
      const second = hedge(now);
      if ('position' in second) {
        underWay.add(second.position, now + second.ms);
        continue;
      }
      next = Math.min(next, second.at);
    }
    if (next === Infinity) return now;
    now = Math.max(now, next);
    if (underWay.first > now) continue;
    const position = underWay.take();
    // Of two requests for one scene the first answer counts.
    if (hedge !== undefined) underWay.drop(position);
    schedule.writtenAt(position);
    onWritten?.(position, now);
  }
}

/** Requests by the moment at which they are answered. Few, so kept in order, the latest first. */
class UnderWay {
  private readonly positions: number[] = [];
  private readonly moments: number[] = [];

  get count(): number {
    return this.positions.length;
  }

  /** When the next one is answered; never while there is none. */
  get first(): number {
    return this.moments.at(-1) ?? Infinity;
  }

  add(position: number, moment: number): void {
    let at = this.moments.length;
    this.positions.push(position);
    this.moments.push(moment);
    for (; at > 0 && (this.moments[at - 1] ?? 0) < moment; at--) {
      this.moments[at] = this.moments[at - 1] ?? 0;
      this.positions[at] = this.positions[at - 1] ?? 0;
    }
    this.moments[at] = moment;
    this.positions[at] = position;
  }

  take(): number {
    this.moments.pop();
    return this.positions.pop() ?? none;
  }

  drop(position: number): void {
    const at = this.positions.indexOf(position);
    if (at === -1) return;
    this.positions.splice(at, 1);
    this.moments.splice(at, 1);
  }
}
