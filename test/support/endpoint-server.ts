import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** An endpoint of a language model on loopback; what it answers is up to those who extend it. */
export abstract class EndpointServer {
  /** How many connections have been opened. */
  connections = 0;
  private readonly server = createServer((request, response) => {
    void text(request).then((body) => {
      this.handle(request, body, response);
    });
  });

  constructor() {
    this.server.on('connection', () => this.connections++);
  }

  async listen(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** Answer a request that has come in whole. */
  protected abstract handle(request: IncomingMessage, body: string, response: ServerResponse): void;
}
