import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { InvalidAnswer } from '../../models/answer-errors.ts';
import { nextTry, RetryBudget } from '../../net/retry.ts';
import type { RetryPolicy } from '../../net/retry.ts';
import { isOutageStatus } from '../../net/refusal.ts';
import { isUnknownHost } from '../../net/connection-reasons.ts';

/** A service that asks for more patience than this (milliseconds) is taken to have said no. */
export const longestWaitMs = 600_000;

/** Retries that all requests of a run have together, and what a success adds to them. */
const allowance = 20;
const perSuccess = 0.5;

/** What follows on a request that failed. */
export type Verdict =
  /** Another attempt, after so many milliseconds. */
  | { readonly retry: true; readonly waitMs: number }
  /** None; the error to tell, which may say more than the one that came. */
  | { readonly retry: false; readonly error: ScenewrightError };

/** When the requests of one run are tried again: the one retry policy, with the run's own budget. */
export class RetryRules {
  private readonly policy: RetryPolicy;
  private readonly budget = new RetryBudget(allowance, perSuccess);
  /** From 0 up to 1. */
  readonly random: () => number;

  /**
   * @param attempts how often a request is tried in all, at least 1
   * @param random from 0 up to 1
   */
  constructor(attempts: number, random: () => number) {
    this.policy = {
      attempts,
      backoff: { baseMs: 1000, maxMs: 30_000 },
      longestWaitMs,
      unusableAtOnce: true,
      budget: this.budget,
    };
    this.random = random;
  }

  succeeded(): void {
    this.budget.succeeded();
  }

  /** @param attempt the number of the attempt that failed, from 1 */
  judge(error: ScenewrightError, attempt: number): Verdict {
    const waitMs = nextTry(this.policy, attempt, error, this.random);
    if (waitMs !== undefined) return { retry: true, waitMs };
    const usedUp =
      error.retryable &&
      attempt < this.policy.attempts &&
      (error.retryAfterMs ?? 0) <= longestWaitMs &&
      this.budget.left < 1;
    return { retry: false, error: usedUp ? tooManyFailures(error) : error };
  }
}

/** What fails so is not mended by asking on, whichever request of the run it is. */
class HopelessRun extends ScenewrightError {}

function tooManyFailures(last: ScenewrightError): HopelessRun {
  const { code, status, retryAfterMs } = last;
  return new HopelessRun(
    code,
    t(
      "Too many of this run's requests failed, so it was stopped before they cost more. The last one: {0}",
      last.message,
    ),
    { cause: last, status, retryAfterMs, advice: t('Check the service, then write again.') },
  );
}

/**
 * The service has answered nobody for too long.
 *
 * @param last why it did not the last time
 */
export function notAnswering(last: ScenewrightError, waitedMs: number): ScenewrightError {
  const { code, status, said } = last;
  const minutes = Math.max(1, Math.round(waitedMs / 60_000));
  const waited =
    minutes === 1 ? t('It was waited for a minute.') : t('It was waited for {0} minutes.', minutes);
  return new HopelessRun(code, `${last.fact} ${waited}`, {
    cause: last,
    status,
    said,
    advice: t(
      'Check the service, then write again. How long to wait is up to scenewright.writer.patience.',
    ),
  });
}

/**
 * Whether a failure may say nothing about its request, and only that the service answers nobody at the
 * moment.
 *
 * @param isKnown whether the service has answered before: an address that was never found is wrong
 */
export function tellsOfOutage(error: ScenewrightError, isKnown: boolean): boolean {
  if (!error.retryable) return false;
  if (isBusy(error)) return true;
  if (error.code !== 'network') return false;
  return error.status === undefined
    ? isKnown || !isUnknownHost(error)
    : isOutageStatus(error.status);
}

/** The service has no place for one more request at the moment; nothing is wrong with the request. */
export function isBusy({ code, status }: ScenewrightError): boolean {
  return code === 'rate-limit' || status === 503;
}

/** Whether a failure for good meets every other request of the run, too. */
export function concernsAll(error: ScenewrightError): boolean {
  const aboutAll = ['account', 'bad-input', 'budget'].includes(error.code);
  return aboutAll || isBusy(error) || error instanceof HopelessRun;
}

/** What to tell the model about the answer it gave, when there is something wrong with that. */
export function complaintOf(error: ScenewrightError): string | undefined {
  if (error instanceof InvalidAnswer) return error.complaint;
  return error.code === 'bad-answer' ? error.message : undefined;
}
