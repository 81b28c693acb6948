import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { Crc32c } from '../../../src/downloads/crc32c.ts';
import type { ClipSource } from '../../../src/studios/port.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { secureServer } from '../net/secure-server.ts';
import { FileServer, base64, type FileRequest } from './file-server.ts';
import { failure } from '../../support/failure.ts';
import { firstWrite, untilOnDisk } from './part-on-disk.ts';
import { Place, workerFile } from './place.ts';
import { smallDisk } from './small-disk.ts';

const clip = mp4(600_000);

/** The first so many requests break after so many bytes, in the way that is given. */
function breaks(
  server: FileServer,
  place: Place,
  times: number,
  after: number,
  how: (response: ServerResponse) => void,
): void {
  server.instead = async (request, response) => {
    if (request.number >= times) return false;
    const [from] = request.range ?? [0];
    await server.send(request, response, from + after);
    // A reset throws away what is still on its way: no more than the rest.
    await untilOnDisk(place.file, [from, from + Math.min(firstWrite, after)]);
    how(response);
    return true;
  };
}

function crc32c(file: Uint8Array): string {
  const crc = new Crc32c();
  crc.update(file);
  return crc.digest();
}

for (const [where, options] of [
  ['in this thread', {}],
  ['in a worker thread', { workerFile }],
] as const) {
  describe(`a download that goes wrong (${where})`, function () {
    this.timeout(20_000);
    let place: Place;
    let server: FileServer;

    beforeEach(async () => {
      place = await Place.make(options);
      server = await FileServer.start(clip);
    });

    afterEach(async () => {
      await place.close();
      await server.close();
    });

    const fetched = (): number => server.sent / clip.length;

    describe('because of the line', () => {
      const ways: [string, (response: ServerResponse) => void][] = [
        ['is reset', (response) => response.socket?.resetAndDestroy()],
        ['is closed early', (response) => response.socket?.end()],
      ];
      for (const [name, how] of ways) {
        for (const times of [1, 3]) {
          it(`goes on where it was when the connection ${name} (${times} times)`, async () => {
            breaks(server, place, times, 80_000, how);
            await place.download(server.url);
            await place.expectClip(clip);
            assert.equal(server.asked.length, times + 1);
            assert.ok(fetched() <= 1.1, `${fetched()} times the file was fetched`);
          });
        }
      }

      it('takes a file of unknown length as it comes', async () => {
        server.instead = (_request, response) => {
          response.writeHead(200, { 'content-type': 'video/mp4' });
          response.write(clip.subarray(0, 7));
          response.write(clip.subarray(7, 300_000));
          response.end(clip.subarray(300_000));
          return true;
        };
        await place.download(server.url);
        await place.expectClip(clip);
      });

      it('fetches a file of unknown length anew when it breaks off', async () => {
        server.instead = (request, response) => {
          response.writeHead(200, { 'content-type': 'video/mp4' });
          if (request.number > 0) response.end(clip);
          else response.write(clip.subarray(0, 300_000), () => response.destroy());
          return true;
        };
        await place.download(server.url);
        await place.expectClip(clip);
      });

      it('goes on when the server falls silent', async () => {
        place.reopen({ idleTimeoutMs: 300 });
        breaks(server, place, 1, 80_000, () => undefined);
        await place.download(server.url);
        await place.expectClip(clip);
        assert.ok(fetched() <= 1.1);
      });

      it('goes on over another connection when the server only drips', async () => {
        place.reopen({ lowSpeed: { bytesPerSecond: 20_000, ms: 300 } });
        server.instead = async (request, response) => {
          if (request.number > 0) return false;
          server.bytesPerSecond = 2000;
          await server.send(request, response);
          return true;
        };
        const drips = place.download(server.url);
        await until(() => server.asked.length > 1);
        server.bytesPerSecond = 0;
        await drips;
        await place.expectClip(clip);
        assert.equal(server.asked.length, 2);
        assert.ok((server.asked[1]?.range?.[0] ?? 0) > 0);
      });

      it('gives up on a server that never does anything but drip', async () => {
        place.reopen({ lowSpeed: { bytesPerSecond: 1e6, ms: 100 }, retries: 2 });
        server.bytesPerSecond = 10_000;
        const error = await failure(place.download(server.url));
        assert.match(error.message, /far too slowly/);
        assert.equal(server.asked.length, 3);
        await place.expectNoClip();
      });
    });

    describe('because the server has enough to do', () => {
      for (const status of [429, 503]) {
        for (const [name, value, least, most] of [
          ['seconds', () => '7', 7000, 7700],
          ['a date', () => new Date(Date.now() + 20_000).toUTCString(), 17_900, 22_000],
        ] as const) {
          it(`waits as long as it is told (${status}, ${name})`, async () => {
            server.instead = (request, response) => {
              if (request.number > 0) return false;
              response.writeHead(status, { 'retry-after': value() }).end();
              return true;
            };
            await place.download(server.url);
            await place.expectClip(clip);
            const [wait = 0] = place.waits;
            assert.equal(place.waits.length, 1);
            assert.ok(wait >= least && wait <= most, String(wait));
          });
        }
      }
    });

    describe('because it is not the same file any more', () => {
      const other = mp4(600_000);

      it('begins anew when the version changed', async () => {
        breaks(server, place, 1, 80_000, (response) => {
          response.destroy();
          server.file = other;
          server.etag = '"v2"';
        });
        await place.download(server.url);
        await place.expectClip(other);
      });

      it('begins anew when the server gives ranges of another version', async () => {
        breaks(server, place, 1, 80_000, (response) => {
          response.destroy();
          server.file = other;
        });
        const before = server.instead;
        server.instead = async (request, response) => {
          if (request.range !== undefined) server.etag = '"v2"';
          return await before(request, response, server);
        };
        await place.download(server.url);
        await place.expectClip(other);
      });

      it('begins anew when the server ignores ranges', async () => {
        breaks(server, place, 1, 80_000, (response) => {
          response.destroy();
          server.ranges = false;
        });
        await place.download(server.url);
        await place.expectClip(clip);
      });

      for (const [name, range] of [
        [
          'begins elsewhere',
          (from: number) => `bytes ${from + 1}-${clip.length - 1}/${clip.length}`,
        ],
        ['has another length', (from: number) => `bytes ${from}-${clip.length}/${clip.length + 1}`],
        ['is nonsense', () => 'bytes */*'],
        ['is missing', () => undefined],
      ] as const) {
        it(`begins anew after a range that ${name}`, async () => {
          breaks(server, place, 1, 80_000, (response) => response.destroy());
          const before = server.instead;
          server.instead = async (request, response) => {
            if (request.range === undefined) return await before(request, response, server);
            const told = range(request.range[0]);
            response.writeHead(206, {
              etag: '"v1"',
              ...(told === undefined ? {} : { 'content-range': told }),
            });
            response.end(clip.subarray(request.range[0]));
            return true;
          };
          await place.download(server.url);
          await place.expectClip(clip);
        });
      }
    });

    describe('because of what is sent', () => {
      for (const [name, type, content] of [
        ['calls itself one', 'text/html; charset=utf-8', '<h1>Sign in</h1>'],
        ['calls itself a video', 'video/mp4', '<!doctype html><h1>Sign in</h1>'],
        ['is an error in JSON', 'application/json', '{"error":"gone"}'],
      ] as const) {
        it(`takes no page for a clip when it ${name}`, async () => {
          server.instead = (_request, response) => {
            response.writeHead(200, { 'content-type': type }).end(content);
            return true;
          };
          const error = await failure(place.download(server.url));
          assert.equal(error.code, 'bad-answer');
          assert.deepEqual(place.waits, [], 'it is no use to wait');
          assert.equal(server.asked.length, 2, 'once, and once with a fresh link');
          await place.expectNoClip();
        });
      }

      const damaged = Buffer.from(clip);
      damaged.fill(0, 300_000, 300_010);
      const checksums: [string, Record<string, string>][] = [
        ['Content-MD5', { 'content-md5': base64('md5', clip) }],
        ['Digest', { digest: `sha-256=${base64('sha256', clip)}` }],
        ['Repr-Digest', { 'repr-digest': `sha-512=:${base64('sha512', clip)}:` }],
        ['x-goog-hash with MD5', { 'x-goog-hash': `crc32c=AAAAAA==,md5=${base64('md5', clip)}` }],
        ['x-goog-hash with CRC32C only', { 'x-goog-hash': `crc32c=${crc32c(clip)}` }],
      ];
      for (const [name, headers] of checksums) {
        it(`fetches it again when ${name} says that it is damaged`, async () => {
          server.headers = { ...server.headers, ...headers };
          server.file = damaged;
          server.instead = (request) => {
            if (request.number > 0) server.file = clip;
            return false;
          };
          await place.download(server.url);
          await place.expectClip(clip);
          assert.equal(server.asked.length, 2);
        });
      }

      it('checks the checksum of a file that came in two goes as well', async () => {
        server.headers = {
          ...server.headers,
          'repr-digest': `sha-256=:${base64('sha256', clip)}:`,
        };
        breaks(server, place, 1, 80_000, (response) => {
          response.destroy();
          server.file = damaged;
        });
        const before = server.instead;
        server.instead = async (request, response) => {
          if (request.number > 1) server.file = clip;
          return await before(request, response, server);
        };
        await place.download(server.url);
        await place.expectClip(clip);
        assert.equal(server.asked.length, 3);
      });

      it('does not take it for good when it stays damaged', async () => {
        server.headers = { ...server.headers, digest: `md5=${base64('md5', clip)}` };
        server.file = damaged;
        const error = await failure(place.download(server.url));
        assert.match(error.message, /damaged/);
        await place.expectNoClip();
      });

      it('takes no empty file for a clip', async () => {
        server.file = new Uint8Array();
        assert.match((await failure(place.download(server.url))).message, /empty/);
        await place.expectNoClip();
      });

      it('ignores what comes after the length that was announced', async () => {
        server.instead = (request, response) => {
          response.socket?.write(
            `HTTP/1.1 200 OK\r\nContent-Length: ${clip.length}\r\n\r\n`,
            'latin1',
          );
          response.socket?.write(Buffer.concat([clip, Buffer.from('HTTP/1.1 200 OK\r\n\r\n')]));
          return request.number >= 0;
        };
        await place.download(server.url);
        await place.expectClip(clip);
      });

      it('takes no file for whole that is shorter than announced', async () => {
        server.instead = (_request, response) => {
          response.writeHead(200, { 'content-length': clip.length + 10 });
          response.write(clip, () => response.socket?.end());
          return true;
        };
        const error = await failure(place.download(server.url));
        assert.equal(error.code, 'network');
        await place.expectNoClip();
      });

      it('takes no names from outside', async () => {
        const name = `../../${'x'.repeat(10_000)}`;
        server.headers = {
          ...server.headers,
          'content-disposition': 'attachment; filename="../../x.mp4"',
        };
        await place.download(`${server.url}/${name.replaceAll('/', '%2f')}?name=../../x.mp4`);
        await place.expectClip(clip);
        assert.deepEqual(await readdir(place.folder), ['videos']);
        assert.ok(!existsSync(path.join(place.folder, '../x.mp4')));
      });
    });

    describe('because of where it leads', () => {
      const secret = 'a-very-secret-key';
      const source = (url: string) => (): Promise<ClipSource> =>
        Promise.resolve({
          kind: 'http',
          url: `${url}/v1/clip?alt=media&key=${secret}`,
          headers: {
            authorization: `Bearer ${secret}`,
            'x-api-key': secret,
            'x-goog-api-key': secret,
            cookie: `session=${secret}`,
          },
        });
      const redirect = (to: (request: FileRequest) => string): void => {
        server.instead = (request, response) => {
          response.writeHead(302, { location: to(request) }).end();
          return true;
        };
      };

      it('takes no credentials to another origin, not even when told to', async () => {
        const cdn = await FileServer.start(clip);
        try {
          redirect(() => `${cdn.url}/signed?sig=1&key=${secret}&token=${secret}`);
          await place.download('', { source: source(server.url) });
          await place.expectClip(clip);
          assert.equal(cdn.asked.length, 1);
          assert.doesNotMatch(JSON.stringify(cdn.asked), /secret/);
          assert.match(cdn.asked[0]?.url ?? '', /sig=1/);
        } finally {
          await cdn.close();
        }
      });

      it('takes none there when it goes on after a broken line either', async () => {
        const cdn = await FileServer.start(clip);
        try {
          redirect(() => `${cdn.url}/signed`);
          breaks(cdn, place, 2, 80_000, (response) => response.destroy());
          await place.download('', { source: source(server.url) });
          await place.expectClip(clip);
          assert.equal(cdn.asked.length, 3);
          assert.doesNotMatch(JSON.stringify(cdn.asked), /secret/);
        } finally {
          await cdn.close();
        }
      });

      it('does not go in circles', async () => {
        redirect(({ number }) => `/again/${number}`);
        const error = await failure(place.download(server.url));
        assert.match(error.message, /^Too many redirects/);
        assert.ok(server.asked.length <= 6);
        assert.deepEqual(place.waits, []);
      });

      it('does not go from an encrypted address to an open one', async () => {
        const secure = await secureServer((_request, response) => {
          response.writeHead(302, { location: `${server.url}/clip` }).end();
        });
        process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
        try {
          const error = await failure(place.download('', { source: source(secure.url) }));
          assert.match(error.message, /^A redirect to an unencrypted address/);
          assert.equal(server.asked.length, 0);
          assert.deepEqual(place.waits, []);
        } finally {
          delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
          await secure.close();
        }
      });

      it('goes to no private address when the service is a public one', async () => {
        const { hostname, port } = new URL(server.url);
        for (const address of [
          `http://${hostname}:${port}/`,
          `http://localhost:${port}/`,
          `http://[::ffff:127.0.0.1]:${port}/`,
          `http://0x7f.1:${port}/`,
          'http://169.254.169.254/latest/meta-data',
        ]) {
          const error = await failure(place.download(address, { allowPrivate: false }));
          assert.match(error.message, /not a public address/);
          assert.equal(error.retryable, false);
        }
        assert.equal(server.asked.length, 0);
        assert.deepEqual(place.waits, []);
      });

      for (const status of [401, 403, 404, 410]) {
        it(`asks for a fresh link once when it is refused (${status})`, async () => {
          server.instead = (request, response) => {
            if (request.url === '/2') return false;
            response.writeHead(status).end(`no ${secret}`);
            return true;
          };
          let links = 0;
          const renewing = (): Promise<ClipSource> =>
            Promise.resolve({ kind: 'http', url: `${server.url}/${++links}`, headers: {} });
          await place.download('', { source: renewing });
          await place.expectClip(clip);
          assert.equal(links, 2);
        });
      }

      it('fails at once when the fresh link is refused too, and tells no secret', async () => {
        server.instead = (request, response) => {
          response.writeHead(403).end(`{"error":"${request.url} is expired"}`);
          return true;
        };
        const error = await failure(place.download('', { source: source(server.url) }));
        assert.equal(error.status, 403);
        assert.doesNotMatch(
          `${error.message} ${error.stack ?? ''} ${String(error.cause)}`,
          /secret/,
        );
        assert.equal(server.asked.length, 2);
        assert.deepEqual(place.waits, []);
      });
    });

    describe('because of the disk', () => {
      it('says what is missing on a disk that is too small, and goes on once there is room', async function () {
        const disk = path.join(place.folder, 'small');
        await mkdir(disk);
        if (!smallDisk(disk, '1m')) {
          this.skip();
          return;
        }
        try {
          const file = path.join(disk, 'clip.mp4');
          const filler = path.join(disk, 'filler');
          await writeFile(filler, Buffer.alloc(700_000));
          const error = await failure(place.download(server.url, { file }));
          assert.deepEqual([error.code, error.retryable], ['disk', true]);
          assert.match(error.message, /full.*needs 0\.7 MB/);
          assert.deepEqual(place.waits, []);
          // A server that does not say how much comes shows it only on the way.
          server.instead = (request, response) => {
            response.writeHead(200, { 'content-type': 'video/mp4' });
            response.end(clip);
            return request.number < 2;
          };
          const midway = await failure(place.download(server.url, { file }));
          assert.equal(midway.code, 'disk');
          assert.match(midway.message, /full/);
          assert.ok(!existsSync(file));
          server.instead = () => false;
          await rm(filler);
          await place.download(server.url, { file });
          assert.ok(existsSync(file));
        } finally {
          execFileSync('umount', ['-l', disk]);
        }
      });

      it('survives that its folder is deleted meanwhile', async () => {
        server.instead = async (request, response) => {
          if (request.number > 0) return false;
          await server.send(request, response, 150_000);
          // Before that the folder would only be made anew.
          await untilOnDisk(place.file, [0, firstWrite]);
          await rm(path.join(place.folder, 'videos'), { recursive: true });
          await server.write(response, 150_000, clip.length);
          response.end();
          return true;
        };
        const error = await failure(place.download(server.url));
        assert.equal(error.code, 'disk');
        assert.match(error.message, /not there any more/);
        await place.download(server.url);
        await place.expectClip(clip);
      });

      it('says that a name is too long', async () => {
        const file = path.join(place.folder, `${'x'.repeat(10_000)}.mp4`);
        const error = await failure(place.download(server.url, { file }));
        assert.equal(error.code, 'disk');
        assert.match(error.message, /too long/);
        assert.ok(error.message.length < 400);
        assert.deepEqual(place.waits, []);
      });

      for (const file of ['../x.mp4', '../../x.mp4', 'videos/../../x.mp4']) {
        it(`refuses to save to ${file}`, async () => {
          const error = await failure(
            place.download(server.url, { file: path.join(place.folder, file) }),
          );
          assert.match(error.message, /outside/);
          assert.equal(server.asked.length, 0);
        });
      }
    });
  });
}

async function until(check: () => boolean): Promise<void> {
  while (!check()) await new Promise((resolve) => setTimeout(resolve, 2));
}
