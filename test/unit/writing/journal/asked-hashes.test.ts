import assert from 'node:assert/strict';
import type { OutlineAnswer } from '../../../../src/models/answer-schemas.ts';
import { TruncatedAnswer } from '../../../../src/models/answer-errors.ts';
import { askedHash } from '../../../../src/writing/journal/scene-journal.ts';
import { SeamVerdicts } from '../../../../src/writing/seams/seam-verdicts.ts';
import { planScript } from '../../../../src/writing/planning/plan-script.ts';
import { answerOfPlanning } from '../../../../fixtures/plan-answers.ts';
import { AnswersInMemory, brief, optionsOf, PlanningModel } from '../planning/planning-support.ts';
import { beatOf, planOf } from '../writing-support.ts';

/**
 * What an earlier version has kept is found by a hash of what it asked. Where one of these changes,
 * what writers have paid for and not got into their scripts yet is paid for again after an update.
 */
describe('the hash of what was asked', () => {
  it('is the same in every version for each stage of a plan', async () => {
    const model = new PlanningModel();
    model.answer = ({ task }) => {
      const answer = answerOfPlanning(task);
      if (task.kind !== 'outline') return answer;
      const { beats } = answer as OutlineAnswer;
      return {
        beats: beats.map((beat, i) => (i === 3 ? { ...beat, entry: ['Mara: nightgown'] } : beat)),
      };
    };
    const answers = new AnswersInMemory();
    await planScript(optionsOf({ model, answers, brief: { ...brief, duration: 600 } }));
    assert.deepEqual(
      [...answers.files.keys()],
      [
        '1136d2c90392b2cdde2ee1161d2e07a7ba7e16766d356acc8b4ffd2d075a26db',
        '66c5585ee5deed800d54980f665e33f2b5a9de485da09d3628c00b83b2c3679f',
        '96b53d614ebfba643fe5a309165eb7240333484f28f6e138bb0d93bbf8fdc77c',
        'dfc6d3e759bbe6d9c1bfa481dfc0152eaef4eec6c884daa4013fd876d07a098e',
        'bdcc8a10206ab7a2d707e9f3eb26fc92ed76a2c3c4fc9e278911191abb691abc',
        '68c68759f8ebe2dda4f1004bc975bc634d4787aacf527d9c8521b2fc24377ac2',
        '19a5ed96f17d2a8b3eb608deeb81f856f4d5c50d813f242dc93d9c665fd6db1a',
      ],
    );
  });

  it('is the same in every version for a part of an outline that was too long for the model', async () => {
    const model = new PlanningModel();
    model.answer = ({ task }) => {
      const answer = answerOfPlanning(task);
      const isLong = task.kind === 'outline' && (answer as OutlineAnswer).beats.length > 11;
      if (isLong) throw new TruncatedAnswer('It was cut off.', 'Be more concise.');
      return answer;
    };
    const answers = new AnswersInMemory();
    await planScript(optionsOf({ model, answers, clipSeconds: [4, 8, 12] }));
    assert.deepEqual(
      [...answers.files.keys()],
      [
        '939cd757da1d060f8e131a803fb39a3e08a5309fa40ca95fdec1eca89776d498',
        'ad61fd008c15b01dfed6a3db3face4b69ebb89365306f6ed6ef994808a12a119',
        '4b67dfee9a0752562d53720dbe5a686cd9e4ab8bfe16200299b48548232f5672',
        '1e8c552c280dbaa7617d675934f6173b1eb2539668e34aa7744cdd78a6e3d2ab',
        'a90f67b9d20a1736790c72b4007010b13150ca7400c17548f2f19125f10ed81d',
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
