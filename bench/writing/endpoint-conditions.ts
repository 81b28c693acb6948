import type { WriterTask } from '../../src/models/writer-tasks.ts';
import type { Latencies } from './latency.ts';

/** What the endpoint of one run is like. Times are milliseconds of life, before {@link scale}. */
export interface EndpointConditions extends Latencies {
  readonly scenes: number;
  /** How much faster than life everything goes, such as 100. */
  readonly scale: number;
  /** Whether the plan has scenes that go on from the one before without a cut. */
  readonly continuations: boolean;
  /** How long each planning answer takes; absent: the stages share the usual time. */
  readonly planningAnswerMs?: number;
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
}

/** The header in which a request says what it is about; see {@link taskName}. */
export const taskHeader = 'x-bench-task';

/** `scene 12`, or for planning the kind and, where there are several of that kind, the act. */
export function taskName(task: WriterTask): string {
  switch (task.kind) {
    case 'scene':
      return `scene ${task.outline.indexOf(task.beat) + 1}`;
    case 'outline':
      return `outline ${task.part.act ?? 0}`;
    default:
      return task.kind;
  }
}

/** What the endpoint's process is told; every message is answered with the same `call`. */
export type Message =
  | {
      readonly call: number;
      readonly type: 'begin';
      readonly run: number;
      readonly conditions: EndpointConditions;
    }
  /** The planning task behind the request of this name, for the endpoint to answer. */
  | {
      readonly call: number;
      readonly type: 'plan';
      readonly run: number;
      readonly name: string;
      readonly task: WriterTask;
    }
  | { readonly call: number; readonly type: 'end'; readonly run: number };

export interface Reply {
  readonly call: number;
  readonly seen?: Seen;
}
