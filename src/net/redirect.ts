import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { redact } from './redact.ts';
import { harmlessHeaders, headerSecrets } from './request-secrets.ts';
import { requestTarget, withoutValues } from './request-target.ts';
import { ServerName, hostOf, type Reason } from './server-name.ts';

/** The most redirects that are followed before an address counts as a loop. */
export const maxRedirects = 5;

/** The answers that name another address for the same request. */
export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** One request of a chain: each leads to the next one by its answer. */
export interface Hop {
  readonly url: URL;
  /** What is asked for there, byte for byte. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The first request of a chain. */
export function firstHop(address: string | URL, headers: Hop['headers']): Hop {
  const url = new URL(address);
  return { url, target: requestTarget(url, String(address)), headers };
}

/**
 * Where a redirect leads and what may be sent there. The address is followed byte for byte. To another
 * origin go only headers that say nothing about who is asking, and no parameter that has our own key.
 *
 * @throws ScenewrightError `network` when the address cannot be followed safely.
 */
export function nextHop(from: Hop, location: string | null): Hop {
  const refuse = (why: Reason): ScenewrightError =>
    new ScenewrightError('network', hostOf(from.url).say(why));
  if (location === null || location === '') {
    throw refuse((host) => t('A redirect without an address came from {0}.', host));
  }
  // Headers are read as Latin-1: each character beyond ASCII is one byte of whatever it really is.
  const named = location.replace(
    /[\x80-\xff]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  if (!URL.canParse(named, from.url.href)) {
    throw refuse((host) => t('A redirect to an address that is not valid came from {0}.', host));
  }
  const url = new URL(named, from.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refuse((host) => t('A redirect to no web address came from {0}.', host));
  }
  if (from.url.protocol === 'https:' && url.protocol === 'http:') {
    throw refuse((host) =>
      t('A redirect to an unencrypted address came from {0}. It was not followed.', host),
    );
  }
  const target = requestTarget(url, named);
  if (url.origin === from.url.origin) return { url, target, headers: from.headers };
  url.username = '';
  url.password = '';
  const headers = Object.fromEntries(
    Object.entries(from.headers).filter(([name]) => harmlessHeaders.has(name.toLowerCase())),
  );
  // Some services hand the key that they were sent on in the address.
  const own = new Set(headerSecrets(from.headers).filter(({ length }) => length >= shortestKey));
  return { ...withoutOwn(url, target, own), headers };
}

/** The error of a chain that has gone on for {@link maxRedirects}. */
export function tooManyRedirects({ url }: Hop): ScenewrightError {
  return new ScenewrightError(
    'network',
    hostOf(url).say((host) => t('Too many redirects, the last of them from {0}.', host)),
  );
}

/** Values shorter than this, in characters, are no keys. */
const shortestKey = 8;

function withoutOwn(url: URL, target: string, own: ReadonlySet<string>): Omit<Hop, 'headers'> {
  const kept = withoutValues(target, own);
  if (kept === target) return { url, target };
  const at = kept.indexOf('?');
  url.search = at === -1 ? '' : kept.slice(at);
  return { url, target: kept };
}

/**
 * The error of something that is to be sent and is wanted at another address. It is not sent there, as
 * what is meant for one service is nobody else's business; but the address is named, which in most
 * cases is the same one with `https`.
 */
export function movedError(from: Hop, to: Hop, status: number): ScenewrightError {
  const isSamePath = from.url.pathname === to.url.pathname;
  const [was, is] = isSamePath
    ? [from.url.origin, to.url.origin]
    : [from, to].map(({ url }) => `${url.origin}${redact(url.pathname, keysOf(from))}`);
  return new ScenewrightError(
    'bad-input',
    new ServerName(was ?? '').say((server) =>
      t(
        'This is wanted at another address: {0} sends it on to {1} ({2}). Nothing was sent there.',
        server,
        is ?? '',
        status,
      ),
    ),
    { status, advice: t('If that is right, use {0} in the base URL.', is ?? '') },
  );
}

/** What in a request is a key: in headers by what is not known to be harmless, in the query by name. */
function keysOf({ url, headers }: Hop): string[] {
  return [
    ...headerSecrets(headers),
    ...[...url.searchParams]
      .filter(([name]) => /key|token|secret|auth|password/i.test(name))
      .map(([, value]) => value),
  ].filter((value) => value !== '');
}
