import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FrameKeeper } from '../../../src/jobs/frame-keeper.ts';
import { returnFrames } from './frame-studio.ts';
import { until, World } from './world.ts';
import { VirtualTime } from './virtual-time.ts';

/** How often a service is asked, in milliseconds, against renders of a minute or two. */
const pollMs = 1000;

describe('a film with chains', function () {
  this.timeout(120_000);

  it('takes hardly longer than its longest chain, whatever its renders take', async () => {
    const scene = fc.record({
      goesOn: fc.boolean(),
      ms: fc.integer({ min: 60_000, max: 180_000 }),
    });
    const worst: number[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(scene, { minLength: 4, maxLength: 12 }), async (scenes) => {
        const world = await World.make();
        const clock = new VirtualTime();
        try {
          returnFrames(world, { lastFrames: true });
          const { studio } = world;
          const readyAt = new Map<string, number>();
          const made = studio.onSubmit;
          studio.onSubmit = async (request, context) => {
            const remote = await made(request, context);
            readyAt.set(remote.remoteId, clock.now() + (scenes[request.number - 1]?.ms ?? 0));
            return remote;
          };
          studio.onPoll = ({ remoteId }) =>
            Promise.resolve({
              state: clock.now() >= (readyAt.get(remoteId) ?? 0) ? 'ready' : 'rendering',
            });
          const manager = await world.opened({
            clock,
            pollMs: () => pollMs,
            submitParallel: scenes.length,
            frames: new FrameKeeper({ ffmpegPath: () => '/there-is-no-such-program' }),
          });
          const goesOn = (index: number): boolean => index > 0 && scenes[index]?.goesOn === true;
          const began = clock.now();
          const jobs = await manager.enqueue(
            scenes.map((_, index) => ({
              ...world.order(index + 1),
              ...(goesOn(index)
                ? { chain: { scene: `scene${index}`, number: index }, follows: index - 1 }
                : {}),
            })),
          );
          await until(() => jobs.every(({ id }) => manager.view(id)?.state === 'done'));
          // The longest way through the film: what a scene goes on from has to be over before it begins.
          const over: number[] = [];
          for (const [index, { ms }] of scenes.entries()) {
            over.push(ms + (goesOn(index) ? (over[index - 1] ?? 0) : 0));
          }
          worst.push((clock.now() - began) / Math.max(...over));
        } finally {
          clock.stop();
          await world.close();
        }
      }),
      { numRuns: 10 },
    );
    assert.ok(Math.max(...worst) <= 1.05, `${Math.max(...worst)} of the critical path`);
    assert.ok(Math.min(...worst) >= 1);
  });
});
