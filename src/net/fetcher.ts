import tls from 'node:tls';
import { ScenewrightError, cancelledError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { LimiterPerKey } from '../base/limiter.ts';
import { systemCertificates } from './certificates.ts';
import { connectionError, shown } from './http-errors.ts';
import { ConnectionPool } from './raw/connection-pool.ts';
import { type HeaderReader, timeoutsOf, type HttpOptions, type Timeouts } from './http-types.ts';
import { PrivateAddressError, namesPrivate, publicLookup } from './private-address.ts';
import { isRedirect, maxRedirects, nextHop, type Hop } from './redirect.ts';
import type { ReceivableBody } from './receive-buffer.ts';
import type { Transport } from './transport.ts';

export interface FetcherOptions extends HttpOptions {
  /** Connections to one host at once, at least 1 (default 8). */
  readonly connectionsPerHost?: number;
}

export interface FetchOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** How long the server may send nothing, in milliseconds. */
  readonly idleMs?: number;
  /** Whether the address may be, lead or resolve to one that is not on the public internet. */
  readonly allowPrivate: boolean;
  /** Give up at once, with `undefined`, where no connection to the host is free. */
  readonly onlyIfFree?: boolean;
}

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
    address: string | URL,
    options: FetchOptions & { readonly onlyIfFree?: false },
  ): Promise<FetchAnswer>;
  async get(address: string | URL, options: FetchOptions): Promise<FetchAnswer | undefined>;
  async get(address: string | URL, options: FetchOptions): Promise<FetchAnswer | undefined> {
    let hop: Hop = { url: new URL(address), headers: options.headers };
    for (let hops = 0; ; hops++) {
      const answer = await this.once(hop, options);
      if (answer === undefined || !isRedirect(answer.status)) return answer;
      answer.body.discard();
      if (hops >= maxRedirects) {
        throw new ScenewrightError('network', t('{0} redirected too many times.', shown(hop.url)));
      }
      hop = nextHop(hop, answer.headers.get('location'));
    }
  }

  /** Ends all connections; what is under way fails. */
  async close(): Promise<void> {
    this.closed = true;
    for (const pool of Object.values(this.pools)) pool.close();
    await Promise.all([...this.transports.values()].map(async (one) => (await one).close()));
  }

  private async once(hop: Hop, options: FetchOptions): Promise<FetchAnswer | undefined> {
    const { signal, allowPrivate, onlyIfFree = false } = options;
    if (this.closed || signal.aborted)
      throw cancelledError(t('The request to {0}', shown(hop.url)));
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
      const { status, headers, body } = this.mayNeedProxy(hop.url)
        ? await this.throughUndici(hop, options, leave)
        : await this.direct(hop, options, leave);
      return { status, headers, body, hop };
    } catch (error) {
      leave();
      throw connectionError(error, hop.url, signal);
    }
  }

  private async direct(
    { url, headers }: Hop,
    { signal, allowPrivate, idleMs = this.timeouts.idleMs }: FetchOptions,
    leave: () => void,
  ): Promise<Omit<FetchAnswer, 'hop'>> {
    const { headersMs } = this.timeouts;
    const pool = allowPrivate ? this.pools.any : this.pools.public;
    const { head, body } = await pool.get({ url, headers, headersMs, idleMs, signal }, leave);
    return { status: head.status, headers: head.headers, body };
  }

  private async throughUndici(
    { url, headers }: Hop,
    { signal, allowPrivate, idleMs = this.timeouts.idleMs }: FetchOptions,
    leave: () => void,
  ): Promise<Omit<FetchAnswer, 'hop'>> {
    const transport = await this.transport(allowPrivate);
    const { BodyIntoBuffer } = await import('./body-into-buffer.ts');
    const answer = await transport.send(url, headers, { signal, idleMs });
    if ('error' in answer) throw answer.error;
    return {
      status: answer.status,
      headers: answer.headers,
      body: new BodyIntoBuffer(answer.body, leave),
    };
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
