import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SceneId } from '../../../../src/script/script-model.ts';
import { Schedule, type SceneState } from '../../../../src/writing/schedule/schedule.ts';
import { paces } from '../../../../src/writing/schedule/scheduled-scene.ts';
import { virtualRun } from '../../../../src/writing/schedule/virtual-run.ts';
import { writeScript } from '../../../../src/writing/write-script.ts';
import type { WriteOptions } from '../../../../src/writing/write-options.ts';
import { FakeModel, optionsFor, planOf, sceneAnswer, VirtualClock } from '../writing-support.ts';

/** What is known of a run from its events at one moment. */
class Watched {
  readonly since = new Map<SceneId, number>();
  readonly written = new Set<SceneId>();
  batches: readonly (readonly SceneId[])[] = [];
  places = 40;
  private readonly options: WriteOptions;

  constructor(options: WriteOptions) {
    this.options = options;
  }

  /** Milliseconds from now on, by the schedule itself, for scenes that take so long. */
  ahead(now: number, lengthOf: (id: SceneId) => number): number {
    const { pace = 'batches', batchSize, plan } = this.options;
    const outline = plan?.outline ?? [];
    const ids = this.batches.flat();
    const stateOf = (id: SceneId): SceneState => {
      if (this.written.has(id)) return 'written';
      return this.since.has(id) ? 'running' : 'waiting';
    };
    const scenes = ids.map((id, position) => ({
      id,
      continues: outline.find((beat) => beat.id === id)?.contract.continues === true,
      ...(position === 0 ? {} : { previous: ids[position - 1] ?? '' }),
      state: stateOf(id),
    }));
    let end = 0;
    const ends = this.batches.map(({ length }) => (end += length));
    return virtualRun(Schedule.of(scenes, { pace, batchSize, ends }), {
      places: () => (batchSize === 'auto' ? this.places : batchSize),
      lengthOf: (position) => lengthOf(ids[position] ?? ''),
      underWay: ids.flatMap((id, position) => {
        const since = this.since.get(id);
        if (since === undefined || this.written.has(id)) return [];
        return [[position, since + lengthOf(id) - now] as const];
      }),
    });
  }
}

/** Writes a script whose scenes take given times. @returns how far each forecast on the way was off */
async function errorsOf(
  options: Pick<WriteOptions, 'batchSize'> & Required<Pick<WriteOptions, 'pace' | 'plan'>>,
  lengths: readonly number[],
): Promise<number[]> {
  const clock = new VirtualClock();
  const ids = options.plan.outline.map(({ id }) => id);
  const lengthOf = (id: SceneId): number => lengths[ids.indexOf(id)] ?? 0;
  const model = new FakeModel();
  model.answer = async ({ task }) => {
    assert.ok(task.kind === 'scene');
    await clock.sleep(lengthOf(task.beat.id));
    return { ...sceneAnswer(task.beat.id), sound: task.beat.summary };
  };
  const run = optionsFor(0, { ...options, model, clock });
  const watched = new Watched(run);
  const told: number[] = [];
  let at = clock.now();
  const consume = async (): Promise<void> => {
    for await (const event of writeScript(run)) {
      // Everything of the moment before has been told.
      if (clock.now() > at) told.push(at + watched.ahead(at, lengthOf));
      at = clock.now();
      if (event.type === 'scheduled') watched.batches = event.batches;
      if (event.type === 'places') watched.places = event.places;
      if (event.type === 'sceneStarted') watched.since.set(event.id, at);
      if (event.type === 'sceneWritten') watched.written.add(event.scene.id);
      if (event.type === 'stopped') assert.equal(event.reason, 'done');
    }
  };
  await clock.until(consume());
  return told.map((end) => Math.abs(end - at));
}

describe('a run that is tried out ahead', () => {
  it('takes as long as the run itself then does, in every pace, with few and many places', async () => {
    const anything = fc.record({
      pace: fc.constantFrom(...paces),
      batchSize: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant('auto' as const)),
      scenes: fc.array(fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.boolean()), {
        minLength: 1,
        maxLength: 30,
      }),
    });
    let forecasts = 0;
    await fc.assert(
      fc.asyncProperty(anything, async ({ pace, batchSize, scenes }) => {
        const plan = planOf(scenes.length);
        const outline = plan.outline.map((beat, i) => ({
          ...beat,
          contract: { ...beat.contract, continues: i > 0 && scenes[i]?.[1] === true },
        }));
        // No two moments fall together, for then either order would be right.
        const lengths = scenes.map(([ms], i) => ms + 2 ** -(i + 2));
        const errors = await errorsOf({ pace, batchSize, plan: { ...plan, outline } }, lengths);
        forecasts += errors.length;
        for (const error of errors) assert.ok(error < 1e-3, `off by ${error} ms`);
      }),
      { numRuns: 100 },
    );
    assert.ok(forecasts > 500, `${forecasts} forecasts`);
  });
});
