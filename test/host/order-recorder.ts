import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** An order as OpenRouter's videos take it. */
export interface RecordedOrder {
  readonly prompt: string;
  readonly duration: number;
  readonly aspect_ratio: string;
  readonly seed?: number;
  readonly frame_images?: readonly {
    readonly frame_type: string;
    readonly image_url: { readonly url: string };
  }[];
  readonly input_references?: readonly { readonly image_url: { readonly url: string } }[];
}

/** Speaks OpenRouter's videos on loopback, notes what is ordered of any model, and renders none of it. */
export class OrderRecorder {
  readonly orders: RecordedOrder[] = [];
  private readonly server: Server;

  /** @param listed what it says of its one model */
  constructor(listed: Readonly<Record<string, unknown>>) {
    this.server = createServer((request, response) => {
      this.answer(request, response, listed).catch(() => response.destroy());
    });
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/v1`;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
    listed: object,
  ): Promise<void> {
    const send = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (request.url?.endsWith('/videos/models') === true) send(200, { data: [listed] });
    else if (request.method === 'POST') {
      this.orders.push((await json(request)) as RecordedOrder);
      send(202, { id: `video-${this.orders.length}`, status: 'pending' });
    } else send(200, { status: 'failed', error: 'Nothing is rendered here.' });
  }
}
