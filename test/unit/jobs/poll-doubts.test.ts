import assert from 'node:assert/strict';
import { systemClock, type Clock } from '../../../src/base/clock.ts';
import { OpenAiVideosStudio } from '../../../src/studios/openai-videos.ts';
import { patienceMinutes } from '../../../src/jobs/steps/patience.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { Loopback, json } from '../net/loopback.ts';
import { World, untilState } from './world.ts';

/** A time of which two seconds pass in every millisecond. */
const swift: Clock = {
  now: () => Math.round(performance.now() * 2000),
  sleep: (ms, signal) => systemClock.sleep(Math.ceil(ms / 2000), signal),
};

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
    const fake = world.studio;
    fake.onSubmit = async ({ jobId, ...request }) =>
      await studio.submit({ jobId, ...request }, { signal: new AbortController().signal });
    fake.onPoll = async (job, context) => await studio.poll(job, { signal: context.signal });
    fake.onResult = async (job, context) => await studio.result(job, { signal: context.signal });
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
  ] as const) {
    it(`${status} ${JSON.stringify(body)} once is no end; over minutes it is, and a retry asks again`, async () => {
      say = (poll) => (poll >= 3 ? finished() : [status, body]);
      const manager = await world.opened({ clock: swift });
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
});
