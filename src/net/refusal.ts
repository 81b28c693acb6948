import type { ErrorCode } from '../base/errors.ts';
import type { HeaderReader } from './http-types.ts';
import { emptinessIn, type Emptiness } from './empty-account.ts';
import { askedWaitMs, retryAfterMs } from './rate-limit-headers.ts';
import { bodyIn, isAboutContent, isPage, saidIn } from './service-words.ts';

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
  if (emptinessOf(refusal) !== undefined) return 'payment';
  if ((status === 400 || status === 403 || status === undefined) && isAboutKey(refusal)) {
    return 'key';
  }
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
      return 'rate-limit';
    case 400:
    case 413:
    case 422:
      return 'request';
    case undefined:
      return hasteCodes.test(codesIn(refusal.text)) ? 'rate-limit' : 'trouble';
    default:
      return status >= 500 ? 'trouble' : 'unusable';
  }
}

/**
 * Whether a status says that whoever should answer does not, and nothing about the request: a gateway
 * that finds nobody, an overloaded service (529, Anthropic), Cloudflare's 520 to 524 and 530.
 */
export function isOutageStatus(status: number): boolean {
  return [408, 425, 502, 503, 504, 529, 530].includes(status) || (status >= 520 && status <= 524);
}

/** How the account has nothing left; `undefined` where a refusal means anything but `payment`. */
export function emptinessOf(refusal: Refusal): Emptiness | undefined {
  return emptinessIn(refusal, codesIn(refusal.text));
}

/** Inside a stream there is nothing but these to go by. */
const hasteCodes = /rate_?limit|too_?many_?requests|throttling|resource_exhausted|limit_requests/;

/** Some services answer so to a key that is none, whatever the status. */
function isAboutKey({ text }: Refusal): boolean {
  return !isPage(text) && wrongKey.test(`${codesIn(text)} ${saidIn(text, [])}`);
}

const wrongKey =
  /api[ _-]?key.*(invalid|not valid|expired|incorrect|leaked|disabled|revoked|missing)|(invalid|incorrect|expired|missing|wrong)[ _]api[ _-]?key|invalid_?(token|key)|无效的?(令牌|api ?key)|令牌(无效|已过期|已禁用|状态不可用)/i;

/**
 * How long to wait before another try, in milliseconds from `now`, if the service says so: after a 429
 * also by the limits that it quotes or counts by. They say nothing about when a service is well again.
 */
export function waitAfter({ status, headers, text }: Refusal, now: number): number | undefined {
  // A page for people may speak of anything.
  const words = isPage(text) ? '' : text;
  const wish = askedWaitMs(headers, now, words);
  if (status !== 429 || wish !== undefined) return wish;
  return retryAfterMs(quotedHeaders(text), now) ?? retryAfterMs(headers, now);
}

/** Whether a service declined a request for what is in it. */
function isContentRefusal({ status, text }: Refusal): boolean {
  if (isPage(text)) return false;
  if (isAboutContent(codesIn(text))) return true;
  const { flagged_input: flagged, reasons } = fieldsOf(detailsIn(text).metadata);
  if (flagged !== undefined || reasons !== undefined) return true;
  // Filters answer with these, or inside a stream; elsewhere such words are about something else.
  if (status === 400 || status === 413 || status === 422) return isAboutContent(text);
  return (status === 403 || status === undefined) && isAboutContent(saidIn(text, []));
}

/** All names and numbers that a service gives to what is wrong, and where, in small letters. */
export function codesIn(text: string): string {
  const { code, type, status, param, innererror, metadata } = detailsIn(text);
  const inner = [fieldsOf(innererror).code, fieldsOf(metadata).error_type];
  const names = [code, type, status, param, ...inner];
  return names
    .filter((name) => typeof name === 'string' || typeof name === 'number')
    .join(' ')
    .toLowerCase();
}

/** OpenRouter quotes the limits' headers in the error itself. */
function quotedHeaders(text: string): HeaderReader {
  const quoted = Object.entries(fieldsOf(fieldsOf(detailsIn(text).metadata).headers));
  const headers = new Map(quoted.map(([name, value]) => [name.toLowerCase(), String(value)]));
  return { get: (name) => headers.get(name) ?? null };
}

/** The error in the answer's body; Gemini's compatible endpoint puts it into a list of one. */
function detailsIn(text: string): Readonly<Record<string, unknown>> {
  const parsed = bodyIn(text);
  const body = fieldsOf(Array.isArray(parsed) ? parsed[0] : parsed);
  // xAI and others have only words there, and the code beside them.
  return typeof body.error === 'object' && body.error !== null ? fieldsOf(body.error) : body;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
