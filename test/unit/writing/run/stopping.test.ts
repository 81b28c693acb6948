import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { SceneAnswer } from '../../../../src/models/answer-schemas.ts';
import type { CostMeter } from '../../../../src/writing/run-cost.ts';
import { PauseSwitch } from '../../../../src/writing/pause-switch.ts';
import { rewriteScenes } from '../../../../src/writing/rewrite-scenes.ts';
import type { WriteOptions } from '../../../../src/writing/write-options.ts';
import { writeScript } from '../../../../src/writing/write-script.ts';
import type { WritingEvent } from '../../../../src/writing/writing-events.ts';
import { AnswersInMemory } from '../planning/planning-support.ts';
import {
  beatOf,
  brief,
  failures,
  FakeModel,
  goodAnswer,
  KeptInMemory,
  optionsFor,
  optionsToPlan,
  planOf,
  sceneAnswer,
  VirtualClock,
} from '../writing-support.ts';

/** One run that can be brought to a standstill. */
interface Stage {
  readonly options: WriteOptions;
  readonly model: FakeModel;
  readonly clock: VirtualClock;
  readonly pause: PauseSwitch;
  readonly cancel: AbortController;
  /** Nothing that is asked for before a request is answered any more. */
  readonly budget: { open: boolean };
  /** Nothing that is read from the disk, or written, comes to an end any more. */
  readonly disk: { well: boolean };
}

/** What a run waits for when it is cancelled, from some moment on. */
const troubles: Readonly<Record<string, (stage: Stage) => void>> = {
  'nothing but the model': () => undefined,
  'a pause': ({ pause }) => {
    pause.pause();
  },
  'a service that wants to be left alone': ({ model }) => {
    model.answer = () => Promise.reject(failures.slow());
  },
  'a service without a place': ({ model }) => {
    model.answer = () => Promise.reject(failures.busy());
  },
  'a service that cannot be reached': ({ model }) => {
    model.answer = () => Promise.reject(failures.network());
  },
  'a model that hears nothing': ({ model }) => {
    model.answer = () => new Promise(() => undefined);
  },
  'a question about money': ({ budget }) => {
    budget.open = false;
  },
};

const happenings = [
  'Mara climbs the stairs with a can of oil.',
  'A boy knocks at the door, wet to the bone.',
  'The lamp goes out and the wind rises.',
  'They carry glass over the gallery.',
  'A ship turns away from the rocks.',
];

const line = 'Every night I count the ships before I light the lamp for them.';

const echoes = [beatOf(2).id, beatOf(3).id];

/** Two neighbours say the same, and what the model thinks of any seam is that it clashes. */
function clashing(id: string): SceneAnswer {
  return { ...sceneAnswer(id), dialogue: [{ speaker: 'Mara', tone: null, line }] };
}

function stageOf(options: (changes: Partial<WriteOptions>) => WriteOptions): Stage {
  const [model, clock, pause] = [new FakeModel(), new VirtualClock(), new PauseSwitch()];
  const [cancel, budget, disk] = [new AbortController(), { open: true }, { well: true }];
  const never = new Promise<never>(() => undefined);
  const slow = <T extends object>(journal: T): T =>
    new Proxy(journal, {
      get: (from, name) => {
        const act: unknown = Reflect.get(from, name);
        if (typeof act !== 'function') return act;
        return (...given: unknown[]): unknown =>
          disk.well ? (Reflect.apply(act, from, given) as unknown) : never;
      },
    });
  model.answer = async ({ task }) => {
    await clock.sleep(1000);
    if (task.kind === 'seam') return { clash: true, why: 'She repeats herself.' };
    if (task.kind !== 'scene' || task.rewrite !== undefined) return goodAnswer(task);
    const { id } = task.beat;
    return echoes.includes(id) ? clashing(id) : sceneAnswer(id);
  };
  const cost: CostMeter = {
    add: () => undefined,
    allow: () => (budget.open ? Promise.resolve() : never),
  };
  return {
    options: options({
      model,
      clock,
      pause,
      cost,
      signal: cancel.signal,
      journal: slow(new KeptInMemory()),
      answers: slow(new AnswersInMemory()),
    }),
    model,
    clock,
    pause,
    cancel,
    budget,
    disk,
  };
}

/** Runs that between them have every stage there is. */
const runs: Readonly<Record<string, (changes: Partial<WriteOptions>) => WriteOptions>> = {
  'more parts of an outline than places': (changes) =>
    optionsToPlan({ ...changes, brief: { ...brief, duration: 400 }, batchSize: 2 }),
  'the outline alone': (changes) =>
    optionsToPlan({
      ...changes,
      brief: { ...brief, duration: 400 },
      batchSize: 1,
      outlineOnly: true,
    }),
  'scenes in batches': (changes) => optionsFor(12, { ...changes, pace: 'batches', batchSize: 3 }),
  'scenes by the plan, and their seams': (changes) => {
    const plan = planOf(5);
    const outline = plan.outline.map((beat, i) => ({
      ...beat,
      summary: happenings[i] ?? '',
    }));
    return optionsFor(5, {
      ...changes,
      brief: { ...brief, language: 'en' },
      plan: { ...plan, outline },
      pace: 'planned',
      batchSize: 4,
    });
  },
};

/** Whether a promise settles although no time passes. */
async function settlesAtOnce(promise: Promise<unknown>): Promise<boolean> {
  const state = { settled: false };
  const settle = (): void => {
    state.settled = true;
  };
  promise.then(settle, settle);
  for (let turn = 0; turn < 50 && !state.settled; turn++) await setImmediate();
  return state.settled;
}

/** Read a run; at event number `at`, from 0, something happens. */
async function follow(
  run: AsyncIterable<WritingEvent>,
  at: number,
  happens: () => void,
): Promise<WritingEvent[]> {
  const events: WritingEvent[] = [];
  for await (const event of run) {
    events.push(event);
    if (events.length === at + 1) happens();
  }
  return events;
}

/** How many events a run tells that nothing happens to, and of which kinds. */
async function undisturbed(
  make: (changes: Partial<WriteOptions>) => WriteOptions,
): Promise<WritingEvent[]> {
  const { options, clock } = stageOf(make);
  return clock.until(follow(writeScript(options), Infinity, () => undefined));
}

describe('stopping a run', () => {
  for (const [name, make] of Object.entries(runs)) {
    it(`ends within a tick at every event of ${name}`, async () => {
      const all = await undisturbed(make);
      const { length } = all;
      const landings = (events: readonly WritingEvent[]): number =>
        events.filter(({ type }) => /outlined|batchWritten/.test(type)).length;
      for (let at = 0; at < length - 1; at++) {
        const { options, clock, cancel } = stageOf(make);
        const reached = Promise.withResolvers<undefined>();
        const run = follow(writeScript(options), at, () => {
          cancel.abort();
          reached.resolve(undefined);
        });
        await clock.until(Promise.race([reached.promise, run]));
        assert.ok(await settlesAtOnce(run), `cancelled at event ${at}`);
        const last = (await run).at(-1);
        assert.ok(last?.type === 'stopped');
        // Everything may have been there by then.
        if (last.reason === 'done') assert.equal(landings(await run), landings(all));
        else assert.equal(last.reason, 'cancelled', `event ${at}`);
      }
    }).timeout(60_000);

    for (const [trouble, begin] of Object.entries(troubles)) {
      it(`ends within a tick of ${name}, waiting for ${trouble}`, async () => {
        const { length } = await undisturbed(make);
        const step = Math.max(1, Math.floor(length / 30));
        for (let at = 0; at < length - 1; at += step) {
          const stage = stageOf(make);
          const { options, clock, cancel } = stage;
          const reached = Promise.withResolvers<undefined>();
          const run = follow(writeScript(options), at, () => {
            begin(stage);
            reached.resolve(undefined);
          });
          // In the middle of whatever it waits for by then.
          const standstill = reached.promise.then(() => clock.sleep(3300));
          await clock.until(Promise.race([standstill, run]));
          cancel.abort();
          assert.ok(await settlesAtOnce(run), `in trouble from event ${at} on`);
          assert.equal((await run).filter(({ type }) => type === 'stopped').length, 1);
        }
      }).timeout(60_000);
    }

    it(`ends in a moment of ${name}, waiting for a disk, and brings home what it cannot keep`, async () => {
      const { length } = await undisturbed(make);
      const step = Math.max(1, Math.floor(length / 30));
      for (let at = 0; at < length - 1; at += step) {
        const stage = stageOf(make);
        const { options, clock, cancel, disk } = stage;
        const reached = Promise.withResolvers<undefined>();
        const run = follow(writeScript(options), at, () => {
          disk.well = false;
          reached.resolve(undefined);
        });
        const standstill = reached.promise.then(() => clock.sleep(3300));
        await clock.until(Promise.race([standstill, run]));
        const since = clock.now();
        cancel.abort();
        const events = await clock.until(run);
        assert.ok(clock.now() - since <= 2000, `${clock.now() - since} ms from event ${at} on`);
        const landed = new Set(
          events.flatMap((event) =>
            event.type === 'batchWritten' ? event.scenes.map(({ id }) => id) : [],
          ),
        );
        for (const event of events) {
          if (event.type !== 'sceneWritten' || event.unkept === undefined) continue;
          assert.ok(landed.has(event.scene.id), 'what is safe nowhere else is in the document');
        }
      }
    }).timeout(60_000);
  }

  it('covers every stage that a run has', async () => {
    const told = new Set<string>();
    for (const make of Object.values(runs)) {
      for (const event of await undisturbed(make)) {
        told.add(event.type === 'planning' ? event.stage : event.type);
      }
    }
    for (const stage of ['core', 'outline', 'outlined', 'sceneStarted', 'seamBroken']) {
      assert.ok(told.has(stage), `no ${stage} among ${[...told].join(', ')}`);
    }
  });

  it('does no harm the second time', async () => {
    const { options, clock, cancel } = stageOf((changes) => optionsFor(6, changes));
    const run = follow(writeScript(options), 3, () => {
      cancel.abort();
      cancel.abort();
    });
    const events = await clock.until(run);
    cancel.abort();
    assert.equal(events.filter(({ type }) => type === 'stopped').length, 1);
  });
});

describe('stopping a rewrite', () => {
  for (const [trouble, begin] of Object.entries(troubles)) {
    if (trouble === 'a pause') continue; // There is none for a rewrite.
    it(`ends within a tick, waiting for ${trouble}`, async () => {
      const stage = stageOf((changes) => optionsFor(3, changes));
      const { model, clock, cancel, options } = stage;
      const { cost } = options;
      const [, scene] = await writtenScenes();
      assert.ok(scene !== undefined && cost !== undefined);
      begin(stage);
      const { title, bible, outline } = planOf(3);
      const rewritten = rewriteScenes({
        brief,
        title,
        bible,
        outline,
        scenes: [scene],
        chosen: [scene.id],
        batchSize: 1,
        instruction: '',
        model,
        cost,
        clock,
        random: () => 0.5,
        signal: cancel.signal,
      });
      const run = Promise.all(rewritten.values()).then(
        () => 'written',
        (error: unknown) => (error as { readonly code?: string }).code,
      );
      await clock.until(Promise.race([run, clock.sleep(500)]));
      cancel.abort();
      assert.ok(await settlesAtOnce(run));
      assert.equal(await run, 'cancelled');
    });
  }

  async function writtenScenes() {
    const { options, clock } = stageOf((changes) => optionsFor(3, changes));
    const events = await clock.until(follow(writeScript(options), Infinity, () => undefined));
    return events.flatMap((event) => (event.type === 'sceneWritten' ? [event.scene] : []));
  }
});
