import type { LookupFunction } from 'node:net';
import type tls from 'node:tls';
import { defined } from '../../base/defined.ts';
import { RawConnection } from './raw-connection.ts';
import type { RawAnswer, RawRequestOptions } from './raw-request.ts';

export interface ConnectionPoolOptions {
  readonly connectMs: number;
  readonly lookup?: LookupFunction;
  /** Asked for with the first https connection: reading the certificates takes a moment. */
  readonly secureContext: () => tls.SecureContext | undefined;
}

/** How long a connection waits for another request, in milliseconds: less than most servers wait. */
const restMs = 4000;

/** Connections to any servers, kept for a while for the next request to the same one. */
export class ConnectionPool {
  private readonly options: ConnectionPoolOptions;
  private readonly resting = new Map<string, RawConnection[]>();
  private readonly connections = new Set<RawConnection>();
  private closed = false;

  constructor(options: ConnectionPoolOptions) {
    this.options = options;
  }

  /**
   * @param onFree called once, when the connection is free for others again
   * @throws as {@link RawConnection.get}
   */
  async get(request: RawRequestOptions, onFree: () => void): Promise<RawAnswer> {
    for (;;) {
      const connection = this.resting.get(request.url.origin)?.pop() ?? this.open(request.url);
      const { used } = connection;
      try {
        return await this.ask(connection, request, onFree);
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
    for (const connection of this.connections) connection.close();
  }

  private async ask(
    connection: RawConnection,
    request: RawRequestOptions,
    onFree: () => void,
  ): Promise<RawAnswer> {
    let answered = false;
    connection.onFree = (reusable) => {
      if (reusable && !this.closed) this.keep(request.url.origin, connection);
      else this.drop(connection);
      if (answered) onFree();
    };
    const answer = await connection.get(request);
    answered = true;
    return answer;
  }

  private open(url: URL): RawConnection {
    const { connectMs, lookup } = this.options;
    const secureContext = url.protocol === 'https:' ? this.options.secureContext() : undefined;
    const connection = new RawConnection({
      url,
      connectMs,
      ...defined({ lookup, secureContext }),
    });
    this.connections.add(connection);
    return connection;
  }

  private keep(origin: string, connection: RawConnection): void {
    const others = this.resting.get(origin);
    if (others === undefined) this.resting.set(origin, [connection]);
    else others.push(connection);
    const timer = setTimeout(() => {
      if (this.forget(origin, connection)) this.drop(connection);
    }, restMs);
    timer.unref();
    connection.onFree = () => {
      clearTimeout(timer);
      this.forget(origin, connection);
      this.drop(connection);
    };
    connection.rest();
  }

  /** @returns whether it was resting */
  private forget(origin: string, connection: RawConnection): boolean {
    const connections = this.resting.get(origin) ?? [];
    const at = connections.indexOf(connection);
    if (at >= 0) connections.splice(at, 1);
    if (connections.length === 0) this.resting.delete(origin);
    return at >= 0;
  }

  private drop(connection: RawConnection): void {
    this.connections.delete(connection);
    connection.close();
  }
}
