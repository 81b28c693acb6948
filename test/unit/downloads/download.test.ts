import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  readlink,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock, type Clock } from '../../../src/base/clock.ts';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { diskError } from '../../../src/base/disk-error.ts';
import type { DownloadRequest } from '../../../src/downloads/download-request.ts';
import { Downloader } from '../../../src/downloads/download.ts';
import type { VerifiedVideo } from '../../../src/downloads/verify-video.ts';
import { Http } from '../../../src/net/http.ts';
import type { ClipSource } from '../../../src/studios/port.ts';
import { Loopback, deadAddress, json } from '../net/loopback.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { rangeStart, serve } from '../jobs/clips.ts';
import { failure } from '../../support/failure.ts';
import { firstWrite, untilOnDisk } from './part-on-disk.ts';

const headers = { authorization: 'Bearer the-secret' };

describe('downloading a clip', () => {
  let folder: string;
  let file: string;
  let http: Http;
  let server: Loopback;
  let downloader: Downloader;
  let waits: number[];
  const clip = mp4(400_000);

  /** The real time, but nobody waits: what would have been waited for is noted. */
  const impatient: Clock = {
    now: () => systemClock.now(),
    sleep: (ms, signal) => {
      waits.push(ms);
      return systemClock.sleep(1, signal);
    },
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-download-'));
    file = path.join(folder, 'videos/story/scene-001.mp4');
    waits = [];
    http = new Http({ systemCertificates: false });
    server = await Loopback.start((asked, response) => {
      serve(clip, asked, response);
    });
    downloader = new Downloader({ http, clock: impatient, retries: 3 });
  });

  afterEach(async () => {
    await http.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const download = (more: Partial<DownloadRequest> = {}): Promise<VerifiedVideo> =>
    downloader.download({
      key: 'job-1',
      source: () => Promise.resolve({ kind: 'http', url: `${server.url}/clip`, headers }),
      file,
      root: folder,
      allowPrivate: true,
      signal: new AbortController().signal,
      ...more,
    });

  /** The clip is there, byte for byte, and nothing else. */
  const arrived = async (expected: Uint8Array = clip): Promise<void> => {
    assert.ok((await readFile(file)).equals(expected), 'the clip is not the one that was sent');
    assert.deepEqual(await readdir(path.dirname(file)), ['scene-001.mp4']);
  };

  /** Sends the beginning of the clip and then breaks the line, `times` times. */
  const breakLine = (times: number, after: number): void => {
    server.answer = (asked, response) => {
      if (server.asked.length > times) {
        serve(clip, asked, response);
        return;
      }
      const from = rangeStart(asked, '"v1"') ?? 0;
      response.writeHead(from > 0 ? 206 : 200, {
        etag: '"v1"',
        'content-length': clip.length - from,
        ...(from > 0 ? { 'content-range': `bytes ${from}-${clip.length - 1}/${clip.length}` } : {}),
      });
      response.write(clip.subarray(from, from + after), () => response.destroy());
    };
  };

  it('brings it into its place, with progress', async () => {
    const seen: { bytes: number; total?: number }[] = [];
    const video = await download({ onProgress: (progress) => seen.push(progress) });
    assert.deepEqual(video, { kind: 'mp4', bytes: clip.length, seconds: 8 });
    assert.equal(seen.at(-1)?.bytes, clip.length);
    assert.equal(seen.at(-1)?.total, clip.length);
    assert.equal(server.asked[0]?.headers.authorization, headers.authorization);
    await arrived();
  });

  for (const times of [1, 3]) {
    it(`goes on where the line broke (${times} times)`, async () => {
      breakLine(times, 100_000);
      await download();
      await arrived();
      const sent = server.asked.map((asked) => rangeStart(asked, '"v1"') ?? 0);
      assert.equal(sent.length, times + 1);
      assert.ok(
        sent.every((from, index) => index === 0 || from > (sent[index - 1] ?? 0)),
        String(sent),
      );
    });
  }

  it('goes on although the line breaks more often than it may fail in a row', async () => {
    breakLine(8, 40_000);
    await download();
    await arrived();
  });

  it('gives up when nothing more arrives, and keeps what is here', async () => {
    breakLine(1000, 0);
    const error = await failure(download());
    assert.equal(error.code, 'network');
    assert.equal(server.asked.length, 4);
    assert.ok(!existsSync(file));
  });

  it('accepts an answer that does not say how long it is', async () => {
    server.answer = (_asked, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' });
      response.write(clip.subarray(0, 1000));
      response.end(clip.subarray(1000));
    };
    await download();
    await arrived();
  });

  it('begins anew when such an answer was cut off', async () => {
    server.answer = (_asked, response, request) => {
      if (server.asked.length > 1) {
        response.end(clip);
        return;
      }
      // No length and no chunks: only the structure can tell that this is not all.
      request.socket.end(
        Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), clip.subarray(0, 9000)]),
      );
    };
    await download();
    await arrived();
  });

  it('asks again when a server ends early', async () => {
    server.answer = (asked, response, request) => {
      if (server.asked.length > 1) {
        serve(clip, asked, response);
        return;
      }
      const head = `HTTP/1.1 200 OK\r\nContent-Length: ${clip.length}\r\nETag: "v1"\r\n\r\n`;
      request.socket.end(Buffer.concat([Buffer.from(head), clip.subarray(0, 5000)]));
    };
    await download();
    await arrived();
    assert.equal(server.asked[1]?.headers.range, 'bytes=5000-');
  });

  it('asks again when a server falls silent', async () => {
    downloader = new Downloader({ http, clock: impatient, idleTimeoutMs: 300 });
    server.answer = (asked, response) => {
      if (server.asked.length > 1) {
        serve(clip, asked, response);
        return;
      }
      response.writeHead(200, { 'content-length': clip.length, etag: '"v1"' });
      response.write(clip.subarray(0, 5000));
    };
    await download();
    await arrived();
    assert.equal(server.asked[1]?.headers.range, 'bytes=5000-');
  });

  it('never mixes two versions of a file', async () => {
    const newer = mp4(300_000);
    breakLine(1, 100_000);
    const old = server.answer;
    server.answer = (asked, response, request) => {
      if (server.asked.length === 1) return old(asked, response, request);
      serve(newer, asked, response, '"v2"');
    };
    await download();
    await arrived(newer);
  });

  it('sees through a server that pretends to go on with another version', async () => {
    const newer = mp4(400_000);
    breakLine(1, 100_000);
    const old = server.answer;
    server.answer = (asked, response, request) => {
      if (server.asked.length === 1) return old(asked, response, request);
      // Ignores If-Range, but is honest about the version.
      const from = /\d+/.exec(asked.headers.range ?? '')?.[0];
      if (from === undefined) {
        serve(newer, asked, response, '"v2"');
        return;
      }
      response.writeHead(206, {
        etag: '"v2"',
        'content-range': `bytes ${from}-${newer.length - 1}/${newer.length}`,
      });
      response.end(newer.subarray(Number(from)));
    };
    await download();
    await arrived(newer);
  });

  it('does not go on where a weak validator would have to vouch', async () => {
    server.answer = (_asked, response) => {
      if (server.asked.length > 1) {
        response.writeHead(200, { 'content-length': clip.length }).end(clip);
        return;
      }
      response.writeHead(200, { 'content-length': clip.length, etag: 'W/"v1"' });
      response.write(clip.subarray(0, 5000), () => {
        setTimeout(() => response.destroy(), 10);
      });
    };
    await download();
    await arrived();
    assert.equal(server.asked[1]?.headers.range, undefined);
  });

  it('begins anew after a range that does not fit', async () => {
    breakLine(1, 100_000);
    const old = server.answer;
    server.answer = (asked, response, request) => {
      if (server.asked.length === 1) return old(asked, response, request);
      if (asked.headers.range === undefined) {
        serve(clip, asked, response);
        return;
      }
      response.writeHead(206, {
        etag: '"v1"',
        'content-range': `bytes 7-${clip.length - 1}/${clip.length}`,
      });
      response.end(clip.subarray(7));
    };
    await download();
    await arrived();
  });

  it('is content with a server that knows no ranges', async () => {
    breakLine(1, 100_000);
    const old = server.answer;
    server.answer = (asked, response, request) => {
      if (server.asked.length === 1) return old(asked, response, request);
      response.writeHead(200, { 'content-length': clip.length }).end(clip);
    };
    await download();
    await arrived();
  });

  it('refuses a page with a friendly status at once', async () => {
    server.answer = (_asked, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>');
    };
    const error = await failure(download());
    assert.equal(error.code, 'bad-answer');
    assert.match(error.message, /page/);
    assert.equal(server.asked.length, 2, 'one for the link, one for a fresh link');
    assert.deepEqual(waits, []);
    assert.ok(!existsSync(file));
  });

  it('refuses a page that calls itself a video', async () => {
    server.answer = (_asked, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' }).end('<h1>Sign in</h1>');
    };
    assert.match((await failure(download())).message, /web page/);
    assert.deepEqual(await readdir(path.dirname(file)), []);
  });

  it('refuses an empty file', async () => {
    server.answer = (_asked, response) => {
      response.writeHead(200, { 'content-length': 0 }).end();
    };
    assert.match((await failure(download())).message, /empty/);
    assert.ok(!existsSync(file));
  });

  it('fetches a damaged file again, by the checksum that the server gives', async () => {
    const damaged = Buffer.from(clip);
    damaged.fill(0, 200_000, 200_100);
    const digest = createHash('sha256').update(clip).digest('base64');
    server.answer = (_asked, response) => {
      response.setHeader('repr-digest', `sha-256=:${digest}:`);
      response.end(server.asked.length === 1 ? damaged : clip);
    };
    await download();
    await arrived();
  });

  it('does not take a file for good that stays damaged', async () => {
    server.answer = (_asked, response) => {
      response.setHeader('content-md5', createHash('md5').update('else').digest('base64'));
      response.end(clip);
    };
    assert.match((await failure(download())).message, /checksum/);
    assert.ok(!existsSync(file));
    assert.equal(server.asked.length, 3);
  });

  for (const status of [401, 403, 404, 410]) {
    it(`asks for a fresh link once after ${status}`, async () => {
      server.answer = (asked, response) => {
        if (asked.url === '/2') serve(clip, asked, response);
        else response.writeHead(status).end();
      };
      let links = 0;
      const source = (): Promise<ClipSource> =>
        Promise.resolve({ kind: 'http', url: `${server.url}/${++links}`, headers: {} });
      await download({ source });
      await arrived();
      assert.equal(links, 2);
    });
  }

  it('fails when the fresh link is refused as well, without asking on', async () => {
    server.answer = (_asked, response) => {
      response.writeHead(403).end();
    };
    const error = await failure(download());
    assert.equal(error.status, 403);
    assert.equal(server.asked.length, 2);
    assert.deepEqual(waits, []);
  });

  for (const [name, value, least, most] of [
    ['seconds', () => '3', 3000, 3300],
    ['a date', () => new Date(Date.now() + 9000).toUTCString(), 7000, 9500],
  ] as const) {
    it(`waits as long as it is told (${name})`, async () => {
      server.answer = (asked, response) => {
        if (server.asked.length > 1) serve(clip, asked, response);
        else json(response, {}, 429, { 'retry-after': value() });
      };
      await download();
      await arrived();
      const [wait = 0] = waits;
      assert.equal(waits.length, 1);
      assert.ok(wait >= least && wait <= most, String(wait));
    });
  }

  it('gives its place to others while it waits', async () => {
    const told = new AbortController();
    const patient: Clock = {
      now: () => systemClock.now(),
      sleep: (_ms, signal) =>
        systemClock
          .sleep(60_000, AbortSignal.any([told.signal, ...(signal ? [signal] : [])]))
          .catch(() => undefined),
    };
    downloader = new Downloader({ http, clock: patient, parallel: 1 });
    server.answer = (asked, response) => {
      if (asked.url === '/busy' && server.asked.length === 1) {
        json(response, {}, 503, { 'retry-after': '60' });
      } else {
        serve(clip, asked, response);
      }
    };
    const busy = download({
      source: () => Promise.resolve({ kind: 'http', url: `${server.url}/busy`, headers }),
    });
    const other = path.join(folder, 'videos/story/scene-002.mp4');
    await download({ file: other });
    assert.ok(existsSync(other) && !existsSync(file));
    told.abort();
    await busy;
    assert.ok(existsSync(file));
  });

  it('takes no credentials to another origin', async () => {
    const cdn = await Loopback.start((asked, response) => {
      serve(clip, asked, response);
    });
    try {
      server.answer = (_asked, response) => {
        response.writeHead(302, { location: `${cdn.url}/signed?x=1` }).end();
      };
      await download({
        source: () =>
          Promise.resolve({
            kind: 'http',
            url: server.url,
            headers: { ...headers, 'x-api-key': 'the-secret' },
          }),
      });
      await arrived();
      assert.equal(cdn.asked.length, 1);
      assert.doesNotMatch(JSON.stringify(cdn.asked), /secret/);
    } finally {
      await cdn.close();
    }
  });

  describe('where something is in its place by then', () => {
    const other = mp4(100);
    const moved: string[] = [];
    const another = (): string => file.replace('.mp4', '.take-2.mp4');

    beforeEach(async () => {
      moved.length = 0;
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, other);
    });

    const elsewhere = async (): Promise<string> => {
      assert.ok((await readFile(file)).equals(other), 'what is there stays');
      moved.push(another());
      return another();
    };

    it('goes to the other place that it is given', async () => {
      await download({ elsewhere });
      assert.deepEqual(moved, [another()]);
      assert.ok((await readFile(file)).equals(other));
      assert.ok((await readFile(another())).equals(clip));
      assert.deepEqual((await readdir(path.dirname(file))).length, 2, 'and no part is left');
    });

    it('goes there also where that is of another kind, or a link that leads nowhere', async () => {
      await rm(file);
      const webm = file.replace('.mp4', '.webm');
      await writeFile(webm, other);
      await download({ elsewhere: () => Promise.resolve(another()) });
      assert.ok((await readFile(another())).equals(clip));
      await rm(webm);
      await symlink('nowhere', file);
      const third = another().replace('take-2', 'take-3');
      await download({ elsewhere: () => Promise.resolve(third) });
      assert.ok((await readFile(third)).equals(clip));
      assert.equal(await readlink(file), 'nowhere');
    });

    it('stays a part where there is no other, and is not fetched again', async () => {
      const error = await failure(download());
      assert.equal(error.code, 'disk');
      assert.match(error.message, /is there already/);
      assert.ok((await readFile(file)).equals(other));
      await rm(file);
      await download();
      await arrived();
      assert.equal(server.asked.length, 1);
    });

    it('is left alone when nothing comes', async () => {
      server.answer = (_asked, response) => {
        response.end(clip.subarray(0, 1000));
      };
      await failure(download({ elsewhere }));
      assert.deepEqual(moved, []);
      assert.ok((await readFile(file)).equals(other));
    });

    it('is the same clip, put there by a window that could not write it down: it stays', async () => {
      await writeFile(file, clip);
      await download({ elsewhere });
      assert.deepEqual(moved, []);
      await arrived();
      assert.deepEqual(await readdir(path.dirname(file)), [path.basename(file)]);
    });
  });

  it('begins with the largest of those that wait', async () => {
    downloader = new Downloader({ http, clock: systemClock, parallel: 1 });
    const sizes = [2, undefined, 9, 5];
    await Promise.all(
      sizes.map((size, index) =>
        download({
          file: path.join(folder, `${index}.mp4`),
          source: () => Promise.resolve({ kind: 'http', url: `${server.url}/${index}`, headers }),
          ...(size === undefined ? {} : { expectedBytes: size }),
        }),
      ),
    );
    assert.deepEqual(
      server.asked.map(({ url }) => url),
      ['/2', '/3', '/0', '/1'],
    );
  });

  it('says that nothing answers, after having tried', async () => {
    const url = await deadAddress();
    const error = await failure(
      download({ source: () => Promise.resolve({ kind: 'http', url, headers }) }),
    );
    assert.equal(error.code, 'network');
    assert.equal(waits.length, 3);
  });

  it('stops when it is told to, and goes on later from there', async () => {
    const stop = new AbortController();
    server.answer = (_asked, response) => {
      response.writeHead(200, { 'content-length': clip.length, etag: '"v1"' });
      response.write(clip.subarray(0, 100_000));
    };
    const first = failure(download({ signal: stop.signal }));
    await untilOnDisk(file, [0, firstWrite]);
    stop.abort();
    assert.equal((await first).code, 'cancelled');
    server.answer = (asked, response) => {
      serve(clip, asked, response);
    };
    await download();
    await arrived();
    assert.match(server.asked[1]?.headers.range ?? '', /^bytes=\d+-$/);
  });

  it('stops at once while it still waits for its turn', async () => {
    downloader = new Downloader({ http, clock: systemClock, parallel: 1 });
    const hold = new AbortController();
    const stop = new AbortController();
    server.answer = () => undefined;
    const first = download({ signal: hold.signal });
    const second = download({ signal: stop.signal, file: path.join(folder, 'b.mp4') });
    stop.abort();
    assert.equal((await failure(second)).code, 'cancelled');
    hold.abort();
    await failure(first);
    assert.ok(server.asked.length <= 1);
  });

  it('goes on with what a crash has left', async () => {
    server.answer = (_asked, response) => {
      response.writeHead(200, { 'content-length': clip.length, etag: '"v1"' });
      response.write(clip.subarray(0, 100_000));
    };
    const stop = new AbortController();
    const first = failure(download({ signal: stop.signal }));
    await untilOnDisk(file, [0, firstWrite]);
    stop.abort();
    await first;
    server.asked.length = 0;
    server.answer = (asked, response) => {
      serve(clip, asked, response);
    };
    downloader = new Downloader({ http, clock: impatient });
    await download();
    await arrived();
    assert.ok(server.asked[0]?.headers.range);
  });

  it('does not fetch again what was whole when the window closed', async () => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(`${file}.part`, clip);
    const info = { key: 'job-1', validator: '"v1"', total: clip.length };
    await writeFile(`${file}.part.json`, `${JSON.stringify(info)}\n0-${clip.length}\n`);
    await download();
    await arrived();
    assert.equal(server.asked.length, 0);
  });

  for (const [name, sidecar] of [
    ['another render', `{"key":"job-0","validator":"\\"v1\\"","total":9}\n0-5\n`],
    ['nobody', undefined],
    ['a torn note', '{"key":"job'],
  ] as const) {
    it(`never goes on with remains of ${name}`, async () => {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(`${file}.part`, randomBytes(5000));
      if (sidecar !== undefined) await writeFile(`${file}.part.json`, sidecar);
      await download();
      await arrived();
      assert.equal(server.asked[0]?.headers.range, undefined);
    });
  }

  it('runs no more at once than it may, also after a change', async () => {
    downloader = new Downloader({ http, clock: systemClock, parallel: 2 });
    let running = 0;
    let most = 0;
    const open: (() => void)[] = [];
    server.answer = async (asked, response) => {
      running++;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => open.push(resolve));
      running--;
      serve(clip, asked, response);
    };
    const all = Array.from({ length: 9 }, (_, index) =>
      download({ file: path.join(folder, `${index}.mp4`) }),
    );
    const openWhen = async (count: number): Promise<void> => {
      while (open.length < count) await new Promise((resolve) => setImmediate(resolve));
      for (const go of open.splice(0)) go();
    };
    await openWhen(2);
    await openWhen(2);
    assert.equal(most, 2);
    downloader.setParallel(4);
    await openWhen(4);
    await openWhen(1);
    await Promise.all(all);
    assert.equal(most, 4);
  });

  it('never lets two downloads write one file, nor one take the place of the other', async () => {
    const other = mp4(300_000);
    server.answer = (asked, response) => {
      serve(asked.url === '/other' ? other : clip, asked, response);
    };
    const second = (): Promise<ClipSource> =>
      Promise.resolve({ kind: 'http', url: `${server.url}/other`, headers: {} });
    const another = file.replace('.mp4', '.take-2.mp4');
    const elsewhere = (): Promise<string> => Promise.resolve(another);
    await Promise.all([download(), download({ key: 'job-2', source: second, elsewhere })]);
    assert.ok((await readFile(another)).equals(other));
    await rm(another);
    await arrived();
  });

  describe('from a file on this machine', () => {
    it('takes the same way', async () => {
      const rendered = path.join(folder, 'rendered.mp4');
      await writeFile(rendered, clip);
      await download({ source: () => Promise.resolve({ kind: 'file', path: rendered }) });
      await arrived();
    });

    it('verifies it just the same', async () => {
      const rendered = path.join(folder, 'rendered.mp4');
      await writeFile(rendered, clip.subarray(0, 1000));
      const source = { kind: 'file', path: rendered } as const;
      const error = await failure(download({ source: () => Promise.resolve(source) }));
      assert.match(error.message, /cut off/);
      assert.ok(!existsSync(file));
    });

    it('says when it is gone', async () => {
      const source = { kind: 'file', path: path.join(folder, 'gone.mp4') } as const;
      const error = await failure(download({ source: () => Promise.resolve(source) }));
      assert.equal(error.code, 'disk');
      assert.match(error.message, /gone/);
    });
  });

  describe('when the disk says no', () => {
    it('refuses a folder that leads out of the workspace', async function () {
      if (process.platform === 'win32') this.skip();
      const outside = await mkdtemp(path.join(tmpdir(), 'scenewright-outside-'));
      try {
        await symlink(outside, path.join(folder, 'videos'));
        const error = await failure(download());
        assert.equal(error.code, 'disk');
        assert.match(error.message, /outside/);
        assert.deepEqual(await readdir(outside), []);
        assert.equal(server.asked.length, 0);
      } finally {
        await rm(outside, { recursive: true, force: true });
      }
    });

    it('refuses a path that climbs out of the workspace', async () => {
      const error = await failure(download({ file: path.join(folder, '../x/scene-001.mp4') }));
      assert.match(error.message, /outside/);
    });

    it('does not write through a link that lies in the way', async function () {
      if (process.platform === 'win32') this.skip();
      const victim = path.join(folder, 'precious.txt');
      await writeFile(victim, 'precious');
      await mkdir(path.dirname(file), { recursive: true });
      await symlink(victim, `${file}.part`);
      await download();
      await arrived();
      assert.equal(await readFile(victim, 'utf8'), 'precious');
    });

    it('says so when a folder cannot be written, and works once it can', async function () {
      if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
      await mkdir(path.dirname(file), { recursive: true });
      await chmod(path.dirname(file), 0o555);
      const error = await failure(download());
      assert.deepEqual([error.code, error.retryable], ['disk', true]);
      assert.match(error.message, /cannot be written/);
      await chmod(path.dirname(file), 0o755);
      await download();
      await arrived();
    });

    it('says so when a file is in the way of its folder', async () => {
      await mkdir(path.join(folder, 'videos'));
      await writeFile(path.dirname(file), '');
      assert.equal((await failure(download())).code, 'disk');
    });

    it('says what a full disk needs, and that nothing is lost', () => {
      const full = Object.assign(new Error('x'), { code: 'ENOSPC', syscall: 'write' });
      const error = diskError(full, file);
      assert.ok(error instanceof ScenewrightError);
      assert.deepEqual([error.code, error.retryable], ['disk', true]);
      assert.match(error.message, /full.*Make room.*kept/);
    });

    it('survives that its folder is deleted meanwhile', async () => {
      server.answer = async (_asked, response) => {
        response.writeHead(200, { 'content-length': clip.length, etag: '"v1"' });
        response.write(clip.subarray(0, 100_000));
        await untilOnDisk(file, [0, firstWrite]);
        await rm(path.join(folder, 'videos'), { recursive: true });
        response.end(clip.subarray(100_000));
        await once(response, 'finish');
      };
      const error = await failure(download());
      assert.equal(error.code, 'disk');
      assert.match(error.message, /not there any more/);
      server.answer = (asked, response) => {
        serve(clip, asked, response);
      };
      await download();
      await arrived();
    });
  });
});
