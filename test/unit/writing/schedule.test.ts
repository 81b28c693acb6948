import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Scene, SceneId } from '../../../src/script/model.ts';
import type { WritingEvent } from '../../../src/writing/events.ts';
import type { WriteOptions } from '../../../src/writing/options.ts';
import { PauseSwitch } from '../../../src/writing/pause.ts';
import { writeScript } from '../../../src/writing/run.ts';
import {
  beatOf,
  failures,
  FakeModel,
  goodAnswer,
  KeptInMemory,
  ofType,
  optionsFor,
  planOf,
  VirtualClock,
} from './support.ts';
import type { SceneTask } from './support.ts';

type Failure = keyof typeof failures;

/** What the world does to one run; all times in virtual milliseconds. */
interface World {
  /** Of the attempts at each scene, in order: how long it takes and what comes of it. */
  readonly attempts: readonly (readonly { ms: number; fails: Failure | undefined }[])[];
  /** Whether requests settle only in their own time, abort or not. */
  readonly stubborn: boolean;
  /** When the pause switch is turned, each time from the last. */
  readonly turns: readonly number[];
  readonly cancelAfter: number | undefined;
  /** How long the consumer takes over each batch. */
  readonly consumerMs: number;
  /** Leaves after so many events. */
  readonly leavesAfter: number | undefined;
  /** Numbers of the scenes that cannot be kept on disk. */
  readonly broken: readonly number[];
}

/** What stays between runs. */
interface Desk {
  document: Scene[];
  readonly kept: KeptInMemory;
  readonly clock: VirtualClock;
}

interface Told {
  readonly events: WritingEvent[];
  readonly model: FakeModel;
  readonly cancelledAt: number | undefined;
  readonly stoppedAt: number | undefined;
}

const calm: World = {
  attempts: [],
  stubborn: false,
  turns: [],
  cancelAfter: undefined,
  consumerMs: 0,
  leavesAfter: undefined,
  broken: [],
};

/** One run over a script of `beats` scenes, with the promises that hold at every moment checked. */
async function simulate(desk: Desk, beats: number, batchSize: number, world: World): Promise<Told> {
  const { clock, kept } = desk;
  const pause = new PauseSwitch();
  const abort = new AbortController();
  const model = new FakeModel();
  const before = desk.document.map(({ id }) => id);
  const handedOver = new Set<SceneId>(before);
  const reusable = new Set<SceneId>(kept.scenes.keys());
  const broken: unknown[] = [];
  let batches: readonly (readonly SceneId[])[] = [];
  kept.broken = new Set(world.broken.map((number) => beatOf(number).id));

  const check = (task: SceneTask): void => {
    const { beat, finished } = task;
    assert.ok(!pause.paused, 'nothing is begun while paused');
    assert.ok(!abort.signal.aborted, 'nothing is begun after a cancel');
    assert.ok(model.inFlight <= batchSize, 'no more than a batch at once');
    const batch = batches.find((ids) => ids.includes(beat.id)) ?? [];
    const seen = finished.map(({ id }) => id);
    const expected = [...handedOver, ...batch.filter((id) => reusable.has(id))];
    assert.deepEqual(seen, expected.sort(), 'all that earlier batches wrote, in order, no more');
  };

  model.answer = async ({ task }, { signal }) => {
    const { beat } = task as SceneTask;
    try {
      check(task as SceneTask);
    } catch (error) {
      broken.push(error); // To the run it would be one more failure of the model.
    }
    const number = Number(beat.id.slice(1));
    const tries = model.askedIds.filter((id) => id === beat.id).length;
    const step = world.attempts[number - 1]?.[tries - 1] ?? { ms: 10, fails: undefined };
    await clock.sleep(step.ms, world.stubborn ? undefined : signal);
    if (step.fails !== undefined) throw failures[step.fails]();
    return goodAnswer(task);
  };

  let cancelledAt: number | undefined;
  let over = false;
  const meddle = async (): Promise<void> => {
    for (const ms of world.turns) {
      await clock.sleep(ms);
      if (pause.paused) pause.resume();
      else pause.pause();
    }
    pause.resume();
  };
  const cancel = async (): Promise<void> => {
    if (world.cancelAfter === undefined) return;
    await clock.sleep(world.cancelAfter);
    if (over) return;
    cancelledAt = clock.now();
    abort.abort();
  };

  const events: WritingEvent[] = [];
  let stoppedAt: number | undefined;
  const consume = async (): Promise<void> => {
    const options: WriteOptions = optionsFor(beats, {
      plan: planOf(beats),
      written: desk.document,
      batchSize,
      model,
      kept,
      pause,
      clock,
      signal: abort.signal,
    });
    for await (const event of writeScript(options)) {
      events.push(event);
      if (event.type === 'stopped') stoppedAt = clock.now();
      if (event.type === 'scheduled') ({ batches } = event);
      if (event.type === 'sceneWritten') {
        assert.equal(event.reused, reusable.has(event.scene.id));
        const isKept = kept.scenes.has(event.scene.id);
        assert.equal(isKept, event.unkept === undefined, 'kept before anybody is told');
      }
      if (event.type === 'batchWritten') {
        if (world.consumerMs > 0) await clock.sleep(world.consumerMs);
        for (const scene of event.scenes) {
          assert.ok(!handedOver.has(scene.id), 'no scene comes twice');
          handedOver.add(scene.id);
        }
        desk.document = [...desk.document, ...event.scenes].sort((a, b) => (a.id < b.id ? -1 : 1));
      }
      if (events.length === world.leavesAfter) return;
    }
  };
  await clock.until(
    Promise.all([
      consume().finally(() => {
        over = true;
      }),
      meddle(),
      cancel(),
    ]),
  );
  if (broken.length > 0) throw broken[0];
  return { events, model, cancelledAt, stoppedAt };
}

const attempt = fc.record({
  ms: fc.integer({ min: 1, max: 500 }),
  fails: fc.option(
    fc.constantFrom<Failure>(
      'network',
      'network',
      'slow',
      'invalid',
      'invalid',
      'refused',
      'account',
    ),
    { nil: undefined, freq: 3 },
  ),
});

const anyWorld: fc.Arbitrary<World> = fc.record({
  attempts: fc.array(fc.array(attempt, { maxLength: 4 }), { maxLength: 16 }),
  stubborn: fc.boolean(),
  turns: fc.array(fc.integer({ min: 1, max: 600 }), { maxLength: 6 }),
  cancelAfter: fc.option(fc.integer({ min: 0, max: 3000 }), { nil: undefined }),
  consumerMs: fc.constantFrom(0, 0, 50),
  leavesAfter: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  broken: fc.subarray([1, 2, 3, 4, 5], { maxLength: 2 }),
});

const size = fc.record({
  beats: fc.integer({ min: 1, max: 16 }),
  batchSize: fc.integer({ min: 1, max: 7 }),
});

describe('the schedule of a run, whatever fails, pauses or is cancelled', () => {
  it('keeps its promises, and a later run asks only for what is missing', () =>
    fc.assert(
      fc.asyncProperty(
        size,
        fc.array(anyWorld, { minLength: 1, maxLength: 3 }),
        async (of, worlds) => {
          const { beats, batchSize } = of;
          const desk: Desk = { document: [], kept: new KeptInMemory(), clock: new VirtualClock() };
          const ids = planOf(beats).outline.map(({ id }) => id);

          for (const world of [...worlds, calm]) {
            const had = new Set(desk.document.map(({ id }) => id));
            const keptBefore = new Set(desk.kept.scenes.keys());
            const told = await simulate(desk, beats, batchSize, world);
            const { events, model } = told;
            const has = new Set(desk.document.map(({ id }) => id));

            for (const id of model.askedIds) {
              assert.ok(!had.has(id), 'what is in the document is not asked for');
              assert.ok(!keptBefore.has(id), 'nor what an earlier run has kept');
            }
            for (const { scene, unkept } of ofType(events, 'sceneWritten')) {
              const safe = has.has(scene.id) || desk.kept.scenes.has(scene.id);
              const nobodyTookIt = unkept !== undefined && world.leavesAfter !== undefined;
              assert.ok(safe || nobodyTookIt, 'nothing that was written is lost');
            }
            const [scheduled] = ofType(events, 'scheduled');
            const missing = ids.filter((id) => !had.has(id));
            if (scheduled !== undefined) assert.deepEqual(scheduled.batches.flat(), missing);
            for (const { index, scenes } of ofType(events, 'batchWritten')) {
              const batch = scheduled?.batches[index] ?? [];
              const landed = scenes.map(({ id }) => id);
              if (landed.length === batch.length) assert.deepEqual(landed, batch);
              else
                assert.deepEqual(
                  landed,
                  batch.filter((id) => landed.includes(id)),
                );
            }
            const stops = ofType(events, 'stopped');
            if (world.leavesAfter === undefined || events.length < world.leavesAfter) {
              assert.equal(stops.length, 1);
              assert.equal(events.at(-1)?.type, 'stopped');
            }
            const reason = stops[0]?.reason;
            if (reason === 'done') assert.deepEqual([...has], ids);
            if (reason === 'failed')
              assert.match(stops[0]?.error?.message ?? '', /could not be written/);
            if (told.cancelledAt !== undefined && reason === 'cancelled') {
              assert.ok((told.stoppedAt ?? 0) - told.cancelledAt <= world.consumerMs, 'prompt');
            }
          }
          assert.deepEqual(
            desk.document.map(({ id }) => id),
            ids,
          );
          assert.equal(desk.kept.scenes.size, 0, 'nothing is left behind');
        },
      ),
      { numRuns: 250 },
    ));
});
