import assert from 'node:assert/strict';
import { answerSchema, type AnswerTo } from '../../../src/models/answer-schemas.ts';
import type { WriterModel } from '../../../src/models/writer-model.ts';
import type { WriterTask } from '../../../src/models/writer-tasks.ts';
import type { SceneId } from '../../../src/script/script-model.ts';
import { renderNewScript } from '../../../src/script/render/render-new-script.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { missingScenes, planOf } from '../../../src/script/story-order.ts';
import { PauseSwitch } from '../../../src/writing/pause-switch.ts';
import { type Pace, paces } from '../../../src/writing/schedule/scheduled-scene.ts';
import { englishBrief, sceneOfId } from './durability-answers.ts';
import { type EngineOptions, PaperInMemory, writeOn } from './durability-paper.ts';
import { oneOf, seeded, typedBy } from './durability-random.ts';
import { RestlessWriter } from './durability-writer.ts';
import { answerOfPlanning } from '../../../fixtures/plan-answers.ts';
import { KeptInMemory, VirtualClock } from './writing-support.ts';

const scripts = 12;

/** The paper, checking that whatever the engine puts in leaves what the writer has typed alone. */
class WatchedPaper extends PaperInMemory {
  override async write(text: string): Promise<void> {
    assert.equal(typedBy(text), typedBy(this.text), 'the letters of the writer');
    await super.write(text);
  }
}

/** Answers after a time of the virtual clock; the writer is at work before and after each answer. */
class SlowModel implements WriterModel {
  readonly label = 'a model';
  readonly asked: SceneId[] = [];
  private readonly clock: VirtualClock;
  private readonly random: () => number;
  private readonly meanwhile: () => void;

  constructor(clock: VirtualClock, random: () => number, meanwhile: () => void) {
    this.clock = clock;
    this.random = random;
    this.meanwhile = meanwhile;
  }

  async generate<T extends WriterTask>(task: T): Promise<AnswerTo<T>> {
    if (task.kind === 'scene') this.asked.push(task.beat.id);
    this.meanwhile();
    await this.clock.sleep(1000 + this.random() * 20_000);
    this.meanwhile();
    const answer = task.kind === 'scene' ? sceneOfId(task.beat.id) : answerOfPlanning(task);
    return answerSchema(task).parse(answer);
  }
}

async function disturbedRun(seed: number, pace: Pace): Promise<void> {
  const random = seeded(seed);
  const duration = oneOf(random, [48, 96, 160]);
  const clock = new VirtualClock();
  const paper = new WatchedPaper(renderNewScript({ ...englishBrief, duration }, 'A script'));
  const writer = new RestlessWriter(random);
  let isAtWork = true;
  const planned = (): boolean => parseScript(paper.text).outline.length > 0;
  const meanwhile = (): void => {
    if (isAtWork && planned() && random() < 0.4) paper.text = writer.edit(paper.text);
  };
  const model = new SlowModel(clock, random, meanwhile);
  const kept = new KeptInMemory();
  const options: EngineOptions = {
    model,
    pace,
    batchSize: oneOf(random, [1, 3, 5, 'auto']),
    clipSeconds: [4, 8, 12],
    journal: kept,
    pause: new PauseSwitch(),
    signal: new AbortController().signal,
    clock,
    random,
  };

  const first = await clock.until(writeOn(paper, options, meanwhile));
  assert.equal(first.reason, 'done', first.error?.message);
  isAtWork = false;
  // What was deleted, and what was typed as the last batch came in, is written by the next run.
  const second = await clock.until(writeOn(paper, options));
  assert.equal(second.reason, 'done', second.error?.message);

  const script = parseScript(paper.text);
  assert.equal(typedBy(paper.text), writer.letters, 'every letter is there, in order');
  assert.equal(script.outline.length, duration / 8 + writer.beatsMore);
  assert.equal(missingScenes(script), 0);
  const standing = script.scenes.map(({ id }) => id);
  assert.equal(new Set(standing).size, standing.length, 'no scene stands twice');
  const beats = script.outline.map(({ beat }) => beat.id);
  for (const id of beats) assert.ok(standing.includes(id), `the scene of ${id}`);
  const inPlan = (planOf(script)?.outline ?? []).map(({ id }) => id);
  assert.deepEqual(
    standing.filter((id) => id !== undefined && inPlan.includes(id)),
    inPlan,
  );
  if (!writer.hasMoved) {
    assert.deepEqual(
      standing.filter((id) => id !== undefined && beats.includes(id)),
      beats,
    );
  }
  const askedTwice = model.asked.filter((id, i) => model.asked.indexOf(id) !== i);
  assert.deepEqual(
    askedTwice.filter((id) => !writer.touched.has(id)),
    [],
    'nothing is asked for twice that is as it was',
  );
}

describe('a script that its writer edits at random places while it is written', () => {
  for (const pace of paces) {
    it(`keeps every character and gets every scene once, in the pace ${pace}`, async () => {
      for (let seed = 1; seed <= scripts; seed++) {
        try {
          await disturbedRun(seed, pace);
        } catch (cause) {
          throw new Error(`Seed ${seed}`, { cause });
        }
      }
    }).timeout(60_000);
  }
});
