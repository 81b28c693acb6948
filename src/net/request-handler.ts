import type { IncomingHttpHeaders } from 'node:http';
import type { HttpResponse } from './http-types.ts';
import { ResponseBody } from './response-body.ts';
import type { Dispatcher } from './undici.ts';

/** A request that brought no answer. */
export interface Unanswered {
  readonly error: Error;
  /** Whether any of it may have left this machine. */
  readonly sent: boolean;
}

/** In milliseconds: whatever a server or a proxy on the way does, an answer begins by then. */
export interface Patience {
  /** Until there is a connection that the request can be sent on, proxies and handshakes included. */
  readonly connectMs: number;
  /** From there to the answer itself, whatever comes before it. */
  readonly headersMs: number;
}

/**
 * One request and its answer, at undici's lowest level: there alone it can be told whether a failed
 * request has been handed to a connection, and nothing stands between the socket and the reader.
 */
export class RequestHandler implements Dispatcher.DispatchHandler {
  /** Resolves with the answer's beginning, or with why there is none. */
  readonly outcome: Promise<HttpResponse | Unanswered>;
  private readonly url: URL;
  private readonly signal: AbortSignal;
  private settle: (outcome: HttpResponse | Unanswered) => void = () => undefined;
  private controller: Dispatcher.DispatchController | undefined;
  private body: ResponseBody | undefined;
  private readonly patience: Patience;
  private timer: NodeJS.Timeout;
  private readonly stop = (): void => {
    this.breakOff(new Error('The request was cancelled.'));
  };

  constructor(url: URL, signal: AbortSignal, patience: Patience) {
    this.url = url;
    this.signal = signal;
    this.patience = patience;
    this.timer = this.patient(patience.connectMs);
    this.outcome = new Promise((resolve) => {
      this.settle = resolve;
    });
    signal.addEventListener('abort', this.stop, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.signal.aborted) {
      controller.abort(new Error('The request was cancelled.'));
      return;
    }
    this.controller = controller;
    clearTimeout(this.timer);
    this.timer = this.patient(this.patience.headersMs);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    // Only news on the way, which must not make anybody wait for longer.
    if (status < 200) return;
    clearTimeout(this.timer);
    const body = new ResponseBody({
      pause: () => {
        controller.pause();
      },
      resume: () => {
        controller.resume();
      },
      close: () => {
        this.breakOff(new Error('The rest of the answer was not wanted.'));
      },
    });
    this.body = body;
    this.settle({
      status,
      url: this.url,
      headers: {
        get: (name) => {
          const value = headers[name.toLowerCase()];
          return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
        },
      },
      body,
    });
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.body?.push(chunk);
  }

  onResponseEnd(): void {
    clearTimeout(this.timer);
    this.signal.removeEventListener('abort', this.stop);
    this.body?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  /** Nothing came of it; also for errors that are thrown before anything begins. */
  fail(error: Error): void {
    clearTimeout(this.timer);
    this.signal.removeEventListener('abort', this.stop);
    this.settle({ error, sent: this.controller !== undefined });
    this.body?.end(error);
  }

  private patient(ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.breakOff(Object.assign(new Error('No answer in time.'), { code: 'HEADERS_TIMEOUT' }));
    }, ms);
  }

  private breakOff(reason: Error): void {
    // Still in the queue: it is told when its turn comes, but nobody has to wait for that.
    if (this.controller === undefined) this.fail(reason);
    else this.controller.abort(reason);
  }
}
