import assert from 'node:assert/strict';
import type { ActsAnswer } from '../../../../src/models/answer-schemas.ts';
import { askedHash } from '../../../../src/writing/journal/scene-journal.ts';
import { SeamVerdicts } from '../../../../src/writing/seams/seam-verdicts.ts';
import { answerOfPlanning } from '../../../../fixtures/plan-answers.ts';
import {
  AnswersInMemory,
  brief,
  optionsOf,
  PlanningModel,
  planScript,
} from '../planning/planning-support.ts';
import { beatOf, planOf } from '../writing-support.ts';

/**
 * What an earlier version has kept is found by a hash of what it asked. Where one of these changes,
 * what writers have paid for and not got into their scripts yet is paid for again after an update.
 */
describe('the hash of what was asked', () => {
  it('is the same in every version for each stage of a plan', async () => {
    const keys = new Set<string>();
    class Answers extends AnswersInMemory {
      override put(key: string, answer: unknown): Promise<void> {
        keys.add(key);
        return super.put(key, answer);
      }
    }
    const model = new PlanningModel();
    model.answer = ({ task }) => {
      const answer = answerOfPlanning(task);
      if (task.kind !== 'acts') return answer;
      const { acts } = answer as ActsAnswer;
      return { acts: acts.map((act) => ({ ...act, changes: ['Mara: oilskin coat'] })) };
    };
    await planScript(
      optionsOf({ model, answers: new Answers(), brief: { ...brief, duration: 180 } }),
    );
    assert.deepEqual(
      [...keys],
      [
        '939cd757da1d060f8e131a803fb39a3e08a5309fa40ca95fdec1eca89776d498',
        '7a6321c7aa74add427353536c1ffdeaea7042e6fc8691cef5e850b81ddede2dc',
        '5dfda3780edd316e55a8ae90287b12c25b2306ed5d0bc4deabbd7f544c187ea6',
        'b7c0e9856c759458751688fda0a75813a97ff13db32674a5ace2da29a0bc44d2',
        '244dab08ff6006de21c0db00f50fae5a62d4179cc4156cdb83ac405b292cd7d3',
        'aedf9366394e2c9198e92ec8551be6765b6e803814d3e7a15001c3e912b98f17',
        '6f56566065ab86a0cc687b8973c12d7f84fcba00dbc7d46b8feffdee0dc3578f',
      ],
    );
  });

  it('is the same in every version for a scene, and for what was said of two', async () => {
    const { bible } = planOf(1);
    assert.equal(
      askedHash(brief, bible, beatOf(1)),
      '13447e67fa1115da7d81803dc8c5764fc4da1840f3acceb9b743f38342d2e878',
    );
    const answers = new AnswersInMemory();
    const text = { action: '', dialogue: [], narration: '', sound: '', prompt: 'A lamp.' };
    const [earlier, later] = [1, 2].map((number) => ({ ...beatOf(number), ...text }));
    assert.ok(earlier !== undefined && later !== undefined);
    await new SeamVerdicts(answers).keep(earlier, later, { clash: false, why: '' });
    assert.deepEqual(
      [...answers.files.keys()],
      ['0ab27dadb76b37804a7111d2e3fceacfd7bc50bc9da3641e5496065fa8916adb'],
    );
  });
});
