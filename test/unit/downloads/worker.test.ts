import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { fromPlain, toPlain } from '../../../src/downloads/worker-messages.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { FileServer } from './file-server.ts';
import { failure } from '../../support/failure.ts';
import { firstWrite, untilOnDisk } from './part-on-disk.ts';
import { Place, workerFile } from './place.ts';

const clip = mp4(600_000);

describe('downloads in a thread of their own', function () {
  this.timeout(20_000);
  let place: Place;
  let server: FileServer;

  beforeEach(async () => {
    place = await Place.make({ workerFile });
    server = await FileServer.start(clip);
  });

  afterEach(async () => {
    await place.close();
    await server.close();
  });

  it('tell how they get on', async () => {
    const seen: number[] = [];
    server.instead = async (request, response) => {
      let at = 1000;
      await server.send(request, response, at);
      for (; seen.length < 3; at++) {
        await server.write(response, at, at + 1);
        await pause(5);
      }
      await server.write(response, at, clip.length);
      response.end();
      return true;
    };
    const video = await place.download(server.url, {
      onProgress: ({ bytes, total }) => {
        assert.ok(total === undefined || total === clip.length);
        seen.push(bytes);
      },
    });
    await place.expectClip(clip);
    assert.deepEqual(video, { kind: 'mp4', bytes: clip.length, seconds: 8 });
    assert.ok(seen.length > 2, String(seen));
    assert.deepEqual(
      seen,
      [...seen].sort((a, b) => a - b),
    );
    assert.equal(seen.at(-1), clip.length);
  });

  it('stop when they are told to, and go on later from there', async () => {
    server.instead = async (request, response) => {
      if (request.number > 0) return false;
      await server.send(request, response, 100_000);
      return true;
    };
    const stop = new AbortController();
    const first = failure(place.download(server.url, { signal: stop.signal }));
    await untilOnDisk(place.file, [0, firstWrite]);
    stop.abort();
    assert.equal((await first).code, 'cancelled');
    await place.download(server.url);
    await place.expectClip(clip);
    assert.ok((server.asked[1]?.range?.[0] ?? 0) >= firstWrite);
    assert.ok(server.sent <= clip.length * 1.1);
  });

  it('keep to a limit that is set while they run', async () => {
    server.bytesPerSecond = 400_000;
    const downloader = place.reopen({ bytesPerSecond: 200_000 });
    let lifted = false;
    await downloader.download({
      key: 'job-1',
      source: () => Promise.resolve({ kind: 'http', url: server.url, headers: {} }),
      file: place.file,
      root: place.folder,
      allowPrivate: true,
      signal: new AbortController().signal,
      onProgress: ({ bytes }) => {
        if (lifted || bytes < 50_000) return;
        lifted = true;
        server.bytesPerSecond = 0;
        downloader.setBandwidth(0);
      },
    });
    await place.expectClip(clip);
    assert.equal(lifted, true);
  });

  it('survive that their thread dies: the next one goes on', async () => {
    // A worker that dies with the first download, and is the real one from then on.
    const dying = path.join(place.folder, 'dying.mjs');
    const mark = path.join(place.folder, 'died');
    await writeFile(
      dying,
      `import { existsSync, writeFileSync } from 'node:fs';
       import { parentPort } from 'node:worker_threads';
       if (existsSync(${JSON.stringify(mark)})) await import(${JSON.stringify(workerFile)});
       else parentPort.on('message', () => {
         writeFileSync(${JSON.stringify(mark)}, '');
         throw new Error('The thread dies.');
       });`,
    );
    place.reopen({ workerFile: dying });
    await place.download(server.url);
    assert.equal(place.waits.length, 1);
  });

  it('fail when there is no such thread to be had', async () => {
    place.reopen({ workerFile: path.join(place.folder, 'missing.mjs'), retries: 1 });
    const error = await failure(place.download(server.url));
    assert.match(error.message, /worker failed/);
    assert.equal(error.retryable, true);
  });

  it('are cancelled when it all ends', async () => {
    server.bytesPerSecond = 100_000;
    const stop = new AbortController();
    const downloader = place.reopen();
    const running = failure(place.download(server.url, { signal: stop.signal }));
    while (server.asked.length === 0) await pause(5);
    stop.abort();
    await downloader.dispose();
    assert.equal((await running).code, 'cancelled');
  });
});

describe('an error on its way from thread to thread', () => {
  it('stays what it is', () => {
    const cause = Object.assign(new Error('below'), { code: 'TOO_SLOW' });
    const error = new ScenewrightError('network', 'Too slow.', {
      cause,
      retryable: true,
      status: 503,
      retryAfterMs: 1000,
    });
    const arrived = fromPlain(structuredClone(toPlain(error)));
    for (const field of ['code', 'message', 'retryable', 'status', 'retryAfterMs'] as const) {
      assert.equal(arrived[field], error[field]);
    }
    assert.equal((arrived.cause as { code?: string }).code, 'TOO_SLOW');
  });

  it('is one of ours in any case', () => {
    const arrived = fromPlain(structuredClone(toPlain(new TypeError('x is not a function'))));
    assert.equal(arrived.code, 'internal');
    assert.match(arrived.message, /x is not a function/);
  });
});
