import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { JobView } from '../../../src/jobs/job.ts';
import type { JobManager } from '../../../src/jobs/manager.ts';
import { OpenAiVideosStudio } from '../../../src/studios/openai-videos.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { Loopback, json, type Answer } from '../net/loopback.ts';
import { World, jumpingTime, standIn, until, untilState } from './world.ts';

/** Jobs of a studio on the web, over real sockets. */
describe('a clip that is somewhere else than where it was first asked for', () => {
  let world: World;
  let server: Loopback;
  let store: Loopback;
  let orders: number;
  /** What the service says of the finished render. */
  let finished: unknown;
  /** What stands behind its own address for the content. */
  let content: Answer;
  const clip = mp4(2000);
  const second = mp4(3000);

  const serveClip: Answer = (_asked, response) => {
    response.writeHead(200, { 'content-type': 'video/mp4' }).end(clip);
  };
  const refuse =
    (status: number, body: unknown): Answer =>
    (_asked, response) => {
      json(response, body, status);
    };

  beforeEach(async () => {
    world = await World.make();
    orders = 0;
    content = refuse(404, { error: 'There is no such route.' });
    store = await Loopback.start(serveClip);
    finished = { id: 'r-1', status: 'completed' };
    server = await Loopback.start((asked, response, raw) => {
      if (asked.method === 'POST') {
        orders++;
        json(response, { id: 'r-1' });
      } else if (asked.url === '/v1/videos/r-1') json(response, finished);
      else if (asked.url.includes('/content')) return content(asked, response, raw);
      else return serveClip(asked, response, raw);
      return undefined;
    });
    standIn(
      world,
      new OpenAiVideosStudio({ baseUrl: `${server.url}/v1`, model: 'm-1', http: world.http }),
    );
  });

  afterEach(async () => {
    await world.close();
    await Promise.all([server.close(), store.close()]);
  });

  let manager: JobManager;
  const rendered = async (state: 'done' | 'failed'): Promise<JobView> => {
    manager = await world.opened({ clock: jumpingTime() });
    const [view] = await manager.enqueue([world.order(1)]);
    const ended = await untilState(manager, view?.id ?? '', state);
    assert.equal(orders, 1);
    return ended;
  };
  const contentOf = async ({ file = '' }: JobView): Promise<Buffer> => await readFile(file);

  for (const [status, words] of [
    [401, 'Sign in.'],
    [403, 'Request has expired'],
    [404, 'Gone.'],
    [410, 'Gone.'],
    [400, 'This key may not.'],
  ] as const) {
    it(`comes from the service itself where a store refuses it with ${status}`, async () => {
      finished = { id: 'r-1', status: 'completed', url: `${store.url}/1.mp4` };
      store.answer = refuse(status, { error: words });
      content = serveClip;
      assert.deepEqual(await contentOf(await rendered('done')), clip);
      assert.equal(store.asked.length, 1);
    });
  }

  it('comes from the service itself where there is a page instead of it', async () => {
    finished = { id: 'r-1', status: 'completed', url: `${store.url}/1.mp4` };
    store.answer = (_asked, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' }).end('<html>Sign in</html>');
    };
    content = serveClip;
    assert.deepEqual(await contentOf(await rendered('done')), clip);
  });

  it('has its address renewed where that has expired', async () => {
    let asked = 0;
    server.answer = ({ method, url }, response) => {
      if (method === 'POST') json(response, { id: (orders++, 'r-1') });
      else if (url.includes('/content')) json(response, {}, 404);
      else json(response, { status: 'completed', url: `${store.url}/1.mp4?signature=${asked++}` });
    };
    store.answer = (request, response, raw) =>
      request.url.endsWith(`signature=${asked - 1}`) && asked > 2
        ? serveClip(request, response, raw)
        : refuse(403, { error: 'Request has expired' })(request, response, raw);
    assert.deepEqual(await contentOf(await rendered('done')), clip);
  });

  it('says what the store said first where it is to be had nowhere', async () => {
    finished = { id: 'r-1', status: 'completed', url: `${store.url}/1.mp4?signature=1` };
    store.answer = refuse(403, { error: 'Request has expired' });
    const { error = '', stage } = await rendered('failed');
    assert.match(error, /is not handed out.*Request has expired.*a retry only fetches/);
    // It was shown none.
    assert.doesNotMatch(error, /key/);
    assert.equal(stage, 'download');
    // Each time that it is waited for the service is asked anew, and no more often.
    assert.ok(store.asked.length <= 20, String(store.asked.length));
  });

  for (const url of ['/files/1.mp4', 'files/1.mp4', './files/1.mp4']) {
    it(`is found at ${url}, which is an address of the service`, async () => {
      finished = { id: 'r-1', status: 'completed', video: { url } };
      assert.deepEqual(await contentOf(await rendered('done')), clip);
      assert.ok(server.asked.some((asked) => asked.url.endsWith('/files/1.mp4')));
    });
  }

  for (const [what, body] of [
    ['bare base64', { data: [{ b64_json: clip.toString('base64') }] }],
    ['a data: address', { output: `data:video/mp4;base64,${clip.toString('base64')}` }],
  ] as const) {
    it(`is taken out of the answer where it is inside as ${what}`, async () => {
      finished = { id: 'r-1', status: 'completed', ...body };
      assert.deepEqual(await contentOf(await rendered('done')), clip);
    });
  }

  it('may be larger than any other answer where it is inside of one', async () => {
    const large = mp4(9_000_000);
    finished = { id: 'r-1', status: 'completed', video: large.toString('base64') };
    assert.equal((await contentOf(await rendered('done'))).equals(large), true);
  });

  it('is the first of several, and that is said; the next where the first is no clip', async () => {
    finished = {
      id: 'r-1',
      status: 'completed',
      output: ['1', '2'].map((n) => `${store.url}/${n}.mp4`),
    };
    const both: Answer = ({ url }, response) => {
      response.writeHead(200).end(url === '/1.mp4' ? clip : second);
    };
    store.answer = both;
    manager = await world.opened({ clock: jumpingTime() });
    const [one] = await manager.enqueue([world.order(1)]);
    const view = await untilState(manager, one?.id ?? '', 'done');
    assert.deepEqual(await contentOf(view), clip);
    assert.match(view.note ?? '', /made 2 clips/);
    store.answer = (asked, response, raw) =>
      asked.url === '/1.mp4' ? refuse(404, {})(asked, response, raw) : both(asked, response, raw);
    const [two] = await manager.enqueue([world.order(2)]);
    assert.deepEqual(await contentOf(await untilState(manager, two?.id ?? '', 'done')), second);
  });

  describe('or nowhere, because it was held back', () => {
    for (const said of [
      { raiMediaFilteredCount: 1, raiMediaFilteredReasons: ['It shows a child.'] },
      { error: { message: 'It shows a child.', code: 'content_filter' }, filtered: true },
      { message: 'It shows a child: content policy.' },
    ]) {
      it(`fails in the service's words, and offers no retry that would fail as well: ${JSON.stringify(said)}`, async () => {
        finished = { id: 'r-1', status: 'completed', ...said };
        content = refuse(404, {});
        const { error = '', stage } = await rendered('failed');
        assert.equal(stage, 'render');
        assert.match(error, /It shows a child.*declined as well/);
        assert.equal(await manager.retryFailed(), 0);
      });
    }

    it('also where only the result tells', async () => {
      world.studio.onPoll = () => Promise.resolve({ state: 'ready' });
      finished = { status: 'completed', error: 'Flagged by moderation.' };
      manager = await world.opened({ clock: jumpingTime() });
      const [view] = await manager.enqueue([world.order(1)]);
      const id = view?.id ?? '';
      await until(() => manager.view(id)?.state === 'failed');
      const { error = '', stage } = manager.view(id) ?? {};
      assert.match(error, /Flagged by moderation/);
      assert.equal(stage, 'render');
      assert.equal(await manager.retryFailed(), 0);
    });
  });
});
