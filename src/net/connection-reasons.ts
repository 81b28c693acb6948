import { ScenewrightError, messageOf } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { Wording } from './refusal-reasons.ts';

/** What is said of a request that got no answer. */
export interface ConnectionTrouble extends Wording {
  /** It will not get better by itself. */
  readonly isHopeless?: boolean;
}

/** Why a request got no answer. */
export function troubleOf(error: unknown): ConnectionTrouble {
  const code = codeOf(error);
  const known = troubles[code] ?? (isCertificateCode(code) ? untrusted : undefined);
  if (known !== undefined) return known();
  const why = code || messageOf(error);
  return {
    reason: (host) => t('No connection could be made to {0} ({1}).', host, why),
    advice: t('Check the address and the connection to the internet.'),
  };
}

/** Whether a request got no answer because no host of that name is known. */
export function isUnknownHost(error: unknown): boolean {
  return codeOf(error) === 'ENOTFOUND';
}

/** Whether a handshake failed because the host speaks HTTP/2 and nothing older. */
export function isHttp2Only(error: unknown): boolean {
  return codeOf(error) === noProtocol;
}

/** What a server says that shares no protocol with us. */
const noProtocol = 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL';

const untrusted = (): ConnectionTrouble => ({
  reason: (host) => t('This machine does not trust the certificate of {0}.', host),
  advice: t('If your network inspects traffic, add its certificate to the system.'),
  isHopeless: true,
});
const closed = (): ConnectionTrouble => ({
  reason: (host) => t('The connection was closed by {0}.', host),
});
const silent = (): ConnectionTrouble => ({
  reason: (host) => t('No answer came in time from {0}.', host),
});
const stalled = (): ConnectionTrouble => ({
  reason: (host) => t('Nothing more came from {0}.', host),
});
const behindProxy = (): ConnectionTrouble => ({
  reason: (host) => t('The proxy did not get through to {0}.', host),
});
const notSendable = (): ConnectionTrouble => ({
  reason: (host) =>
    t('The address or the key holds characters that cannot be sent, so {0} was not asked.', host),
  isHopeless: true,
});

/** By the code of the error. */
export const troubles: Readonly<Record<string, () => ConnectionTrouble>> = {
  ECONNREFUSED: () => ({
    reason: (host) => t('Nothing answers at {0}: the connection was refused.', host),
    advice: t('Is the server running?'),
  }),
  ENOTFOUND: () => ({
    reason: (host) => t('No server was found by the name of {0}.', host),
    advice: t('Check the address and the connection to the internet.'),
  }),
  EAI_AGAIN: () => ({
    reason: (host) => t('Looking up the name of {0} failed.', host),
    advice: t('Check the connection to the internet.'),
  }),
  EHOSTUNREACH: () => ({ reason: (host) => t('No way leads from this network to {0}.', host) }),
  ENETUNREACH: () => ({
    reason: (host) => t('There is no network, so {0} cannot be reached.', host),
  }),
  ECONNRESET: closed,
  EPIPE: closed,
  UND_ERR_SOCKET: closed,
  UND_ERR_CONNECT_TIMEOUT: silent,
  UND_ERR_HEADERS_TIMEOUT: silent,
  UND_ERR_BODY_TIMEOUT: stalled,
  CONNECT_TIMEOUT: silent,
  HEADERS_TIMEOUT: silent,
  BODY_TIMEOUT: stalled,
  TOTAL_TIMEOUT: () => ({
    reason: (host) => t('The end of the answer did not come in time from {0}.', host),
  }),
  TOO_SLOW: () => ({
    reason: (host) => t('The connection was given up: {0} sent far too slowly.', host),
  }),
  [noProtocol]: () => ({
    reason: (host) => t('No HTTP that this client knows is spoken by {0}.', host),
  }),
  HTTP2_ONLY: () => ({
    reason: (host) =>
      t('Only HTTP/2 is spoken by {0}, which does not say so as the connection is made.', host),
    advice: t('Use another address of the service, or one that is encrypted.'),
    isHopeless: true,
  }),
  BAD_HTTP: () => ({ reason: (host) => t('No proper HTTP came from {0}.', host) }),
  BAD_REQUEST: notSendable,
  UND_ERR_INVALID_ARG: notSendable,
  PRIVATE_ADDRESS: () => ({
    reason: (host) => t('This is not a public address: {0}.', host),
    advice: t(
      'A service that is not on this machine or network has no business there, so nothing was sent.',
    ),
    isHopeless: true,
  }),
  UND_ERR_ABORTED: behindProxy,
  UND_ERR_PRX_CONN: behindProxy,
  UND_ERR_PRX_TLS: () => ({
    reason: (host) =>
      t("The proxy's certificate is not trusted, so {0} could not be reached.", host),
  }),
};

function isCertificateCode(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code);
}

/** The first error code in an error, its causes and the parts of an `AggregateError`. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string' && !(error instanceof ScenewrightError)) return code;
  if (error instanceof AggregateError) return error.errors.map(codeOf).find(Boolean) ?? '';
  return codeOf(error.cause);
}
