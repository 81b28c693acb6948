import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { FrameKeeper } from '../../src/jobs/frame-keeper.ts';
import { findFfmpeg } from '../../src/media/ffmpeg.ts';
import { launchBrowser } from '../support/browser.ts';
import { untilState, World } from '../unit/jobs/world.ts';
import {
  distance,
  frameReader,
  framesOfClip,
  makeVideos,
  type FrameReader,
} from './chained-videos.ts';

/** Encoding changes a grey by less, of 255; two boards are further apart by far. */
const alike = 8;
const plainlyOther = 40;

/** Scenes 2, 3 and 5 go on from those before them. */
const continuing = [false, true, true, false, true];

describe('videos that go on from one another, frame by frame', function () {
  this.timeout(120_000);
  let browser: Browser;
  let framesIn: FrameReader;
  let world: World;

  before(async () => {
    browser = await launchBrowser();
    framesIn = await frameReader(browser);
  });
  after(() => browser.close());
  beforeEach(async () => {
    world = await World.make();
  });
  afterEach(() => world.close());

  async function assertChained(frames: FrameKeeper): Promise<void> {
    const manager = await world.opened({ frames });
    const jobs = await manager.enqueue(
      continuing.map((goesOn, index) => ({
        ...world.order(index + 1),
        ...(goesOn ? { chain: { scene: `scene${index}`, number: index }, follows: index - 1 } : {}),
      })),
    );
    const clips = await Promise.all(
      jobs.map(async ({ id }) => {
        const { file } = await untilState(manager, id, 'done');
        return await framesIn(file ?? '');
      }),
    );
    for (const [index, clip] of clips.entries()) {
      assert.equal(clip.length, framesOfClip);
      const goesOn = continuing[index] === true;
      const cut = index === 0 ? undefined : distance(clip[0], clips[index - 1]?.at(-1));
      if (goesOn) assert.ok(cut !== undefined && cut < alike, `scene ${index + 1}: ${cut}`);
      // All others are frames of their own: none can be taken for another one.
      const others = clips.slice(0, index + 1).flatMap((one, at) => {
        if (at === index) return one.slice(1);
        return goesOn && at === index - 1 ? one.slice(0, -1) : one;
      });
      for (const other of others) {
        assert.ok(distance(clip[0], other) > plainlyOther, `scene ${index + 1}`);
      }
    }
  }

  it('begin each as the one before ends, where its service returns that frame', async () => {
    makeVideos(world, true);
    await assertChained(new FrameKeeper({ ffmpegPath: () => '/there-is-no-such-program' }));
  });

  it('begin each as the one before ends, where ffmpeg takes that frame out of it', async function () {
    if ((await findFfmpeg('')) === undefined) this.skip();
    makeVideos(world, false);
    await assertChained(new FrameKeeper({ ffmpegPath: () => '' }));
  });
});
