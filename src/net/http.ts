import { orAborted } from '../base/abort.ts';
import { defined } from '../base/defined.ts';
import { ScenewrightError, cancelledError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import {
  bounded,
  errorBodyMs,
  maxErrorBytes,
  maxWholeBytes,
  readBeginning,
  readBytes,
  type BodyBounds,
} from './bounded-body.ts';
import { connectionError, notJson, statusError } from './http-errors.ts';
import { secretsOf } from './request-secrets.ts';
import {
  timeoutsOf,
  type HttpOptions,
  type HttpResponse,
  type SendOptions,
  type Timeouts,
} from './http-types.ts';
import {
  PrivateAddressError,
  isPrivateService,
  namesPrivate,
  namesThisMachine,
} from './private-address.ts';
import { ChainCookies } from './chain-cookies.ts';
import {
  firstHop,
  isRedirect,
  maxRedirects,
  movedError,
  nextHop,
  tooManyRedirects,
  type Hop,
} from './redirect.ts';
import { saysNotAccepted } from './not-accepted.ts';
import { TimeLimit } from './time-limit.ts';
import type { Transport } from './transport.ts';
import { userAgent, withManners } from './user-agent.ts';

export interface ReadOptions extends SendOptions {
  /** Milliseconds for all of it (default: the sum of what its parts may take). */
  readonly totalMs?: number;
  /** The most of a good answer that is read, in bytes, unpacked (default {@link maxWholeBytes}). */
  readonly mostBytes?: number;
}

export interface JsonOptions extends Omit<ReadOptions, 'body'> {
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as `multipart/form-data`; of a list each file is a part of its own. */
  readonly form?: Readonly<Record<string, string | FormFile | readonly FormFile[]>>;
  /** What a refusal says, out of its text, where the service has a place of its own for that. */
  readonly words?: (text: string) => string | undefined;
}

/** A file in a form. */
export interface FormFile {
  /** What it is called there. */
  readonly name: string;
  /** Its media type. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** An answer that has been read: whole, or of any status but 2xx its beginning. */
export interface ReadAnswer extends Omit<HttpResponse, 'body'> {
  readonly text: string;
}

/** The most of a streamed answer, in bytes, unpacked: some hundred for every word that is written. */
const maxStreamBytes = 64 * 1024 * 1024;

/** Everything the product says to the outside goes through one of these. */
export class Http {
  /** What it was set up with. */
  readonly options: HttpOptions;
  private readonly timeouts: Timeouts;
  private readonly now: () => number;
  private readonly transports = new Map<'any' | 'public', Promise<Transport>>();
  private closed = false;

  constructor(options: HttpOptions = {}) {
    this.options = options;
    this.timeouts = timeoutsOf(options);
    this.now = options.now ?? Date.now;
  }

  /**
   * A drop-in for the global `fetch` on this dispatcher, for libraries that want one. Takes
   * addresses, not `Request` objects, and bodies of text or bytes. Redirects follow our own rule.
   * Uses none of the global fetch's classes: Node fills the process's slots when they are touched.
   * No body is endless: of an error's text there is the beginning, and anything else fails beyond
   * its bounds. They count what is unpacked.
   */
  readonly fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const method = init.method ?? 'GET';
    const signal = init.signal ?? new AbortController().signal;
    const first = new URL(typeof input === 'string' || input instanceof URL ? input : input.url);
    const given = (await this.load('any')).plainHeaders(init.headers);
    // Libraries name themselves, and some firewalls turn those away.
    let hop = firstHop(first, withManners({ ...given, 'user-agent': userAgent }));
    for (let hops = 0; ; hops++) {
      const transport = await this.transportTo(hop.url, first, signal);
      const answer = await transport.fetch(hop.url, { ...init, headers: { ...hop.headers } });
      if (!isRedirect(answer.status) || init.redirect === 'manual') {
        return answer.body === null
          ? answer
          : transport.withBody(answer, bounded(answer.body, boundsOf(answer)));
      }
      answer.body?.cancel().catch(() => undefined);
      hop = this.follow(hop, answer.headers.get('location'), hops, method, answer.status);
    }
  };

  /**
   * Send one request and hand back the answer, whatever its status. Redirects are followed for GET
   * and, to the same origin only, for 307 and 308.
   *
   * @throws ScenewrightError `network`, `unclear` (with `once`) or `cancelled` when there is no answer.
   */
  async send(address: string | URL, options: SendOptions): Promise<HttpResponse> {
    let hop = firstHop(address, withManners(options.headers ?? {}));
    const cookies = new ChainCookies();
    const trusted = new URL(options.steeredBy ?? address);
    for (let hops = 0; ; hops++) {
      const transport = await this.transportTo(hop.url, trusted, options.signal);
      const answer = await transport.send(cookies.on(hop), options);
      if ('error' in answer) {
        const failure = connectionError(answer.error, hop.url, options.signal);
        if (options.once === true && answer.sent) throw unclear(failure);
        throw failure;
      }
      if (!isRedirect(answer.status) || options.once === true) return answer;
      answer.body.discard();
      cookies.note(hop.url, answer.headers);
      const location = answer.headers.get('location');
      hop = this.follow(hop, location, hops, options.method ?? 'GET', answer.status);
    }
  }

  /**
   * Send one request and read its answer, within bounds of length and of time: whole where it is
   * good, else the beginning of what the service says.
   *
   * @throws ScenewrightError as {@link send}, and `bad-answer` where a good answer is far too long
   */
  async read(address: string | URL, options: ReadOptions): Promise<ReadAnswer> {
    const { connectMs, headersMs, wholeMs } = this.timeouts;
    const { totalMs = connectMs + (options.headersMs ?? headersMs) + wholeMs } = options;
    const limit = new TimeLimit(options.signal, totalMs);
    try {
      const { body, ...answer } = await this.send(address, { ...options, signal: limit.signal });
      if (!isGood(answer)) {
        return { ...answer, text: await readBeginning(body, maxErrorBytes, errorBodyMs) };
      }
      try {
        const most = options.mostBytes ?? maxWholeBytes;
        return { ...answer, text: (await readBytes(body, most)).toString('utf8') };
      } catch (error) {
        const failure = connectionError(error, answer.url, limit.signal);
        throw options.once === true ? unclear(failure) : failure;
      }
    } finally {
      limit.dispose();
    }
  }

  /**
   * Send one request and read its answer as JSON. The value is what the service says: check it.
   *
   * @throws ScenewrightError `account` (401, 402, 403), `rate-limit` (429), `network`, `bad-input`
   * (400, 413, 422), `refused`, `bad-answer`, `cancelled`, and with `once` also `unclear`.
   */
  async json(address: string | URL, options: JsonOptions): Promise<unknown> {
    const url = new URL(address);
    const { body, type } = encode(options);
    const headers: Record<string, string> = { accept: 'application/json', ...options.headers };
    if (type !== undefined) headers['content-type'] = type;
    const answer = await this.read(url, {
      ...options,
      headers,
      ...defined({ body }),
    });
    if (!isGood(answer)) {
      const secrets = secretsOf(url, headers);
      const words = options.words?.(answer.text);
      const failure = statusError(answer, answer.url, secrets, this.now(), words);
      if (options.once === true && !saysNotAccepted(answer)) throw unclear(failure);
      throw failure;
    }
    try {
      return JSON.parse(answer.text);
    } catch {
      // What was thrown quotes the answer.
      const failure = notJson(url, answer.status, true);
      throw options.once === true ? unclear(failure) : failure;
    }
  }

  /** Ends all connections; requests under way fail. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.transports.values()].map(async (one) => (await one).close()));
  }

  private load(reach: 'any' | 'public'): Promise<Transport> {
    if (this.closed) throw cancelledError(t('The request'));
    let transport = this.transports.get(reach);
    transport ??= import('./transport.ts').then(
      ({ Transport }) => new Transport(this.options, this.timeouts, reach === 'public'),
    );
    this.transports.set(reach, transport);
    return transport;
  }

  /**
   * The connections that lead to an address, where that may be asked at all: an answer of a public
   * service must not send us to this machine or its network, nor one of the network to this machine.
   *
   * @param trusted the address that was set, and not said by anybody
   * @throws ScenewrightError `network` or `cancelled`
   */
  private async transportTo(url: URL, trusted: URL, signal: AbortSignal): Promise<Transport> {
    try {
      signal.throwIfAborted();
      if (url.origin === trusted.origin) return await this.load('any');
      const isNear = await orAborted(isPrivateService(trusted), signal);
      const isTooNear = isNear
        ? namesThisMachine(url) && !namesThisMachine(trusted)
        : namesPrivate(url);
      if (isTooNear) throw new PrivateAddressError(t('It names no public address.'));
      return await this.load(isNear ? 'any' : 'public');
    } catch (error) {
      throw connectionError(error, url, signal);
    }
  }

  private follow(
    hop: Hop,
    location: string | null,
    hops: number,
    method: string,
    status: number,
  ): Hop {
    if (hops >= maxRedirects) throw tooManyRedirects(hop);
    const next = nextHop(hop, location);
    const sameRequest = status === 307 || status === 308;
    if (method.toUpperCase() === 'GET') return next;
    if (sameRequest && next.url.origin === hop.url.origin) return next;
    throw movedError(hop, next, status);
  }
}

function isGood({ status }: { readonly status: number }): boolean {
  return status >= 200 && status <= 299;
}

/** Only what is no JSON can be a stream; services give streams all kinds of names. */
function boundsOf(answer: Response): BodyBounds {
  if (!isGood(answer)) return { limit: maxErrorBytes, ms: errorBodyMs, mayEndEarly: true };
  const isWhole = /^\s*(application\/json|text\/html)/i.test(
    answer.headers.get('content-type') ?? '',
  );
  return { limit: isWhole ? maxWholeBytes : maxStreamBytes, mayEndEarly: false };
}

function unclear(cause: ScenewrightError): ScenewrightError {
  return new ScenewrightError(
    'unclear',
    t(
      'The order may or may not have been taken: {0} It was not sent again; look at the service before you do.',
      cause.message,
    ),
    { cause, status: cause.status },
  );
}

function encode({ json, form }: JsonOptions): { body?: string | Uint8Array; type?: string } {
  if (json !== undefined) return { body: JSON.stringify(json), type: 'application/json' };
  if (form === undefined) return {};
  const boundary = `scenewright-${crypto.randomUUID()}`;
  const parts = Object.entries(form).flatMap(([name, value]) => {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`;
    if (typeof value === 'string') return [`${head}\r\n\r\n${value}\r\n`];
    return [value]
      .flat()
      .flatMap((file: FormFile) => [
        `${head}; filename="${quotable(file.name)}"\r\nContent-Type: ${file.type}\r\n\r\n`,
        file.bytes,
        '\r\n',
      ]);
  });
  return {
    body: Buffer.concat([...parts, `--${boundary}--\r\n`].map((part) => Buffer.from(part))),
    type: `multipart/form-data; boundary=${boundary}`,
  };
}

/** As browsers write names of files there: nothing in it ends the name or begins another line. */
function quotable(name: string): string {
  return name.replace(/["\r\n]/g, (sign) => encodeURIComponent(sign));
}
