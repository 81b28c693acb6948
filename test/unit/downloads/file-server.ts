import { createHash } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One request as the tests look at it. */
export interface FileRequest {
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  /** What was asked for: from, and up to and without; the whole file without a range. */
  readonly range: readonly [from: number, to: number] | undefined;
  /** Of all requests, from 0. */
  readonly number: number;
}

/** What a file server does; change a field to make it do something wrong. */
export interface Manners {
  file: Uint8Array;
  etag: string | undefined;
  /** Whether it serves ranges. */
  ranges: boolean;
  headers: Record<string, string>;
  /** Bytes per second on each connection; 0 for as fast as can be. */
  bytesPerSecond: number;
  /** Answer a request in its own way; `true` if it did. */
  instead: (
    request: FileRequest,
    response: http.ServerResponse,
    server: FileServer,
  ) => boolean | Promise<boolean>;
}

/** A file server on this machine with good manners, until told otherwise. */
export class FileServer implements Manners {
  file: Uint8Array;
  etag: string | undefined = '"v1"';
  ranges = true;
  headers: Record<string, string> = { 'content-type': 'video/mp4' };
  bytesPerSecond = 0;
  instead: Manners['instead'] = () => false;
  /** Bytes of the file that are handed out in all; who wants more waits until the connection ends. */
  most = Infinity;
  /** Somebody has to wait so. */
  onHeld: () => void = () => undefined;
  readonly asked: FileRequest[] = [];
  /** Bytes of the file that were handed to connections. */
  sent = 0;
  /** Connections that are open, and the most that ever were. */
  open = 0;
  mostOpen = 0;
  private readonly server: http.Server;
  private readonly sockets = new Set<Socket>();

  private constructor(file: Uint8Array) {
    this.file = file;
    this.server = http.createServer((request, response) => {
      void this.handle(request, response);
    });
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      this.mostOpen = Math.max(this.mostOpen, ++this.open);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.open--;
        this.sockets.delete(socket);
      });
    });
  }

  static async start(file: Uint8Array): Promise<FileServer> {
    const server = new FileServer(file);
    server.server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await once(this.server, 'close');
  }

  /** The head of the answer that a well-behaved server gives. */
  head(request: FileRequest): { status: number; headers: http.OutgoingHttpHeaders } {
    const { file, etag } = this;
    const [from, to] = request.range ?? [0, file.length];
    const headers = {
      ...this.headers,
      ...(etag === undefined ? {} : { etag }),
      ...(this.ranges ? { 'accept-ranges': 'bytes' } : {}),
      'content-length': to - from,
    };
    if (request.range === undefined) return { status: 200, headers };
    const range = `bytes ${from}-${to - 1}/${file.length}`;
    return { status: 206, headers: { ...headers, 'content-range': range } };
  }

  /** Answer as told, with a body of the file's bytes up to `upTo`; then it is up to the caller. */
  async send(request: FileRequest, response: http.ServerResponse, upTo?: number): Promise<void> {
    const { status, headers } = this.head(request);
    response.writeHead(status, headers);
    const [from, to] = request.range ?? [0, this.file.length];
    await this.write(response, from, Math.min(upTo ?? to, to));
  }

  /** Hand bytes of the file to the connection, at the speed that is set. */
  async write(response: http.ServerResponse, from: number, to: number): Promise<void> {
    const piece = this.bytesPerSecond === 0 ? 256 * 1024 : Math.ceil(this.bytesPerSecond / 100);
    const begun = performance.now();
    for (let at = from; at < to && !response.destroyed; at += piece) {
      const bytes = this.file.subarray(at, Math.min(at + piece, to));
      if (this.sent + bytes.length > this.most) {
        this.onHeld();
        await once(response, 'close');
        return;
      }
      this.sent += bytes.length;
      if (!response.write(bytes)) await drained(response);
      if (this.bytesPerSecond === 0) continue;
      const due = begun + ((at + bytes.length - from) * 1000) / this.bytesPerSecond;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    }
  }

  private async handle(
    incoming: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    const { headers, url = '' } = incoming;
    const request = { url, headers, range: this.rangeOf(headers), number: this.asked.length };
    this.asked.push(request);
    try {
      if (await this.instead(request, response, this)) return;
      await this.send(request, response);
      response.end();
    } catch {
      response.destroy();
    }
  }

  private rangeOf(headers: http.IncomingHttpHeaders): FileRequest['range'] {
    const found = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
    if (!this.ranges || found === null) return undefined;
    if (headers['if-range'] !== undefined && headers['if-range'] !== this.etag) return undefined;
    const to = found[2] === '' ? this.file.length : Number(found[2]) + 1;
    return [Number(found[1]), Math.min(to, this.file.length)];
  }
}

/** Resolves when more can be written, or nobody takes it any more. */
async function drained(response: http.ServerResponse): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([
    once(response, 'drain', { signal }),
    once(response, 'close', { signal }),
  ]).finally(() => {
    over.abort();
  });
}

export function base64(algorithm: 'md5' | 'sha256' | 'sha512', file: Uint8Array): string {
  return createHash(algorithm).update(file).digest('base64');
}
