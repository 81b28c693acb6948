import assert from 'node:assert/strict';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { Loopback, json } from '../net/loopback.ts';
import {
  account,
  assertWithoutKey,
  onTheWeb,
  request,
  secret,
  type Stage,
} from './contract-stage.ts';
import { failure } from '../../support/failure.ts';

/** Where a key may go: to the origin of the base URL, and nowhere else. */
export function keepsTheKeyAtHome(stage: Stage): void {
  const { context, wire } = stage;
  describe('where the key may go', () => {
    beforeEach(() => stage.start());

    afterEach(() => stage.close());

    it('stays at home when the service names addresses elsewhere', async () => {
      stage.takeOrder = (_asked, response) => {
        json(response, wire.accepted(`${stage.stranger.url}${wire.basePath}`, ''));
      };
      const studio = stage.studio();
      const job = await studio.submit(request, context);
      stage.at('working');
      assert.equal((await studio.poll(job, context)).state, 'rendering');
      stage.at('ready');
      assert.deepEqual(await studio.poll(job, context), { state: 'ready' });
      await studio.result(job, context);
      // What is over cannot be stopped everywhere.
      await studio.cancel?.(job, context).catch(() => undefined);
      assert.equal(stage.stranger.asked.length, 0);
    });

    it('stays at home when a record names addresses elsewhere', async () => {
      const { remoteId, data = {} } = await stage.submit();
      const forged = Object.fromEntries(
        Object.entries(data).map(([name, value]) => [
          name,
          name !== 'base' && value.startsWith(stage.server.url)
            ? value.replace(stage.server.url, stage.stranger.url)
            : value,
        ]),
      );
      stage.at('ready');
      const studio = stage.studio();
      const job = { remoteId, data: forged };
      await studio.poll(job, context);
      await studio.result(job, context);
      await studio.thumbnail?.(job, context);
      // What is over cannot be stopped everywhere.
      await studio.cancel?.(job, context).catch(() => undefined);
      assert.equal(stage.stranger.asked.length, 0);
    });

    it('is in no record, even where the service says it back', async () => {
      stage.takeOrder = (_asked, response) => {
        json(response, wire.accepted(stage.base, `?key=${secret}`));
      };
      assert.doesNotMatch(JSON.stringify(await stage.submit()), new RegExp(secret));
    });

    it('goes along for a clip of the service itself, and not for one elsewhere', async () => {
      const studio = stage.studio();
      const job = await studio.submit(request, context);
      stage.at('ready');
      const own = onTheWeb(await studio.result(job, context));
      assert.equal(own.headers[wire.key.header], wire.key.value(secret));
      if (wire.keepsClips === true) return;
      stage.at('ready', { clip: `${stage.stranger.url}/clips/1.mp4` });
      const foreign = await studio.result(job, context);
      assert.deepEqual(onTheWeb(foreign).headers, {});
      assert.deepEqual(await stage.fetch(foreign), stage.film);
      assertWithoutKey(stage.stranger.asked);
    });

    it('does not follow a redirect to another origin', async () => {
      const gate = await Loopback.start((asked, response) => {
        response.writeHead(302, { location: `${stage.stranger.url}${asked.url}` }).end();
      });
      try {
        const studio = stage.studio();
        const job = await studio.submit(request, context);
        stage.at('ready');
        const { headers } = onTheWeb(await studio.result(job, context));
        const source = { kind: 'http', url: `${gate.url}/clips/1.mp4`, headers } as const;
        assert.deepEqual(await stage.fetch(source), stage.film);
        assert.equal(gate.asked[0]?.headers[wire.key.header], wire.key.value(secret));
        assertWithoutKey(stage.stranger.asked);
      } finally {
        await gate.close();
      }
    });

    it('never leads to an address that is not on the web', async () => {
      const studio = stage.studio();
      const job = await studio.submit(request, context);
      for (const clip of ['file:///etc/passwd', 'ftp://host/clip.mp4', 'javascript:0', ' ']) {
        stage.at('ready', { clip });
        try {
          const { url } = onTheWeb(await studio.result(job, context));
          assert.equal(new URL(url).origin, stage.server.url, clip);
        } catch (error) {
          assert.ok(error instanceof ScenewrightError);
          assert.equal(error.code, 'bad-answer');
        }
      }
    });

    it("does not go to today's service for yesterday's render", async () => {
      const job = await stage.submit();
      const studio = stage.studio(`${stage.stranger.url}${wire.basePath}`);
      const calls = [
        studio.poll(job, context),
        studio.result(job, context),
        (async () => studio.thumbnail?.(job, context) ?? studio.result(job, context))(),
        ...(studio.cancel === undefined ? [] : [studio.cancel(job, context)]),
      ];
      for (const call of calls) assert.equal((await failure(call)).code, 'bad-input');
      assert.equal(stage.stranger.asked.length, 0);
    });

    it('is not made up where there is none', async () => {
      const { signal } = context;
      const studio = stage.studio();
      const job = await studio.submit(request, { signal });
      await studio.poll(job, { signal, account: { ...account, key: () => Promise.resolve('  ') } });
      for (const asked of stage.server.asked) {
        assert.equal(asked.headers[wire.key.header], undefined);
      }
    });
  });
}
