import { ScenewrightError, cancelledError, messageOf } from '../base/errors.ts';
import type { HeaderReader } from './http-types.ts';
import { askedWaitMs, retryAfterMs } from './rate-limit-headers.ts';
import { redact } from './redact.ts';
import { TimeRanOut } from './time-limit.ts';

/** The host, as it may be shown: an address's path and query can hold keys. */
export function shown(url: URL): string {
  return url.host;
}

/**
 * What may be secret in a request: the values of all headers that are not known to be harmless, and
 * of all query parameters. Very short values are left out; they would only tear holes into messages.
 */
export function secretsOf(url: URL, headers: Readonly<Record<string, string>>): string[] {
  const open = new Set(['accept', 'content-type', 'user-agent', 'range', 'if-range']);
  const values = Object.entries(headers)
    .filter(([name]) => !open.has(name.toLowerCase()))
    .flatMap(([, value]) => [value, value.replace(/^(bearer|key|basic)\s+/i, '')]);
  return [...values, ...url.searchParams.values(), url.password]
    .filter((value) => value.length >= 8)
    .sort((a, b) => b.length - a.length);
}

/** A request that got no answer, as the writer should read it. */
export function connectionError(error: unknown, url: URL, signal: AbortSignal): ScenewrightError {
  const isOver = signal.aborted && signal.reason instanceof TimeRanOut;
  if (signal.aborted && !isOver) return cancelledError(`The request to ${shown(url)}`);
  if (isOver) return connectionError(signal.reason, url, new AbortController().signal);
  if (error instanceof ScenewrightError) return error;
  const code = codeOf(error);
  const known = reasons[code] ?? (isCertificateCode(code) ? certificateReason : undefined);
  const reason = known ?? `could not be reached (${code || messageOf(error)})`;
  // A certificate, a malformed request or a wrong address will not get better by itself.
  const hopeless = ['UND_ERR_INVALID_ARG', 'BAD_REQUEST', 'PRIVATE_ADDRESS'].includes(code);
  const retryable = known !== certificateReason && !hopeless;
  return new ScenewrightError('network', `${shown(url)} ${reason}.`, { cause: error, retryable });
}

const certificateReason =
  'has a certificate that this machine does not trust. If your network inspects traffic, add its certificate to the system';

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection: nothing answers at this address',
  ENOTFOUND: 'was not found. Check the address and the connection to the internet',
  EAI_AGAIN: 'could not be looked up. Check the connection to the internet',
  EHOSTUNREACH: 'cannot be reached from this network',
  ENETUNREACH: 'cannot be reached: there is no network',
  ECONNRESET: 'closed the connection',
  EPIPE: 'closed the connection',
  UND_ERR_SOCKET: 'closed the connection',
  UND_ERR_CONNECT_TIMEOUT: 'did not answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'stopped sending',
  CONNECT_TIMEOUT: 'did not answer in time',
  HEADERS_TIMEOUT: 'did not answer in time',
  BODY_TIMEOUT: 'stopped sending',
  TOTAL_TIMEOUT: 'did not come to an end with its answer in time',
  TOO_SLOW: 'sent far too slowly, so the connection was given up',
  BAD_HTTP: 'gave an answer that is not proper HTTP',
  BAD_REQUEST: 'was not asked: the address or the key holds characters that cannot be sent',
  PRIVATE_ADDRESS:
    'is not a public address. A service that is not on this machine or network has no business there, so nothing was sent',
  UND_ERR_ABORTED: 'could not be reached through the proxy',
  UND_ERR_PRX_CONN: 'could not be reached through the proxy',
  UND_ERR_PRX_TLS: 'could not be reached through the proxy: its certificate is not trusted',
  UND_ERR_INVALID_ARG: 'was not asked: the address or the key holds characters that cannot be sent',
};

function isCertificateCode(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code);
}

/** The first error code in an error, its causes and the parts of an `AggregateError`. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string') return code;
  if (error instanceof AggregateError) return error.errors.map(codeOf).find(Boolean) ?? '';
  return codeOf(error.cause);
}

export interface RefusedAnswer {
  readonly status: number;
  readonly headers: HeaderReader;
  /** The body, at least its beginning. */
  readonly text: string;
}

/** An answer with a status of 400 and above, or a redirect that is not followed, as an error. */
export function statusError(
  answer: RefusedAnswer,
  url: URL,
  secrets: readonly string[],
  now: number,
): ScenewrightError {
  const { status } = answer;
  const said = saidIn(answer.text, secrets);
  const detail = said === '' ? '' : ` It says: ${said}`;
  // The bookkeeping of an allowance says nothing about when a broken service is well again.
  const after = (status === 429 ? retryAfterMs : askedWaitMs)(answer.headers, now);
  const make = (
    code: ConstructorParameters<typeof ScenewrightError>[0],
    text: string,
    retryable = false,
  ): ScenewrightError =>
    new ScenewrightError(code, `${shown(url)} ${text} (${status}).${detail}`, {
      status,
      retryable,
      retryAfterMs: after,
    });
  if (status === 401 || status === 403) return make('account', 'refused the key');
  if (status === 402) return make('account', 'asks for payment');
  if (status === 407) return make('network', 'was not reached: the proxy wants a sign-in');
  // Some services speak of an empty purse as if it were haste.
  if (status === 429 && /insufficient_quota|billing/i.test(answer.text)) {
    return make('account', 'asks for payment');
  }
  if (status === 429) return make('rate-limit', 'asks to slow down', true);
  if (status === 404 || status === 410) return make('bad-answer', 'does not know this address');
  if (status === 408 || status === 425) return make('network', 'did not take the request', true);
  if (status >= 500) return make('network', 'has a problem of its own', true);
  if (status === 400 || status === 413 || status === 422) {
    return isContentRefusal(answer.text)
      ? make('refused', 'declined for reasons of content')
      : make('bad-input', 'did not accept the request');
  }
  return make('bad-answer', 'gave an answer that cannot be used');
}

function isContentRefusal(text: string): boolean {
  return /moderation|content[ _-]?policy|safety|content_filter/i.test(text);
}

/** The service's own words in an error's body, shortened and without secrets; nothing of an HTML page. */
export function saidIn(text: string, secrets: readonly string[]): string {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.startsWith('<')) return '';
  let said = trimmed;
  try {
    said = messageIn(JSON.parse(trimmed)) ?? '';
  } catch {
    // Not JSON: the text itself is what it says.
  }
  // What is cut off afterwards cannot hide half a secret.
  const line = redact(said, secrets).replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

/** `{error: {message}}`, `{error: "…"}`, `{detail}`, `{message}`: the usual places. */
function messageIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  for (const name of ['message', 'error', 'detail', 'msg', 'title']) {
    const said = messageIn(fields[name]);
    if (said) return said;
  }
  return Array.isArray(value) ? messageIn(value[0]) : undefined;
}
