import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { InvalidAnswer } from '../../models/answer-errors.ts';
import { nextTry, RetryBudget } from '../../net/retry.ts';
import type { RetryPolicy } from '../../net/retry.ts';

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
  private readonly random: () => number;

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

/** The budget of retries is used up: what fails so often is not mended by asking on. */
class TooManyFailures extends ScenewrightError {}

function tooManyFailures(last: ScenewrightError): TooManyFailures {
  const { code, status, retryAfterMs } = last;
  return new TooManyFailures(
    code,
    t(
      "Too many of this run's requests failed, so it was stopped before they cost more. The last one: {0}",
      last.message,
    ),
    { cause: last, status, retryAfterMs, advice: t('Check the service, then write again.') },
  );
}

/** The service has no place for one more request at the moment; nothing is wrong with the request. */
export function isBusy({ code, status }: ScenewrightError): boolean {
  return code === 'rate-limit' || status === 503;
}

/** Whether a failure for good meets every other request of the run, too. */
export function concernsAll(error: ScenewrightError): boolean {
  const aboutAll = ['account', 'bad-input', 'budget'].includes(error.code);
  return aboutAll || isBusy(error) || error instanceof TooManyFailures;
}

/** What to tell the model about the answer it gave, when there is something wrong with that. */
export function complaintOf(error: ScenewrightError): string | undefined {
  if (error instanceof InvalidAnswer) return error.complaint;
  return error.code === 'bad-answer' ? error.message : undefined;
}
