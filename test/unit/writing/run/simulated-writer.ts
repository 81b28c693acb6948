import assert from 'node:assert/strict';
import type { Plan, Scene, SceneId } from '../../../../src/script/script-model.ts';
import type { WritingEvent } from '../../../../src/writing/writing-events.ts';
import { PauseSwitch } from '../../../../src/writing/pause-switch.ts';
import { writeScript } from '../../../../src/writing/write-script.ts';
import type { Pace } from '../../../../src/writing/schedule/scheduled-scene.ts';
import {
  failures,
  FakeModel,
  KeptInMemory,
  optionsFor,
  sceneAnswer,
  VirtualClock,
} from '../writing-support.ts';
import type { SceneTask } from '../../../../src/models/writer-tasks.ts';

export type Failure = keyof typeof failures;

/** What happens to one run; all times in virtual milliseconds. */
export interface RunConditions {
  /** Of the requests for each scene, in order: how long one takes and what comes of it. */
  readonly attempts: readonly (readonly { ms: number; fails: Failure | undefined }[])[];
  /** Whether requests settle only in their own time, abort or not. */
  readonly stubborn: boolean;
  /** More requests than this are turned away at once. */
  readonly limit: number;
  /** When the pause switch is turned, each time from the last. */
  readonly turns: readonly number[];
  readonly cancelAfter: number | undefined;
  /** How long the consumer takes over each batch. */
  readonly consumerMs: number;
  /** Leaves after so many events. */
  readonly leavesAfter: number | undefined;
  /** Numbers of the scenes that cannot be kept on disk. */
  readonly broken: readonly number[];
  readonly hedge: boolean;
  /** What the writer does to the script when a batch has come into it. */
  readonly edits: readonly ((studio: Studio) => void)[];
}

export const calm: RunConditions = {
  attempts: [],
  stubborn: false,
  limit: Infinity,
  turns: [],
  cancelAfter: undefined,
  consumerMs: 0,
  leavesAfter: undefined,
  broken: [],
  hedge: false,
  edits: [],
};

/** What stays between runs: the document, what is kept on disk, time. */
export class Studio {
  plan: Plan;
  document: readonly Scene[] = [];
  readonly kept = new KeptInMemory();
  readonly clock = new VirtualClock();

  constructor(plan: Plan) {
    this.plan = plan;
  }

  get ids(): SceneId[] {
    return this.document.map(({ id }) => id);
  }

  insert(scenes: readonly Scene[]): void {
    const order = this.plan.outline.map(({ id }) => id);
    this.document = [...this.document, ...scenes].sort(
      (a, b) => order.indexOf(a.id) - order.indexOf(b.id),
    );
  }
}

export interface Told {
  readonly events: WritingEvent[];
  readonly model: FakeModel;
  readonly cancelledAt: number | undefined;
  readonly stoppedAt: number | undefined;
}

export interface Setting {
  readonly pace: Pace;
  readonly batchSize: number | 'auto';
}

/** One run over what the studio's script lacks, with the promises that always hold checked. */
export async function simulate(
  studio: Studio,
  setting: Setting,
  conditions: RunConditions,
): Promise<Told> {
  const { clock, kept } = studio;
  const pause = new PauseSwitch();
  const abort = new AbortController();
  const model = new FakeModel();
  const before = studio.document;
  const handedOver = new Set<SceneId>(studio.ids);
  const promises = new Promises(studio, setting, conditions.edits.length > 0);
  const numbers = new Map(studio.plan.outline.map(({ id }, i) => [id, i + 1]));
  const reusable = new Set<SceneId>(kept.scenes.keys());
  kept.broken = new Set(
    [...numbers].flatMap(([id, n]) => (conditions.broken.includes(n) ? [id] : [])),
  );

  let inService = 0;
  model.answer = async ({ task }, { signal }) => {
    const { beat } = task as SceneTask;
    promises.check(() => {
      assert.ok(!pause.paused, 'nothing is begun while paused');
      assert.ok(!abort.signal.aborted, 'nothing is begun after a cancel');
      promises.context(task as SceneTask, model);
    });
    if (inService >= conditions.limit) throw failures.busy();
    inService++;
    try {
      const tries = model.askedIds.filter((id) => id === beat.id).length;
      const step = conditions.attempts[(numbers.get(beat.id) ?? 0) - 1]?.[tries - 1];
      await clock.sleep(step?.ms ?? 10, conditions.stubborn ? undefined : signal);
      if (step?.fails !== undefined) {
        promises.fails(beat.id, tries, step.fails);
        throw failures[step.fails]();
      }
      return { ...sceneAnswer(beat.id), sound: beat.summary };
    } finally {
      inService--;
    }
  };

  let cancelledAt: number | undefined;
  let over = false;
  const meddle = async (): Promise<void> => {
    for (const ms of conditions.turns) {
      await clock.sleep(ms);
      if (pause.paused) pause.resume();
      else pause.pause();
    }
    pause.resume();
  };
  const cancel = async (): Promise<void> => {
    if (conditions.cancelAfter === undefined) return;
    await clock.sleep(conditions.cancelAfter);
    if (over) return;
    cancelledAt = clock.now();
    abort.abort();
  };

  const events: WritingEvent[] = [];
  let stoppedAt: number | undefined;
  const edits = [...conditions.edits];
  const consume = async (): Promise<void> => {
    const options = optionsFor(0, {
      plan: studio.plan,
      written: before,
      ...setting,
      model,
      journal: kept,
      pause,
      clock,
      hedge: conditions.hedge,
      signal: abort.signal,
      script: () => ({ plan: studio.plan, written: studio.document }),
    });
    for await (const event of writeScript(options)) {
      events.push(event);
      promises.follow(event);
      if (event.type === 'stopped') stoppedAt = clock.now();
      if (event.type === 'sceneWritten') {
        const { id } = event.scene;
        if (conditions.edits.length === 0) assert.equal(event.reused, reusable.has(id));
        const isKept = kept.scenes.has(id) || studio.ids.includes(id);
        assert.ok(isKept || event.unkept !== undefined, 'kept before anybody is told');
      }
      if (event.type === 'batchWritten') {
        if (conditions.consumerMs > 0) await clock.sleep(conditions.consumerMs);
        for (const { id } of event.scenes) {
          assert.ok(!handedOver.has(id), 'no scene comes twice');
          handedOver.add(id);
        }
        studio.insert(event.scenes);
        edits.shift()?.(studio);
      }
      if (events.length === conditions.leavesAfter) return;
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
  promises.rethrow();
  return { events, model, cancelledAt, stoppedAt };
}

/** What each pace promises about the requests it sends. */
class Promises {
  private readonly studio: Studio;
  private readonly setting: Setting;
  /** Missing when the run began, in order. */
  private readonly missing: readonly SceneId[];
  private readonly inDocument: ReadonlySet<SceneId>;
  private readonly reused: ReadonlySet<SceneId>;
  private readonly failed = new Set<SceneId>();
  private readonly broken: unknown[] = [];
  private places: number;
  private readonly edited: boolean;

  constructor(studio: Studio, setting: Setting, edited: boolean) {
    this.edited = edited;
    this.reused = new Set(studio.kept.scenes.keys());
    this.studio = studio;
    this.setting = setting;
    this.inDocument = new Set(studio.ids);
    this.missing = studio.plan.outline.map(({ id }) => id).filter((id) => !this.inDocument.has(id));
    this.places = setting.batchSize === 'auto' ? 40 : setting.batchSize;
  }

  /** To the run a failed assertion would be one more failure of the model. */
  check(promise: () => void): void {
    try {
      promise();
    } catch (error) {
      this.broken.push(error);
    }
  }

  rethrow(): void {
    if (this.broken.length > 0) throw this.broken[0];
  }

  follow(event: WritingEvent): void {
    if (event.type === 'places') this.places = Math.max(this.places, event.places);
  }

  /** A request fails, maybe the scene with it. */
  fails(id: SceneId, tries: number, how: Failure): void {
    if (tries >= 3 || how === 'refused' || how === 'account') this.failed.add(id);
  }

  context({ beat, finished }: SceneTask, model: FakeModel): void {
    const { pace, batchSize } = this.setting;
    const most = batchSize === 'auto' ? this.places : batchSize;
    assert.ok(model.inFlight <= most, 'no more in flight than there are places');
    const seen = new Set(finished.map(({ id }) => id));
    assert.equal(seen.size, finished.length, 'nothing twice');
    assert.ok(!seen.has(beat.id), 'not itself');
    if (this.edited) return;
    for (const id of this.inDocument) assert.ok(seen.has(id), 'all that the script holds');
    const order = this.studio.plan.outline.map(({ id }) => id);
    const ranks = finished.map(({ id }) => order.indexOf(id));
    assert.deepEqual(
      ranks,
      [...ranks].sort((a, b) => a - b),
      'in order',
    );
    const at = this.missing.indexOf(beat.id);
    const unseen = this.missing.slice(0, at).filter((id) => !seen.has(id) && !this.failed.has(id));
    if (pace === 'batches' && batchSize !== 'auto') {
      const first = Math.floor(at / batchSize) * batchSize;
      assert.deepEqual(
        this.missing.slice(0, first).filter((id) => !seen.has(id)),
        [],
        'all earlier batches',
      );
      const own = this.missing.slice(first, first + batchSize).filter((id) => seen.has(id));
      assert.deepEqual(
        own.filter((id) => !this.reused.has(id)),
        [],
        'and nothing of its own',
      );
    }
    if (pace === 'sliding') {
      assert.ok(unseen.length <= most - 1, 'fewer unseen than there are places');
      const back = unseen.map((id) => at - this.missing.indexOf(id));
      assert.ok(Math.max(0, ...back) < 2 * most, 'and none of them far back');
    }
    const previous = order[order.indexOf(beat.id) - 1];
    if (pace === 'planned' && beat.contract.continues && previous !== undefined) {
      assert.ok(seen.has(previous), 'a continuation sees what it continues');
    }
  }
}
