import { mkdir, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { orderSchema } from '../studio/order.ts';
import { sendFile } from '../studio/send-file.ts';
import { mp4 } from '../../fixtures/video-bytes.ts';
import { json, Loopback, type Asked } from '../unit/net/loopback.ts';
import { seeded } from '../unit/writing/durability-random.ts';

/** One order, which somebody pays for: the service takes each anew, whatever key it carries. */
export interface Order {
  /** What the service calls the render. */
  readonly id: string;
  readonly prompt: string;
  readonly seconds: number;
  readonly at: number;
  polls: number;
}

/** The key that every request has to carry. */
export const studioKey = 'key-of-the-studio';

const pollsUntilReady = 2;
const clipBytes = 400_000;
const bytesPerSecond = 150_000;

/** The clip of a render: no byte of it can be taken for another's. */
export function clipOf(id: string, seconds: number): Buffer {
  const random = seeded(Number(id.replace(/\D/gu, '')));
  const media = Buffer.alloc(clipBytes);
  for (let at = 0; at < clipBytes; at += 4) media.writeUInt32LE(random() * 2 ** 32, at);
  return mp4(clipBytes, seconds, media);
}

export interface VideoServiceOptions {
  /** Folder for the clips. */
  readonly folder: string;
  readonly random: () => number;
  /** Something has happened: a moment to strike at. */
  readonly onEvent: () => void;
}

/** A `/v1/videos` service on loopback that remembers every order. */
export class VideoService {
  readonly orders: Order[] = [];
  /** Clips that are being fetched at present. */
  downloads = 0;
  private readonly options: VideoServiceOptions;
  private readonly server: Loopback;

  private constructor(options: VideoServiceOptions, server: Loopback) {
    this.options = options;
    this.server = server;
    server.answer = (asked, response, request) => this.answer(asked, response, request);
  }

  static async start(options: VideoServiceOptions): Promise<VideoService> {
    await mkdir(options.folder, { recursive: true });
    return new VideoService(options, await Loopback.start(() => undefined));
  }

  /** To be set as `scenewright.video.baseUrl`. */
  get baseUrl(): string {
    return `${this.server.url}/v1`;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private async answer(
    { method, url, body, headers }: Asked,
    response: ServerResponse,
    request: IncomingMessage,
  ): Promise<void> {
    const { random, onEvent } = this.options;
    const { pathname, searchParams } = new URL(url, this.server.url);
    const [id, leaf] = pathname.split('/').slice(3);
    onEvent();
    if (headers.authorization !== `Bearer ${studioKey}`) {
      json(response, { error: { message: 'The key was refused.' } }, 401);
      return;
    }
    if (method === 'POST' && id === undefined) {
      const order = await this.take(body);
      // Taken it is; whether the customer hears of it is another matter.
      await delay(random() * 300);
      onEvent();
      json(response, { id: order.id, object: 'video', status: 'queued' });
      return;
    }
    const order = this.orders.find((known) => known.id === id);
    if (order === undefined || (leaf === 'content' && searchParams.get('variant') !== 'video')) {
      json(response, { error: { message: 'There is no such thing here.' } }, 404);
    } else if (leaf === 'content') {
      const file = { type: 'video/mp4', etag: `"${order.id}"`, bytesPerSecond };
      this.downloads++;
      // A customer who goes in the middle of it is what all this is about.
      await sendFile(request, response, this.fileOf(order.id), file).catch(() => undefined);
      this.downloads--;
      onEvent();
    } else {
      const isReady = ++order.polls > pollsUntilReady;
      json(response, { id: order.id, status: isReady ? 'completed' : 'in_progress' });
    }
  }

  private async take(body: string): Promise<Order> {
    const { prompt, seconds } = orderSchema.parse(JSON.parse(body));
    const id = `video_${this.orders.length + 1}`;
    const order = { id, prompt, seconds: Number(seconds), at: Date.now(), polls: 0 };
    this.orders.push(order);
    await writeFile(this.fileOf(id), clipOf(id, order.seconds));
    return order;
  }

  private fileOf(id: string): string {
    return path.join(this.options.folder, `${id}.mp4`);
  }
}
