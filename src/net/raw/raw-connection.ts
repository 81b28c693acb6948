import net, { type LookupFunction, type Socket } from 'node:net';
import tls from 'node:tls';
import { defined } from '../../base/defined.ts';
import { RawRequest, type RawAnswer, type RawRequestOptions } from './raw-request.ts';
import { RawConnectionError } from './request-head.ts';

export interface RawConnectionOptions {
  readonly url: URL;
  readonly connectMs: number;
  readonly lookup?: LookupFunction;
  /** Which certificates are trusted, for https. */
  readonly secureContext?: tls.SecureContext;
}

/** How long a connection is silent until it is seen whether the other side is still there. */
const keepAliveMs = 30_000;

/** How much is read at once where it has to be looked at before it goes on. */
const scratchBytes = 64 * 1024;

/**
 * One HTTP/1.1 connection for fetching files: asks for one after the other and reads each body
 * straight from the socket into the memory that it is written to disk from. Half the work of a
 * general client, whose every piece is a new buffer that passes through a stream.
 *
 * Node reads into the buffer that it was handed at the end of the last read. With TLS it may do so a
 * few times more after it was told to pause, so there must always be one.
 */
export class RawConnection {
  /** Called once, when it can be used for another request (`true`) or not. */
  onFree: (reusable: boolean) => void = () => undefined;
  /** Whether an earlier request has been answered here. */
  used = false;
  private readonly socket: Socket;
  private readonly connected: Promise<void>;
  /** For what has no space of its own; whoever keeps any of it makes a copy. */
  private readonly scratch: Uint8Array = Buffer.allocUnsafeSlow(scratchBytes);
  /** Where the socket reads to, by its own account. */
  private target = this.scratch;
  private current: RawRequest | undefined;
  private broken: Error | undefined;

  constructor({ url, connectMs, lookup, secureContext }: RawConnectionOptions) {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const secure = url.protocol === 'https:';
    const options = {
      host,
      port: Number(url.port) || (secure ? 443 : 80),
      noDelay: true,
      // A server that takes its time says nothing meanwhile: whether it is still there shows by this.
      keepAlive: true,
      keepAliveInitialDelay: keepAliveMs,
      ...defined({ lookup }),
      onread: {
        buffer: () => (this.target = this.current?.space() ?? this.scratch),
        callback: (count: number) => this.receive(count),
      },
    };
    this.socket = secure
      ? tls.connect({
          ...options,
          ...defined({ servername: net.isIP(host) === 0 ? host : undefined, secureContext }),
          ALPNProtocols: ['http/1.1'],
        })
      : net.connect(options);
    this.connected = this.untilConnected(secure ? 'secureConnect' : 'connect', connectMs);
    this.socket.on('error', (error) => {
      this.end(error);
    });
    this.socket.on('end', () => {
      this.end(undefined);
    });
    this.socket.on('close', () => {
      this.end(undefined);
    });
    this.socket.on('timeout', () => {
      this.current?.idle();
    });
  }

  /** Whether it can still be asked something, as far as is known. */
  get alive(): boolean {
    return this.broken === undefined && !this.socket.destroyed;
  }

  /**
   * Ask for a file. Only one at a time.
   *
   * @throws RawConnectionError or the system's own error when no answer begins; the connection is of no use then.
   */
  async get(request: RawRequestOptions): Promise<RawAnswer> {
    const current = new RawRequest(this.socket, request, (reusable) => {
      this.current = undefined;
      this.used = true;
      if (!reusable) this.close();
      this.onFree(reusable);
    });
    this.current = current;
    this.socket.ref();
    try {
      await Promise.race([this.connected, current.refused]);
      if (this.broken !== undefined) throw this.broken;
      return await current.begin();
    } catch (error) {
      current.fail(error as Error);
      throw error;
    }
  }

  /** Wait for the next request without keeping the process alive. */
  rest(): void {
    this.socket.setTimeout(0);
    this.socket.unref();
  }

  close(): void {
    this.broken ??= new RawConnectionError('ECONNRESET', 'The connection was closed.');
    this.socket.destroy();
  }

  private receive(count: number): boolean {
    if (this.current !== undefined) {
      if (this.target !== this.scratch) return this.current.landed(count);
      return this.current.receive(this.scratch.subarray(0, count));
    }
    // Nothing was asked for: whatever this is, it must not be taken for the next answer.
    this.close();
    return false;
  }

  private end(error: Error | undefined): void {
    this.broken ??=
      error ?? new RawConnectionError('ECONNRESET', 'The server closed the connection.');
    this.socket.destroy();
    if (this.current === undefined) this.onFree(false);
    else this.current.ended(error);
  }

  private async untilConnected(event: string, connectMs: number): Promise<void> {
    const connected = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.end(new RawConnectionError('CONNECT_TIMEOUT', 'No connection in time.'));
      }, connectMs);
      this.socket.once(event, resolve);
      this.socket.once('close', () => {
        reject(this.broken ?? new RawConnectionError('ECONNRESET', 'The connection was closed.'));
      });
      this.socket.once(event, () => {
        clearTimeout(timer);
      });
      this.socket.once('close', () => {
        clearTimeout(timer);
      });
    });
    // Somebody else may have given up waiting.
    connected.catch(() => undefined);
    await connected;
  }
}
