import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DiskSpaceWatch, diskSpaceIn } from '../../../src/downloads/disk-space.ts';
import { failure } from '../../support/failure.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { FileServer } from './file-server.ts';
import { Place, workerFile } from './place.ts';
import { smallDisk } from './small-disk.ts';

const clip = mp4(600_000);
const megabyte = Buffer.alloc(1_000_000, 1);

/** Sends and sends, until nobody wants to hear it any more. */
async function endlessly(response: ServerResponse, headers: Record<string, string>): Promise<void> {
  response.setMaxListeners(0);
  response.writeHead(200, { 'content-type': 'video/mp4', ...headers });
  response.write(clip);
  while (!response.destroyed) {
    if (response.write(megabyte)) continue;
    await new Promise<void>((resolve) => {
      response.once('drain', resolve).once('close', resolve);
    });
  }
}

for (const [where, options] of [
  ['in this thread', {}],
  ['in a worker thread', { workerFile }],
] as const) {
  describe(`a clip that is too large (${where})`, function () {
    this.timeout(20_000);
    let place: Place;
    let server: FileServer;

    beforeEach(async () => {
      place = await Place.make({ ...options, largestBytes: 5_000_000 });
      server = await FileServer.start(clip);
    });

    afterEach(async () => {
      await place.close();
      await server.close();
    });

    const left = (): Promise<string[]> => readdir(path.dirname(place.file));

    for (const [name, headers] of [
      ['says nothing of how to go on', {}],
      ['says how to go on', { etag: '"v1"', 'accept-ranges': 'bytes' }],
    ] as const) {
      it(`is given up and removed when it goes on and on, and the server ${name}`, async () => {
        server.instead = async (_request, response) => {
          await endlessly(response, headers);
          return true;
        };
        const error = await failure(place.download(server.url));
        assert.deepEqual([error.code, error.retryable], ['disk', false]);
        assert.match(error.message, /goes on and on.*more than 0\.005 GB.*downloads\.largestClip/);
        assert.equal(server.asked.length, 1, 'it is not fetched again by itself');
        assert.deepEqual(place.waits, []);
        assert.deepEqual(await left(), []);
      });
    }

    it('is refused at once where the server says how large it is', async () => {
      server.instead = (_request, response) => {
        response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': 6_000_000 });
        response.write(clip);
        return true;
      };
      const error = await failure(place.download(server.url));
      assert.match(error.message, /has 0\.006 GB.*raise the setting/);
      assert.deepEqual(await left(), []);
    });

    it('is not gone on with when the limit has come down', async () => {
      await mkdir(path.dirname(place.file), { recursive: true });
      await writeFile(`${place.file}.part`, clip);
      const info = { key: 'job-1', validator: '"v1"', total: 6_000_000 };
      await writeFile(`${place.file}.part.json`, `${JSON.stringify(info)}\n0-${clip.length}\n`);
      assert.match((await failure(place.download(server.url))).message, /has 0\.006 GB/);
      assert.equal(server.asked.length, 0);
      assert.deepEqual(await left(), []);
    });

    it('is taken once the limit allows it, also without a restart', async () => {
      place.reopen({ largestBytes: 100_000 });
      assert.match((await failure(place.download(server.url))).message, /largestClip/);
      place.setLargest(clip.length);
      await place.download(server.url);
      await place.expectClip(clip);
    });

    it('is not copied from this machine either', async () => {
      const rendered = path.join(place.folder, 'rendered.mp4');
      await writeFile(rendered, mp4(5_000_000));
      const source = { kind: 'file', path: rendered } as const;
      const error = await failure(place.download('', { source: () => Promise.resolve(source) }));
      assert.match(error.message, /largestClip/);
      assert.deepEqual(await left(), []);
    });

    it('keeps no part that nobody can go on with, and every one that somebody can', async () => {
      for (const etag of [undefined, '"v1"']) {
        server.instead = (_request, response) => {
          response.writeHead(200, {
            'content-length': clip.length,
            ...(etag === undefined ? {} : { etag }),
          });
          response.write(clip.subarray(0, 300_000), () => {
            setTimeout(() => response.destroy(), 20);
          });
          return true;
        };
        await failure(place.download(server.url));
        const expected = ['scene-001.mp4.part', 'scene-001.mp4.part.json'];
        assert.deepEqual(await left(), etag === undefined ? [] : expected);
      }
    });

    it('leaves nothing of a page that comes instead of the clip', async () => {
      server.instead = (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>');
        return true;
      };
      await failure(place.download(server.url));
      assert.deepEqual(await left(), []);
    });
  });

  describe(`a disk that a clip would fill (${where})`, function () {
    this.timeout(30_000);
    let place: Place;
    let server: FileServer;
    let disk: string;

    beforeEach(async function () {
      place = await Place.make(options);
      server = await FileServer.start(clip);
      disk = path.join(place.folder, 'small');
      await mkdir(disk);
      if (!smallDisk(disk, '40m')) this.skip();
    });

    afterEach(async () => {
      if (existsSync(disk)) execFileSync('umount', ['-lq', disk], { stdio: 'ignore' });
      await place.close();
      await server.close();
    });

    it('is never filled, and free again once the clip is given up', async () => {
      const free = async (): Promise<number> => {
        const { bavail, bsize } = await statfs(disk);
        return bavail * bsize;
      };
      const before = await free();
      let least = before;
      server.instead = async (_request, response) => {
        const looking = setInterval(() => {
          void free().then((bytes) => (least = Math.min(least, bytes)));
        }, 1);
        server.bytesPerSecond = 0;
        await endlessly(response, {}).finally(() => {
          clearInterval(looking);
        });
        return true;
      };
      const error = await failure(place.download(server.url, { file: path.join(disk, 'c.mp4') }));
      assert.deepEqual([error.code, error.retryable], ['disk', true]);
      assert.match(error.message, /full.* but for 2\.1 MB that are kept free.*Make room.*removed/);
      assert.ok(least > 0, 'the last of the room was never touched');
      assert.ok((await free()) >= before - 100_000);
      assert.deepEqual(await readdir(disk), []);
    });

    it('keeps what can be gone on with, and goes on with it once there is room', async () => {
      const file = path.join(disk, 'c.mp4');
      const large = mp4(30_000_000);
      server.file = large;
      server.bytesPerSecond = 20_000_000;
      const filler = path.join(disk, 'filler');
      // Somebody else uses up the disk meanwhile, before the server, in the same thread, sends anything more.
      const onProgress = ({ bytes }: { bytes: number }): void => {
        if (bytes < 5_000_000 || existsSync(filler)) return;
        try {
          writeFileSync(filler, Buffer.alloc(25_000_000));
        } catch {
          // As much as there is room for.
        }
      };
      const error = await failure(place.download(server.url, { file, onProgress }));
      assert.match(error.message, /full.*What is here already is kept/);
      assert.deepEqual((await readdir(disk)).sort(), ['c.mp4.part', 'c.mp4.part.json', 'filler']);
      await rm(filler);
      server.bytesPerSecond = 0;
      const before = server.sent;
      await place.download(server.url, { file });
      assert.ok(server.sent - before < large.length);
    });
  });
}

describe('the room on a disk', () => {
  it('is known also of a folder that is only to be made', async () => {
    const { bavail, bsize, blocks } = await statfs(tmpdir());
    const room = await diskSpaceIn(path.join(tmpdir(), 'not-there', 'nor-this'));
    assert.ok(room !== undefined);
    // Others write to the same disk meanwhile.
    assert.ok(Math.abs(room.bytes + room.reserve - bavail * bsize) < blocks * bsize * 0.5);
    assert.ok(room.reserve <= 1e9 && room.reserve > 0);
  });

  it('is used up when so much has come, also before the disk answers', () => {
    const told: number[] = [];
    const room = { bytes: 1000, reserve: 10 };
    const watch = new DiskSpaceWatch(tmpdir(), room, 500, ({ reserve }) => told.push(reserve));
    watch.note(1500);
    assert.deepEqual(told, []);
    watch.note(1501);
    assert.deepEqual(told, [10]);
  });

  it('is not asked for with every piece that comes', async () => {
    const watch = new DiskSpaceWatch(tmpdir(), await diskSpaceIn(tmpdir()), 0, () => undefined);
    let looks = 0;
    const look = Reflect.get(watch, 'look') as (bytes: number) => Promise<void>;
    Reflect.set(watch, 'look', async (bytes: number) => {
      looks++;
      await look.call(watch, bytes);
    });
    const began = performance.now();
    for (let bytes = 0; bytes < 400e6; bytes += 64_000) {
      watch.note(bytes);
      if (bytes % 640_000 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const seconds = (performance.now() - began) / 1000;
    const { bytes: room } = (await diskSpaceIn(tmpdir())) ?? { bytes: 0 };
    if (room > 400e6) assert.ok(looks <= 8 + seconds + 1, `${looks} looks in ${seconds} s`);
  });
});
