import assert from 'node:assert/strict';
import type { BeatAnswer, OutlineAnswer } from '../../../../src/models/answer-schemas.ts';
import { answerOfPlanning } from '../../../../fixtures/plan-answers.ts';
import { brief, optionsOf, PlanningModel, planScript } from './planning-support.ts';

describe('the contracts of the beats', () => {
  function changed(change: (beat: BeatAnswer, index: number) => object): PlanningModel {
    const model = new PlanningModel();
    model.answer = ({ task }) => {
      if (task.kind !== 'outline') return answerOfPlanning(task);
      const { beats } = answerOfPlanning(task) as OutlineAnswer;
      const first = task.part.from - 1;
      return { beats: beats.map((beat, i) => ({ ...beat, ...change(beat, first + i) })) };
    };
    return model;
  }

  it('say what has changed and nothing twice, whatever the model repeats', async () => {
    const model = changed((_, i) => ({
      cut: i === 7 ? 'Monday (at night); Mara: nightgown; the lamp: lit' : 'the lamp: lit',
      changes: ['MARA: Oilskin coat.', ...(i === 3 ? ['the door: barred; locked'] : [])],
    }));
    const { plan, notes } = await planScript(
      optionsOf({ model, brief: { ...brief, duration: 80 } }),
    );
    assert.ok(!model.asked.some(({ prompt }) => prompt.user.includes('could not be used')));
    assert.deepEqual(notes, []);
    const said = plan.outline.flatMap(({ contract: { entry, exit } }, i) =>
      entry + exit === '' ? [] : [[i, entry, exit]],
    );
    assert.deepEqual(said, [
      [0, 'the lamp: lit', 'MARA: Oilskin coat'],
      [3, '', 'the door: barred, locked'],
      [7, '(Monday at night) Mara: nightgown', 'MARA: Oilskin coat'],
    ]);
  });

  it('keep what leads over apart from what lasts', async () => {
    const model = changed((_, i) =>
      i === 2 ? { changes: ['the lamp: lit', 'Far out, a horn.', 'Mara: “Not tonight.”'] } : {},
    );
    const { plan } = await planScript(optionsOf({ model }));
    const { exit, handOff } = plan.outline[2]?.contract ?? {};
    assert.equal(exit, 'the lamp: lit');
    assert.equal(handOff, 'Far out, a horn.; Mara: “Not tonight.”');
  });

  it('let a beat go on only where the one before it plays, and the writer is told', async () => {
    const model = changed((_, i) => ({ cut: i > 5, ...(i === 3 ? { time: 'noon' } : {}) }));
    const { plan, notes } = await planScript(optionsOf({ model }));
    const goOn = plan.outline.flatMap(({ contract }, i) => (contract.continues ? [i] : []));
    assert.deepEqual(goOn, [1, 2, 5]);
    assert.deepEqual(notes, [
      'Beat 4 was to go on from beat 3 without a cut, but plays at another place or time; it begins with a cut now.',
      'Beat 5 was to go on from beat 4 without a cut, but plays at another place or time; it begins with a cut now.',
    ]);
  });

  it('take a cut that is put into words for what is meant', async () => {
    const words = ['false', 'No', 'true', 'none', 'null', '', null];
    const model = changed((_, i) => ({ cut: words[i % words.length] }));
    const { plan } = await planScript(optionsOf({ model }));
    const contracts = plan.outline.slice(7, 14).map(({ contract }) => contract);
    assert.deepEqual(
      contracts.map(({ continues }) => continues),
      [true, true, false, false, false, false, false],
    );
    assert.ok(contracts.every(({ entry }) => entry === ''));
  });

  it('leave it to the writer which of two beats is to be another that do the same', async () => {
    const summary = 'Mara climbs the long stairs to the lamp and lights it with her last match.';
    const model = changed((_, i) => (i === 3 || i === 17 ? { summary } : {}));
    const { notes } = await planScript(optionsOf({ model }));
    assert.ok(!model.asked.some(({ prompt }) => prompt.user.includes('could not be used')));
    assert.deepEqual(notes, [
      'Beat 18 does nearly the same as beat 4; you may want to change one of them.',
    ]);
  });
});
