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
  /**
   * A service that asks for more patience than this, in milliseconds, is taken to have said no; absent:
   * it is waited for as long as it likes.
   */
  readonly longestWaitMs?: number;
  /** An answer that came but could not be used is asked for again at once: the service is well. */
  readonly unusableAtOnce?: boolean;
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
 * `undefined` when another one is of no use or not allowed. A number takes one retry from the policy's
 * budget.
 */
export function nextTry(
  policy: RetryPolicy,
  attempt: number,
  error: unknown,
  random: () => number,
): number | undefined {
  if (!(error instanceof ScenewrightError) || !error.retryable) return undefined;
  if (attempt >= policy.attempts) return undefined;
  if ((error.retryAfterMs ?? 0) > (policy.longestWaitMs ?? Infinity)) return undefined;
  if (policy.budget?.take() === false) return undefined;
  const isUnusable = error.code === 'bad-answer' && error.retryAfterMs === undefined;
  return isUnusable && policy.unusableAtOnce === true
    ? 0
    : backoffMs(attempt, error, policy.backoff, random);
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

/** How long a service is waited for that answers nobody. */
export interface ServicePatience {
  readonly backoff: Backoff;
  /** Milliseconds without any answer after which it is given up. */
  readonly patienceMs: number;
}

/**
 * Milliseconds to wait before a service is tried again that answers nobody; `undefined` when it has been
 * waited for long enough. The last wait ends with the patience, unless the service asks for more.
 *
 * @param failures how many tries in a row found nobody, from 1
 * @param waitedMs how long it has been waited for
 */
export function waitForService(
  { backoff, patienceMs }: ServicePatience,
  failures: number,
  error: unknown,
  waitedMs: number,
  random: () => number,
): number | undefined {
  if (waitedMs >= patienceMs) return undefined;
  const wait = backoffMs(failures, error, backoff, random);
  const isAsked = error instanceof ScenewrightError && error.retryAfterMs !== undefined;
  return isAsked ? wait : Math.min(wait, Math.ceil(patienceMs - waitedMs));
}

/** A failure as the policy is to see it. */
export interface Failure {
  readonly error: unknown;
  /** How many there were in a row, this one included. */
  readonly inARow: number;
}

export interface RetryOptions {
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly signal: AbortSignal;
  /**
   * What else is known of a failure before the policy judges it; `again` to try once more at once and
   * not count it. What this throws ends it.
   */
  readonly weigh?: (failure: Failure) => Promise<Failure | 'again'>;
}

/**
 * Run `task` again as long as the policy sees use in it. Never for anything that costs money.
 *
 * @throws what the last attempt threw, or the signal's reason when it aborts during a wait
 */
export async function retry<T>(task: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { policy, clock, random, signal } = options;
  let before = 0;
  for (;;) {
    try {
      const value = await task();
      policy.budget?.succeeded();
      return value;
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      const seen: Failure = { error: thrown, inARow: before + 1 };
      const failure = (await options.weigh?.(seen)) ?? seen;
      if (failure === 'again') continue;
      const wait = nextTry(policy, failure.inARow, failure.error, random);
      if (wait === undefined) throw failure.error;
      before = failure.inARow;
      await clock.sleep(wait, signal);
    }
  }
}
