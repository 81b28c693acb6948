import type { Clock } from '../../base/clock.ts';
import type { SceneId } from '../../script/script-model.ts';
import type { Outcome, RequestSource } from './request-source.ts';

/** One question that may be asked more than once side by side: the first good answer counts. */
export class Race<T> {
  /** Rejects only when a leg does. Without a good answer it is what came of the first leg. */
  readonly result: Promise<Outcome<T>>;
  private readonly wanted: AbortSignal;
  private readonly legs = new Set<AbortController>();
  private readonly ends: Outcome<T>[] = [];
  private readonly resolve: (answer: Outcome<T>) => void;
  private readonly reject: (reason: unknown) => void;
  private entered = 0;

  /** @param wanted aborts when nobody wants an answer any more */
  constructor(wanted: AbortSignal) {
    this.wanted = wanted;
    const { promise, resolve, reject } = Promise.withResolvers<Outcome<T>>();
    this.result = promise;
    this.resolve = resolve;
    this.reject = reject;
  }

  /** Ask once more. @param leg is given a signal that aborts when another leg was faster */
  enter(leg: (wanted: AbortSignal) => Promise<Outcome<T>>): void {
    const number = this.entered++;
    const beaten = new AbortController();
    this.legs.add(beaten);
    leg(AbortSignal.any([this.wanted, beaten.signal])).then((answer) => {
      this.legs.delete(beaten);
      this.ends[number] = answer;
      const [first = answer] = this.ends;
      if (answer.kind === 'answered') {
        this.resolve(answer);
        for (const other of this.legs) other.abort();
      } else if (this.legs.size === 0) this.resolve(first);
    }, this.reject);
  }
}

/** Nothing is hedged before so many scenes have shown how long one takes. */
const leastCompletions = 10;

/** A scene past this share of the run's own times takes unusually long. */
const unusual = 0.95;

/** At most so many of a run's requests for scenes may be second ones. */
const mostShare = 0.06;

interface RunningScene {
  readonly since: number;
  readonly again: () => void;
}

export interface HedgingOptions {
  readonly clock: Clock;
  /** Whether there is a place that no scene can take. */
  readonly free: () => boolean;
}

/**
 * Asks a second time for scenes that take unusually long, in places that are free anyway.
 */
export class Hedging implements RequestSource {
  private readonly options: HedgingOptions;
  private readonly running = new Map<SceneId, RunningScene>();
  private readonly completedMs: number[] = [];
  private readonly hedged = new Set<SceneId>();
  private off = false;
  private fitted:
    { readonly completions: number; readonly at: number; readonly ms: number } | undefined;

  constructor(options: HedgingOptions) {
    this.options = options;
  }

  /** A scene is asked for from now on. @param again asks for it a second time */
  began(id: SceneId, again: () => void): void {
    this.running.set(id, { since: this.options.clock.now(), again });
  }

  /** What was asked for is there, or is not coming. @param good whether a scene came of it */
  ended(id: SceneId, good: boolean): void {
    const entry = this.running.get(id);
    if (entry === undefined) return;
    this.running.delete(id);
    if (good) this.completedMs.push(this.options.clock.now() - entry.since);
  }

  ready(): boolean {
    return this.readyInMs() <= 0;
  }

  readyInMs(): number {
    const slowest = this.slowest();
    if (slowest === undefined) return Infinity;
    return Math.max(0, slowest.since + this.unusualMs() - this.options.clock.now());
  }

  start(): void {
    const slowest = this.slowest();
    if (slowest === undefined) return;
    this.hedged.add(slowest.id);
    slowest.again();
  }

  /** It was not allowed to cost more; the first request goes on. */
  refuse(): void {
    this.off = true;
  }

  /** The one under way for the longest time of those that may be asked for a second time. */
  private slowest(): (RunningScene & { readonly id: SceneId }) | undefined {
    const { free } = this.options;
    const budget = Math.floor((this.completedMs.length + this.running.size) * mostShare);
    if (this.off || this.completedMs.length < leastCompletions) return undefined;
    if (this.hedged.size >= budget || !free()) return undefined;
    // In the order of beginning, so the first one is the slowest.
    for (const [id, entry] of this.running) {
      if (!this.hedged.has(id)) return { id, ...entry };
    }
    return undefined;
  }

  private unusualMs(): number {
    const now = this.options.clock.now();
    const completions = this.completedMs.length;
    if (this.fitted?.completions !== completions || this.fitted.at !== now) {
      const ages = [...this.running.values()].map(({ since }) => now - since);
      const ms = quantile(unusual, this.completedMs, ages);
      this.fitted = { completions, at: now, ms };
    }
    return this.fitted.ms;
  }
}

/**
 * The time within which a share of all scenes is finished (Kaplan and Meier's estimate): of scenes
 * under way it is known only that they take longer than they have. Finished ones alone would tell too
 * short a time, for of those begun together the quick ones come in first. `Infinity` while the share
 * is beyond what has been seen.
 *
 * @param completedMs at least one
 */
export function quantile(
  share: number,
  completedMs: readonly number[],
  runningForMs: readonly number[],
): number {
  const times = completedMs.toSorted((a, b) => a - b);
  const ages = runningForMs.toSorted((a, b) => a - b);
  let unfinished = 1;
  let younger = 0;
  for (const [position, time] of times.entries()) {
    while ((ages[younger] ?? Infinity) < time) younger++;
    const atRisk = times.length - position + ages.length - younger;
    unfinished *= 1 - 1 / atRisk;
    if (unfinished <= 1 - share + 1e-9) return time;
  }
  return Infinity;
}
