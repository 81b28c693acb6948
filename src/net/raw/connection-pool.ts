import type { LookupFunction } from 'node:net';
import type tls from 'node:tls';
import { Line } from './raw-connection.ts';
import type { LineAnswer, LineRequest } from './raw-request.ts';

export interface LinePoolOptions {
  readonly connectMs: number;
  readonly lookup?: LookupFunction;
  /** Asked for with the first https connection: reading the certificates takes a moment. */
  readonly secureContext: () => tls.SecureContext | undefined;
}

/** How long a connection waits for another request, in milliseconds: less than most servers wait. */
const restMs = 4000;

/** Connections to any servers, kept for a while for the next request to the same one. */
export class LinePool {
  private readonly options: LinePoolOptions;
  private readonly resting = new Map<string, Line[]>();
  private readonly lines = new Set<Line>();
  private closed = false;

  constructor(options: LinePoolOptions) {
    this.options = options;
  }

  /**
   * @param onFree called once, when the connection is free for others again
   * @throws as {@link Line.get}
   */
  async get(request: LineRequest, onFree: () => void): Promise<LineAnswer> {
    for (;;) {
      const line = this.resting.get(request.url.origin)?.pop() ?? this.open(request.url);
      const { used } = line;
      try {
        return await this.ask(line, request, onFree);
      } catch (error) {
        // It was closed just as we wrote: that says nothing about the server, so ask anew.
        const stale =
          used && ['ECONNRESET', 'EPIPE'].includes((error as { code?: string }).code ?? '');
        if (!stale || request.signal.aborted) {
          onFree();
          throw error;
        }
      }
    }
  }

  close(): void {
    this.closed = true;
    for (const line of this.lines) line.close();
  }

  private async ask(line: Line, request: LineRequest, onFree: () => void): Promise<LineAnswer> {
    let answered = false;
    line.onFree = (reusable) => {
      if (reusable && !this.closed) this.keep(request.url.origin, line);
      else this.drop(line);
      if (answered) onFree();
    };
    const answer = await line.get(request);
    answered = true;
    return answer;
  }

  private open(url: URL): Line {
    const { connectMs, lookup } = this.options;
    const secureContext = url.protocol === 'https:' ? this.options.secureContext() : undefined;
    const line = new Line({
      url,
      connectMs,
      ...(lookup === undefined ? {} : { lookup }),
      ...(secureContext === undefined ? {} : { secureContext }),
    });
    this.lines.add(line);
    return line;
  }

  private keep(origin: string, line: Line): void {
    const others = this.resting.get(origin);
    if (others === undefined) this.resting.set(origin, [line]);
    else others.push(line);
    const timer = setTimeout(() => {
      if (this.forget(origin, line)) this.drop(line);
    }, restMs);
    timer.unref();
    line.onFree = () => {
      clearTimeout(timer);
      this.forget(origin, line);
      this.drop(line);
    };
    line.rest();
  }

  /** @returns whether it was resting */
  private forget(origin: string, line: Line): boolean {
    const lines = this.resting.get(origin) ?? [];
    const at = lines.indexOf(line);
    if (at >= 0) lines.splice(at, 1);
    if (lines.length === 0) this.resting.delete(origin);
    return at >= 0;
  }

  private drop(line: Line): void {
    this.lines.delete(line);
    line.close();
  }
}
