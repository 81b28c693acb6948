import type { Clock } from '../../base/clock.ts';
import type { ScenewrightError } from '../../base/errors.ts';
import { waitForService, type Backoff } from '../../net/retry.ts';
import type { WritingEvent } from '../writing-events.ts';
import { isBusy, longestWaitMs, notAnswering, tellsOfOutage } from './retry-rules.ts';

export interface OutageOptions {
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** A service that does not answer is waited for so long, in milliseconds; 0: not at all. */
  readonly patienceMs: number;
  readonly tell: (event: WritingEvent) => void;
  /** It answers again. */
  readonly onOver: () => void;
}

/** Whose fault a failure is. */
export type Blame =
  /** The request's: what has to be done about it is up to whoever asked. */
  | { readonly on: 'request' }
  /** The service's, which answers nobody: the request may be sent again once it does. */
  | { readonly on: 'service' }
  /** The same, but it has been waited for long enough. */
  | { readonly on: 'run'; readonly error: ScenewrightError };

const backoff: Backoff = { baseMs: 1000, maxMs: 60_000 };

/**
 * Whether the service of a run answers at all. While it does not, one request at a time finds out whether
 * it does again, after growing waits, and nothing of that is held against the request. Only waits and
 * probes count as time without an answer, so that neither a pause nor a machine that sleeps uses it up.
 */
export class Outage {
  private readonly options: OutageOptions;
  /** How many in a row found nobody; 0 while the service is well. */
  private failures = 0;
  private withoutAnswerMs = 0;
  private retryAt = 0;
  /** Requests under way that were sent since it began. */
  private probing = 0;
  /** Signs that the service is well, so far. */
  private answers = 0;

  constructor(options: OutageOptions) {
    this.options = options;
  }

  get isOn(): boolean {
    return this.failures > 0;
  }

  /** Milliseconds until a request may be sent; `Infinity` until one has come back. */
  get ms(): number {
    if (!this.isOn) return 0;
    return this.probing > 0 ? Infinity : Math.max(0, this.retryAt - this.options.clock.now());
  }

  /** A request is sent. */
  sent(): OutageRequest {
    const { clock } = this.options;
    const at = clock.now();
    const { answers, isOn: isProbe } = this;
    let hasBegun = false;
    if (isProbe) this.probing++;
    return {
      begun: () => {
        hasBegun = true;
        this.answered();
      },
      ended: () => {
        if (isProbe) this.probing--;
      },
      failed: (error) => {
        const isHopeless = (error.retryAfterMs ?? 0) > longestWaitMs;
        if (!tellsOfOutage(error, this.answers > 0)) {
          this.answered();
          return { on: 'request' };
        }
        // Others were answered meanwhile, or this one had begun to be.
        if (hasBegun || this.answers > answers || isHopeless || this.options.patienceMs <= 0) {
          return { on: 'request' };
        }
        // Of many that fail together the first one tells it all.
        if (this.isOn && !isProbe) return { on: 'service' };
        if (isProbe) this.withoutAnswerMs += Math.max(0, clock.now() - at);
        return this.wait(error);
      },
    };
  }

  /** The service has shown that it is well. */
  answered(): void {
    this.answers++;
    if (!this.isOn) return;
    this.failures = 0;
    this.withoutAnswerMs = 0;
    this.options.tell({ type: 'answering' });
    this.options.onOver();
  }

  /** Find out at once whether it is well again. */
  hurry(): void {
    this.retryAt = 0;
  }

  private wait(error: ScenewrightError): Blame {
    const { clock, random, patienceMs, tell } = this.options;
    const wait = waitForService(
      { backoff, patienceMs },
      ++this.failures,
      error,
      this.withoutAnswerMs,
      random,
    );
    if (wait === undefined) return { on: 'run', error: notAnswering(error, this.withoutAnswerMs) };
    this.withoutAnswerMs += wait;
    this.retryAt = clock.now() + wait;
    // A pause that a service has asked for is told as such.
    const isRest = isBusy(error) && error.retryAfterMs !== undefined;
    if (!isRest) tell({ type: 'unanswered', error, milliseconds: wait });
    return { on: 'service' };
  }
}

/** What comes of one request, as far as that tells whether the service answers. */
export interface OutageRequest {
  /** There is a piece of its answer. */
  readonly begun: () => void;
  /** Told before {@link ended}. */
  readonly failed: (error: ScenewrightError) => Blame;
  readonly ended: () => void;
}
