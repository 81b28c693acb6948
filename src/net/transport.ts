import tls from 'node:tls';
import type { HttpOptions, HttpResponse, SendOptions, Timeouts } from './http.ts';
import { EnvHttpProxyAgent, Headers, fetch, type Dispatcher } from './undici.ts';

/** Undici's fetch, seen as the global one: the same standard, but for the dispatcher. */
const standardFetch = fetch as unknown as (
  url: URL,
  init: Omit<RequestInit, 'dispatcher'> & { readonly dispatcher: unknown },
) => Promise<Response>;

/** A language model on this machine may think for minutes before its first word. */
const fetchTimeoutMs = 10 * 60_000;

/** How a request ended that brought no answer. */
export interface Unanswered {
  readonly error: unknown;
  /** Whether any of it may have left this machine. */
  readonly sent: boolean;
}

/**
 * The connections themselves. Apart from `http.ts`, so that undici and the certificates load with
 * the first request and not with the extension.
 */
export class Transport {
  private readonly pooled: Dispatcher;
  /** For what must not be sent twice: a connection of its own, never one that went stale in the pool. */
  private readonly fresh: Dispatcher;
  private readonly timeouts: Timeouts;

  constructor(options: HttpOptions, timeouts: Timeouts) {
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
      // For `fetch`, whose callers have limits of their own; `send` names both with every request.
      headersTimeout: fetchTimeoutMs,
      bodyTimeout: fetchTimeoutMs,
      connect: { timeout: timeouts.connectMs, ...secure },
      requestTls: secure,
      proxyTls: secure,
      noProxy: noProxy.filter(Boolean).join(','),
      ...(options.proxy ? { httpProxy: options.proxy, httpsProxy: options.proxy } : {}),
    };
    this.pooled = new EnvHttpProxyAgent(shared);
    this.fresh = new EnvHttpProxyAgent({ ...shared, pipelining: 0 });
  }

  /** One request, one answer; redirects are the caller's business. */
  async send(
    url: URL,
    headers: Readonly<Record<string, string>>,
    options: SendOptions,
  ): Promise<HttpResponse | Unanswered> {
    let sent = false;
    const watched = (options.once === true ? this.fresh : this.pooled).compose(
      (dispatch) => (request, handler) =>
        dispatch(request, new StartWatcher(handler, () => (sent = true))),
    );
    try {
      const answer = await watched.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: options.method ?? 'GET',
        headers: { ...headers },
        body: options.body ?? null,
        signal: options.signal,
        headersTimeout: options.headersMs ?? this.timeouts.headersMs,
        bodyTimeout: options.idleMs ?? this.timeouts.idleMs,
        highWaterMark: 512 * 1024,
      });
      // Letting go of a body early is no error; whoever reads it hears of real ones by reading.
      answer.body.on('error', () => undefined);
      return {
        status: answer.statusCode,
        url,
        headers: {
          get: (name) => {
            const value = answer.headers[name.toLowerCase()];
            return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
          },
        },
        body: answer.body,
      };
    } catch (error) {
      return { error, sent };
    }
  }

  /** Headers in any of the forms that `fetch` takes, as plain data with lower-case names. */
  plainHeaders(headers: RequestInit['headers']): Record<string, string> {
    return Object.fromEntries(new Headers(headers as ConstructorParameters<typeof Headers>[0]));
  }

  /** One request by the rules of `fetch`; redirects are the caller's business here, too. */
  async fetch(url: URL, init: RequestInit): Promise<Response> {
    return await standardFetch(url, { ...init, redirect: 'manual', dispatcher: this.pooled });
  }

  async close(): Promise<void> {
    await Promise.all([this.pooled.destroy(), this.fresh.destroy()]);
  }
}

/** Notes the moment when a request is handed to a connection, and passes everything on. */
class StartWatcher implements Dispatcher.DispatchHandler {
  private readonly inner: Dispatcher.DispatchHandler;
  private readonly onStart: () => void;

  constructor(inner: Dispatcher.DispatchHandler, onStart: () => void) {
    this.inner = inner;
    this.onStart = onStart;
  }

  onRequestStart(...args: HandlerArguments<'onRequestStart'>): void {
    this.onStart();
    this.inner.onRequestStart?.(...args);
  }

  onRequestUpgrade(...args: HandlerArguments<'onRequestUpgrade'>): void {
    this.inner.onRequestUpgrade?.(...args);
  }

  onResponseStart(...args: HandlerArguments<'onResponseStart'>): void {
    this.inner.onResponseStart?.(...args);
  }

  onResponseData(...args: HandlerArguments<'onResponseData'>): void {
    this.inner.onResponseData?.(...args);
  }

  onResponseEnd(...args: HandlerArguments<'onResponseEnd'>): void {
    this.inner.onResponseEnd?.(...args);
  }

  onResponseError(...args: HandlerArguments<'onResponseError'>): void {
    this.inner.onResponseError?.(...args);
  }
}

type HandlerArguments<K extends keyof Dispatcher.DispatchHandler> = Parameters<
  NonNullable<Dispatcher.DispatchHandler[K]>
>;

/** Node's own certificates and the system's, as VS Code's own fetch trusts; absent on older Nodes. */
function systemCertificates(): string[] | undefined {
  if (typeof tls.getCACertificates !== 'function') return undefined;
  return [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
}
