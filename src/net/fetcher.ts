import tls from 'node:tls';
import { cancelledError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { LimiterPerKey } from '../base/limiter.ts';
import { systemCertificates } from './certificates.ts';
import { ChainCookies } from './chain-cookies.ts';
import { isHttp2Only } from './connection-reasons.ts';
import { connectionError } from './http-errors.ts';
import { ConnectionPool } from './raw/connection-pool.ts';
import { type HeaderReader, timeoutsOf, type HttpOptions, type Timeouts } from './http-types.ts';
import { PrivateAddressError, namesPrivate, publicLookup } from './private-address.ts';
import {
  firstHop,
  isRedirect,
  maxRedirects,
  nextHop,
  tooManyRedirects,
  type Hop,
} from './redirect.ts';
import { bareOf, isRefusal } from './second-key.ts';
import type { ReceivableBody } from './receive-buffer.ts';
import type { Transport } from './transport.ts';
import { withManners } from './user-agent.ts';

export interface FetcherOptions extends HttpOptions {
  /** Connections to one host at once, at least 1 (default 8). */
  readonly connectionsPerHost?: number;
}

export interface FetchOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** How long the server may send nothing once it has begun to send the file, in milliseconds. */
  readonly idleMs?: number;
  /** How long until then, in milliseconds (default: as long as for the head of any answer). */
  readonly firstByteMs?: number;
  /** Called when there is a connection for it, and the server's turn begins. */
  readonly onAsk?: () => void;
  /** Whether the address may be, lead or resolve to one that is not on the public internet. */
  readonly allowPrivate: boolean;
  /** Give up at once, with `undefined`, where no connection to the host is free. */
  readonly onlyIfFree?: boolean;
}

/** Where something is, as an answer's hop told it. */
export type Place = Pick<Hop, 'url' | 'target'>;

export interface FetchAnswer {
  readonly status: number;
  readonly headers: HeaderReader;
  readonly body: ReceivableBody;
  /** Where the answer came from in the end and what was sent there, for asking on without detours. */
  readonly hop: Hop;
}

/**
 * Fetches files, as fast and with as little work as the machine can: straight from the socket into
 * the reader's memory. Where a proxy is set it goes through undici like everything else.
 */
export class Fetcher {
  private readonly options: FetcherOptions;
  private readonly timeouts: Timeouts;
  private readonly perHost: LimiterPerKey;
  private readonly pools: Readonly<Record<'any' | 'public', ConnectionPool>>;
  /** Origins that speak nothing but HTTP/2, which undici knows. */
  private readonly modern = new Set<string>();
  private readonly transports = new Map<boolean, Promise<Transport>>();
  private secure: tls.SecureContext | undefined;
  private closed = false;

  constructor(options: FetcherOptions = {}) {
    this.options = options;
    this.timeouts = timeoutsOf(options);
    this.perHost = new LimiterPerKey(options.connectionsPerHost ?? 8);
    const shared = { connectMs: this.timeouts.connectMs, secureContext: () => this.trust() };
    this.pools = {
      any: new ConnectionPool(shared),
      public: new ConnectionPool({ ...shared, lookup: publicLookup() }),
    };
  }

  setConnectionsPerHost(limit: number): void {
    this.perHost.setLimit(limit);
  }

  /** Whether somebody waits for a connection to this address's host. */
  isWanted(url: URL): boolean {
    return this.perHost.of(url.host).isWanted;
  }

  /**
   * GET, redirects followed. An answer of any other status is handed back as it is; its body must
   * be read or discarded.
   *
   * @throws ScenewrightError `network` or `cancelled` when there is no answer
   */
  async get(
    address: string | URL | Place,
    options: FetchOptions & { readonly onlyIfFree?: false },
  ): Promise<FetchAnswer>;
  async get(address: string | URL | Place, options: FetchOptions): Promise<FetchAnswer | undefined>;
  async get(
    address: string | URL | Place,
    options: FetchOptions,
  ): Promise<FetchAnswer | undefined> {
    const headers = withManners(options.headers);
    const isAddress = typeof address === 'string' || address instanceof URL;
    let hop: Hop = isAddress ? firstHop(address, headers) : { ...address, headers };
    const cookies = new ChainCookies();
    for (let hops = 0; ; hops++) {
      const answer = await this.withOrWithoutKey(cookies.on(hop), options);
      if (answer === undefined || !isRedirect(answer.status)) return answer;
      answer.body.discard();
      cookies.note(hop.url, answer.headers);
      if (hops >= maxRedirects) throw tooManyRedirects(hop);
      hop = nextHop(hop, answer.headers.get('location'));
    }
  }

  /** Ends all connections; what is under way fails. */
  async close(): Promise<void> {
    this.closed = true;
    for (const pool of Object.values(this.pools)) pool.close();
    await Promise.all([...this.transports.values()].map(async (one) => (await one).close()));
  }

  /**
   * Ask with the credential that belongs to an address, and where the address is signed and that is
   * refused, without it: stores of files take only one of the two, and even their own service's key
   * is one too many (S3: "Only one auth mechanism allowed").
   */
  private async withOrWithoutKey(
    hop: Hop,
    options: FetchOptions,
  ): Promise<FetchAnswer | undefined> {
    const answer = await this.once(hop, options);
    const bare = bareOf(hop);
    if (answer === undefined || bare === undefined || !isRefusal(answer.status)) return answer;
    answer.body.discard();
    const another = await this.once(bare, options);
    if (another === undefined || !isRefusal(another.status)) return another;
    // Then it was the key, or nothing at all would have been right: the first words say more.
    another.body.discard();
    return await this.once(hop, options);
  }

  private async once(hop: Hop, options: FetchOptions): Promise<FetchAnswer | undefined> {
    const { signal, allowPrivate, onlyIfFree = false } = options;
    if (this.closed || signal.aborted) throw cancelledError(t('The request'));
    const limiter = this.perHost.of(hop.url.host);
    let left = false;
    const leave = (): void => {
      if (!left) limiter.release();
      left = true;
    };
    try {
      if (!allowPrivate && namesPrivate(hop.url)) {
        throw new PrivateAddressError(t('It names no public address.'));
      }
      if (!onlyIfFree) await limiter.acquire({ signal });
      else if (!limiter.tryAcquire()) return undefined;
    } catch (error) {
      throw connectionError(error, hop.url, signal);
    }
    try {
      options.onAsk?.();
      const { status, headers, body } = await this.answerOf(hop, options, leave);
      return { status, headers, body, hop };
    } catch (error) {
      leave();
      throw connectionError(error, hop.url, signal);
    }
  }

  private async answerOf(
    hop: Hop,
    options: FetchOptions,
    leave: () => void,
  ): Promise<Omit<FetchAnswer, 'hop'>> {
    const { origin } = hop.url;
    if (this.mayNeedProxy(hop.url) || this.modern.has(origin)) {
      return await this.throughUndici(hop, options, leave);
    }
    try {
      return await this.direct(hop, options, leave);
    } catch (error) {
      if (!isHttp2Only(error)) throw error;
      this.modern.add(origin);
      return await this.throughUndici(hop, options, leave);
    }
  }

  private async direct(
    { url, target, headers }: Hop,
    options: FetchOptions,
    leave: () => void,
  ): Promise<Omit<FetchAnswer, 'hop'>> {
    const { signal, allowPrivate } = options;
    const pool = allowPrivate ? this.pools.any : this.pools.public;
    const request = { url, target, headers, ...this.patience(options), signal };
    const { head, body } = await pool.get(request, leave);
    return { status: head.status, headers: head.headers, body };
  }

  private async throughUndici(
    hop: Hop,
    options: FetchOptions,
    leave: () => void,
  ): Promise<Omit<FetchAnswer, 'hop'>> {
    const { signal, allowPrivate } = options;
    const { idleMs, firstByteMs } = this.patience(options);
    const transport = await this.transport(allowPrivate);
    const { BodyIntoBuffer } = await import('./body-into-buffer.ts');
    const longest = Math.max(firstByteMs, idleMs);
    const answer = await transport.send(hop, { signal, headersMs: firstByteMs, idleMs: longest });
    if ('error' in answer) throw answer.error;
    return {
      status: answer.status,
      headers: answer.headers,
      body: new BodyIntoBuffer(answer.body, idleMs, leave),
    };
  }

  private patience({ idleMs, firstByteMs }: FetchOptions): { idleMs: number; firstByteMs: number } {
    const usual = this.timeouts;
    return { idleMs: idleMs ?? usual.idleMs, firstByteMs: firstByteMs ?? usual.headersMs };
  }

  private transport(allowPrivate: boolean): Promise<Transport> {
    let transport = this.transports.get(allowPrivate);
    transport ??= import('./transport.ts').then(
      ({ Transport }) => new Transport(this.options, this.timeouts, !allowPrivate),
    );
    this.transports.set(allowPrivate, transport);
    return transport;
  }

  /** Whether a proxy is set at all; undici then decides which addresses go through it. */
  private mayNeedProxy({ hostname }: URL): boolean {
    if (['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return false;
    if (this.options.proxy) return true;
    return ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'].some((name) =>
      Boolean(process.env[name]),
    );
  }

  private trust(): tls.SecureContext | undefined {
    if (this.options.systemCertificates === false) return undefined;
    // Reading a hundred certificates for every connection would take longer than the handshake.
    if (this.secure === undefined) {
      const ca = systemCertificates();
      this.secure = tls.createSecureContext(ca === undefined ? {} : { ca });
    }
    return this.secure;
  }
}
