import { ScenewrightError, cancelledError, messageOf } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import {
  meaningOf,
  refusalKinds,
  waitAfter,
  type RefusalMeaning,
  type RefusedAnswer,
} from './refusal.ts';
import { secretsOf } from './request-secrets.ts';
import { quoted, saidIn, withWords } from './service-words.ts';
import { TimeRanOut } from './time-limit.ts';

/** The host, as it may be shown: an address's path and query can hold keys. */
export function shown(url: URL): string {
  return url.host;
}

/** A request that got no answer, as the writer should read it. */
export function connectionError(error: unknown, url: URL, signal: AbortSignal): ScenewrightError {
  const isOver = signal.aborted && signal.reason instanceof TimeRanOut;
  if (signal.aborted && !isOver) return cancelledError(t('The request to {0}', shown(url)));
  if (isOver) return connectionError(signal.reason, url, new AbortController().signal);
  if (error instanceof ScenewrightError) return error;
  const code = codeOf(error);
  const known = reasons[code] ?? (isCertificateCode(code) ? certificateReason : undefined);
  const [reason, advice] = known?.() ?? [t('could not be reached ({0})', code || messageOf(error))];
  // A certificate, a malformed request or a wrong address will not get better by itself.
  const hopeless = ['UND_ERR_INVALID_ARG', 'BAD_REQUEST', 'PRIVATE_ADDRESS', 'HTTP2_ONLY'].includes(
    code,
  );
  const retryable = known !== certificateReason && !hopeless;
  return new ScenewrightError('network', `${shown(url)} ${reason}.`, {
    cause: error,
    retryable,
    advice,
  });
}

/** What is said of a host after its name, without a full stop, and what to do next. */
type Reason = readonly [fact: string, advice?: string];

const certificateReason = (): Reason => [
  t('has a certificate that this machine does not trust'),
  t('If your network inspects traffic, add its certificate to the system.'),
];

/** What a server says that shares no protocol with us. */
const noProtocol = 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL';

const reasons: Readonly<Record<string, () => Reason>> = {
  ECONNREFUSED: () => [t('refused the connection: nothing answers at this address')],
  ENOTFOUND: () => [t('was not found'), t('Check the address and the connection to the internet.')],
  EAI_AGAIN: () => [t('could not be looked up'), t('Check the connection to the internet.')],
  EHOSTUNREACH: () => [t('cannot be reached from this network')],
  ENETUNREACH: () => [t('cannot be reached: there is no network')],
  ECONNRESET: () => [t('closed the connection')],
  EPIPE: () => [t('closed the connection')],
  UND_ERR_SOCKET: () => [t('closed the connection')],
  UND_ERR_CONNECT_TIMEOUT: () => [t('did not answer in time')],
  UND_ERR_HEADERS_TIMEOUT: () => [t('did not answer in time')],
  UND_ERR_BODY_TIMEOUT: () => [t('stopped sending')],
  CONNECT_TIMEOUT: () => [t('did not answer in time')],
  HEADERS_TIMEOUT: () => [t('did not answer in time')],
  BODY_TIMEOUT: () => [t('stopped sending')],
  TOTAL_TIMEOUT: () => [t('did not come to an end with its answer in time')],
  TOO_SLOW: () => [t('sent far too slowly, so the connection was given up')],
  [noProtocol]: () => [t('speaks no HTTP that this client knows')],
  HTTP2_ONLY: () => [
    t('only speaks HTTP/2, and does not say so when the connection is made'),
    t('Use another address of the service, or one that is encrypted.'),
  ],
  BAD_HTTP: () => [t('gave an answer that is not proper HTTP')],
  BAD_REQUEST: () => [
    t('was not asked: the address or the key holds characters that cannot be sent'),
  ],
  PRIVATE_ADDRESS: () => [
    t('is not a public address'),
    t(
      'A service that is not on this machine or network has no business there, so nothing was sent.',
    ),
  ],
  UND_ERR_ABORTED: () => [t('could not be reached through the proxy')],
  UND_ERR_PRX_CONN: () => [t('could not be reached through the proxy')],
  UND_ERR_PRX_TLS: () => [
    t('could not be reached through the proxy: its certificate is not trusted'),
  ],
  UND_ERR_INVALID_ARG: () => [
    t('was not asked: the address or the key holds characters that cannot be sent'),
  ],
};

function isCertificateCode(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code);
}

/** Whether a request got no answer because no host of that name is known. */
export function isUnknownHost(error: unknown): boolean {
  return codeOf(error) === 'ENOTFOUND';
}

/** Whether a handshake failed because the host speaks HTTP/2 and nothing older. */
export function isHttp2Only(error: unknown): boolean {
  return codeOf(error) === noProtocol;
}

/** The first error code in an error, its causes and the parts of an `AggregateError`. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string' && !(error instanceof ScenewrightError)) return code;
  if (error instanceof AggregateError) return error.errors.map(codeOf).find(Boolean) ?? '';
  return codeOf(error.cause);
}

/** What is said of a service that refuses, after its name. */
const refusals: Readonly<Record<RefusalMeaning, () => string>> = {
  content: () => t('declined for reasons of content'),
  key: () => t('refused the key'),
  rights: () => t('refused the key'),
  payment: () => t('asks for payment'),
  'rate-limit': () => t('asks to slow down'),
  proxy: () => t('was not reached: the proxy wants a sign-in'),
  address: () => t('does not know this address'),
  'not-taken': () => t('did not take the request'),
  trouble: () => t('has a problem of its own'),
  request: () => t('did not accept the request'),
  unusable: () => t('gave an answer that cannot be used'),
};

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
  const { status } = answer;
  const meaning = meaningOf(answer);
  const { code, retryable } = refusalKinds[meaning];
  const hidden = [...secrets, ...secretsOf(url, {})];
  const said = words === undefined ? saidIn(answer.text, hidden) : quoted(words, hidden);
  const fact = `${shown(url)} ${refusals[meaning]()} (${status}).`;
  return new ScenewrightError(code, withWords(fact, said), {
    status,
    retryable,
    said: said || undefined,
    retryAfterMs: waitAfter(answer, now),
  });
}
