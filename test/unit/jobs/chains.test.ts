import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import { FrameKeeper } from '../../../src/jobs/frame-keeper.ts';
import { hashOf } from '../../../src/jobs/job-pictures.ts';
import type { JobManager } from '../../../src/jobs/manager.ts';
import type { JobManagerOptions } from '../../../src/jobs/manager-options.ts';
import type { JobView, NewJob } from '../../../src/jobs/job.ts';
import { orderName } from '../../../src/jobs/order-kinds.ts';
import { fakeFfmpeg } from '../media/fake-ffmpeg.ts';
import { frame, framesIn, returnFrames } from './frame-studio.ts';
import { until, untilState, World } from './world.ts';

const nowhere = path.join('/', 'there-is-no-such-program');

/** A program that takes the last frame out of a clip of the studio, as ffmpeg would. */
const decoder = `
const input = args[args.indexOf('-i') + 1].replace(/^file:/, '');
const bytes = fs.readFileSync(input);
const media = bytes.subarray(bytes.lastIndexOf('mdat') + 4);
let last;
for (let at = 0; at < media.length; at += 4 + media.readUInt32BE(at))
  last = media.subarray(at + 4, at + 4 + media.readUInt32BE(at));
const picture = args.find((one) => one.endsWith('.jpg'));
if (picture) fs.writeFileSync(picture.replace(/^file:/, ''), last);
fs.writeSync(1, Buffer.alloc(768, picture ? 200 : 100));
`;

describe('clips that go on from one another', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.make();
  });

  afterEach(async () => {
    await world.close();
  });

  const opened = (more: Partial<JobManagerOptions> = {}): Promise<JobManager> =>
    world.opened({ frames: new FrameKeeper({ ffmpegPath: () => nowhere }), ...more });

  /** Orders of scenes from 1, of which those go on from the one before. */
  const film = (continuing: readonly boolean[]): NewJob[] =>
    continuing.map((goesOn, index): NewJob => {
      const order = world.order(index + 1);
      return goesOn && index > 0
        ? { ...order, chain: { scene: `scene${index}`, number: index }, follows: index - 1 }
        : order;
    });

  const ids = (jobs: readonly JobView[]): readonly string[] => jobs.map(({ id }) => id);

  const idOf = (all: readonly string[], index: number): string => all[index] ?? '';

  /** Every clip that was ordered with a frame begins with that of the file before it, and says so in its record. */
  async function assertChained(manager: JobManager, all: readonly string[]): Promise<void> {
    for (const [index, id] of all.entries()) {
      const record = await world.onDisk(id);
      if (record.chain === undefined) continue;
      const [before, clip] = [idOf(all, index - 1), id].map((one) => manager.view(one)?.file ?? '');
      const last = (await framesIn(before ?? '')).at(-1);
      assert.ok(last !== undefined);
      assert.deepEqual((await framesIn(clip ?? ''))[0], last);
      const began = record.pictures?.find(({ chained }) => chained === true);
      assert.equal(began?.sha256, hashOf(last));
      assert.equal(record.after, undefined);
    }
  }

  it('begin each with the last frame of the file before, as the service returns it', async () => {
    returnFrames(world, { lastFrames: true });
    const manager = await opened();
    const all = ids(await manager.enqueue(film([false, true, true, false])));
    await Promise.all(all.map((id) => untilState(manager, id, 'done')));
    await assertChained(manager, all);
    const sent = world.studio.submitted.map(({ request }) => request);
    assert.equal(sent.length, 4);
    const free = sent.filter(({ pictures }) => pictures === undefined);
    assert.deepEqual(free.map(({ number }) => number).sort(), [1, 4]);
  });

  it('have it decoded where the service returns none, and the two ends noted', async function () {
    if (process.platform === 'win32') this.skip();
    returnFrames(world, { lastFrames: false });
    const ffmpeg = await fakeFfmpeg(world.folder, decoder);
    const manager = await opened({ frames: new FrameKeeper({ ffmpegPath: () => ffmpeg }) });
    const all = ids(await manager.enqueue(film([false, true])));
    await Promise.all(all.map((id) => untilState(manager, id, 'done')));
    await assertChained(manager, all);
    const { frames } = await world.onDisk(idOf(all, 0));
    assert.equal(frames?.edges?.first, Buffer.alloc(768, 100).toString('base64'));
    assert.equal(frames.edges.last, Buffer.alloc(768, 200).toString('base64'));
  });

  it('go on from a clip that was here before ffmpeg was', async function () {
    if (process.platform === 'win32') this.skip();
    returnFrames(world, { lastFrames: false });
    let program = nowhere;
    const frames = new FrameKeeper({ ffmpegPath: () => program });
    const manager = await opened({ frames });
    const [before] = ids(await manager.enqueue([world.order(1)]));
    await untilState(manager, before ?? '', 'done');
    program = await fakeFfmpeg(world.folder, decoder);
    const chain = { scene: 'scene1', number: 1 };
    const [after] = ids(await manager.enqueue([{ ...world.order(2), chain, after: before ?? '' }]));
    await untilState(manager, after ?? '', 'done');
    await assertChained(manager, [before ?? '', after ?? '']);
    assert.ok((await world.onDisk(before ?? '')).frames?.last !== undefined);
  });

  it('are rendered without where no frame is to be had, and say so', async () => {
    returnFrames(world, { lastFrames: false });
    const manager = await opened();
    const all = ids(await manager.enqueue(film([false, true])));
    await Promise.all(all.map((id) => untilState(manager, id, 'done')));
    assert.ok(world.studio.submitted.every(({ request }) => request.pictures === undefined));
    assert.equal((await world.onDisk(idOf(all, 1))).chain?.without, 'missing');
    assert.match(manager.view(idOf(all, 1))?.note ?? '', /without the last frame of scene 1/);
  });

  it('wait with a word where the one before fails, and go on by themselves once that is retried', async () => {
    returnFrames(world, { lastFrames: true });
    const made = world.studio.onSubmit;
    world.studio.onPoll = ({ remoteId }) =>
      Promise.resolve(
        world.studio.polls < 3 ? { state: 'failed', reason: `no ${remoteId}` } : { state: 'ready' },
      );
    world.studio.onSubmit = async (request, context) => await made(request, context);
    const manager = await opened();
    const finished = new Promise<readonly JobView[]>((resolve) => {
      manager.onDidFinish(({ jobs }) => {
        resolve(jobs);
      });
    });
    const all = ids(await manager.enqueue(film([false, true, true])));
    assert.deepEqual(ids(await finished), [idOf(all, 0)], 'a batch that waits is over');
    await until(() => manager.view(idOf(all, 2))?.held === true);
    assert.match(manager.view(idOf(all, 1))?.note ?? '', /scene 1.*ended without a clip/);
    assert.match(manager.view(idOf(all, 2))?.note ?? '', /scene 2.*waits for you/);
    assert.equal(world.studio.submitted.length, 1);
    world.studio.polls = 3;
    await manager.retry(idOf(all, 0));
    await Promise.all(all.map((id) => untilState(manager, id, 'done')));
    await assertChained(manager, all);
  });

  it('go on from a clip that was ordered anew, where the first one failed and is off the list', async () => {
    returnFrames(world, { lastFrames: true });
    world.studio.onPoll = () => Promise.resolve({ state: 'failed', reason: 'no' });
    const manager = await opened();
    const all = ids(await manager.enqueue(film([false, true])));
    await until(() => manager.view(idOf(all, 1))?.held === true);
    await manager.remove(idOf(all, 0));
    await until(() => (manager.view(idOf(all, 1))?.note ?? '').includes('not in the list'));
    world.studio.onPoll = () => Promise.resolve({ state: 'ready' });
    const [again] = ids(await manager.enqueue([world.order(1)]));
    await Promise.all([again ?? '', idOf(all, 1)].map((id) => untilState(manager, id, 'done')));
    await assertChained(manager, [again ?? '', idOf(all, 1)]);
  });

  it('are rendered without the frame by the choice of the writer, once', async () => {
    returnFrames(world, { lastFrames: true });
    world.studio.onPoll = ({ remoteId }) =>
      Promise.resolve(
        remoteId === `remote-${world.studio.submitted[0]?.request.jobId ?? ''}`
          ? { state: 'failed', reason: 'no' }
          : { state: 'ready' },
      );
    const manager = await opened();
    const all = ids(await manager.enqueue(film([false, true, true])));
    await until(() => manager.view(idOf(all, 1))?.held === true);
    await Promise.all([manager.renderWithout(idOf(all, 1)), manager.renderWithout(idOf(all, 1))]);
    await untilState(manager, idOf(all, 2), 'done');
    assert.match(manager.view(idOf(all, 1))?.note ?? '', /as you chose/);
    assert.deepEqual(
      world.studio.submitted.map(({ request: { number, pictures } }) => [
        number,
        pictures !== undefined,
      ]),
      [
        [1, false],
        [2, false],
        [3, true],
      ],
    );
  });

  it('keep their order over windows that come and go', async () => {
    returnFrames(world, { lastFrames: true });
    world.studio.onPoll = () => Promise.resolve({ state: 'rendering' });
    const first = await opened();
    const all = ids(await first.enqueue(film([false, true, true])));
    await untilState(first, idOf(all, 0), 'rendering');
    await first.dispose();
    assert.equal((await world.onDisk(idOf(all, 1))).after, idOf(all, 0));
    world.studio.onPoll = () => Promise.resolve({ state: 'ready' });
    const second = await opened();
    await Promise.all(all.map((id) => untilState(second, id, 'done')));
    await assertChained(second, all);
    assert.equal(world.studio.submitted.length, 3);
  });

  it('are ordered once each, in turn within a chain, whatever fails: any film', async function () {
    this.timeout(120_000);
    const scene = fc.record({ goesOn: fc.boolean(), fails: fc.integer({ min: 0, max: 5 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(scene, { minLength: 1, maxLength: 7 }), async (scenes) => {
        const here = await World.make();
        try {
          returnFrames(here, { lastFrames: true });
          const fails = (number: number): boolean => scenes[number - 1]?.fails === 0;
          const names = new Map<string, number>();
          const made = here.studio.onSubmit;
          here.studio.onSubmit = async (request, context) => {
            const remote = await made(request, context);
            names.set(remote.remoteId, request.number);
            return remote;
          };
          here.studio.onPoll = ({ remoteId }) =>
            Promise.resolve(
              fails(names.get(remoteId) ?? 0)
                ? { state: 'failed', reason: 'no' }
                : { state: 'ready' },
            );
          const manager = await here.opened({
            frames: new FrameKeeper({ ffmpegPath: () => nowhere }),
          });
          const order = (index: number): NewJob => ({
            ...here.order(index + 1),
            ...(scenes[index]?.goesOn === true && index > 0
              ? { chain: { scene: `scene${index}`, number: index }, follows: index - 1 }
              : {}),
          });
          const all = ids(await manager.enqueue(scenes.map((_, index) => order(index))));
          // By the plainest rule: it waits where the one that it goes on from failed, or waits.
          const waits: boolean[] = [];
          for (const [index, { goesOn }] of scenes.entries()) {
            const isChained = goesOn && index > 0;
            waits.push(isChained && (fails(index) || waits[index - 1] === true));
          }
          await until(() =>
            all.every((id, index) => {
              const view = manager.view(id);
              if (waits[index] === true) return view?.held === true;
              return view?.state === (fails(index + 1) ? 'failed' : 'done');
            }),
          );
          const sent = here.studio.submitted.map(({ request }) => request);
          const numbers = sent.map(({ number }) => number).sort((a, b) => a - b);
          assert.deepEqual(
            numbers,
            waits.flatMap((isWaiting, index) => (isWaiting ? [] : index + 1)),
          );
          for (const { number, pictures } of sent) {
            const goesOn = scenes[number - 1]?.goesOn === true && number > 1;
            const last = goesOn ? frame(all[number - 2] ?? '') : undefined;
            assert.deepEqual(pictures?.firstFrame?.bytes.toString(), last?.toString());
          }
        } finally {
          await here.close();
        }
      }),
      { numRuns: 15 },
    );
  });

  it('are never ordered twice from what is on disk at any moment at which a window may die', async function () {
    this.timeout(120_000);
    returnFrames(world, { lastFrames: true });
    const { remembered, store } = world.remembering();
    const manager = await opened({ store });
    const all = ids(await manager.enqueue(film([false, true, true])));
    await Promise.all(all.map((id) => untilState(manager, id, 'done')));
    await manager.dispose();
    const history = await remembered();
    assert.ok(history.length > 15);
    const { submitted } = world.studio;
    const sent = [...submitted];
    for (const moment of history) {
      await moment.restore();
      submitted.splice(0, Infinity, ...sent.slice(0, moment.submitted));
      const next = await opened();
      const isOver = (id: string): boolean => {
        const view = next.view(id);
        return view?.held === true || ['done', 'unclear'].includes(view?.state ?? '');
      };
      await until(() => next.owner && moment.records.every(({ id }) => isOver(id)));
      await next.dispose();
      const names = submitted.map(({ request }) => request.jobId);
      assert.equal(new Set(names).size, names.length, 'each order at most once');
      for (const record of moment.records) {
        const [render] = record.orders;
        if (render.state !== 'submitting') continue;
        assert.ok(!names.slice(moment.submitted).includes(orderName(record, render)));
      }
    }
  });
});
