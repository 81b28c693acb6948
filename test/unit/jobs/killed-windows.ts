import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { verifyVideo } from '../../../src/downloads/verify-video.ts';
import { currentOrder, type JobRecord } from '../../../src/jobs/job.ts';
import { isOpen } from '../../../src/jobs/order.ts';
import { readRecord } from '../../../src/jobs/read-record.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { Loopback, json, type Asked } from '../net/loopback.ts';

/** Milliseconds. */
export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/** What a service is asked for, and of which kind of order. */
export type Step = `${'order' | 'poll' | 'fetch'} ${'render' | 'upscale'}`;

/** A paid service: takes its time with everything, and remembers every order and who gave it. */
export class PaidService {
  /** How often each order came, by its name. */
  readonly orders = new Map<string, number>();
  /** Bytes of each clip that were sent. */
  readonly sent = new Map<string, number>();
  /** A request of this kind is never answered, and this is called instead, once each. */
  private readonly awaited: { readonly step: Step; readonly heard: () => void }[] = [];
  /** Requests after a render with another key than that of its order. */
  strangers = 0;
  readonly clip = mp4(200_000);
  private readonly owners = new Map<string, string | undefined>();
  private readonly polls = new Map<string, number>();
  private readonly server: Loopback;

  private constructor(server: Loopback) {
    this.server = server;
  }

  static async open(): Promise<PaidService> {
    const server = await Loopback.start(() => undefined);
    const service = new PaidService(server);
    server.answer = (asked, response) => service.answer(asked, response);
    return service;
  }

  get base(): string {
    return `${this.server.url}/v1`;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  /** Resolves when the next request of this kind has come; it gets no answer. */
  hears(step: Step): Promise<void> {
    return new Promise((heard) => {
      this.awaited.push({ step, heard });
    });
  }

  private async answer(asked: Asked, response: ServerResponse): Promise<void> {
    await pause(Math.random() * 15);
    const [, id = '', content] = /^\/v1\/videos\/?([^/]*)(\/content)?/.exec(asked.url) ?? [];
    const { authorization } = asked.headers;
    const order = asked.method === 'POST' ? String(asked.headers['idempotency-key']) : id;
    const what = asked.method === 'POST' ? 'order' : content === undefined ? 'poll' : 'fetch';
    const step: Step = `${what} ${order.endsWith('-4k') ? 'upscale' : 'render'}`;
    const index = asked.url.endsWith('thumbnail')
      ? -1
      : this.awaited.findIndex((each) => each.step === step);
    const [awaited] = index === -1 ? [] : this.awaited.splice(index, 1);
    if (asked.method === 'POST') {
      const key = String(asked.headers['idempotency-key']);
      this.orders.set(key, (this.orders.get(key) ?? 0) + 1);
      this.owners.set(`video-${key}`, authorization);
      if (awaited !== undefined) {
        awaited.heard();
        return;
      }
      await pause(Math.random() * 15);
      json(response, { id: `video-${key}`, status: 'queued' });
      return;
    }
    if (this.owners.get(id) !== authorization) this.strangers++;
    if (awaited !== undefined) {
      awaited.heard();
      return;
    }
    if (content !== undefined) {
      if (asked.url.endsWith('thumbnail')) response.writeHead(404).end();
      else await this.send(id, asked, response);
    } else {
      const polls = (this.polls.get(id) ?? 0) + 1;
      this.polls.set(id, polls);
      json(response, { id, status: polls > 2 ? 'completed' : 'in_progress', progress: polls * 30 });
    }
  }

  /** What comes for an order, which is no other one's. */
  clipOf(order: string): Buffer {
    const clip = Buffer.from(this.clip);
    const mark = digest(Buffer.from(`video-${order}`));
    clip.write(mark, clip.length - mark.length, 'latin1');
    return clip;
  }

  private async send(id: string, asked: Asked, response: ServerResponse): Promise<void> {
    const clip = this.clipOf(id.replace(/^video-/, ''));
    const { length } = clip;
    const range = /^bytes=(\d+)-(\d*)$/.exec(asked.headers.range ?? '');
    const isPart = range !== null && (asked.headers['if-range'] ?? '"v1"') === '"v1"';
    const from = isPart ? Number(range[1]) : 0;
    const end = isPart && range[2] !== '' ? Math.min(length, Number(range[2]) + 1) : length;
    if (from >= length) {
      response.writeHead(416, { 'content-range': `bytes */${length}` }).end();
      return;
    }
    response.writeHead(isPart ? 206 : 200, {
      'content-type': 'video/mp4',
      etag: '"v1"',
      'accept-ranges': 'bytes',
      'content-length': end - from,
      ...(isPart ? { 'content-range': `bytes ${from}-${end - 1}/${length}` } : {}),
    });
    for (let at = from; at < end && !response.destroyed; at += 40_000) {
      const chunk = clip.subarray(at, Math.min(end, at + 40_000));
      this.sent.set(id, (this.sent.get(id) ?? 0) + chunk.length);
      response.write(chunk);
      await pause(2);
    }
    response.end();
  }
}

export async function recordsIn(storage: string): Promise<readonly JobRecord[]> {
  const names = await readdir(storage, { recursive: true }).catch(() => []);
  const records = names.filter((name) => /^records-[^/\\]*.[^/\\]*\.json$/.test(name));
  return await Promise.all(
    records.map(async (name) => readRecord(await readFile(path.join(storage, name), 'utf8'))),
  );
}

export function digest(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}

/** Moments of a job's life at which it was struck, by what it was doing. */
export type Moments = Map<string, number>;

export interface HouseholdOptions {
  /** Of clips, each with a window of its own. */
  readonly folders: readonly string[];
  /** What tells its windows from those that another household has on the same folders. */
  readonly side?: string;
  /** Folder for compiled code. */
  readonly compiled: string;
  readonly service: PaidService;
  readonly struckAt: Moments;
}

/** The folder of the records of a window on a folder of clips. */
export function storageIn(folder: string, side = ''): string {
  return path.join(folder, `.storage${side}`);
}

/** Some windows of one process that is killed again and again, and what it has left on disk. */
export class Household {
  readonly folders: readonly string[];
  readonly service: PaidService;
  private readonly side: string;
  private readonly struckAt: Moments;
  private readonly compiled: string;
  /** Clips that have been seen to be whole, by what is in them; none is ever written twice. */
  readonly whole = new Map<string, string>();
  private child: ChildProcess | undefined;
  private scenes = 0;

  constructor({ folders, side = '', compiled, service, struckAt }: HouseholdOptions) {
    this.folders = folders;
    this.side = side;
    this.service = service;
    this.compiled = compiled;
    this.struckAt = struckAt;
  }

  /** Live until the service has been asked for this, or until some random moment. */
  async liveAndDie(moment: Step | undefined): Promise<void> {
    const asked = moment === undefined ? undefined : this.service.hears(moment);
    const child = this.open(1);
    await this.hears(child, moment === undefined ? 'loaded' : 'ready');
    if (asked === undefined) await pause(Math.random() * 300);
    else await Promise.race([asked, once(child, 'exit')]);
    await this.kill();
    await this.look();
  }

  async liveToTheEnd(): Promise<void> {
    await this.hears(this.open(0), 'dry');
    await this.kill();
    await this.look();
  }

  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child === undefined) return;
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  private open(scenes: number): ChildProcess {
    // A few scenes, so that most have takes from many lives.
    const first = 1 + (this.scenes % 3);
    this.scenes += scenes;
    this.child = fork(
      path.join(import.meta.dirname, 'manager-window.ts'),
      [this.service.base, this.side, String(first), String(scenes), ...this.folders],
      {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        env: { ...process.env, NODE_COMPILE_CACHE: this.compiled },
      },
    );
    return this.child;
  }

  private async hears(child: ChildProcess, word: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      child.on('message', (said) => {
        if (said === word) resolve();
      });
      child.once('exit', (code) => {
        reject(new Error(`The window ended by itself (${code}).`));
      });
    });
  }

  /** What the dead process left: whole records, and whole clips wherever there is one. */
  private async look(): Promise<void> {
    for (const folder of this.folders) {
      for (const name of await readdir(folder, { recursive: true })) {
        const file = path.join(folder, name);
        if (name.endsWith('.mp4') && !this.whole.has(file)) {
          await verifyVideo(file);
          this.whole.set(file, digest(await readFile(file)));
        }
      }
      for (const record of await recordsIn(storageIn(folder, this.side))) this.strike(record);
    }
  }

  private strike(record: JobRecord): void {
    const order = currentOrder(record);
    const doing = isOpen(order) ? `${order.kind} ${order.state}` : 'over';
    this.struckAt.set(doing, (this.struckAt.get(doing) ?? 0) + 1);
  }
}
