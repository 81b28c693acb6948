import type { Clock } from '../base/clock.ts';
import { cancelledError } from '../base/errors.ts';
import type { ScenewrightError } from '../base/errors.ts';
import { InvalidAnswer } from '../models/json.ts';
import { asScenewrightError } from './errors.ts';
import type { WriteOptions } from './options.ts';

export interface RetryPolicy {
  /** How often to try in all, at least 1. */
  readonly attempts: number;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Ends everything at once, an attempt under way included. */
  readonly signal: AbortSignal;
  /** Ends waiting and further attempts, but not the one under way. */
  readonly halt?: AbortSignal;
  /** Awaited before every attempt; rejects when the signal it is given aborts. */
  readonly ready?: (signal: AbortSignal) => Promise<void>;
  readonly onAttempt?: (attempt: number) => void;
  readonly onFailure?: (error: ScenewrightError, willRetry: boolean) => void;
}

/** The policy that all requests of a run share. */
export function policyOf(options: WriteOptions, signal: AbortSignal): RetryPolicy {
  const { retries, clock, random, pause } = options;
  return {
    attempts: retries ?? 3,
    clock,
    random: random ?? Math.random,
    signal,
    ready: (patience) => pause.wait(patience),
  };
}

/** A service that asks for more patience than this (milliseconds) is taken to have said no. */
const longestWait = 600_000;

/**
 * Ask until there is an answer, an error that asking again will not mend, or no attempt left.
 * An answer that could not be used is asked for again at once, with what was wrong with it; other
 * failures after the time the service named, or a growing and slightly random one.
 *
 * @throws ScenewrightError of the last attempt, or `cancelled`
 */
export async function askWithRetries<T>(
  ask: (complaint: string | undefined) => Promise<T>,
  policy: RetryPolicy,
): Promise<T> {
  const { attempts, clock, signal, halt } = policy;
  const patience = halt === undefined ? signal : AbortSignal.any([signal, halt]);
  let complaint: string | undefined;
  let last: ScenewrightError | undefined;
  for (let attempt = 1; ; attempt++) {
    try {
      await policy.ready?.(patience);
      patience.throwIfAborted();
    } catch (error) {
      if (signal.aborted) throw cancelledError('Writing');
      if (last === undefined) throw error;
      // Halted while waiting for another attempt: this one's own failure was the last word.
      policy.onFailure?.(last, false);
      throw last;
    }
    policy.onAttempt?.(attempt);
    try {
      return await orAborted(ask(complaint), signal);
    } catch (error) {
      if (signal.aborted) throw cancelledError('Writing');
      last = asScenewrightError(error);
    }
    const invalid = last.code === 'bad-answer';
    const wait = invalid ? 0 : waitBefore(attempt + 1, last, policy.random);
    const willRetry =
      last.retryable && attempt < attempts && wait <= longestWait && halt?.aborted !== true;
    policy.onFailure?.(last, willRetry);
    if (!willRetry) throw last;
    complaint = last instanceof InvalidAnswer ? last.complaint : invalid ? last.message : undefined;
    // An abort ends the sleep; what it means is decided where the next attempt would begin.
    if (wait > 0) await clock.sleep(wait, patience).catch(() => undefined);
  }
}

/** Milliseconds to wait before an attempt (2 is the first one that waits). */
function waitBefore(attempt: number, error: ScenewrightError, random: () => number): number {
  // A little apart from each other, so that scenes refused together do not come back together.
  if (error.retryAfterMs !== undefined) return error.retryAfterMs + random() * 1000;
  const ceiling = Math.min(30_000, 1000 * 2 ** (attempt - 2));
  return ceiling * (0.5 + random() / 2);
}

/** The promise, or a rejection as soon as the signal aborts, whatever the promise then does. */
async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => {
    reject(signal.reason as Error);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  // Starting the promise may have been what aborted it.
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
