import assert from 'node:assert/strict';
import { OpenAiVideosStudio } from '../../../src/studios/openai-videos.ts';
import { patienceMinutes } from '../../../src/jobs/steps/patience.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { Loopback, json } from '../net/loopback.ts';
import { World, jumpingTime, standIn, until, untilState } from './world.ts';

/** Jobs of a studio on the web, over real sockets. */
describe('answers that leave it open what has become of a render', () => {
  let world: World;
  let server: Loopback;
  let orders: number;
  let polls: number;
  let say: (poll: number) => readonly [status: number, body: unknown];
  const clip = mp4(2000);

  beforeEach(async () => {
    world = await World.make();
    orders = 0;
    polls = 0;
    server = await Loopback.start(({ method, url }, response) => {
      if (url.endsWith('.mp4')) response.writeHead(200).end(clip);
      else if (method === 'POST') {
        orders++;
        json(response, { id: 'r-1' });
      } else {
        polls++;
        const [status, body] = say(polls);
        json(response, body, status);
      }
    });
    const studio = new OpenAiVideosStudio({
      baseUrl: server.url,
      model: 'm-1',
      http: world.http,
    });
    standIn(world, studio);
  });

  afterEach(async () => {
    await world.close();
    await server.close();
  });

  const finished = (): readonly [number, unknown] => [
    200,
    { status: 'completed', url: `${server.url}/1.mp4` },
  ];

  for (const [status, body] of [
    [404, { error: 'no such task' }],
    [400, { error: 'no such task' }],
    [409, { error: 'no such task' }],
    [200, { code: 500, msg: 'no such task', data: {} }],
    [200, { status: 'not_found', message: 'no such task' }],
    [200, { message: 'no such task' }],
  ] as const) {
    it(`${status} ${JSON.stringify(body)} once is no end; over minutes it is, and a retry asks again`, async () => {
      say = (poll) => (poll >= 3 ? finished() : [status, body]);
      const manager = await world.opened({ clock: jumpingTime() });
      const [first] = await manager.enqueue([world.order(1)]);
      await untilState(manager, first?.id ?? '', 'done');

      say = () => [status, body];
      polls = 0;
      const [second] = await manager.enqueue([world.order(2)]);
      const id = second?.id ?? '';
      const { error = '' } = await untilState(manager, id, 'failed');
      assert.match(error, /no such task.*r-1.*orders nothing/s);
      assert.ok(polls >= 5 && polls < 20, String(polls));
      assert.ok(patienceMinutes >= 4);

      say = finished;
      await manager.retry(id);
      await untilState(manager, id, 'done');
      assert.equal(orders, 2);
    });
  }

  for (const body of [{}, [], { data: {} }, { message: 'ok' }, { request_id: 'q-1' }]) {
    it(`${JSON.stringify(body)} for ever ends in minutes, and is shown until then`, async () => {
      say = () => [200, body];
      const manager = await world.opened({ clock: jumpingTime() });
      const [view] = await manager.enqueue([world.order(1)]);
      const id = view?.id ?? '';
      await until(() => manager.view(id)?.note !== undefined);
      assert.match(manager.view(id)?.note ?? '', /How the render stands is unknown/);
      const { error = '', stage } = await untilState(manager, id, 'failed');
      assert.match(error, /does not say.*r-1.*orders nothing/s);
      assert.equal(stage, 'poll');
      assert.ok(polls >= 5 && polls < 20, String(polls));
    });
  }

  for (const [body, note] of [
    [{ id: 'r-1', status: 'polishing' }, /“polishing”/],
    [{ id: 'r-1' }, /^How the render stands is unknown/],
    [{ name: 'operations/r-1', metadata: {} }, /^How the render stands is unknown/],
  ] as const) {
    it(`${JSON.stringify(body)} is believed for an hour and shown, but not for ever`, async () => {
      say = () => [200, body];
      const time = jumpingTime();
      const manager = await world.opened({ clock: time, pollMs: () => 10_000 });
      const from = time.now();
      const [view] = await manager.enqueue([world.order(1)]);
      const id = view?.id ?? '';
      await until(() => manager.view(id)?.note !== undefined);
      assert.match(manager.view(id)?.note ?? '', note);
      const { error = '' } = await untilState(manager, id, 'failed');
      assert.match(error, /r-1.*orders nothing/s);
      assert.ok(time.now() - from >= 60 * 60_000);
      say = finished;
      await manager.retry(id);
      await untilState(manager, id, 'done');
      assert.equal(orders, 1);
    });
  }

  it('a service that says how it stands, or gets on, is asked for as long as that takes', async () => {
    const time = jumpingTime();
    const long = time.now() + 90 * 60_000;
    say = (poll) => {
      if (time.now() > long) return finished();
      const words = ['processing', 'polishing'];
      return [200, { id: 'r-1', status: words[Math.floor(poll / 20) % 2], progress: poll % 90 }];
    };
    const manager = await world.opened({ clock: time, pollMs: () => 40_000 });
    const [view] = await manager.enqueue([world.order(1)]);
    const { note } = await untilState(manager, view?.id ?? '', 'done');
    assert.equal(note, undefined);
  });

  it('are counted on after a reload', async () => {
    const time = jumpingTime();
    let polledAt = 0;
    say = () => {
      polledAt = time.now();
      return [200, {}];
    };
    const first = await world.opened({ clock: time });
    const [view] = await first.enqueue([world.order(1)]);
    const id = view?.id ?? '';
    for (let window = first; window.view(id)?.state !== 'failed';) {
      const before = polls;
      await until(() => polls >= before + 2 || window.view(id)?.state === 'failed');
      if (window.view(id)?.state === 'failed') break;
      await window.dispose();
      window = await world.opened({ clock: time });
      const { state, note, waitingUntil = 0 } = window.view(id) ?? {};
      if (state === 'failed') break;
      // What was shown is shown again at once, and what was waited for is waited for.
      assert.match(note ?? '', /does not say/);
      const asked = polls;
      await until(() => polls > asked || window.view(id)?.state === 'failed');
      assert.ok(polledAt >= waitingUntil);
    }
    assert.ok(polls < 25, String(polls));
  });
});
