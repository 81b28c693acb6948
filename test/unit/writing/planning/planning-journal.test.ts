import assert from 'node:assert/strict';
import { ScenewrightError } from '../../../../src/base/errors.ts';
import type { OutlineAnswer } from '../../../../src/models/answer-schemas.ts';
import type { WriterTask } from '../../../../src/models/writer-tasks.ts';
import { planScript } from '../../../../src/writing/planning/plan-script.ts';
import { answerOfPlanning } from '../../../../fixtures/plan-answers.ts';
import { AnswersInMemory, brief, optionsOf, PlanningModel } from './planning-support.ts';

const long = { ...brief, duration: 600 };

/** The ids of the beats are kept before anything is asked. */
const withIds = 1;

/** Breaks one hand-off in each act, so that all four stages are needed. */
function answerOf(task: WriterTask): unknown {
  if (task.kind !== 'outline') return answerOfPlanning(task);
  const { beats } = answerOfPlanning(task) as OutlineAnswer;
  return {
    beats: beats.map((beat, i) => (i === 3 ? { ...beat, entry: ['Mara: nightgown'] } : beat)),
  };
}

function modelThatStopsAfter(answers: number): PlanningModel {
  const model = new PlanningModel();
  model.answer = (request) => {
    if (model.asked.indexOf(request) >= answers) {
      throw new ScenewrightError('network', 'The line broke.');
    }
    return answerOf(request.task);
  };
  return model;
}

describe('a plan that comes to nothing half-way', () => {
  it('goes on with what is missing, wherever it was left', async () => {
    const whole = modelThatStopsAfter(Infinity);
    const { plan: expected } = await planScript(optionsOf({ model: whole, brief: long }));
    const requests = whole.asked.length;
    assert.deepEqual(whole.kinds(), ['core', 'acts', 'outline', 'outline', 'outline', 'hand-offs']);
    for (let answered = 0; answered < requests; answered++) {
      const answers = new AnswersInMemory();
      const first = modelThatStopsAfter(answered);
      await assert.rejects(planScript(optionsOf({ model: first, brief: long, answers })), {
        code: 'network',
      });
      assert.equal(answers.files.size, withIds + answered);
      const second = modelThatStopsAfter(Infinity);
      const { plan, keys } = await planScript(optionsOf({ model: second, brief: long, answers }));
      assert.deepEqual(second.kinds(), whole.kinds().slice(answered));
      assert.deepEqual(plan, expected);
      assert.deepEqual(new Set(keys), new Set(answers.files.keys()));
    }
  });

  it('keeps the ids, so that scenes are found that were written for a plan which is lost', async () => {
    const answers = new AnswersInMemory();
    const { plan: lost } = await planScript(optionsOf({ brief: long, answers }));
    const model = new PlanningModel();
    let ids = 5000;
    const { plan } = await planScript(
      optionsOf({ model, brief: long, answers, newId: () => `${++ids}xx` }),
    );
    assert.deepEqual(model.kinds(), []);
    assert.deepEqual(plan, lost);
  });

  it('takes no notice of ids that are no use', async () => {
    for (const bad of ['null', '[]', '["../../x"]', JSON.stringify(Array(75).fill('aaaaaa'))]) {
      const answers = new AnswersInMemory();
      await planScript(optionsOf({ brief: long, answers }));
      const [ids = ''] = answers.files.keys();
      answers.files.set(ids, bad);
      const model = new PlanningModel();
      const { plan } = await planScript(optionsOf({ model, brief: long, answers }));
      assert.deepEqual(model.kinds(), []);
      assert.equal(new Set(plan.outline.map(({ id }) => id)).size, 75);
    }
  });

  it('asks anew where the brief or the lengths have changed', async () => {
    const answers = new AnswersInMemory();
    await planScript(optionsOf({ answers }));
    for (const change of [
      { brief: { ...brief, instructions: 'No boats.' } },
      { brief: { ...brief, duration: 188 } },
      { clipSeconds: [4, 8, 12] },
    ]) {
      const model = new PlanningModel();
      await planScript(optionsOf({ model, answers, ...change }));
      assert.deepEqual(model.kinds(), ['core', 'outline']);
    }
  });

  it('asks anew for kept answers that are of no use', async () => {
    for (const bad of ['null', '"cut off"', '{"beats":[]}', '{"title":"x","logline":"y"}']) {
      const answers = new AnswersInMemory();
      const { plan } = await planScript(optionsOf({ answers }));
      const [, core = ''] = answers.files.keys();
      answers.files.set(core, bad);
      const model = new PlanningModel();
      const again = await planScript(optionsOf({ model, answers }));
      assert.deepEqual(model.kinds(), ['core']);
      assert.deepEqual(again.plan, plan);
    }
  });

  it('is planned all the same where nothing can be kept', async () => {
    const answers = new AnswersInMemory();
    answers.broken = true;
    const { plan } = await planScript(optionsOf({ answers }));
    assert.equal(plan.outline.length, 22);
    assert.equal(answers.files.size, 0);
  });

  it('lets the acts under way finish and keeps them when one fails', async () => {
    const answers = new AnswersInMemory();
    const model = new PlanningModel();
    model.answer = async ({ task }) => {
      if (task.kind === 'outline' && task.part.act === 0) {
        throw new ScenewrightError('refused', 'The model declined.');
      }
      await new Promise(setImmediate);
      return answerOfPlanning(task);
    };
    await assert.rejects(planScript(optionsOf({ model, brief: long, answers })), {
      code: 'refused',
    });
    assert.equal(answers.files.size, withIds + 4);
  });

  it('asks nothing more once a key is refused', async () => {
    const model = new PlanningModel();
    model.answer = ({ task }) => {
      if (task.kind === 'outline') throw new ScenewrightError('account', 'Refused (401).');
      return answerOfPlanning(task);
    };
    const waiting: (() => void)[] = [];
    const planning = planScript(
      optionsOf({
        model,
        brief: long,
        // One at a time, so that two acts wait while the first is refused.
        requester: {
          async ask(attempt) {
            if (waiting.push(() => undefined) > 3) await new Promise(setImmediate);
            return attempt({ signal: new AbortController().signal });
          },
        },
      }),
    );
    await assert.rejects(planning, { code: 'account' });
    assert.deepEqual(model.kinds(), ['core', 'acts', 'outline']);
  });
});
