import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pngBytes } from '../../../fixtures/picture-bytes.ts';
import { clearChargesOf, unclearChargesOf } from '../../../src/jobs/charges.ts';
import { currentOrder, type JobRecord } from '../../../src/jobs/job.ts';
import { clipFileOf, stateOf } from '../../../src/jobs/job-state.ts';
import { amountIn, sumOf } from '../../../src/money/money.ts';
import { KeptPictures } from '../../../src/studios/drawing/kept-pictures.ts';
import { json, Loopback, type Asked } from '../net/loopback.ts';
import { pause, recordsIn, storageIn } from './killed-windows.ts';

/** What the windows die at, in turn; at `random` anywhere. */
const moments = ['kept', 'order', 'fetch', 'kept', 'random'] as const;
type Moment = (typeof moments)[number];

describe('pictures that windows order which are killed again and again', () => {
  const windows = 6;
  let root: string;
  let folders: readonly string[];
  let server: Loopback;
  /** How often each order came, by its name. */
  let orders: Map<string, number>;
  /** What is never answered, and what is called instead. */
  let awaited: { readonly moment: Moment; readonly heard: () => void } | undefined;

  const pictureOf = (name: string): Buffer => pngBytes(name.padEnd(400, '.'));

  /** Half of the pictures come with the answer, and half have to be fetched. */
  const comesInside = (name: string): boolean => name.charCodeAt(name.length - 1) % 2 === 0;

  async function answer({ method, url, headers }: Asked, response: ServerResponse): Promise<void> {
    const moment: Moment = method === 'POST' ? 'order' : 'fetch';
    const name = method === 'POST' ? String(headers['idempotency-key']) : url.slice('/of/'.length);
    if (method === 'POST') orders.set(name, (orders.get(name) ?? 0) + 1);
    if (awaited?.moment === moment) {
      awaited.heard();
      return;
    }
    await pause(Math.random() * 15);
    const picture = pictureOf(name);
    if (method === 'GET') {
      response.writeHead(200, { 'content-type': 'image/png' }).end(picture);
    } else if (comesInside(name)) {
      json(response, { data: [{ b64_json: picture.toString('base64') }] });
    } else json(response, { data: [{ url: `${server.url}/of/${name}` }] });
  }

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'scenewright-pictures-'));
    folders = Array.from({ length: windows }, (_, index) => path.join(root, `${index}`));
    for (const folder of folders) await mkdir(folder);
    orders = new Map();
    awaited = undefined;
    server = await Loopback.start(answer);
  });

  afterEach(async () => {
    await server.close();
    await rm(root, { recursive: true, force: true });
  });

  /** One life of the windows: to its end, or until a moment. */
  async function live(life: number, moment?: Moment): Promise<void> {
    const reached = Promise.withResolvers<undefined>();
    awaited =
      moment === 'order' || moment === 'fetch'
        ? {
            moment,
            heard: () => {
              reached.resolve(undefined);
            },
          }
        : undefined;
    const file = path.join(import.meta.dirname, 'picture-window.ts');
    const child = fork(file, [`${server.url}/v1`, String(life), ...folders], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, NODE_COMPILE_CACHE: path.join(root, 'compiled') },
    });
    const ended = once(child, 'exit');
    child.on('message', (said) => {
      if (said === (moment ?? 'dry')) reached.resolve(undefined);
      // A life without what it was to die at goes on to its end.
      if (said === 'dry') reached.resolve(undefined);
      if (said === 'ready' && moment === 'random') {
        void pause(Math.random() * 120).then(() => {
          reached.resolve(undefined);
        });
      }
    });
    await Promise.race([reached.promise, ended]);
    awaited = undefined;
    child.kill('SIGKILL');
    await ended;
  }

  /** Orders that a window died over, with their picture on disk. */
  async function paidAndUnsaid(): Promise<number> {
    let count = 0;
    for (const folder of folders) {
      const kept = new KeptPictures(path.join(folder, '.kept'));
      for (const record of await recordsIn(storageIn(folder))) {
        const isOnItsWay = currentOrder(record).state === 'submitting';
        if (isOnItsWay && (await kept.has(record.id))) count++;
      }
    }
    return count;
  }

  it('are never ordered twice, and none that came is lost', async function () {
    this.timeout(120_000);
    let foundAgain = 0;
    for (const [index, moment] of moments.entries()) {
      await live(index + 1, moment);
      foundAgain += await paidAndUnsaid();
    }
    await live(0);

    assert.ok(
      [...orders.values()].every((count) => count === 1),
      'every order at most once',
    );
    const known = new Map<string, JobRecord>();
    for (const folder of folders) {
      for (const record of await recordsIn(storageIn(folder))) known.set(record.id, record);
      const kept = await readdir(path.join(folder, '.kept')).catch(() => []);
      // What was struck while it was written is not whole, and swept away as all such files are.
      assert.deepEqual(
        kept.filter((name) => !name.endsWith('.tmp')),
        [],
        'nothing that was paid for is left lying',
      );
    }
    for (const name of orders.keys()) assert.ok(known.has(name), 'what was paid for is known');
    const places = new Set<string>();
    let done = 0;
    for (const record of known.values()) {
      const state = stateOf(record);
      if (state === 'done') {
        const file = clipFileOf(record);
        assert.deepEqual(await readFile(file), pictureOf(record.id));
        assert.ok(!places.has(file), file);
        places.add(file);
        done++;
      } else if (state === 'failed') {
        // Made after one that is not here: then nothing was ordered.
        assert.equal(orders.has(record.id), false, currentOrder(record).error);
      } else assert.equal(state, 'unclear');
    }
    const paid = orders.size * 0.04;
    const all = [...known.values()];
    const surely = amountIn(sumOf(all.flatMap(clearChargesOf)), 'USD');
    const perhaps = amountIn(sumOf(all.flatMap(unclearChargesOf)), 'USD');
    const isWithin = surely <= paid + 1e-9 && paid <= surely + perhaps + 1e-9;
    assert.ok(isWithin, `${surely} + ${perhaps} for ${paid}`);
    assert.ok(foundAgain >= 3, `only ${foundAgain} were struck with their picture on disk`);
    assert.ok(done >= windows * 2, `only ${done} of ${known.size} were ever done`);
  });
});
