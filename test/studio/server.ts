import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { timingSafeEqual } from 'node:crypto';
import { AnimaticStudio } from '../../src/animatic/animatic-studio.ts';
import type { PollAnswer, RemoteJob, StudioContext } from '../../src/studios/port.ts';
import { pictureType, type Picture } from '../../src/studios/pictures.ts';
import { field, text } from '../../src/studios/answer.ts';
import { orderSchema, requestOf, type Order } from './order.ts';
import { sendFile } from './send-file.ts';

/** An order with a first frame is as large as that picture. */
const largestBody = 16 * 1024 * 1024;

export interface SampleStudioOptions {
  /** The bearer key that every request has to carry. */
  readonly key: string;
  /** Keys of further customers. */
  readonly otherKeys?: readonly string[];
  /** Folder of the built extension's `dist/animatic`: the renderer with its fonts. */
  readonly renderer: string;
  /** Renders at the same time. */
  readonly parallel: number;
  /** Speed of each download; without a limit when absent. */
  readonly bytesPerSecond?: number;
}

interface Video {
  readonly order: Order;
  readonly job: RemoteJob;
  readonly createdAt: number;
}

/** What a studio saw of its customers. */
export interface StudioCounts {
  orders: number;
  refused: number;
  clips: number;
  mostDownloadsAtOnce: number;
  /** By key. */
  readonly ordersBy: Map<string, number>;
}

/**
 * A small studio on loopback that speaks `/v1/videos`: orders are taken as JSON, rendered with the
 * project's own animatic renderer, polled and fetched like from any service.
 */
export class SampleStudio {
  readonly counts: StudioCounts = {
    orders: 0,
    refused: 0,
    clips: 0,
    mostDownloadsAtOnce: 0,
    ordersBy: new Map(),
  };
  /** As long as this is set, no render gets ready. */
  held = false;
  private readonly options: SampleStudioOptions;
  private readonly folder: string;
  private readonly renderer: AnimaticStudio;
  private readonly server: Server;
  private readonly stopped = new AbortController();
  private readonly videos = new Map<string, Video>();
  /** Ids of the videos by the orders' idempotency keys. */
  private readonly ordered = new Map<string, string>();
  private downloads = 0;

  private constructor(options: SampleStudioOptions, folder: string) {
    this.options = options;
    this.folder = folder;
    const own = (name: string): string => path.join(options.renderer, name);
    this.renderer = new AnimaticStudio({
      outputFolder: folder,
      workerFile: own('worker.cjs'),
      assets: {
        resvgWasm: own('resvg.wasm'),
        fonts: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf', 'DejaVuSans-Oblique.ttf'].map(own),
      },
      parallel: options.parallel,
    });
    this.server = createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => {
        if (response.headersSent) response.destroy();
        else sendError(response, 500, String(error));
      });
    });
  }

  /** Start on a free port of the loopback interface. */
  static async start(options: SampleStudioOptions): Promise<SampleStudio> {
    const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-studio-'));
    const studio = new SampleStudio(options, folder);
    await new Promise<void>((resolve, reject) => {
      studio.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return studio;
  }

  /** To be set as `scenewright.video.baseUrl`. */
  get baseUrl(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/v1`;
  }

  async close(): Promise<void> {
    this.stopped.abort();
    await new Promise<void>((resolve) => {
      this.server.close(() => {
        resolve();
      });
      this.server.closeAllConnections();
    });
    await this.renderer.dispose();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.mayEnter(request)) {
      this.counts.refused++;
      sendError(response, 401, 'The key was refused.');
      return;
    }
    const url = new URL(request.url ?? '/', this.baseUrl);
    const [id, leaf, ...rest] = url.pathname.split('/').slice(3);
    if (!url.pathname.startsWith('/v1/videos') || rest.length > 0) {
      sendError(response, 404, 'There is nothing at this address.');
    } else if (id === undefined && request.method === 'POST') {
      await this.take(request, response);
    } else if (id !== undefined && request.method === 'GET') {
      await this.show(request, response, id, leaf, url.searchParams.get('variant') ?? 'video');
    } else {
      sendError(response, 405, 'This is not possible here.');
    }
  }

  private mayEnter(request: IncomingMessage): boolean {
    const given = Buffer.from(keyOf(request));
    const { key, otherKeys = [] } = this.options;
    return [key, ...otherKeys]
      .map((known) => Buffer.from(known))
      .some((wanted) => given.length === wanted.length && timingSafeEqual(given, wanted));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { fields, firstFrame } = await readOrder(request);
    const order = orderSchema.safeParse(fields);
    if (!order.success) {
      const [issue] = order.error.issues;
      sendError(
        response,
        400,
        `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'invalid'}`,
      );
      return;
    }
    const customer = keyOf(request);
    const key = request.headers['idempotency-key'];
    let id = typeof key === 'string' ? this.ordered.get(key) : undefined;
    if (id === undefined) {
      id = `video_${(++this.counts.orders).toString().padStart(4, '0')}`;
      this.counts.ordersBy.set(customer, (this.counts.ordersBy.get(customer) ?? 0) + 1);
      if (typeof key === 'string') this.ordered.set(key, id);
      const job = await this.renderer.submit(requestOf(order.data, id, firstFrame), this.context());
      this.videos.set(id, { order: order.data, job, createdAt: Date.now() });
    }
    await this.sendStatus(response, id);
  }

  private async show(
    request: IncomingMessage,
    response: ServerResponse,
    id: string,
    leaf: string | undefined,
    variant: string,
  ): Promise<void> {
    if (leaf === undefined) await this.sendStatus(response, id);
    else if (leaf === 'content') await this.sendContent(request, response, id, variant);
    else sendError(response, 404, 'There is nothing at this address.');
  }

  private async sendStatus(response: ServerResponse, id: string): Promise<void> {
    const video = this.videos.get(id);
    if (video === undefined) {
      sendError(response, 404, `There is no video ${id}.`);
      return;
    }
    const answer: PollAnswer = this.held
      ? { state: 'rendering', progress: 0.5 }
      : await this.renderer.poll(video.job);
    sendJson(response, 200, {
      id,
      object: 'video',
      created_at: Math.floor(video.createdAt / 1000),
      ...video.order,
      ...statusOf(answer),
    });
  }

  private async sendContent(
    request: IncomingMessage,
    response: ServerResponse,
    id: string,
    variant: string,
  ): Promise<void> {
    const video = this.videos.get(id);
    if (video === undefined) {
      sendError(response, 404, `There is no video ${id}.`);
      return;
    }
    if ((await this.renderer.poll(video.job)).state !== 'ready') {
      sendError(response, 409, `The video ${id} is not ready yet.`);
      return;
    }
    const isThumbnail = variant === 'thumbnail';
    const source = isThumbnail
      ? await this.renderer.thumbnail(video.job)
      : await this.renderer.result(video.job, this.context());
    if (source?.kind !== 'file') {
      sendError(response, 404, `The video ${id} has no ${variant}.`);
      return;
    }
    if (isThumbnail) {
      await sendFile(request, response, source.path, { type: 'image/jpeg' });
      return;
    }
    this.downloads++;
    this.counts.mostDownloadsAtOnce = Math.max(this.counts.mostDownloadsAtOnce, this.downloads);
    try {
      const { bytesPerSecond } = this.options;
      await sendFile(request, response, source.path, {
        type: 'video/mp4',
        ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
      });
      this.counts.clips++;
    } finally {
      this.downloads--;
    }
  }

  private context(): StudioContext {
    return { signal: this.stopped.signal };
  }
}

function keyOf(request: IncomingMessage): string {
  return (request.headers.authorization ?? '').replace(/^Bearer /, '');
}

function statusOf(answer: PollAnswer): Record<string, unknown> {
  switch (answer.state) {
    case 'rendering': {
      const progress = Math.round((answer.progress ?? 0) * 100);
      return { status: progress === 0 ? 'queued' : 'in_progress', progress };
    }
    case 'ready':
      return { status: 'completed', progress: 100 };
    case 'failed':
      return { status: 'failed', error: { code: 'render_failed', message: answer.reason } };
    case 'cancelled':
    case 'expired':
      return { status: answer.state };
  }
}

/** What an order says, as JSON or as a form, in which it may have a picture. Nothing where it is far too long. */
async function readOrder(
  request: IncomingMessage,
): Promise<{ readonly fields?: unknown; readonly firstFrame?: Picture }> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > largestBody) return {};
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  const type = request.headers['content-type'] ?? '';
  try {
    if (!type.startsWith('multipart/')) {
      const fields: unknown = JSON.parse(body.toString('utf8'));
      const address = text(field(fields, 'input_reference', 'image_url')) ?? '';
      const base64 = /^data:image\/\w+;base64,(.+)$/u.exec(address)?.[1];
      return { fields, ...(base64 && { firstFrame: pictureOf(Buffer.from(base64, 'base64')) }) };
    }
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is our own form that it reads
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    const { input_reference: sent, ...fields } = Object.fromEntries(form);
    if (!(sent instanceof File)) return { fields };
    return { fields, firstFrame: pictureOf(new Uint8Array(await sent.arrayBuffer())) };
  } catch {
    return {};
  }
}

function pictureOf(bytes: Uint8Array): Picture {
  return { name: 'input_reference', type: pictureType(bytes) ?? 'image/png', bytes };
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    })
    .end(body);
}

function sendError(response: ServerResponse, status: number, message: string): void {
  sendJson(response, status, { error: { message, type: 'invalid_request_error' } });
}
