import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a server was asked, as the tests want to look at it. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** The same, where it is no text. */
  readonly bytes: Buffer;
}

export type Answer = (
  asked: Asked,
  response: http.ServerResponse,
  request: http.IncomingMessage,
) => void | Promise<void>;

/** A real HTTP server on this machine that remembers what it was asked. */
export class Loopback {
  readonly asked: Asked[] = [];
  answer: Answer;
  private readonly sockets = new Set<Socket>();
  private readonly server: http.Server;

  constructor(answer: Answer) {
    this.answer = answer;
    this.server = http.createServer((request, response) => {
      this.handle(request, response).catch((error: unknown) => {
        // Whoever asked is gone in the middle of it.
        if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
      });
    });
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  static async start(answer: Answer): Promise<Loopback> {
    const loopback = new Loopback(answer);
    loopback.server.listen(0, '127.0.0.1');
    await once(loopback.server, 'listening');
    return loopback;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  count(method: string): number {
    return this.asked.filter((asked) => asked.method === method).length;
  }

  async close(): Promise<void> {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await once(this.server, 'close');
  }

  private async handle(
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked: Asked = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
      bytes: Buffer.concat(chunks),
    };
    this.asked.push(asked);
    await this.answer(asked, response, request);
  }
}

export function json(
  response: http.ServerResponse,
  value: unknown,
  status = 200,
  headers: http.OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

/** An address on this machine at which nothing listens. */
export async function deadAddress(): Promise<string> {
  const loopback = await Loopback.start(() => undefined);
  const { url } = loopback;
  await loopback.close();
  return url;
}
