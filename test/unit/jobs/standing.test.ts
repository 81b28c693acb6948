import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { renderOf, type JobRecord } from '../../../src/jobs/job.ts';
import { hasClip, stateOf } from '../../../src/jobs/job-state.ts';
import { JobStore } from '../../../src/jobs/job-store.ts';
import { notesIn } from '../../../src/jobs/sharing/notes.ts';
import { Loopback, json, type Asked } from '../net/loopback.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Numbers that look random and are the same for the same seed, from 0 to 1. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    const hash = createHash('sha256').update(`${state++}`).digest();
    return hash.readUInt32BE() / 2 ** 32;
  };
}

/** A paid service that makes a clip of its own for every order, however often it comes. */
class Service {
  /** How often each picture was ordered. */
  readonly orders = new Map<string, number>();
  /** The picture of each render, by its id. */
  readonly renders = new Map<string, string>();
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

  private async answer(asked: Asked, response: ServerResponse): Promise<void> {
    const [, id = '', content] = /^\/v1\/videos\/?([^/]*)(\/content)?/.exec(asked.url) ?? [];
    if (asked.method === 'POST') {
      const { prompt } = JSON.parse(asked.body) as { prompt: string };
      this.orders.set(prompt, (this.orders.get(prompt) ?? 0) + 1);
      const fresh = `video-${this.renders.size + 1}`;
      this.renders.set(fresh, prompt);
      await pause(Math.random() * 150);
      json(response, { id: fresh, status: 'queued' });
    } else if (content === undefined) {
      const polls = (this.polls.get(id) ?? 0) + 1;
      this.polls.set(id, polls);
      json(response, { id, status: polls > 2 ? 'completed' : 'in_progress', progress: polls * 30 });
    } else if (asked.url.endsWith('thumbnail')) {
      response.writeHead(404).end();
    } else {
      await send(clipOf(id), asked, response);
    }
  }
}

/** The clip that the service has made under this id, and no other. */
function clipOf(id: string): Buffer {
  return mp4(0, 8, Buffer.alloc(60_000, createHash('sha256').update(id).digest()));
}

async function send(clip: Buffer, asked: Asked, response: ServerResponse): Promise<void> {
  const range = /^bytes=(\d+)-(\d*)$/.exec(asked.headers.range ?? '');
  const from = range === null ? 0 : Number(range[1]);
  const end = range === null || range[2] === '' ? clip.length : Number(range[2]) + 1;
  response.writeHead(range === null ? 200 : 206, {
    'content-type': 'video/mp4',
    etag: '"v1"',
    'accept-ranges': 'bytes',
    'content-length': end - from,
    ...(range === null ? {} : { 'content-range': `bytes ${from}-${end - 1}/${clip.length}` }),
  });
  for (let at = from; at < end && !response.destroyed; at += 4000) {
    response.write(clip.subarray(at, Math.min(end, at + 4000)));
    await pause(Math.random() * 8);
  }
  response.end();
}

/** A process with windows on some folders. */
class Windows {
  private readonly args: readonly string[];
  private child: ChildProcess | undefined;

  constructor(args: readonly string[]) {
    this.args = args;
  }

  async open(): Promise<void> {
    const child = fork(path.join(import.meta.dirname, 'standing-window.ts'), this.args, {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.child = child;
    await this.hears('ready');
  }

  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.child?.kill(name);
  }

  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Until nothing is left that gets on by itself. */
  async end(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    child.kill('SIGCONT');
    child.send('end');
    await this.hears('dry');
    this.child = undefined;
  }

  private async hears(word: string): Promise<void> {
    const { child } = this;
    await new Promise<void>((resolve, reject) => {
      if (child?.exitCode !== null) reject(new Error('The window has ended by itself.'));
      child?.on('message', (said) => {
        if (said === word) resolve();
      });
      child?.once('exit', (code) => {
        reject(new Error(`The window ended by itself (${code}).`));
      });
    });
  }
}

/** More of them with SCENEWRIGHT_ROUNDS=50; a seed that failed once with SCENEWRIGHT_SEED. */
const rounds = Number(process.env.SCENEWRIGHT_ROUNDS ?? 1);
const firstSeed = Number(process.env.SCENEWRIGHT_SEED ?? Math.floor(Math.random() * 1e9));
const folders = 4;
const scenes = 3;
const steps = Number(process.env.SCENEWRIGHT_STEPS ?? 25);

describe('windows that stand still, go on and die, over the same folders', function () {
  this.timeout(300_000 + rounds * 60_000);
  if (process.platform === 'win32') return; // No process stands still there at a word.
  let root: string;
  let service: Service;
  let processes: readonly Windows[];

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'scenewright-standing-'));
    service = await Service.open();
  });

  afterEach(async () => {
    for (const one of processes) await one.kill();
    await service.close();
    await rm(root, { recursive: true, force: true });
  });

  /** The folders as three processes see them: two as they are, one through a link, in a store apart. */
  const open = async (): Promise<void> => {
    const names = Array.from({ length: folders }, (_, index) => `films-${index}`);
    const stores = ['folder', 'folder', 'workspace'];
    await symlink(root, path.join(root, 'link')).catch(() => undefined);
    for (const name of names) await mkdir(path.join(root, name));
    processes = stores.map((store) => {
      const way = store === 'workspace' ? path.join(root, 'link') : root;
      const places = names.flatMap((name) => [
        path.join(way, name),
        path.join(root, 'storage', `${name}-${store}`),
      ]);
      return new Windows([service.base, path.join(root, 'shared'), `${scenes}`, ...places]);
    });
    await Promise.all(processes.map((one) => one.open()));
  };

  const live = async (random: () => number, kills: boolean): Promise<void> => {
    for (let step = 0; step < steps; step++) {
      const one = processes[Math.floor(random() * processes.length)];
      if (kills && random() < 0.15) {
        await one?.kill();
        await one?.open();
        continue;
      }
      // Owners count as gone after 120 ms.
      one?.signal('SIGSTOP');
      await pause(random() * 300);
      if (random() < 0.8) one?.signal('SIGCONT');
      await pause(random() * 40);
    }
    for (const one of processes) one.signal('SIGCONT');
  };

  const settle = async (): Promise<JobRecord[]> => {
    await Promise.all(processes.map((one) => one.end()));
    const stores = (await readdir(path.join(root, 'storage'))).map((name) =>
      path.join(root, 'storage', name),
    );
    const notes = async () => (await Promise.all(stores.map(notesIn))).flat();
    // Who went last may have left word for those that went before, and these pass it on.
    const later = processes.slice(1);
    for (let times = 0; times < 4; times++) {
      await Promise.all(later.map((one) => one.open()));
      await Promise.all(later.map((one) => one.end()));
      if ((await notes()).length === 0) break;
    }
    assert.deepEqual(await notes(), [], 'all word that was left has been read');
    const all = await Promise.all(stores.map((store) => new JobStore(store).load()));
    assert.deepEqual(
      all.flatMap(({ unreadable }) => unreadable),
      [],
    );
    return all.flatMap(({ records }) => [...records]);
  };

  const check = async (records: readonly JobRecord[], kills: boolean): Promise<void> => {
    const twice = [...service.orders].filter(([, count]) => count > 1);
    const concerned = records.filter(({ prompt }) => twice.some(([picture]) => picture === prompt));
    assert.deepEqual(twice, [], `nothing is ordered twice: ${JSON.stringify(concerned, null, 1)}`);
    const lost = records.filter(
      (record) => stateOf(record) === 'unclear' && !service.orders.has(record.prompt),
    );
    assert.equal(service.orders.size + lost.length, folders * scenes, 'and all is ordered');

    const known = new Set(records.map((record) => renderOf(record).remote?.remoteId));
    for (const [id, picture] of service.renders) {
      if (known.has(id)) continue;
      const unclear = records.some(
        (record) => record.prompt === picture && stateOf(record) === 'unclear',
      );
      assert.ok(
        kills && unclear,
        `what is paid for is known: ${id} of ${picture}, ${JSON.stringify(records.filter(({ prompt }) => prompt === picture))}`,
      );
    }
    for (const record of records) {
      const [state, { error }] = [stateOf(record), renderOf(record)];
      assert.ok(['done', 'unclear', 'failed'].includes(state), `${state} ${error ?? ''}`);
    }
    let whole = 0;
    for (const record of records.filter(hasClip)) {
      const bytes = await readFile(record.file);
      assert.ok(
        bytes.equals(clipOf(renderOf(record).remote?.remoteId ?? '')),
        `${record.file} is its own`,
      );
      whole++;
    }
    assert.ok(whole > 0);
  };

  for (let round = 0; round < rounds; round++) {
    const seed = firstSeed + round;
    it(`pay once and lose nothing while they only stand still (seed ${seed})`, async () => {
      await open();
      await live(chance(seed), false);
      await check(await settle(), false);
    });

    it(`pay once and lose nothing, killed as well (seed ${seed})`, async () => {
      await open();
      await live(chance(seed), true);
      await check(await settle(), true);
    });
  }
});
