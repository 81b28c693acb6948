import assert from 'node:assert/strict';
import { Http } from '../../../src/net/http.ts';
import type { ClipSource, RemoteJob, VideoStudio } from '../../../src/studios/port.ts';
import { Gate } from '../net/gate.ts';
import { Loopback, json } from '../net/loopback.ts';
import { assertWithoutKey, request, type Stage } from './contract-stage.ts';

/** Whatever answers say, and wherever they lead: not to this machine, and not with the key elsewhere. */
export function goesWhereItMay(stage: Stage): void {
  const { context, wire } = stage;
  describe('where answers may lead', () => {
    /** A service on the public internet, as far as anybody here can tell. */
    const address = `http://studio.example${wire.basePath}`;
    /** Something on this machine that has no business with the service. */
    let inside: Loopback;
    let gate: Gate;
    let http: Http;

    beforeEach(async () => {
      await stage.start();
      inside = await Loopback.start((_asked, response) => {
        json(response, { secret: 'of this machine' });
      });
      gate = await Gate.start((host) =>
        ['studio.example', 'studio.local'].includes(host) ? stage.server.url : stage.stranger.url,
      );
      http = new Http({
        systemCertificates: false,
        proxy: gate.url,
        noProxy: [],
        timeouts: { headersMs: 500, wholeMs: 500 },
      });
    });

    afterEach(async () => {
      await http.close();
      await Promise.all([stage.close(), inside.close(), gate.close()]);
    });

    /** All that an adapter asks after the order; that it fails is as good as that it does not go. */
    const askEverything = async (studio: VideoStudio, job: RemoteJob): Promise<ClipSource[]> => {
      const asked: readonly (Promise<unknown> | undefined)[] = [
        studio.capabilities(context),
        studio.poll(job, context),
        studio.result(job, context),
        studio.thumbnail?.(job, context),
        studio.cancel?.(job, context),
        studio.upscale?.({ jobId: 'up-1', render: job, seconds: 8 }, context),
      ];
      const ended = await Promise.allSettled(asked.map(async (one) => await one));
      return ended.flatMap(({ status, ...rest }) => {
        const value = status === 'fulfilled' ? (rest as { value: unknown }).value : undefined;
        return typeof value === 'object' && value !== null && 'kind' in value
          ? [value as ClipSource]
          : [];
      });
    };

    const make = (base = address): VideoStudio => wire.make(base, { http, clock: stage.clock });

    it('to the service itself', async () => {
      const studio = make();
      const job = await studio.submit(request, context);
      stage.at('ready', { clip: 'http://studio.example/clips/1.mp4' });
      assert.deepEqual(await studio.poll(job, context), { state: 'ready' });
      const source = await studio.result(job, context);
      assert.ok(source.kind === 'http' && wire.key.header in source.headers);
    });

    it('not to this machine by a redirect, whatever is asked', async () => {
      const studio = make();
      const job = await studio.submit(request, context);
      for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '[::]']) {
        stage.answerOthers = (_asked, response) => {
          const location = inside.url.replace('127.0.0.1', host);
          response.writeHead(302, { location: `${location}/latest/meta-data` }).end();
        };
        await askEverything(studio, job);
        assert.deepEqual(inside.asked, [], host);
      }
    });

    it('not to this machine or another host by an address that it names', async () => {
      for (const there of [inside.url, 'http://10.0.0.7', 'http://other.example']) {
        stage.takeOrder = (_asked, response) => {
          json(response, wire.accepted(`${there}${wire.basePath}`, ''));
        };
        const studio = make();
        const job = await studio.submit(request, context);
        stage.at('ready', { clip: `${there}/clips/1.mp4` });
        for (const source of await askEverything(studio, job)) {
          assert.ok(source.kind === 'http');
          if (new URL(source.url).host !== 'studio.example') assert.deepEqual(source.headers, {});
          assert.notEqual(new URL(source.url).origin, new URL(inside.url).origin);
        }
      }
      assert.deepEqual(inside.asked, []);
      assertWithoutKey(stage.stranger.asked);
    });

    it('not to this machine from a service of the network', async () => {
      const near = `http://studio.local${wire.basePath}`;
      const studio = make(near);
      const job = await studio.submit(request, context);
      stage.answerOthers = (_asked, response) => {
        response.writeHead(302, { location: inside.url }).end();
      };
      await askEverything(studio, job);
      assert.deepEqual(inside.asked, []);
    });

    it('to another public host without the key', async () => {
      const studio = make();
      const job = await studio.submit(request, context);
      stage.answerOthers = (asked, response) => {
        response.writeHead(302, { location: `http://other.example${asked.url}` }).end();
      };
      await askEverything(studio, job);
      assert.ok(stage.stranger.asked.length > 0);
      assertWithoutKey(stage.stranger.asked);
    });
  });
}
