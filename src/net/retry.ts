import type { Clock } from '../base/clock.ts';
import { ScenewrightError } from '../base/errors.ts';

/** Exponential back-off with jitter; the one rule for every wait before another try. */
export interface Backoff {
  /** The wait before the first retry, in milliseconds. */
  readonly baseMs: number;
  /** The longest wait, in milliseconds; a service's own wish may be longer and is kept. */
  readonly maxMs: number;
}

/** When to try again and when to let it be; the one rule for every retry. */
export interface RetryPolicy {
  /** How often to try in all, at least 1. */
  readonly attempts: number;
  readonly backoff: Backoff;
  /** A service that asks for more patience than this, in milliseconds, is taken to have said no. */
  readonly longestWaitMs: number;
  /** What all tasks of one run may retry together; absent: no limit but `attempts`. */
  readonly budget?: RetryBudget;
}

/**
 * Retries that many tasks share. It begins full; every retry takes one, and every success puts a
 * part of one back. So single failures are always retried, while a service that is down costs a
 * run no more than `allowance` requests beside the first tries.
 */
export class RetryBudget {
  private readonly allowance: number;
  private readonly perSuccess: number;
  private saved: number;

  /**
   * @param allowance retries it holds at most and at the beginning, from 0
   * @param perSuccess retries that a success puts back, 0 for none; 0.2 is one for five successes
   */
  constructor(allowance: number, perSuccess: number) {
    this.allowance = allowance;
    this.perSuccess = perSuccess;
    this.saved = allowance;
  }

  /** Whole retries that may still be taken. */
  get left(): number {
    // Ten tenths add up to a little less than one.
    return Math.floor(this.saved + 1e-9);
  }

  /** Use one retry; `false` when none is left. */
  take(): boolean {
    if (this.left < 1) return false;
    this.saved = Math.max(0, this.saved - 1);
    return true;
  }

  succeeded(): void {
    this.saved = Math.min(this.allowance, this.saved + this.perSuccess);
  }
}

/**
 * Milliseconds to wait before the attempt after `attempt` (from 1), which failed with `error`;
 * `undefined` when another one is of no use or not allowed. An answer that came but could not be
 * used is asked for again at once: the service itself is well. A number takes one retry from the
 * policy's budget.
 */
export function nextTry(
  policy: RetryPolicy,
  attempt: number,
  error: unknown,
  random: () => number,
): number | undefined {
  if (!(error instanceof ScenewrightError) || !error.retryable) return undefined;
  if (attempt >= policy.attempts) return undefined;
  if ((error.retryAfterMs ?? 0) > policy.longestWaitMs) return undefined;
  if (policy.budget?.take() === false) return undefined;
  const atOnce = error.code === 'bad-answer' && error.retryAfterMs === undefined;
  return atOnce ? 0 : backoffMs(attempt, error, policy.backoff, random);
}

/**
 * Milliseconds to wait before retry number `attempt` (from 1). A service that said how long is taken
 * at its word: never earlier, and at most a twentieth later, so that many clients do not come back
 * in one instant.
 */
export function backoffMs(
  attempt: number,
  error: unknown,
  { baseMs, maxMs }: Backoff,
  random: () => number,
): number {
  const hint = error instanceof ScenewrightError ? error.retryAfterMs : undefined;
  if (hint !== undefined) return Math.ceil(hint) + Math.floor(hint * random() * 0.05);
  // Between half and all of the step, so that a wait is never nothing.
  const step = Math.min(maxMs, baseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.ceil(step * (0.5 + random() * 0.5));
}

export interface RetryOptions {
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/**
 * Run `task` again as long as the policy sees use in it. Never for anything that costs money.
 *
 * @throws what the last attempt threw, or the signal's reason when it aborts during a wait
 */
export async function retry<T>(task: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { policy, clock, random, signal } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      const value = await task();
      policy.budget?.succeeded();
      return value;
    } catch (error) {
      const wait = signal.aborted ? undefined : nextTry(policy, attempt, error, random);
      if (wait === undefined) throw error;
      await clock.sleep(wait, signal);
    }
  }
}
