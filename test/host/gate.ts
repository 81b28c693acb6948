import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Emitter } from '../../src/base/events.ts';

/** Stands before an endpoint: remembers the keys that come, and lets all pass but one. */
export class Gate {
  /** The key of every request for text, in order; empty where there is none. */
  readonly keys: string[] = [];
  /** Nothing passes until this has settled. */
  closed: Promise<void> = Promise.resolve();
  private readonly came = new Emitter<string>();
  /** Fires with the key of every request as it comes. */
  readonly onDidCome = this.came.event;
  private readonly server: Server;

  constructor(endpoint: string, refused?: string) {
    this.server = createServer((request, response) => {
      // Questions about the model are none of a run's requests.
      if (request.url?.includes('/chat/') !== true) {
        response.writeHead(404).end();
        return;
      }
      const key = (request.headers.authorization ?? '').replace('Bearer ', '');
      this.keys.push(key);
      this.came.fire(key);
      if (key === refused) {
        response.writeHead(401, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: { message: 'This key has been revoked' } }));
        return;
      }
      const passOn = async (): Promise<void> => {
        await this.closed;
        const answer = await fetch(`${endpoint}${request.url ?? ''}`, {
          method: request.method ?? 'GET',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
          body: await text(request),
        });
        const type = answer.headers.get('content-type') ?? 'text/plain';
        response.writeHead(answer.status, { 'content-type': type });
        response.end(await answer.text());
      };
      passOn().catch(() => response.destroy());
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
