import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

interface RouterOrder {
  readonly model: string;
  readonly prompt: string;
  readonly duration: number;
  readonly aspect_ratio: string;
}

const sizes: Readonly<Record<string, string>> = {
  '16:9': '1280x720',
  '9:16': '720x1280',
  '1:1': '1024x1024',
};

/** Speaks OpenRouter's videos before a studio that speaks `/v1/videos`, and tells a price. */
export class OpenRouterGate {
  /** The keys that came. */
  readonly keys = new Set<string>();
  private readonly studio: string;
  private readonly studioKey: string;
  private readonly key: string;
  private readonly server: Server;

  /** @param key the only one that it lets in */
  constructor(studio: string, studioKey: string, key: string) {
    this.studio = studio;
    this.studioKey = studioKey;
    this.key = key;
    this.server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy());
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

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = (request.headers.authorization ?? '').replace('Bearer ', '');
    const { pathname } = new URL(request.url ?? '/', this.baseUrl);
    const [id, leaf] = pathname.split('/').slice(4);
    if (id === 'models') {
      send(response, 200, { data: [listed] });
      return;
    }
    this.keys.add(key);
    if (key !== this.key) send(response, 401, { error: { message: 'No such key' } });
    else if (id === undefined) await this.order(request, response);
    else if (leaf === undefined) await this.status(response, id);
    else await this.content(response, id);
  }

  private async order(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { prompt, duration, aspect_ratio: aspect } = (await json(request)) as RouterOrder;
    const answer = await this.ask('', {
      model: 'sample',
      prompt,
      seconds: String(duration),
      size: sizes[aspect],
    });
    const { id } = (await answer.json()) as { id: string };
    send(response, 202, { id, polling_url: `${this.baseUrl}/videos/${id}`, status: 'pending' });
  }

  private async status(response: ServerResponse, id: string): Promise<void> {
    const { status } = (await (await this.ask(`/${id}`)).json()) as { status: string };
    send(response, 200, {
      id,
      status,
      ...(status === 'completed'
        ? { unsigned_urls: [`${this.baseUrl}/videos/${id}/content?index=0`] }
        : {}),
    });
  }

  private async content(response: ServerResponse, id: string): Promise<void> {
    const answer = await this.ask(`/${id}/content`);
    const clip = Buffer.from(await answer.arrayBuffer());
    response
      .writeHead(answer.status, { 'content-type': 'video/mp4', 'content-length': clip.length })
      .end(clip);
  }

  private ask(path: string, order?: object): Promise<Response> {
    return fetch(`${this.studio}/videos${path}`, {
      headers: { authorization: `Bearer ${this.studioKey}`, 'content-type': 'application/json' },
      ...(order === undefined ? {} : { method: 'POST', body: JSON.stringify(order) }),
    });
  }
}

const listed = {
  id: 'sample/video',
  supported_durations: [3, 5],
  supported_aspect_ratios: ['16:9', '9:16'],
  supported_resolutions: ['720p'],
  generate_audio: false,
  pricing_skus: { duration_seconds: '0.2' },
};

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
