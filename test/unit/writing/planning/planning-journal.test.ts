import assert from 'node:assert/strict';
import { ScenewrightError } from '../../../../src/base/errors.ts';
import type { BeatAnswer, OutlineAnswer } from '../../../../src/models/answer-schemas.ts';
import type { Plan } from '../../../../src/script/script-model.ts';
import { readPlanUnderWay } from '../../../../src/writing/planning/plan-under-way.ts';
import { answerOfPlanning } from '../../../../fixtures/plan-answers.ts';
import {
  AnswersInMemory,
  brief,
  optionsOf,
  planScript,
  PlanningModel,
} from './planning-support.ts';

const long = { ...brief, duration: 600 };

/** Kept beside the answers: the ids of the beats, and that a plan is under way. */
const withIds = 2;

function modelThatStopsAfter(answers: number): PlanningModel {
  const model = new PlanningModel();
  model.answer = (request) => {
    if (model.asked.indexOf(request) >= answers) {
      throw new ScenewrightError('network', 'The line broke.');
    }
    return answerOfPlanning(request.task);
  };
  return model;
}

function asked(model: PlanningModel): string[] {
  return model.asked.map(({ task }) => {
    return task.kind === 'outline' ? `${task.part.from}–${task.part.to}` : task.kind;
  });
}

const all = ['core', '1–6', 'acts', '7–14', '15–23', '24–31', '32–40', '41–49', '50–57', '58–66'];

describe('a plan that comes to nothing half-way', () => {
  it('goes on with what is missing, wherever it was left', async () => {
    const whole = modelThatStopsAfter(Infinity);
    const { plan: expected } = await planScript(optionsOf({ model: whole, brief: long }));
    assert.deepEqual(asked(whole), [...all, '67–75']);
    for (let answered = 0; answered < whole.asked.length; answered++) {
      const answers = new AnswersInMemory();
      const first = modelThatStopsAfter(answered);
      await assert.rejects(planScript(optionsOf({ model: first, brief: long, answers })), {
        code: 'network',
      });
      const second = modelThatStopsAfter(Infinity);
      const { plan } = await planScript(optionsOf({ model: second, brief: long, answers }));
      assert.deepEqual(
        asked(second).filter((one) => asked(first).slice(0, answered).includes(one)),
        [],
        'nothing is asked twice',
      );
      assert.deepEqual(plan, expected);
      assert.equal(answers.files.size, 0, 'nothing is left behind');
    }
  });

  it('keeps the beats of an answer that broke off', async () => {
    const answers = new AnswersInMemory();
    const first = new PlanningModel();
    first.answer = ({ task }, handOut) => {
      if (task.kind !== 'outline') return answerOfPlanning(task);
      const { beats } = answerOfPlanning(task) as OutlineAnswer;
      for (const beat of beats.slice(0, 4)) handOut(beat);
      throw new ScenewrightError('network', 'The line broke.');
    };
    const short = { ...brief, duration: 60 };
    await assert.rejects(planScript(optionsOf({ model: first, brief: short, answers })));
    const second = new PlanningModel();
    await planScript(optionsOf({ model: second, brief: short, answers }));
    assert.deepEqual(asked(second), ['5–7']);
  });

  it('keeps the ids, so that scenes are found that were written for a plan which is lost', async () => {
    const answers = new AnswersInMemory();
    const options = optionsOf({ brief: long, answers, model: modelThatStopsAfter(10) });
    const lost: Plan[] = [];
    await assert.rejects(planScript(options, (plan) => lost.push(plan)));
    let ids = 5000;
    const { plan } = await planScript(
      optionsOf({ brief: long, answers, newId: () => `${++ids}xx` }),
    );
    const before = lost.flatMap(({ outline }) => outline);
    assert.ok(before.length > 6);
    assert.deepEqual(plan.outline.slice(0, before.length), before);
  });

  it('takes no notice of ids that are no use', async () => {
    for (const bad of ['null', '[]', '["../../x"]', JSON.stringify(Array(75).fill('aaaaaa'))]) {
      const answers = new AnswersInMemory();
      const options = optionsOf({ brief: long, answers, model: modelThatStopsAfter(1) });
      await assert.rejects(planScript(options));
      const [ids = ''] = answers.files.keys();
      answers.files.set(ids, bad);
      const { plan } = await planScript(optionsOf({ brief: long, answers }));
      assert.equal(new Set(plan.outline.map(({ id }) => id)).size, 75);
    }
  });

  it('asks anew where the brief or the lengths have changed', async () => {
    const answers = new AnswersInMemory();
    const options = optionsOf({ answers, brief: long, model: modelThatStopsAfter(3) });
    await assert.rejects(planScript(options));
    for (const change of [
      { brief: { ...long, instructions: 'No boats.' } },
      { brief: { ...long, duration: 608 } },
      { clipSeconds: [4, 8, 12] },
    ]) {
      const model = modelThatStopsAfter(0);
      await assert.rejects(planScript(optionsOf({ model, answers, brief: long, ...change })));
      assert.deepEqual(asked(model), ['core']);
    }
  });

  it('asks anew for kept answers that are of no use', async () => {
    for (const bad of ['null', '"cut off"', '{"beats":[]}', '{"title":"x","logline":"y"}']) {
      const answers = new AnswersInMemory();
      const options = optionsOf({ answers, brief: long, model: modelThatStopsAfter(3) });
      await assert.rejects(planScript(options));
      const [, core = ''] = answers.files.keys();
      answers.files.set(core, bad);
      const model = modelThatStopsAfter(1);
      await assert.rejects(planScript(optionsOf({ model, brief: long, answers })));
      assert.equal(asked(model)[0], 'core');
    }
  });

  it('is planned all the same where nothing can be kept', async () => {
    const answers = new AnswersInMemory();
    answers.broken = true;
    const { plan } = await planScript(optionsOf({ answers }));
    assert.equal(plan.outline.length, 22);
    assert.equal(answers.files.size, 0);
  });
});

describe('an outline that is in the document in part', () => {
  const beats = 75;

  /** A plan of which so many beats have come into the document, and what is kept of it. */
  async function begun(landed: number): Promise<{ document: Plan; answers: AnswersInMemory }> {
    const answers = new AnswersInMemory();
    const model = new PlanningModel();
    let document: Plan | undefined;
    const stop = new ScenewrightError('network', 'The line broke.');
    model.answer = ({ task }, handOut) => {
      if (task.kind !== 'outline') return answerOfPlanning(task);
      const given = (answerOfPlanning(task) as OutlineAnswer).beats;
      const room = landed - task.part.from + 1;
      if (given.length <= room) return { beats: given };
      for (const beat of given.slice(0, Math.max(0, room))) handOut(beat);
      throw stop;
    };
    const grow = ({ outline, ...plan }: Plan): void => {
      document = { ...plan, outline: [...(document?.outline ?? []), ...outline] };
    };
    await assert.rejects(planScript(optionsOf({ model, brief: long, answers }), grow));
    assert.ok(document !== undefined);
    assert.equal(document.outline.length, landed);
    return { document, answers };
  }

  async function goOn(
    document: Plan,
    answers: AnswersInMemory,
    changes: Partial<typeof long> = {},
  ): Promise<{ model: PlanningModel; added: Plan }> {
    const model = new PlanningModel();
    const before = await readPlanUnderWay(answers);
    assert.ok(before !== undefined);
    const options = optionsOf({
      model,
      brief: { ...long, ...changes },
      answers,
      document: () => document,
    });
    const { plan } = await planScript(options, undefined, before);
    return { model, added: plan };
  }

  it('goes on behind the beats that are there, whatever the writer has done to them', async () => {
    for (const landed of [3, 6, 8, 20, 74]) {
      const { document, answers } = await begun(landed);
      const left = document.outline.filter((_, i) => i !== 1);
      const edited = left.map((beat) => ({ ...beat, title: `My ${beat.title}` }));
      const { model, added } = await goOn({ ...document, outline: edited }, answers);
      assert.deepEqual(
        added.outline.map(({ title }) => title),
        Array.from({ length: beats - landed }, (_, i) => `Turn ${landed + i + 1}`),
      );
      const seconds = [...document.outline, ...added.outline].map((beat) => beat.seconds);
      assert.equal(
        seconds.reduce((a, b) => a + b, 0),
        600,
      );
      assert.ok(!model.kinds().includes('core') && !model.kinds().includes('acts'));
      assert.equal(answers.files.size, 0, 'nothing is left behind');
      const [next] = model.asked.map(({ prompt }) => prompt.user);
      if (landed === 8) assert.match(next ?? '', /\n7\. My Turn 7 .*\n8\. My Turn 8 /s);
    }
  });

  it('goes on with the same acts where the writer has changed the brief', async () => {
    const { document, answers } = await begun(20);
    const { model, added } = await goOn(document, answers, {
      instructions: 'No boats.',
      duration: 300,
    });
    assert.equal(added.outline.length, beats - 20);
    assert.equal(asked(model)[0], '21–23');
    assert.match(model.asked[0]?.prompt.user ?? '', /\n20\. Turn 20 /);
  });

  it('is known by what is kept, and by nothing once it is whole', async () => {
    const { document, answers } = await begun(20);
    assert.equal((await readPlanUnderWay(answers))?.landed, 20);
    assert.ok(answers.files.size > withIds);
    await goOn(document, answers);
    assert.equal(await readPlanUnderWay(answers), undefined);
  });

  it('takes no notice of a record that cannot be read', async () => {
    const answers = new AnswersInMemory();
    await begun(6).then(({ answers: { files } }) => {
      for (const key of files.keys()) answers.files.set(key, '{"version":1,"ids":[]}');
    });
    assert.equal(await readPlanUnderWay(answers), undefined);
  });
});

describe('the beats that a plan has kept', () => {
  it('are those of one answer after the other, in order', async () => {
    const answers = new AnswersInMemory();
    const model = new PlanningModel();
    const titled = (beat: BeatAnswer, mark: string): BeatAnswer => {
      return { ...beat, title: `${beat.title} ${mark}` };
    };
    model.answer = ({ task }, handOut) => {
      if (task.kind !== 'outline') return answerOfPlanning(task);
      const mark = `of ${task.part.from}`;
      const { beats } = answerOfPlanning(task) as OutlineAnswer;
      const own = beats.map((beat) => titled(beat, mark));
      if (task.part.from > 1) return { beats: own };
      for (const beat of own.slice(0, 3)) handOut(beat);
      throw new ScenewrightError('network', 'The line broke.');
    };
    const short = { ...brief, duration: 60 };
    await assert.rejects(planScript(optionsOf({ model, brief: short, answers })));
    const { plan } = await planScript(optionsOf({ model, brief: short, answers }));
    assert.deepEqual(
      plan.outline.map(({ title }) => title),
      ['of 1', 'of 1', 'of 1', 'of 4', 'of 4', 'of 4', 'of 4'].map(
        (mark, i) => `Turn ${i + 1} ${mark}`,
      ),
    );
  });
});
