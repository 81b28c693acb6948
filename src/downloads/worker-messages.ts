import { ScenewrightError, messageOf, type ErrorCode } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { AttemptTask } from './attempt.ts';
import type { EngineOptions, Limits } from './engine.ts';
import type { VerifiedVideo } from './verify-video.ts';

/** What the worker is started with. */
export type WorkerSetup = EngineOptions;

/** To the worker. Secrets travel in memory only. */
export type WorkerRequest =
  | { readonly type: 'attempt'; readonly id: number; readonly task: AttemptTask }
  | { readonly type: 'stop'; readonly id: number }
  | { readonly type: 'limits'; readonly limits: Limits };

/** From the worker. */
export type WorkerMessage =
  | {
      readonly type: 'bytes';
      readonly id: number;
      readonly bytes: number;
      readonly total: number | undefined;
    }
  | { readonly type: 'waiting'; readonly id: number }
  | { readonly type: 'done'; readonly id: number; readonly video: VerifiedVideo }
  | { readonly type: 'failed'; readonly id: number; readonly error: PlainError };

/** A `ScenewrightError` as plain data; threads cannot hand over classes. */
export interface PlainError {
  readonly code: ErrorCode;
  /** The message without the advice that follows it. */
  readonly fact: string;
  readonly advice: string | undefined;
  readonly said: string | undefined;
  readonly retryable: boolean;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  /** The code and message of what was behind it, where there was something. */
  readonly cause: { readonly code: string | undefined; readonly message: string } | undefined;
}

export function toPlain(error: unknown): PlainError {
  const known = error instanceof ScenewrightError ? error : undefined;
  const cause = known === undefined ? error : known.cause;
  return {
    code: known?.code ?? 'internal',
    fact: known?.fact ?? t('The download failed: {0}', messageOf(error)),
    advice: known?.advice,
    said: known?.said,
    retryable: known?.retryable ?? false,
    status: known?.status,
    retryAfterMs: known?.retryAfterMs,
    cause: cause === undefined ? undefined : { code: codeOf(cause), message: messageOf(cause) },
  };
}

function codeOf(cause: unknown): string | undefined {
  const { code } = Object(cause) as { readonly code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

export function fromPlain(plain: PlainError): ScenewrightError {
  const { code, fact, cause, ...options } = plain;
  return new ScenewrightError(code, fact, {
    ...options,
    cause: cause && Object.assign(new Error(cause.message), { code: cause.code }),
  });
}
