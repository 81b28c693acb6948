import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OutlineAnswer } from '../../../../src/models/answer-schemas.ts';
import type { GenerateOptions } from '../../../../src/models/writer-model.ts';
import type { OutlineTask, WriterTask } from '../../../../src/models/writer-tasks.ts';
import { renderNewScript } from '../../../../src/script/render/render-new-script.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { applyEdits } from '../../../../src/script/edits/text-edit.ts';
import { paces } from '../../../../src/writing/schedule/scheduled-scene.ts';
import type { WritingEvent } from '../../../../src/writing/writing-events.ts';
import { writeScript } from '../../../../src/writing/write-script.ts';
import { answerOfPlanning } from '../../../../fixtures/plan-answers.ts';
import { englishBrief, sceneOfId } from '../durability-answers.ts';
import { PaperInMemory, writeOn } from '../durability-paper.ts';
import { AnswersInMemory } from '../planning/planning-support.ts';
import {
  collect,
  failures,
  FakeModel,
  KeptInMemory,
  ofType,
  optionsToPlan,
  plannedIn,
  randomOf,
  VirtualClock,
} from '../writing-support.ts';

const long = { ...englishBrief, duration: 600 };

/** How long a model takes over a planning answer of so many seconds, beat by beat where it has beats. */
interface Times {
  readonly core: number;
  readonly acts: number;
  readonly beat: number;
  readonly scene: (number: number) => number;
}

const usual: Times = { core: 7, acts: 6, beat: 1, scene: () => 8 };

/** A model that streams its beats, with what it was asked when, in seconds. */
class StreamingModel extends FakeModel {
  readonly log: { readonly at: number; readonly what: string }[] = [];
  private readonly clock: VirtualClock;
  private readonly times: Times;
  private scenes = 0;

  constructor(clock: VirtualClock, times: Times = usual) {
    super();
    this.clock = clock;
    this.times = times;
    const start = clock.now();
    this.answer = async ({ task }, options) => {
      this.log.push({ at: (clock.now() - start) / 1000, what: nameOf(task) });
      return this.answerTo(task, options);
    };
  }

  private async answerTo(task: WriterTask, options: GenerateOptions): Promise<unknown> {
    const { clock, times } = this;
    const wait = (seconds: number): Promise<void> => clock.sleep(seconds * 1000, options.signal);
    switch (task.kind) {
      case 'scene':
        await wait(times.scene(++this.scenes));
        return sceneOfId(task.beat.id);
      case 'outline':
        for (const beat of beatsOf(task)) {
          await wait(times.beat);
          options.onEntry?.(beat);
        }
        return answerOfPlanning(task);
      default:
        await wait(task.kind === 'core' ? times.core : times.acts);
        return answerOfPlanning(task);
    }
  }

  at(what: string): number {
    return this.log.find((entry) => entry.what === what)?.at ?? Infinity;
  }
}

function beatsOf(task: OutlineTask): OutlineAnswer['beats'] {
  return (answerOfPlanning(task) as OutlineAnswer).beats;
}

function nameOf(task: WriterTask): string {
  if (task.kind === 'outline') return `beats ${task.part.from}–${task.part.to}`;
  return task.kind === 'scene' ? `scene ${Number.parseInt(task.beat.id.slice(1), 10)}` : task.kind;
}

describe('an outline that grows while its scenes are written', () => {
  it('has a scene begun as soon as its beat and the one after it are there', async () => {
    const clock = new VirtualClock();
    const model = new StreamingModel(clock);
    const options = optionsToPlan({ brief: long, clock, model, pace: 'sliding' });
    const events = await clock.until(collect(writeScript(options)));
    assert.equal(events.at(-1)?.type, 'stopped');
    assert.deepEqual(ofType(events, 'stopped')[0]?.error, undefined);
    assert.equal(ofType(events, 'batchWritten').flatMap(({ scenes }) => scenes).length, 75);
    assert.equal(model.at('core'), 0);
    assert.equal(model.at('beats 1–6'), 7);
    assert.equal(model.at('acts'), 7);
    for (let number = 1; number <= 3; number++)
      assert.equal(model.at(`scene ${number}`), 8 + number);
    // Both the opening and the acts are done by now.
    for (let number = 4; number <= 5; number++) {
      assert.ok(model.at(`scene ${number}`) <= 13, `scene ${number}`);
    }
    const first = model.asked.find(({ task }) => task.kind === 'scene')?.prompt.user ?? '';
    assert.match(first, /The story goes on: 73 more scenes follow, not planned yet\./);
    const last = model.asked.at(-1)?.prompt.user ?? '';
    assert.doesNotMatch(last, /The story goes on/);
  });

  it('never takes a place from the first batch, and plans on before scenes starve', async () => {
    const clock = new VirtualClock();
    const model = new StreamingModel(clock);
    const options = optionsToPlan({ brief: long, clock, model, pace: 'sliding' });
    await clock.until(collect(writeScript(options)));
    const firstPart = model.log.findIndex(({ what }) => what === 'beats 7–14');
    const before = model.log.slice(0, firstPart).filter(({ what }) => what.startsWith('scene'));
    assert.equal(before.length, 5);
    const scenes = model.log.filter(({ what }) => what.startsWith('scene'));
    const end = (scenes.at(-1)?.at ?? 0) + 8;
    const work = 7 + 6 + 75 + 75 * 8;
    // Nobody waits but in the beginning, for the story, and at the end, for the last scenes.
    assert.ok(end <= work / 5 + 20, `${end}`);
  });

  it('asks for all acts at once where there are places, and for one after the other where not', async () => {
    for (const [batchSize, parts] of [
      [20, 5],
      [1, 1],
    ] as const) {
      const clock = new VirtualClock();
      const model = new StreamingModel(clock);
      const options = optionsToPlan({ brief: long, clock, model, pace: 'planned', batchSize });
      let most = 0;
      const answer = model.answer;
      let inFlight = 0;
      model.answer = async (asked, given) => {
        const isPart = asked.task.kind === 'outline';
        most = Math.max(most, (inFlight += Number(isPart)));
        try {
          return await answer(asked, given);
        } finally {
          inFlight -= Number(isPart);
        }
      };
      await clock.until(collect(writeScript(options)));
      assert.ok(most >= parts && (parts > 1 || most === 1), `${batchSize}: ${most}`);
      assert.ok(model.mostInFlight <= batchSize);
    }
  });

  it('keeps its promises at any speed: no scene without the next beat, no place too many, all in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paces),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom(60, 180, 330),
        async (pace, batchSize, seed, duration) => {
          const clock = new VirtualClock();
          const random = randomOf(seed);
          const model = new StreamingModel(clock, {
            core: 5 * random(),
            acts: 20 * random(),
            beat: 4 * random(),
            scene: () => 20 * random(),
          });
          const { answer } = model;
          const broken: string[] = [];
          let known = 0;
          model.answer = (asked, options) => {
            const { task } = asked;
            if (task.kind === 'scene') {
              const at = task.outline.indexOf(task.beat);
              const isLast = at === task.outline.length - 1;
              if (isLast && task.toCome !== undefined) broken.push(`${at + 1} without the next`);
              if (task.outline.length > known) broken.push('ahead of the document');
            }
            return answer(asked, options);
          };
          const options = optionsToPlan({ ...optionsToPlan(), pace, batchSize, clock, model });
          const events: WritingEvent[] = [];
          const consume = async (): Promise<void> => {
            const run = writeScript({ ...options, brief: { ...englishBrief, duration } });
            for await (const event of run) {
              events.push(event);
              if (event.type === 'outlined') known += event.plan.outline.length;
            }
          };
          await clock.until(consume());
          assert.deepEqual(broken, []);
          assert.ok(model.mostInFlight <= batchSize);
          assert.deepEqual(ofType(events, 'stopped'), [{ type: 'stopped', reason: 'done' }]);
          const written = ofType(events, 'batchWritten').map(({ scenes }) => scenes);
          const outline = plannedIn(events)?.outline ?? [];
          assert.deepEqual(
            written.flat().map(({ id }) => id),
            outline.map(({ id }) => id),
          );
          assert.ok(written.slice(0, -1).every(({ length }) => length === batchSize));
          const seconds = outline.reduce((sum, beat) => sum + beat.seconds, 0);
          assert.equal(seconds, duration);
          assert.equal(ofType(events, 'planned').length, 1);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the document of an outline that grows', () => {
  const empty = renderNewScript(long, 'A title');

  /** What a run over a document needs besides that. */
  function tools(clock: VirtualClock, model: StreamingModel) {
    return {
      model,
      pace: 'sliding' as const,
      batchSize: 5,
      clipSeconds: [4, 8, 12],
      journal: new KeptInMemory(),
      answers: new AnswersInMemory(),
      pause: optionsToPlan().pause,
      signal: new AbortController().signal,
      clock,
      random: () => 0.5,
    };
  }

  it('is a script at every moment, its outline in order, with beats added at its end', async () => {
    const clock = new VirtualClock();
    const paper = new PaperInMemory(empty);
    const known: string[][] = [];
    const given = tools(clock, new StreamingModel(clock));
    await clock.until(
      writeOn(paper, given, ({ type }) => {
        if (type !== 'outlined' && type !== 'batchWritten') return;
        const { outline, problems } = parseScript(paper.read());
        assert.deepEqual(
          problems.filter(({ severity }) => severity === 'error'),
          [],
        );
        const ids = outline.map(({ beat }) => beat.id);
        assert.deepEqual(ids.slice(0, known.at(-1)?.length ?? 0), known.at(-1) ?? []);
        known.push(ids);
      }),
    );
    const { outline, scenes } = parseScript(paper.read());
    assert.deepEqual(
      outline.map(({ beat }) => beat.title),
      Array.from({ length: 75 }, (_, i) => `Turn ${i + 1}`),
    );
    assert.equal(scenes.length, 75);
    assert.ok(new Set(known.map((ids) => ids.length)).size > 8);
    assert.equal(given.answers.files.size, 0);
  });

  it('leads: a beat that is changed counts, and one that is deleted stays away, after a stop too', async () => {
    const clock = new VirtualClock();
    const paper = new PaperInMemory(empty);
    const model = new StreamingModel(clock);
    const given = tools(clock, model);
    const abort = new AbortController();
    let deleted = '';
    const edit = (event: WritingEvent): void => {
      const { outline, text } = parseScript(paper.read());
      if (event.type !== 'outlined' || outline.length < 10 || deleted !== '') return;
      const [changed, gone] = [outline[8], outline[9]];
      if (changed === undefined || gone === undefined) return;
      deleted = gone.beat.id;
      const at = text.indexOf('Turn 9', changed.span.start);
      paper.text = applyEdits(text, [
        { start: at, end: at + 6, text: 'My own turn' },
        { start: gone.span.start, end: gone.span.end, text: '' },
      ]);
      abort.abort();
    };
    const first = await clock.until(writeOn(paper, { ...given, signal: abort.signal }, edit));
    assert.equal(first.reason, 'cancelled');
    const before = parseScript(paper.read()).outline.length;
    assert.ok(deleted !== '' && before < 40, `${before}`);
    const end = await clock.until(writeOn(paper, given));
    assert.equal(end.reason, 'done');
    const { outline, scenes } = parseScript(paper.read());
    assert.equal(outline.length, 74);
    assert.equal(scenes.length, 74);
    assert.ok(outline.every(({ beat }) => beat.id !== deleted));
    assert.equal(outline[8]?.beat.title, 'My own turn');
    assert.equal(model.log.filter(({ what }) => what === 'core' || what === 'acts').length, 2);
    // Now the plan is whole: what is deleted from here on is nobody else's business.
    const last = outline.at(-1);
    assert.ok(last !== undefined);
    const { text } = parseScript(paper.read());
    paper.text = applyEdits(text, [{ start: last.span.start, end: last.span.end, text: '' }]);
    await clock.until(writeOn(paper, given));
    assert.equal(parseScript(paper.read()).outline.length, 73);
  });

  it('is planned anew from what was kept where it was thrown away unsaved', async () => {
    const clock = new VirtualClock();
    const paper = new PaperInMemory(empty);
    const model = new StreamingModel(clock);
    const given = tools(clock, model);
    const abort = new AbortController();
    const stop = ({ type }: WritingEvent): void => {
      if (type === 'batchWritten') abort.abort();
    };
    await clock.until(writeOn(paper, { ...given, signal: abort.signal }, stop));
    const ids = parseScript(paper.read()).outline.map(({ beat }) => beat.id);
    paper.text = empty;
    await clock.until(writeOn(paper, given));
    const { outline } = parseScript(paper.read());
    assert.equal(outline.length, 75);
    assert.deepEqual(outline.map(({ beat }) => beat.id).slice(0, ids.length), ids);
    assert.equal(model.log.filter(({ what }) => what === 'core').length, 1);
    assert.equal(model.log.filter(({ what }) => what === 'beats 1–6').length, 1);
  });
});

describe('an outline that cannot be planned to its end', () => {
  it('ends the run with what is there kept, says so, and goes on from there', async () => {
    const clock = new VirtualClock();
    const model = new StreamingModel(clock);
    const { answer } = model;
    let isBroken = true;
    model.answer = (asked, options) => {
      const { task } = asked;
      const { from = 0 } = task.kind === 'outline' ? task.part : {};
      const refuses = isBroken && from >= 7 && from <= 8;
      return refuses ? Promise.reject(failures.refused()) : answer(asked, options);
    };
    const paper = new PaperInMemory(renderNewScript(long, 'A title'));
    const given = {
      model,
      pace: 'batches' as const,
      batchSize: 5,
      clipSeconds: [8],
      journal: new KeptInMemory(),
      answers: new AnswersInMemory(),
      pause: optionsToPlan().pause,
      signal: new AbortController().signal,
      clock,
      random: () => 0.5,
    };
    const first = await clock.until(writeOn(paper, given));
    assert.equal(first.reason, 'failed');
    assert.match(
      first.error?.message ?? '',
      /^The outline stopped at scene 6. The model declined .* Scenes 1–5 are in the script\./,
    );
    isBroken = false;
    const second = await clock.until(writeOn(paper, given));
    assert.equal(second.reason, 'done');
    assert.equal(parseScript(paper.read()).scenes.length, 75);
    assert.equal(new Set(model.askedIds).size, model.askedIds.length, 'nothing twice');
  });
});
