import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import type { JobManager } from '../../../src/jobs/manager.ts';
import type { JobView } from '../../../src/jobs/job.ts';
import { patienceMinutes } from '../../../src/jobs/steps/patience.ts';
import { OpenAiVideosStudio } from '../../../src/studios/openai-videos.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { Loopback, json } from '../net/loopback.ts';
import { World, jumpingTime, standIn, until, untilState } from './world.ts';

type Reply = (response: ServerResponse) => void;

const asVideo = (body: string, status = 200): Reply => {
  return (response) => {
    response.writeHead(status, { 'content-type': 'video/mp4' }).end(body);
  };
};
const asJson = (status: number, body: unknown): Reply => {
  return (response) => {
    json(response, body, status);
  };
};

/** What services answer who have a clip finished but not yet where it will be. */
const notYet: readonly (readonly [what: string, reply: Reply, words: RegExp])[] = [
  ['404', asJson(404, { error: 'Still moving.' }), /Still moving/],
  ['400', asJson(400, { error: { code: 'not_ready', message: 'Still moving.' } }), /Still moving/],
  ['401', asJson(401, { error: 'Still moving.' }), /Still moving/],
  ['403', asJson(403, { error: 'Still moving.' }), /Still moving/],
  ['409', asJson(409, { detail: 'Still moving.' }), /Still moving/],
  ['202', asJson(202, { message: 'Still moving.' }), /Still moving/],
  ['425', asJson(425, { error: 'Still moving.' }), /Still moving/],
  ['503', asJson(503, { error: 'Still moving.' }), /Still moving/],
  ['JSON', asJson(200, { message: 'Still moving.' }), /Still moving/],
  ['JSON as a video', asVideo('{"message":"Still moving."}'), /Still moving/],
  ['a page as a video', asVideo('<html><title>Still moving.</title></html>'), /Still moving/],
  ['nothing', asVideo(''), /empty/],
];

/** Jobs of a studio on the web, over real sockets. */
describe('a clip that is finished but not there yet', () => {
  let world: World;
  let server: Loopback;
  let orders: number;
  let asked: number;
  /** How the clip is answered for, by how often it was asked for; `undefined`: with the clip. */
  let clipOf: (time: number) => Reply | undefined;
  /** How the service answers a poll. */
  let poll: Reply;
  const clip = mp4(2000);

  beforeEach(async () => {
    world = await World.make();
    orders = 0;
    asked = 0;
    poll = (response) => {
      json(response, { id: 'r-1', status: 'completed', url: `${server.url}/1.mp4` });
    };
    server = await Loopback.start(({ method, url }, response) => {
      if (method === 'POST') {
        orders++;
        json(response, { id: 'r-1' });
      } else if (url.endsWith('.mp4') || url.includes('/content')) {
        const reply = clipOf(++asked);
        if (reply === undefined) response.writeHead(200).end(clip);
        else reply(response);
      } else poll(response);
    });
    standIn(world, new OpenAiVideosStudio({ baseUrl: server.url, model: 'm-1', http: world.http }));
  });

  afterEach(async () => {
    await world.close();
    await server.close();
  });

  const begun = async (manager: JobManager): Promise<string> => {
    const [view] = await manager.enqueue([world.order(1)]);
    return view?.id ?? '';
  };
  const seenWaiting = async (manager: JobManager, id: string): Promise<JobView> => {
    await until(() => manager.view(id)?.state === 'ready' && manager.view(id)?.note !== undefined);
    const view = manager.view(id);
    assert.ok(view);
    return view;
  };

  it('is not waited for where a file of another kind is; a retry orders it anew', async () => {
    const gif = Buffer.from('GIF89a\x01\0\x01\0', 'latin1');
    clipOf = () => (orders === 1 ? (response) => response.writeHead(200).end(gif) : undefined);
    const manager = await world.opened({ clock: jumpingTime() });
    const id = await begun(manager);
    const { error = '', stage } = await untilState(manager, id, 'failed');
    assert.match(error, /Instead of the clip there came a GIF picture/);
    assert.deepEqual([stage, orders], ['render', 1]);
    assert.ok(asked <= 2, 'once at each place');
    assert.equal(await manager.retryFailed(), 0);
    await manager.retry(id);
    await untilState(manager, id, 'done');
    assert.equal(orders, 2);
  });

  for (const [what, reply, words] of notYet) {
    it(`is waited for and comes, after ${what}; the row says why`, async () => {
      let isThere = false;
      clipOf = () => (isThere ? undefined : reply);
      const manager = await world.opened({ clock: jumpingTime() });
      const id = await begun(manager);
      const { note = '', waitingUntil } = await seenWaiting(manager, id);
      assert.match(note, words);
      assert.ok(waitingUntil);
      isThere = true;
      const { file = '', note: after } = await untilState(manager, id, 'done');
      assert.deepEqual(await readFile(file), clip);
      assert.deepEqual([orders, after], [1, undefined]);
    });

    it(`fails in the service's words where it stays ${what}; a retry fetches it and orders nothing`, async () => {
      clipOf = () => reply;
      const time = jumpingTime();
      const manager = await world.opened({ clock: time });
      const from = time.now();
      const id = await begun(manager);
      const { error = '', stage } = await untilState(manager, id, 'failed');
      assert.match(error, words);
      assert.equal(stage, 'download');
      assert.ok(time.now() - from >= (patienceMinutes - 1) * 60_000);
      clipOf = () => undefined;
      await manager.retry(id);
      await untilState(manager, id, 'done');
      assert.equal(orders, 1);
    });
  }

  it('is waited for where the service names no address yet', async () => {
    const named = poll;
    let polls = 0;
    clipOf = () => undefined;
    poll = (response) => {
      if (polls++ < 3) json(response, { status: 'completed', error: 'No file yet.' });
      else named(response);
    };
    const manager = await world.opened({ clock: jumpingTime() });
    const id = await begun(manager);
    assert.match((await seenWaiting(manager, id)).note ?? '', /No file yet/);
    await untilState(manager, id, 'done');
    assert.equal(orders, 1);
  });

  it('is waited for further after a reload, which says so at once and does not begin anew', async () => {
    clipOf = () => asJson(404, { error: 'Still moving.' });
    const time = jumpingTime();
    let window = await world.opened({ clock: time });
    const id = await begun(window);
    for (let reloads = 0; window.view(id)?.state !== 'failed'; reloads++) {
      assert.ok(reloads < 12);
      const before = asked;
      await until(() => asked > before + 1 || window.view(id)?.state === 'failed');
      if (window.view(id)?.state === 'failed') break;
      await until(() => window.view(id)?.state !== 'downloading');
      await window.dispose();
      window = await world.opened({ clock: time });
      const { state, note = '' } = window.view(id) ?? {};
      if (state === 'ready') assert.match(note, /Still moving/);
    }
    assert.equal(orders, 1);
  });

  it('is not waited for where the service refuses the key', async () => {
    clipOf = () => undefined;
    poll = (response) => {
      const isPolled = server.count('GET') === 1;
      if (isPolled) json(response, { id: 'r-1', status: 'completed' });
      else json(response, { error: 'The key is no good.' }, 401);
    };
    const manager = await world.opened({ clock: jumpingTime() });
    const id = await begun(manager);
    const { error = '', stage } = await untilState(manager, id, 'failed');
    assert.match(error, /The key is no good/);
    assert.equal(stage, 'download');
    assert.equal(server.count('GET'), 2);
  });
});
