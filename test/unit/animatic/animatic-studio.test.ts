import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { readMedia } from '../../../src/media/read.ts';
import { verifyVideo } from '../../../src/downloads/verify-video.ts';
import { defaultParallel } from '../../../src/animatic/render-pool.ts';
import { AnimaticStudio } from '../../../src/animatic/animatic-studio.ts';
import type { PollAnswer, RemoteJob, RenderRequest } from '../../../src/studios/port.ts';
import { animaticAssets, animaticWorkerFile } from '../../../fixtures/animatic-assets.ts';
import { requestFor } from '../../../fixtures/render-requests.ts';

const context = { signal: new AbortController().signal };

describe('the animatic studio', function () {
  this.timeout(60_000);
  let folder: string;
  let studio: AnimaticStudio;
  const opened: AnimaticStudio[] = [];
  let jobs = 0;

  /** A request of its own for each call; square, which takes half the time. */
  function ask(
    scene: Parameters<typeof requestFor>[0] = {},
    more: Parameters<typeof requestFor>[1] = {},
  ): RenderRequest {
    return requestFor(scene, { aspect: '1:1', jobId: `job-${++jobs}`, ...more });
  }

  function open(more: { workerFile?: string; parallel?: number } = {}): AnimaticStudio {
    const one = new AnimaticStudio({
      outputFolder: folder,
      workerFile: animaticWorkerFile,
      assets: animaticAssets,
      parallel: 1,
      ...more,
    });
    opened.push(one);
    return one;
  }

  // One folder and one studio, whose worker stays warm; some tests open another.
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-animatic-'));
    studio = open();
  });

  after(async () => {
    await Promise.all(opened.splice(0).map((one) => one.dispose()));
    await rm(folder, { recursive: true, force: true });
  });

  /** Polls until the render is over; returns every answer. */
  async function untilOver(of: AnimaticStudio, job: RemoteJob): Promise<PollAnswer[]> {
    const answers: PollAnswer[] = [];
    for (;;) {
      const answer = await of.poll(job);
      answers.push(answer);
      if (answer.state !== 'rendering') return answers;
      await delay(20);
    }
  }

  async function clipOf(of: AnimaticStudio, job: RemoteJob): Promise<string> {
    const source = await of.result(job, context);
    assert.equal(source.kind, 'file');
    return source.path;
  }

  for (const [aspect, width, height] of [
    ['16:9', 1280, 720],
    ['9:16', 720, 1280],
    ['1:1', 720, 720],
  ] as const) {
    it(`renders ${aspect} as a whole H.264 clip of the exact length`, async () => {
      const job = await studio.submit(ask({ seconds: 2 }, { aspect }), context);
      assert.deepEqual((await untilOver(studio, job)).at(-1), { state: 'ready' });
      const clip = await clipOf(studio, job);
      assert.equal((await verifyVideo(clip)).kind, 'mp4');
      assert.deepEqual(await readMedia(clip), {
        seconds: 2,
        width,
        height,
        codec: 'avc',
        hasAudio: false,
      });
    });
  }

  it('gives one of its own frames as thumbnail', async () => {
    const job = await studio.submit(ask(), context);
    await untilOver(studio, job);
    const source = await studio.thumbnail(job);
    assert.equal(source?.kind, 'file');
    const bytes = await readFile(source.path);
    assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
    assert.equal(bytes.toString('latin1', bytes.length - 8, bytes.length - 4), 'IEND');
  });

  it('tells how far it is, never backwards', async () => {
    const job = await studio.submit(ask({ seconds: 4 }), context);
    const progress = (await untilOver(studio, job)).flatMap((answer) =>
      answer.state === 'rendering' ? [answer.progress ?? 0] : [],
    );
    assert.deepEqual(
      progress,
      progress.toSorted((a, b) => a - b),
    );
    assert.ok(progress.every((value) => value >= 0 && value <= 1));
    assert.ok(
      progress.some((value) => value > 0 && value < 1),
      String(progress),
    );
  });

  it('draws the same scene the same way, and another scene differently', async () => {
    const pictures = await Promise.all(
      [ask(), ask(), ask({ id: 'zzzzzz' })].map(async (request) => {
        const clip = await readFile(await clipOf(studio, await studio.submit(request, context)));
        // What follows the pictures holds the time of day at which they were made.
        return clip.subarray(0, clip.indexOf('moov')).toString('base64');
      }),
    );
    assert.equal(pictures[0], pictures[1]);
    assert.notEqual(pictures[0], pictures[2]);
  });

  it('renders more scenes than it has workers, all of them', async () => {
    const two = open({ parallel: 2 });
    const jobs = await Promise.all(
      [1, 2, 3, 4, 5].map((number) => two.submit(ask({}, { number }), context)),
    );
    const states = await Promise.all(
      jobs.map(async (job) => (await untilOver(two, job)).at(-1)?.state),
    );
    assert.deepEqual(states, ['ready', 'ready', 'ready', 'ready', 'ready']);
  });

  it('stops a running render at once and leaves no clip', async () => {
    const before = await readdir(folder);
    const job = await studio.submit(ask({ seconds: 30 }), context);
    while (((await studio.poll(job)) as { progress?: number }).progress === 0) await delay(10);
    await studio.cancel(job);
    assert.deepEqual(await studio.poll(job), { state: 'cancelled' });
    assert.deepEqual(await readdir(folder), before);
  });

  it('lets the others go on when one that waits is cancelled', async () => {
    const first = await studio.submit(ask(), context);
    const second = await studio.submit(ask({ seconds: 30 }), context);
    const third = await studio.submit(ask(), context);
    await studio.cancel(second);
    assert.deepEqual((await untilOver(studio, first)).at(-1), { state: 'ready' });
    assert.deepEqual((await untilOver(studio, third)).at(-1), { state: 'ready' });
    assert.deepEqual(await studio.poll(second), { state: 'cancelled' });
  });

  it('takes a job up again that an earlier window had begun', async () => {
    const earlier = open();
    const job = await earlier.submit(ask({ seconds: 30 }), context);
    await earlier.dispose();
    const remembered = JSON.parse(JSON.stringify({ ...job })) as RemoteJob;
    const begun = await studio.poll(remembered);
    assert.equal(begun.state, 'rendering');
    await studio.cancel(remembered);
  });

  it('knows a clip that an earlier window had finished, without rendering it again', async () => {
    const job = await studio.submit(ask(), context);
    const clip = await clipOf(studio, job);
    const later = open({ workerFile: path.join(folder, 'no-such-worker.ts') });
    assert.deepEqual(await later.poll(job), { state: 'ready' });
    assert.equal(await clipOf(later, job), clip);
  });

  it('renders again when the finished clip has been cleared away', async () => {
    const job = await studio.submit(ask(), context);
    await rm(await clipOf(studio, job));
    assert.ok(existsSync(await clipOf(studio, job)));
  });

  it('stops waiting for a result when asked to', async () => {
    const job = await studio.submit(ask({ seconds: 30 }), context);
    const stop = new AbortController();
    const waiting = studio.result(job, { signal: stop.signal });
    stop.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
    await studio.cancel(job);
  });

  it('says in a sentence that a render failed', async () => {
    const broken = open({ workerFile: path.join(folder, 'no-such-worker.ts') });
    const job = await broken.submit(ask(), context);
    const answer = (await untilOver(broken, job)).at(-1);
    assert.equal(answer?.state, 'failed');
    assert.match(answer.reason, /^The animatic could not be rendered: .+ Try again\.$/);
    await assert.rejects(broken.result({ remoteId: 'unknown' }, context), /Render the scene again/);
  });

  it('goes on with the next job after a worker has died', async () => {
    const dying = path.join(folder, 'dying.mjs');
    await writeFile(
      dying,
      `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3));`,
    );
    const broken = open({ workerFile: dying });
    const first = await broken.submit(ask(), context);
    const second = await broken.submit(ask(), context);
    for (const job of [first, second]) {
      const answer = (await untilOver(broken, job)).at(-1);
      assert.equal(answer?.state, 'failed');
      assert.match(answer.reason, /ended early/);
    }
  });

  for (const seconds of [0, -1, 2.5, 31, Number.NaN]) {
    it(`refuses a clip of ${seconds} seconds and says what is possible`, async () => {
      await assert.rejects(studio.submit(ask({ seconds }), context), (error) => {
        assert.ok(error instanceof ScenewrightError);
        assert.equal(error.code, 'bad-input');
        assert.match(error.message, /1 to 30 whole seconds/);
        return true;
      });
    });
  }

  it('uses the cores there are, leaves one to the editor, and is modest with memory', () => {
    assert.deepEqual([1, 2, 3, 4, 5, 64].map(defaultParallel), [1, 2, 2, 3, 4, 4]);
  });

  it('declares the lengths that it can render', async () => {
    const { seconds, aspects } = await studio.capabilities();
    assert.deepEqual([seconds[0], seconds.at(-1), seconds.length], [1, 30, 30]);
    assert.deepEqual(aspects, ['16:9', '9:16', '1:1']);
  });

  it('clears away clips that nobody fetched for a day, and nothing else', async () => {
    const old = new Date(Date.now() - 25 * 60 * 60 * 1000);
    const name = 'a'.repeat(32);
    await mkdir(folder, { recursive: true });
    for (const file of [`${name}.mp4`, `${name}.jpg`, 'holiday.mp4']) {
      await writeFile(path.join(folder, file), 'x');
      await utimes(path.join(folder, file), old, old);
    }
    await writeFile(path.join(folder, `${'b'.repeat(32)}.mp4`), 'x');
    const later = open();
    await clipOf(later, await later.submit(ask(), context));
    const left = await readdir(folder);
    assert.ok(!left.includes(`${name}.mp4`) && !left.includes(`${name}.jpg`));
    assert.ok(left.includes('holiday.mp4') && left.includes(`${'b'.repeat(32)}.mp4`));
  });

  it('never writes outside its folder, whatever a job is called', async () => {
    const request = ask({}, { jobId: '../../escape' });
    const clip = await clipOf(studio, await studio.submit(request, context));
    assert.equal(path.dirname(clip), folder);
  });
});
