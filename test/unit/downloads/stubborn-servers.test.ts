import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { Loopback } from '../net/loopback.ts';
import { userAgent } from '../../../src/net/user-agent.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { FileServer } from './file-server.ts';
import { failure } from '../../support/failure.ts';
import { firstWrite, untilOnDisk } from './part-on-disk.ts';
import { Place, workerFile } from './place.ts';

const clip = mp4(600_000);

for (const [where, options] of [
  ['in this thread', {}],
  ['in a worker thread', { workerFile }],
] as const) {
  describe(`a clip from a server with ways of its own (${where})`, function () {
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

    /** The first answer breaks off, and from then on stretches are turned away. */
    const noStretches = (refuse: (response: ServerResponse) => void): void => {
      server.instead = async (request, response) => {
        if (request.number === 0) {
          await server.send(request, response, 100_000);
          await untilOnDisk(place.file, [0, firstWrite]);
          response.destroy();
          return true;
        }
        if (request.headers.range === undefined) return false;
        refuse(response);
        return true;
      };
    };

    for (const status of [400, 403, 405, 406, 412, 416, 501]) {
      it(`is fetched whole where a stretch of it is refused (${status})`, async () => {
        noStretches((response) => response.writeHead(status).end('no ranges here'));
        await place.download(server.url);
        await place.expectClip(clip);
        assert.equal(server.asked.length, 3);
        assert.equal(place.waits.length, 1);
      });
    }

    it('is fetched whole where who asks for a stretch finds the line cut', async () => {
      noStretches((response) => response.socket?.resetAndDestroy());
      await place.download(server.url);
      await place.expectClip(clip);
    });

    it('keeps what is here where a stretch is refused for another reason', async () => {
      noStretches((response) => response.writeHead(503).end());
      const error = await failure(place.download(server.url));
      assert.equal(error.status, 503);
      server.instead = () => false;
      await place.download(server.url);
      await place.expectClip(clip);
      assert.ok((server.asked.at(-1)?.range?.[0] ?? 0) > 0);
    });

    it('is waited for while nothing of it comes, and that is told', async () => {
      place.reopen({ idleTimeoutMs: 50, firstByteMs: 10_000, toldAfterMs: 300 });
      let told: () => void = () => undefined;
      const waiting = new Promise<void>((resolve) => (told = resolve));
      server.instead = async (request, response) => {
        response.writeHead(200, { 'content-length': clip.length }).flushHeaders();
        await waiting;
        await server.write(response, 0, clip.length);
        response.end();
        return request.number >= 0;
      };
      await place.download(server.url, { onWaiting: told });
      await place.expectClip(clip);
      assert.deepEqual(place.waits, []);
    });

    it('is waited for until the answer begins, which the wish to stop ends at once', async () => {
      place.reopen({ idleTimeoutMs: 50, firstByteMs: 60_000, toldAfterMs: 300 });
      server.instead = () => true;
      const stop = new AbortController();
      const error = await failure(
        place.download(server.url, {
          onWaiting: () => {
            stop.abort();
          },
          signal: stop.signal,
        }),
      );
      assert.equal(error.code, 'cancelled');
      assert.equal(server.asked.length, 1);
    });

    it('is given up where nothing ever comes', async () => {
      place.reopen({ firstByteMs: 100, retries: 1 });
      server.instead = () => true;
      const error = await failure(place.download(server.url));
      assert.match(error.message, /^No answer came in time/);
      assert.equal(server.asked.length, 2);
    });

    it('is given to whoever says who it is', async () => {
      server.instead = ({ headers }, response) => {
        const isKnown = headers['user-agent'] === userAgent && headers.accept !== undefined;
        if (!isKnown) response.writeHead(406).end();
        return !isKnown;
      };
      await place.download(server.url);
      await place.expectClip(clip);
    });

    it('is given by a store that is led to, signature and all', async () => {
      const signed = '/a|b%20c+d.mp4?X-Amz-Signature=a%2Bb&token=tttttttt-tttttttt&x=1;y';
      const service = await Loopback.start((_asked, response) => {
        response.writeHead(307, { location: `${server.url}${signed}` }).end();
      });
      try {
        server.instead = ({ url }, response) => {
          if (url !== signed) response.writeHead(403).end('SignatureDoesNotMatch');
          return url !== signed;
        };
        const headers = { authorization: 'Bearer tttttttt-of-our-own' };
        const source = () => Promise.resolve({ kind: 'http', url: service.url, headers } as const);
        await place.download('', { source });
        await place.expectClip(clip);
        assert.equal(server.asked[0]?.headers.authorization, undefined);
      } finally {
        await service.close();
      }
    });
  });
}
