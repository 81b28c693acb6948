/**
 * The one error family of Scenewright. Its `message` is what the writer reads: it names the thing,
 * says what was kept and what to do next. Technical detail belongs into `cause`, and never a secret
 * into either.
 */
import { t } from './l10n.ts';
export type ErrorCode =
  /** What the writer asked for cannot be done as asked (empty idea, impossible length). */
  | 'bad-input'
  /** The document does not hold what the command needs. */
  | 'bad-script'
  /** A key is missing, or the service refused it (401, 403) or wants money (402). */
  | 'account'
  /** The writer's own budget would be exceeded, and they did not agree to that. */
  | 'budget'
  /** The service asks us to slow down (429) and the retries are used up. */
  | 'rate-limit'
  /** The service could not be reached, or stopped answering. */
  | 'network'
  /** The service answered with something that cannot be used. */
  | 'bad-answer'
  /** The service or model declined for reasons of content. */
  | 'refused'
  /** A file or folder cannot be read or written. */
  | 'disk'
  /** A submit whose answer was lost: it may or may not have been accepted, and paid. */
  | 'unclear'
  /** The writer (or a closing window) stopped it. */
  | 'cancelled'
  /** A defect of Scenewright itself. */
  | 'internal';

/** What leads on from an error with one click. */
export type NextStep =
  | 'write-scenes'
  | 'render-scenes'
  | 'new-script'
  | 'open-folder'
  | 'choose-writer'
  | 'choose-studio'
  | 'choose-picture-studio'
  | 'add-account';

export interface ErrorOptions {
  readonly cause?: unknown;
  /** Whether trying the same thing again may succeed without the writer changing anything. */
  readonly retryable?: boolean;
  /** HTTP status, where there was one. */
  readonly status?: number | undefined;
  /** What to do next, in whole sentences: the end of the message, which more can be said before. */
  readonly advice?: string | undefined;
  /** The same where one click does it; only the one right way, and none that costs money unasked. */
  readonly next?: NextStep | undefined;
  /** The service's own words, as they may be shown; what they are for the message already says. */
  readonly said?: string | undefined;
  /** Milliseconds the service asked us to wait before another try. */
  readonly retryAfterMs?: number | undefined;
}

export class ScenewrightError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  /** The message without its {@link advice}. */
  readonly fact: string;
  readonly advice: string | undefined;
  readonly next: NextStep | undefined;
  readonly said: string | undefined;

  constructor(code: ErrorCode, fact: string, options: ErrorOptions = {}) {
    const { cause, advice, said } = options;
    super(
      advice === undefined ? fact : `${fact} ${advice}`,
      cause === undefined ? undefined : { cause },
    );
    this.fact = fact;
    this.advice = advice;
    this.next = options.next;
    this.said = said;
    this.name = 'ScenewrightError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** The error of a cancelled operation; see {@link isCancelled}. */
export function cancelledError(what: string): ScenewrightError {
  return new ScenewrightError('cancelled', t('{0} was cancelled.', what));
}

/** Whether `error` is only somebody's wish to stop: ours, or an `AbortSignal`'s. */
export function isCancelled(error: unknown): boolean {
  if (error instanceof ScenewrightError) return error.code === 'cancelled';
  return error instanceof Error && error.name === 'AbortError';
}

/** Any thrown value as an error of ours; a stranger counts as a defect. */
export function asScenewrightError(error: unknown): ScenewrightError {
  if (error instanceof ScenewrightError) return error;
  return new ScenewrightError(
    'internal',
    t('Something unexpected went wrong: {0}', messageOf(error)),
    {
      cause: error,
    },
  );
}

/** The sentence to show for any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
