import type { Latencies } from './latency.ts';
import type { Story } from './story.ts';

/** What the endpoint of one run is like. Times are milliseconds of life, before {@link scale}. */
export interface EndpointConditions extends Latencies, Story {
  /** How much faster than life everything goes, such as 100. */
  readonly scale: number;
  /** Whether the model makes the slips that real ones make; see `Slips`. */
  readonly slips: boolean;
  readonly limits?: Limits;
}

/** One for any seed. */
export type Kind = Omit<EndpointConditions, 'seed'>;

/** What the endpoint refuses with 429. */
export interface Limits {
  /** More requests than this at once. */
  readonly atOnce?: number;
  /** From the moment on at which so many scenes were answered, more than `atOnce` at once. */
  readonly drop?: { readonly after: number; readonly atOnce: number };
  /** More than this within any minute; also told in the headers of every answer. */
  readonly perMinute?: number;
  /** What a refusal for too many at once says in `retry-after-ms`; absent: nothing. */
  readonly retryAfterMs?: number;
}

/** What the endpoint saw of one run. */
export interface Seen {
  /** Requests of all kinds, refused ones included. */
  readonly requests: number;
  readonly refused: number;
  /** Requests for scenes that were not refused. */
  readonly scenes: number;
  /** Requests that the client gave up before they were answered. */
  readonly abandoned: number;
  readonly mostAtOnce: number;
  /** All answers but scenes, in the order in which they were begun. */
  readonly planning: readonly PlanningAnswer[];
}

/** An answer that is charged by its tokens. */
export interface PlanningAnswer {
  /** What was asked for: `core`, `acts`, `outline` and so on. */
  readonly kind: string;
  /** How long it took, in milliseconds of life. */
  readonly ms: number;
  /** Whether it could only be asked for once the acts were settled. */
  readonly afterActs: boolean;
  /** For beats: the number of the first of them, and after how many milliseconds each was there. */
  readonly first?: number;
  readonly beatMs?: readonly number[];
}

/** What the endpoint's process is told; every message is answered with the same `call`. */
export type Message =
  | {
      readonly call: number;
      readonly type: 'begin';
      readonly run: number;
      readonly conditions: EndpointConditions;
    }
  | { readonly call: number; readonly type: 'end'; readonly run: number };

export interface Reply {
  readonly call: number;
  readonly seen?: Seen;
}
