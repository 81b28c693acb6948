import { ScenewrightError, cancelledError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { troubleOf } from './connection-reasons.ts';
import { wordingOf } from './refusal-reasons.ts';
import { meaningOf, refusalKinds, waitAfter, type RefusedAnswer } from './refusal.ts';
import { secretsOf } from './request-secrets.ts';
import { hostOf } from './server-name.ts';
import { quoted, saidIn, withWords } from './service-words.ts';
import { TimeRanOut } from './time-limit.ts';

/** A request that got no answer, as the writer should read it. */
export function connectionError(error: unknown, url: URL, signal: AbortSignal): ScenewrightError {
  const isOver = signal.aborted && signal.reason instanceof TimeRanOut;
  if (signal.aborted && !isOver) return cancelledError(t('The request'));
  if (isOver) return connectionError(signal.reason, url, new AbortController().signal);
  if (error instanceof ScenewrightError) return error;
  const { reason, advice, isHopeless = false } = troubleOf(error);
  return new ScenewrightError('network', hostOf(url).say(reason), {
    cause: error,
    retryable: !isHopeless,
    advice,
  });
}

/** A good answer that is not what a program can read, which most often comes of a wrong address. */
export function notJson(url: URL, status: number, retryable = false): ScenewrightError {
  return new ScenewrightError(
    'bad-answer',
    hostOf(url).say((host) => t('Something other than JSON came from {0}.', host)),
    { status, retryable, advice: t('Check the base URL.') },
  );
}

/**
 * An answer with a status of 400 and above, or a redirect that is not followed, as an error.
 *
 * @param url where it came from in the end: what is secret in that is not shown either
 * @param words what it says, where that is not in any of the usual places
 */
export function statusError(
  answer: RefusedAnswer,
  url: URL,
  secrets: readonly string[],
  now: number,
  words?: string,
): ScenewrightError {
  const { code, retryable } = refusalKinds[meaningOf(answer)];
  const { reason, advice } = wordingOf(answer);
  const hidden = [...secrets, ...secretsOf(url, {})];
  const said = words === undefined ? saidIn(answer.text, hidden) : quoted(words, hidden);
  return new ScenewrightError(code, withWords(hostOf(url).say(reason), said), {
    status: answer.status,
    retryable,
    advice,
    said: said || undefined,
    retryAfterMs: waitAfter(answer, now),
  });
}
