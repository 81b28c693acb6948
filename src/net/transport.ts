import { systemCertificates } from './certificates.ts';
import type { HttpOptions, HttpResponse, SendOptions, Timeouts } from './http-types.ts';
import { isHttp2Only } from './connection-reasons.ts';
import type { Hop } from './redirect.ts';
import { RequestHandler, type Unanswered } from './request-handler.ts';
import { publicLookup } from './private-address.ts';
import {
  EnvHttpProxyAgent,
  Headers,
  Response as UndiciResponse,
  fetch,
  type Dispatcher,
} from './undici.ts';

/** Undici's fetch, seen as the global one: the same standard, but for the dispatcher. */
const standardFetch = fetch as unknown as (
  url: URL,
  init: Omit<RequestInit, 'dispatcher'> & { readonly dispatcher: unknown },
) => Promise<Response>;

/** Undici's answers, seen as the global ones. */
const StandardResponse = UndiciResponse as unknown as typeof Response;

/** A language model on this machine may think for minutes before its first word. */
const fetchTimeoutMs = 10 * 60_000;

/** The longest head of an answer, and all of its trailers, in bytes. */
const longestHead = 64 * 1024;

/** A proxy may have to be connected to first, then asked, and then there is the handshake. */
const stepsToConnect = 3;

/** What undici finds out itself comes first: its words are more exact. */
const slackMs = 1000;

/**
 * The connections themselves. Apart from `http.ts`, so that undici and the certificates load with
 * the first request and not with the extension.
 */
export class Transport {
  private readonly pooled: Dispatcher;
  /** For what must not be sent twice: a connection of its own, never one that went stale in the pool. */
  private readonly fresh: Dispatcher;
  private readonly timeouts: Timeouts;
  private readonly shared: ConstructorParameters<typeof EnvHttpProxyAgent>[0];
  /** For origins that speak nothing but HTTP/2, once there is one. */
  private forHttp2: Dispatcher | undefined;
  private readonly modern = new Set<string>();

  /** @param publicOnly connect to public addresses only, the proxy's own excepted */
  constructor(options: HttpOptions, timeouts: Timeouts, publicOnly = false) {
    this.timeouts = timeouts;
    const ca = options.systemCertificates === false ? undefined : systemCertificates();
    const secure = ca === undefined ? {} : { ca };
    const noProxy = [
      ...(options.noProxy ?? [process.env.no_proxy ?? process.env.NO_PROXY ?? '']),
      // A service on this machine is not behind a proxy, whatever the lists say.
      'localhost',
      '127.0.0.1',
      '::1',
    ];
    const shared = {
      // One connection a request: predictable for what costs money, and faster for big files.
      allowH2: false,
      maxHeaderSize: longestHead,
      // For `fetch`, whose callers have limits of their own; `send` names both with every request.
      headersTimeout: fetchTimeoutMs,
      bodyTimeout: fetchTimeoutMs,
      connect: {
        timeout: timeouts.connectMs,
        ...secure,
        ...(publicOnly ? { lookup: publicLookup() } : {}),
      },
      requestTls: secure,
      proxyTls: secure,
      noProxy: noProxy.filter(Boolean).join(','),
      ...(options.proxy ? { httpProxy: options.proxy, httpsProxy: options.proxy } : {}),
    };
    this.shared = shared;
    this.pooled = new EnvHttpProxyAgent(shared);
    this.fresh = new EnvHttpProxyAgent({ ...shared, pipelining: 0 });
  }

  /** One request, one answer; redirects are the caller's business. */
  async send(hop: Hop, options: SendOptions): Promise<HttpResponse | Unanswered> {
    const { origin } = hop.url;
    if (this.modern.has(origin)) return await this.over(this.http2(), hop, options);
    const dispatcher = options.once === true ? this.fresh : this.pooled;
    const answer = await this.over(dispatcher, hop, options);
    // Its handshake failed before anything was sent, so even an order may go out anew.
    if (!('error' in answer) || answer.sent || !isHttp2Only(answer.error)) return answer;
    this.modern.add(origin);
    return await this.over(this.http2(), hop, options);
  }

  private async over(
    dispatcher: Dispatcher,
    { url, target, headers }: Hop,
    options: SendOptions,
  ): Promise<HttpResponse | Unanswered> {
    const headersMs = options.headersMs ?? this.timeouts.headersMs;
    const handler = new RequestHandler(url, options.signal, {
      connectMs: this.timeouts.connectMs * stepsToConnect + slackMs,
      headersMs: headersMs + slackMs,
    });
    try {
      dispatcher.dispatch(
        {
          origin: url.origin,
          path: target,
          method: options.method ?? 'GET',
          headers: { ...headers },
          body: options.body ?? null,
          headersTimeout: headersMs,
          bodyTimeout: options.idleMs ?? this.timeouts.idleMs,
        },
        handler,
      );
    } catch (error) {
      handler.fail(error as Error);
    }
    return await handler.outcome;
  }

  /** Headers in any of the forms that `fetch` takes, as plain data with lower-case names. */
  plainHeaders(headers: RequestInit['headers']): Record<string, string> {
    return Object.fromEntries(new Headers(headers as ConstructorParameters<typeof Headers>[0]));
  }

  /** One request by the rules of `fetch`, its body text or bytes; redirects are the caller's business here, too. */
  async fetch(url: URL, init: RequestInit): Promise<Response> {
    const ask = async (dispatcher: Dispatcher): Promise<Response> =>
      await standardFetch(url, { ...init, redirect: 'manual', dispatcher });
    if (this.modern.has(url.origin)) return await ask(this.http2());
    try {
      return await ask(this.pooled);
    } catch (error) {
      if (!isHttp2Only(error)) throw error;
      this.modern.add(url.origin);
      return await ask(this.http2());
    }
  }

  /** The same answer with another body. */
  withBody(answer: Response, body: ReadableStream<Uint8Array>): Response {
    const { status, statusText, headers } = answer;
    const init = { status, statusText, headers: Object.fromEntries(headers) };
    return new StandardResponse(body, init);
  }

  async close(): Promise<void> {
    const { pooled, fresh, forHttp2 } = this;
    await Promise.all([pooled.destroy(), fresh.destroy(), forHttp2?.destroy()]);
  }

  private http2(): Dispatcher {
    this.forHttp2 ??= new EnvHttpProxyAgent({ ...this.shared, allowH2: true });
    return this.forHttp2;
  }
}
