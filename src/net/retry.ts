import type { Clock } from '../base/clock.ts';
import { ScenewrightError } from '../base/errors.ts';

/** Exponential back-off with jitter; the one rule for every wait before another try. */
export interface Backoff {
  /** The wait before the first retry, in milliseconds. */
  readonly baseMs: number;
  /** The longest wait, in milliseconds; a service's own wish may be longer and is kept. */
  readonly maxMs: number;
}

/**
 * Milliseconds to wait before retry number `attempt` (from 1). A service that said how long is taken
 * at its word, with up to a twentieth more so that many clients do not come back in one instant.
 */
export function backoffMs(
  attempt: number,
  error: unknown,
  { baseMs, maxMs }: Backoff,
  random: () => number,
): number {
  const hint = error instanceof ScenewrightError ? error.retryAfterMs : undefined;
  if (hint !== undefined) return Math.ceil(hint * (1 + random() * 0.05));
  // Between half and all of the step, so that a wait is never nothing.
  const step = Math.min(maxMs, baseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.ceil(step * (0.5 + random() * 0.5));
}

export interface RetryOptions {
  readonly backoff: Backoff;
  /** How often the task is tried again after its first failure. */
  readonly retries: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** Run `task` again while its error says that this may help. Never for anything that costs money. */
export async function retry<T>(task: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await task();
    } catch (error) {
      const helps = error instanceof ScenewrightError && error.retryable;
      if (!helps || attempt > options.retries || options.signal.aborted) throw error;
      const wait = backoffMs(attempt, error, options.backoff, options.random);
      await options.clock.sleep(wait, options.signal);
    }
  }
}
