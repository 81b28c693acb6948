import { defined } from '../base/defined.ts';
import type { ResponseBody } from './response-body.ts';

/** Reads headers case-insensitively; `Headers` and a plain map of lower-case names both do. */
export interface HeaderReader {
  get(name: string): string | null;
}

export interface HttpOptions {
  /** As in the setting `http.proxy`; absent or empty: `http_proxy`, `https_proxy` of the environment. */
  readonly proxy?: string;
  /** As in the setting `http.noProxy`; absent: `no_proxy` of the environment. */
  readonly noProxy?: readonly string[];
  /** Trust the system's certificates beside Node's own (default true). */
  readonly systemCertificates?: boolean;
  readonly timeouts?: Partial<Timeouts>;
  /** Milliseconds since the epoch, to read `Retry-After` dates by (default: the real time). */
  readonly now?: () => number;
}

/** All in milliseconds. */
export interface Timeouts {
  /** Until a connection stands (default 15 s). */
  readonly connectMs: number;
  /** From the request to the answer's first line (default 60 s). */
  readonly headersMs: number;
  /** Between two pieces of an answer (default 60 s). */
  readonly idleMs: number;
  /**
   * For an answer that is read whole: what all of it may take beyond connecting and its first line,
   * redirects included (default 30 s).
   */
  readonly wholeMs: number;
}

export function timeoutsOf({ timeouts }: HttpOptions): Timeouts {
  return { connectMs: 15_000, headersMs: 60_000, idleMs: 60_000, wholeMs: 30_000, ...timeouts };
}

/** Options without what cannot be sent to another thread. */
export type PlainHttpOptions = Omit<HttpOptions, 'now'>;

export function plainOptions(options: HttpOptions): PlainHttpOptions {
  const { proxy, noProxy, systemCertificates, timeouts } = options;
  return defined({ proxy, noProxy, systemCertificates, timeouts });
}

export interface SendOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
  readonly headersMs?: number;
  readonly idleMs?: number;
  /**
   * The request costs money: it goes over a fresh connection, follows no redirect, and when it
   * cannot be told whether it was accepted, the error's code is `unclear`.
   */
  readonly once?: boolean;
  /**
   * The service that is set, where the address may come from one of its answers. Elsewhere than at
   * that service only public addresses are asked, unless it is itself not a public one. Wherever a
   * redirect leads, this holds for all requests.
   */
  readonly steeredBy?: string;
}

/** An answer of any status whose body has not been read yet; read it or discard it. */
export interface HttpResponse {
  readonly status: number;
  /** Where the answer came from in the end, after redirects. */
  readonly url: URL;
  readonly headers: HeaderReader;
  readonly body: ResponseBody;
}
