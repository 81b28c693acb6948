import type { ErrorCode } from '../base/errors.ts';
import type { HeaderReader } from './http-types.ts';
import { askedWaitMs, rateLimits, retryAfterMs } from './rate-limit-headers.ts';
import { isAboutContent, saidIn } from './service-words.ts';

/** How a service says no. */
export interface Refusal {
  /** Of HTTP; absent where it is said inside of a good answer, as in a stream. */
  readonly status: number | undefined;
  readonly headers: HeaderReader;
  /** The body, at least its beginning. */
  readonly text: string;
}

/** An answer of any status but 2xx. */
export interface RefusedAnswer extends Refusal {
  readonly status: number;
}

/** What a refusal means. */
export type RefusalMeaning =
  /** Declined for what is in it, which no other way of asking mends. */
  | 'content'
  | 'key'
  /** The key is known but may not do this. */
  | 'rights'
  | 'payment'
  | 'rate-limit'
  | 'proxy'
  /** Nothing is at this address. */
  | 'address'
  /** It came at a bad moment; nothing is wrong with it. */
  | 'not-taken'
  /** The service itself is not well. */
  | 'trouble'
  /** It was understood, and is not accepted. */
  | 'request'
  | 'unusable';

/** The one mapping from how a service says no to what kind of error that is. */
export const refusalKinds: Readonly<
  Record<RefusalMeaning, { readonly code: ErrorCode; readonly retryable: boolean }>
> = {
  content: { code: 'refused', retryable: false },
  key: { code: 'account', retryable: false },
  rights: { code: 'account', retryable: false },
  payment: { code: 'account', retryable: false },
  'rate-limit': { code: 'rate-limit', retryable: true },
  proxy: { code: 'network', retryable: false },
  address: { code: 'bad-answer', retryable: false },
  'not-taken': { code: 'network', retryable: true },
  trouble: { code: 'network', retryable: true },
  request: { code: 'bad-input', retryable: false },
  unusable: { code: 'bad-answer', retryable: false },
};

/** What a refusal means, by its status and, where that is known to deceive, by its words. */
export function meaningOf(refusal: Refusal): RefusalMeaning {
  const { status } = refusal;
  if (isContentRefusal(refusal)) return 'content';
  switch (status) {
    case 401:
      return 'key';
    case 402:
      return 'payment';
    case 403:
      return 'rights';
    case 404:
    case 410:
      return 'address';
    case 407:
      return 'proxy';
    case 408:
    case 425:
      return 'not-taken';
    case 429:
      return isOutOfCredit(refusal) ? 'payment' : 'rate-limit';
    case 400:
      return wrongKey.test(saidIn(refusal.text, [])) ? 'key' : 'request';
    case 413:
    case 422:
      return 'request';
    default:
      return status === undefined || status >= 500 ? 'trouble' : 'unusable';
  }
}

/**
 * How long to wait before another try, in milliseconds from `now`, if the service says so: after a 429
 * also by the limits that it quotes or counts by. They say nothing about when a service is well again.
 */
export function waitAfter({ status, headers, text }: Refusal, now: number): number | undefined {
  // A page for people may speak of anything.
  const words = text.trimStart().startsWith('<') ? '' : text;
  const wish = askedWaitMs(headers, now, words);
  if (status !== 429 || wish !== undefined) return wish;
  return retryAfterMs(quotedHeaders(text), now) ?? retryAfterMs(headers, now);
}

/** Whether a service declined a request for what is in it. */
export function isContentRefusal({ status, text }: Refusal): boolean {
  if (isAboutContent(codesIn(text))) return true;
  const { flagged_input: flagged, reasons } = fieldsOf(detailsIn(text).metadata);
  if (flagged !== undefined || reasons !== undefined) return true;
  // Filters answer with these, or inside a stream; elsewhere such words are about something else.
  if (status === 400 || status === 413 || status === 422) return isAboutContent(text);
  return (status === 403 || status === undefined) && isAboutContent(saidIn(text, []));
}

/** All names that a service gives to what is wrong, in small letters. */
export function codesIn(text: string): string {
  const { code, type, status, innererror, metadata } = detailsIn(text);
  const names = [code, type, status, fieldsOf(innererror).code, fieldsOf(metadata).error_type];
  return names
    .filter((name) => typeof name === 'string')
    .join(' ')
    .toLowerCase();
}

/** Mistral says so of a model that the account's plan does not hold. */
export function allowsNothing({ headers }: Refusal): boolean {
  return rateLimits(headers, 0)?.limit === 0;
}

/** Some services answer so to a key that is none. */
const wrongKey = /api[ _-]?key.*(invalid|not valid|expired)/i;

/** Some services speak of an empty purse as if it were haste. */
function isOutOfCredit(refusal: Refusal): boolean {
  const codes = codesIn(refusal.text);
  if (/insufficient_quota|billing|credit/.test(codes) || allowsNothing(refusal)) return true;
  // Where it is haste, the text may still lead to the page where limits are bought.
  return (codes === '' ? /insufficient_quota|billing/i : /insufficient_quota/i).test(refusal.text);
}

/** OpenRouter quotes the limits' headers in the error itself. */
function quotedHeaders(text: string): HeaderReader {
  const quoted = Object.entries(fieldsOf(fieldsOf(detailsIn(text).metadata).headers));
  const headers = new Map(quoted.map(([name, value]) => [name.toLowerCase(), String(value)]));
  return { get: (name) => headers.get(name) ?? null };
}

/** The error in the answer's body; Gemini's compatible endpoint puts it into a list of one. */
function detailsIn(text: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return {};
  }
  const body = fieldsOf(Array.isArray(parsed) ? parsed[0] : parsed);
  return 'error' in body ? fieldsOf(body.error) : body;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
