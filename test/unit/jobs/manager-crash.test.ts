import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { JobStore } from '../../../src/jobs/store.ts';
import { verifyVideo } from '../../../src/jobs/verify.ts';
import { Loopback, json, type Asked } from '../net/loopback.ts';
import { mp4, rangeStart } from './clips.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A paid service: takes its time with everything, and remembers every order. */
class Service {
  readonly orders = new Map<string, number>();
  readonly clip = mp4(300_000);
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

  private async answer(asked: Asked, response: Parameters<typeof json>[0]): Promise<void> {
    await pause(Math.random() * 15);
    const [, id = '', content] = /^\/v1\/videos\/?([^/]*)(\/content)?/.exec(asked.url) ?? [];
    if (asked.method === 'POST') {
      const key = String(asked.headers['idempotency-key']);
      this.orders.set(key, (this.orders.get(key) ?? 0) + 1);
      await pause(Math.random() * 15);
      json(response, { id: `video-${key}`, status: 'queued' });
    } else if (content === undefined) {
      const polls = (this.polls.get(id) ?? 0) + 1;
      this.polls.set(id, polls);
      json(response, { id, status: polls > 2 ? 'completed' : 'in_progress', progress: polls * 30 });
    } else {
      const from = rangeStart(asked, '"v1"') ?? 0;
      const { length } = this.clip;
      response.writeHead(from > 0 ? 206 : 200, {
        'content-type': 'video/mp4',
        etag: '"v1"',
        'content-length': length - from,
        ...(from > 0 ? { 'content-range': `bytes ${from}-${length - 1}/${length}` } : {}),
      });
      for (let at = from; at < length && !response.destroyed; at += 60_000) {
        response.write(this.clip.subarray(at, at + 60_000));
        await pause(2);
      }
      response.end();
    }
  }
}

describe('video jobs and a window that is killed again and again', () => {
  let folder: string;
  let service: Service;
  let child: ChildProcess | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-crash-'));
    service = await Service.open();
  });

  afterEach(async () => {
    child?.kill('SIGKILL');
    await service.close();
    await rm(folder, { recursive: true, force: true });
  });

  const window = (scenes: number): ChildProcess => {
    child = fork(
      path.join(import.meta.dirname, 'manager-window.ts'),
      [folder, service.base, String(scenes)],
      { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    );
    return child;
  };

  const says = async (of: ChildProcess, word: string): Promise<void> => {
    for (;;) {
      const [said] = (await once(of, 'message')) as [unknown];
      if (said === word) return;
    }
  };

  it('order nothing twice, lose nothing, and never leave half a clip', async function () {
    this.timeout(180_000);
    const scenes = 60;
    let running = window(scenes);
    await says(running, 'ready');
    for (let kill = 0; kill < 10; kill++) {
      await pause(Math.random() * 400);
      running.kill('SIGKILL');
      await once(running, 'exit');
      for (const name of await readdir(folder, { recursive: true })) {
        if (name.endsWith('.mp4')) await verifyVideo(path.join(folder, name));
      }
      running = window(0);
      await says(running, 'ready');
    }
    const store = new JobStore(path.join(folder, '.storage'));
    const settled = async (): Promise<boolean> => {
      const { changed } = await store.refresh();
      for (const record of changed) states.set(record.id, record.state);
      return [...states.values()].every((state) => state === 'done' || state === 'unclear');
    };
    const states = new Map<string, string>();
    while (!(await settled()) || states.size < scenes) await pause(20);
    running.kill('SIGKILL');
    await once(running, 'exit');

    const { records, unreadable } = await new JobStore(path.join(folder, '.storage')).load();
    assert.deepEqual(unreadable, []);
    assert.equal(records.length, scenes);
    assert.deepEqual([...new Set(service.orders.values())], [1], 'every order at most once');
    for (const record of records) {
      if (record.state === 'unclear') continue;
      assert.equal(record.state, 'done');
      assert.equal(service.orders.get(record.id), 1);
      assert.ok((await readFile(record.file)).equals(service.clip));
    }
    const done = records.filter(({ state }) => state === 'done').length;
    assert.ok(done > scenes / 4, `only ${done} of ${scenes} were ever done`);
  });
});
