import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { currentOrder, renderOf, upscaleOf, type JobRecord } from '../../../src/jobs/job.ts';
import { largeClipOf, stateOf } from '../../../src/jobs/job-state.ts';
import { isOpen } from '../../../src/jobs/order.ts';
import { takeOf } from '../../../src/jobs/take-place.ts';
import { readRecord } from '../../../src/jobs/read-record.ts';
import { JobStore } from '../../../src/jobs/job-store.ts';
import { verifyVideo } from '../../../src/downloads/verify-video.ts';
import { Loopback, json, type Asked } from '../net/loopback.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What a service is asked for, and of which kind of order. */
type Step = `${'order' | 'poll' | 'fetch'} ${'render' | 'upscale'}`;

/** In turn; at `undefined` anywhere. */
const moments: readonly (Step | undefined)[] = [
  'order render',
  'poll upscale',
  'fetch render',
  'order upscale',
  'poll render',
  'fetch upscale',
  undefined,
];

/** A paid service: takes its time with everything, and remembers every order and who gave it. */
class Service {
  /** How often each order came, by its name. */
  readonly orders = new Map<string, number>();
  /** Bytes of each clip that were sent. */
  readonly sent = new Map<string, number>();
  /** A request of this kind is never answered, and this is called instead, once. */
  private awaited: { readonly step: Step; readonly heard: () => void } | undefined;
  /** Requests after a render with another key than that of its order. */
  strangers = 0;
  readonly clip = mp4(200_000);
  private readonly owners = new Map<string, string | undefined>();
  private readonly polls = new Map<string, number>();
  private readonly server: Loopback;

  private constructor(server: Loopback) {
    this.server = server;
  }

  static async open(): Promise<Service> {
    const server = await Loopback.start(() => undefined);
    const service = new Service(server);
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
      this.awaited = { step, heard };
    });
  }

  private async answer(asked: Asked, response: ServerResponse): Promise<void> {
    await pause(Math.random() * 15);
    const [, id = '', content] = /^\/v1\/videos\/?([^/]*)(\/content)?/.exec(asked.url) ?? [];
    const { authorization } = asked.headers;
    const order = asked.method === 'POST' ? String(asked.headers['idempotency-key']) : id;
    const what = asked.method === 'POST' ? 'order' : content === undefined ? 'poll' : 'fetch';
    const step: Step = `${what} ${order.endsWith('-4k') ? 'upscale' : 'render'}`;
    const { awaited } = this;
    const isAwaited = awaited?.step === step && !asked.url.endsWith('thumbnail');
    if (isAwaited) this.awaited = undefined;
    if (asked.method === 'POST') {
      const key = String(asked.headers['idempotency-key']);
      this.orders.set(key, (this.orders.get(key) ?? 0) + 1);
      this.owners.set(`video-${key}`, authorization);
      if (isAwaited) {
        awaited.heard();
        return;
      }
      await pause(Math.random() * 15);
      json(response, { id: `video-${key}`, status: 'queued' });
      return;
    }
    if (this.owners.get(id) !== authorization) this.strangers++;
    if (isAwaited) {
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

function digest(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}

/** Moments of a job's life at which it was struck, by what it was doing. */
type Moments = Map<string, number>;

/** Some windows of one process that is killed again and again, and what it has left on disk. */
class Household {
  readonly folders: readonly string[];
  readonly service: Service;
  private readonly moments: Moments;
  private readonly compiled: string;
  /** Clips that have been seen to be whole, by what is in them; none is ever written twice. */
  readonly whole = new Map<string, string>();
  private child: ChildProcess | undefined;
  private scenes = 0;

  constructor(folders: readonly string[], compiled: string, service: Service, moments: Moments) {
    this.folders = folders;
    this.service = service;
    this.compiled = compiled;
    this.moments = moments;
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
      [this.service.base, String(first), String(scenes), ...this.folders],
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
        if (/\.storage.records-[^/\\]*.[^/\\]*\.json$/.test(name)) {
          this.strike(readRecord(await readFile(file, 'utf8')));
        }
      }
    }
  }

  private strike(record: JobRecord): void {
    const order = currentOrder(record);
    const doing = isOpen(order) ? `${order.kind} ${order.state}` : 'over';
    this.moments.set(doing, (this.moments.get(doing) ?? 0) + 1);
  }
}

describe('video jobs and windows that are killed again and again', () => {
  /** Each time 2 × 8 windows die, most with several jobs on their way. */
  const windows = 8;
  const kills = 2 * moments.length;
  let root: string;
  let households: readonly Household[];
  let struckAt: Moments;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'scenewright-crash-'));
    struckAt = new Map();
    households = await Promise.all(
      ['left', 'right'].map(async (side) => {
        const names = Array.from({ length: windows }, (_, index) => `${side}-${index}`);
        const folders = names.map((name) => path.join(root, name));
        for (const folder of folders) await mkdir(folder);
        const service = await Service.open();
        return new Household(folders, path.join(root, 'compiled'), service, struckAt);
      }),
    );
  });

  afterEach(async () => {
    for (const household of households) {
      await household.kill();
      await household.service.close();
    }
    await rm(root, { recursive: true, force: true });
  });

  it('order no take twice, lose and overwrite none, and never leave half a clip', async function () {
    this.timeout(300_000);
    await Promise.all(
      households.map(async (household) => {
        for (let kill = 0; kill < kills; kill++) {
          await household.liveAndDie(moments[kill % moments.length]);
        }
      }),
    );
    const struck = [...struckAt].filter(([doing]) => doing !== 'over');
    await Promise.all(households.map((household) => household.liveToTheEnd()));

    const orders = new Map(households.flatMap(({ service }) => [...service.orders]));
    assert.deepEqual([...new Set(orders.values())], [1], 'every order at most once');
    for (const { service } of households) {
      assert.equal(service.strangers, 0, 'always with the account of the order');
    }
    const known = new Map<string, JobRecord>();
    const services = new Map<string, Service>();
    for (const { service, folders, whole } of households) {
      for (const folder of folders) services.set(folder, service);
      for (const [file, before] of whole) assert.equal(digest(await readFile(file)), before, file);
    }
    let highest = 0;
    for (const [folder, service] of services) {
      const store = new JobStore(path.join(folder, '.storage'));
      const { records, unreadable } = await store.load();
      assert.deepEqual(unreadable, []);
      for (const record of records) {
        known.set(record.id, record);
        const { id, file } = record;
        const state = stateOf(record);
        assert.ok(
          state === 'done' || state === 'unclear',
          `${state}: ${renderOf(record).error ?? ''}`,
        );
        if (state === 'unclear' && upscaleOf(record) === undefined) continue;
        assert.equal(orders.get(id), 1);
        // Each its own, so none has the place of another.
        assert.ok((await readFile(file)).equals(service.clipOf(id)));
        highest = Math.max(highest, takeOf(file));
        if (state === 'unclear') continue;
        assert.equal(orders.get(`${id}-4k`), 1);
        assert.ok((await readFile(largeClipOf(record) ?? '')).equals(service.clipOf(`${id}-4k`)));
      }
    }
    for (const name of orders.keys()) {
      assert.ok(known.has(name.replace(/-4k$/, '')), 'what was paid for is known');
    }

    assert.ok(highest >= 5, `no scene had more takes than ${highest}`);

    // Enough of it was hit in the middle of everything, and enough of it ever got done.
    assert.ok(struck.reduce((sum, [, count]) => sum + count, 0) >= kills * 2);
    for (const doing of ['render', 'upscale'].flatMap((kind) =>
      ['submitting', 'accepted', 'fetching'].map((state) => `${kind} ${state}`),
    )) {
      assert.ok((struckAt.get(doing) ?? 0) >= 4, `${doing}: ${struckAt.get(doing) ?? 0}`);
    }
    const done = [...known.values()].filter((record) => stateOf(record) === 'done').length;
    assert.ok(done >= 40, `only ${done} of ${known.size} were ever done`);
    const ratios = households.flatMap(({ service: { sent, clip } }) =>
      [...sent.values()].map((bytes) => bytes / clip.length),
    );
    ratios.sort((a, b) => a - b);
    const median = ratios[Math.floor(ratios.length / 2)] ?? 0;
    assert.ok(median <= 1.1, `${median} times the bytes of a clip`);
  });
});
