import assert from 'node:assert/strict';
import { ScenewrightError } from '../../../../src/base/errors.ts';
import type { OutlineAnswer } from '../../../../src/models/answer-schemas.ts';
import { InvalidAnswer, TruncatedAnswer } from '../../../../src/models/answer-errors.ts';
import type { WriterTask } from '../../../../src/models/writer-tasks.ts';
import { handOffFaults } from '../../../../src/writing/planning/continuity.ts';
import { actCounts } from '../../../../src/writing/planning/act-counts.ts';
import { planScript } from '../../../../src/writing/planning/plan-script.ts';
import {
  actsAnswer,
  answerOfPlanning,
  coreAnswer,
  handOffsAnswer,
  outlineAnswer,
} from '../../../../fixtures/plan-answers.ts';
import { AnswersInMemory, brief, optionsOf, PlanningModel } from './planning-support.ts';
import type { Asked } from '../writing-support.ts';

function countOf(task: WriterTask): number {
  return (answerOfPlanning(task) as OutlineAnswer).beats.length;
}

function sum(seconds: readonly number[]): number {
  return seconds.reduce((a, b) => a + b, 0);
}

/** Answers well but for what `change` makes of the answer to one kind of task. */
function modelThat(
  kind: WriterTask['kind'],
  change: (asked: Asked, earlier: number) => unknown,
): PlanningModel {
  const model = new PlanningModel();
  model.answer = (asked) => {
    if (asked.task.kind !== kind) return answerOfPlanning(asked.task);
    const earlier = model.kinds().filter((one) => one === kind).length - 1;
    return change(asked, earlier);
  };
  return model;
}

describe('planning a script', () => {
  it('asks for the story core, then for all beats of a short script at once', async () => {
    const model = new PlanningModel();
    const stages: string[] = [];
    const { plan, notes } = await planScript(
      optionsOf({ model, onStage: (stage, done, of) => stages.push(`${stage} ${done}/${of}`) }),
    );
    assert.deepEqual(model.kinds(), ['core', 'outline']);
    assert.deepEqual(stages, ['core 0/1', 'core 1/1', 'outline 0/1', 'outline 1/1']);
    assert.deepEqual(notes, []);
    assert.equal(plan.title, 'The Last Keeper');
    assert.equal(plan.outline.length, 22);
    assert.equal(sum(plan.outline.map(({ seconds }) => seconds)), 180);
    assert.equal(new Set(plan.outline.map(({ id }) => id)).size, 22);
    assert.equal(plan.outline[0]?.contract.entry, 'Mara: oilskin coat');
  });

  it('plans acts first where there are many scenes, then their beats side by side', async () => {
    const model = new PlanningModel();
    const stages: string[] = [];
    let inFlight = 0;
    let most = 0;
    model.answer = async ({ task }) => {
      most = Math.max(most, ++inFlight);
      await new Promise(setImmediate);
      inFlight--;
      return answerOfPlanning(task);
    };
    const { plan, notes } = await planScript(
      optionsOf({
        model,
        brief: { ...brief, duration: 3600 },
        onStage: (stage, done, of) => stages.push(`${stage} ${done}/${of}`),
      }),
    );
    assert.equal(plan.outline.length, 450);
    assert.deepEqual(
      plan.outline.map(({ title }) => title),
      Array.from({ length: 450 }, (_, i) => `Turn ${i + 1}`),
    );
    assert.equal(sum(plan.outline.map(({ seconds }) => seconds)), 3600);
    assert.deepEqual(notes, []);
    assert.deepEqual(model.kinds().slice(0, 2), ['core', 'acts']);
    assert.equal(model.kinds().filter((kind) => kind === 'outline').length, 18);
    assert.equal(most, 18);
    assert.deepEqual(stages.slice(0, 5), [
      'core 0/1',
      'core 1/1',
      'acts 0/1',
      'acts 1/1',
      'outline 0/18',
    ]);
    assert.equal(stages.at(-1), 'outline 18/18');
  });

  it('parts any number of beats into balanced acts that fit into one answer', () => {
    for (let beats = 1; beats <= 1350; beats++) {
      const counts = actCounts(beats);
      if (beats <= 40) assert.deepEqual(counts, []);
      else {
        assert.equal(sum(counts), beats);
        assert.ok(Math.max(...counts) <= 40 && counts.length <= 40);
        assert.ok(beats > 1000 || Math.max(...counts) <= 25);
        assert.ok(Math.max(...counts) - Math.min(...counts) <= 1);
      }
    }
  });

  it('begins all requests of a stage with the same text, for the caches of services', async () => {
    const model = new PlanningModel();
    await planScript(optionsOf({ model, brief: { ...brief, duration: 600 } }));
    const outlines = model.asked.filter(({ task }) => task.kind === 'outline');
    assert.equal(new Set(model.asked.map(({ prompt }) => prompt.system)).size, 1);
    const texts = outlines.map(({ prompt }) => prompt.user);
    const shared = (texts[0] ?? '').split('# Your part')[0] ?? '';
    assert.ok(shared.length > 1000);
    assert.ok(texts.every((text) => text.startsWith(shared)));
    assert.equal(new Set(texts).size, 3);
  });

  it('tells the model number, sum and allowed lengths, and settles the lengths by weight', async () => {
    const model = modelThat('outline', () => {
      const { beats } = outlineAnswer(7);
      const lengths = ['short', 'usual', 'long'] as const;
      return { beats: beats.map((beat, i) => ({ ...beat, length: lengths[i % 3] })) };
    });
    const { plan } = await planScript(
      optionsOf({ model, brief: { ...brief, duration: 60 }, clipSeconds: [4, 6, 8, 12] }),
    );
    assert.deepEqual(
      plan.outline.map(({ seconds }) => seconds),
      [6, 8, 12, 8, 8, 12, 6],
    );
    const text = model.asked[1]?.prompt.user ?? '';
    assert.match(text, /lasts 60 seconds and has 7 beats/);
    assert.match(text, /Clips can last 4, 6, 8 or 12 seconds/);
  });

  it('finds names whatever their capitals, and asks again with the exact complaint otherwise', async () => {
    const model = modelThat('outline', (_, earlier) => {
      const { beats } = outlineAnswer(22);
      return {
        beats: beats.map((beat, i) => ({
          ...beat,
          cast: ['  MARA ', 'mara'],
          place: earlier === 0 && i === 2 ? 'Harbour' : 'lamp  ROOM',
        })),
      };
    });
    const { plan } = await planScript(optionsOf({ model }));
    assert.deepEqual(model.kinds(), ['core', 'outline', 'outline']);
    assert.match(
      model.asked[2]?.prompt.user ?? '',
      /Beat 3 names "Harbour", which is not among the places\..*The places are: Lamp room\./s,
    );
    assert.ok(
      plan.outline.every(({ place, cast }) => place === 'Lamp room' && cast.join() === 'Mara'),
    );
  });

  it('never takes a wrong number of beats or acts', async () => {
    const wrong = modelThat('outline', ({ task }) => outlineAnswer(countOf(task) - 1));
    await assert.rejects(planScript(optionsOf({ model: wrong })), /exactly 22 beats, not 21/);
    assert.deepEqual(wrong.kinds(), ['core', 'outline', 'outline', 'outline']);
    const acts = modelThat('acts', () => actsAnswer(2));
    const long = { ...brief, duration: 600 };
    await assert.rejects(
      planScript(optionsOf({ model: acts, brief: long })),
      /exactly 3 acts, not 2/,
    );
  });

  it('asks again for a bible in which a name is given twice, or none at all', async () => {
    const model = modelThat('core', (_, earlier) => {
      const core = coreAnswer();
      if (earlier === 0)
        return { ...core, places: [...core.places, { name: 'LAMP room', look: 'x' }] };
      return earlier === 1
        ? { ...core, characters: [{ name: ',', look: 'x', voice: null }] }
        : core;
    });
    await planScript(optionsOf({ model }));
    assert.deepEqual(model.kinds(), ['core', 'core', 'core', 'outline']);
    assert.match(model.asked[1]?.prompt.user ?? '', /Two of the places are called "LAMP room"/);
    assert.match(model.asked[2]?.prompt.user ?? '', /One of the characters has no name/);
  });

  it('asks once more for acts that do not begin as the ones before end, then makes them', async () => {
    const model = modelThat('acts', () => {
      const { acts } = actsAnswer(3);
      return {
        acts: acts.map((act, i) => (i === 1 ? { ...act, entry: ['Mara: nightgown'] } : act)),
      };
    });
    await planScript(optionsOf({ model, brief: { ...brief, duration: 600 } }));
    const asked = model.asked.filter(({ task }) => task.kind === 'acts');
    assert.equal(asked.length, 2);
    assert.match(
      asked[1]?.prompt.user ?? '',
      /Acts 1 and 2 do not agree\. The earlier one leaves “Mara: oilskin coat”, the later one opens with “Mara: nightgown”/,
    );
    const outline = model.asked.find(({ task }) => task.kind === 'outline');
    assert.doesNotMatch(outline?.prompt.user ?? '', /nightgown/);
  });

  it('takes acts that do not agree where no further try is left, and mends them', async () => {
    let tries = 0;
    const model = modelThat('acts', () => {
      const { acts } = actsAnswer(++tries < 3 ? 2 : 3);
      return {
        acts: acts.map((act, i) => (i === 1 ? { ...act, entry: ['Mara: nightgown'] } : act)),
      };
    });
    await planScript(optionsOf({ model, brief: { ...brief, duration: 600 } }));
    assert.equal(model.asked.filter(({ task }) => task.kind === 'acts').length, 3);
    const outline = model.asked.find(({ task }) => task.kind === 'outline');
    assert.doesNotMatch(outline?.prompt.user ?? '', /nightgown/);
  });

  it('stops before the next request once it is cancelled', async () => {
    const controller = new AbortController();
    const model = modelThat('core', () => {
      controller.abort();
      return coreAnswer();
    });
    await assert.rejects(planScript(optionsOf({ model, signal: controller.signal })), {
      code: 'cancelled',
    });
    assert.deepEqual(model.kinds(), ['core']);
  });
});

describe('an answer that is too long for the model', () => {
  /** Cuts off every outline of more than `most` beats. */
  function shortOfBreath(most: number): PlanningModel {
    return modelThat('outline', ({ task }) => {
      if (countOf(task) > most) throw new TruncatedAnswer('Cut off.', 'It was cut off.');
      return answerOfPlanning(task);
    });
  }

  it('is asked for in halves, one after the other, until they fit', async () => {
    const model = shortOfBreath(6);
    const stages: string[] = [];
    const { plan, notes } = await planScript(
      optionsOf({ model, onStage: (stage, done, of) => stages.push(`${stage} ${done}/${of}`) }),
    );
    assert.deepEqual(
      plan.outline.map(({ title }) => title),
      Array.from({ length: 22 }, (_, i) => `Turn ${i + 1}`),
    );
    assert.deepEqual(notes, []);
    assert.equal(stages.at(-1), 'outline 4/4');
    const last = model.asked.at(-1)?.prompt.user ?? '';
    assert.match(last, /Plan a part of the outline: 5 beats, 18 to 22\./);
    assert.match(last, /These beats before yours are settled.*\n1\. Turn 1 .*\n17\. Turn 17 /s);
  });

  it('halves one act and leaves the others as they are', async () => {
    const model = modelThat('outline', ({ task }) => {
      if (task.kind === 'outline' && task.part.act === 1 && countOf(task) === 25) {
        throw new TruncatedAnswer('Cut off.', 'It was cut off.');
      }
      return answerOfPlanning(task);
    });
    const { plan } = await planScript(optionsOf({ model, brief: { ...brief, duration: 600 } }));
    assert.equal(model.kinds().filter((kind) => kind === 'outline').length, 5);
    assert.equal(plan.outline.at(-1)?.title, 'Turn 75');
    assert.equal(new Set(plan.outline.map(({ title }) => title)).size, 75);
  });

  it('ends in a clear error where even a few beats are too long', async () => {
    await assert.rejects(planScript(optionsOf({ model: shortOfBreath(0) })), InvalidAnswer);
  });

  it('is not asked for again by a plan that goes on later', async () => {
    const answers = new AnswersInMemory();
    const model = shortOfBreath(11);
    const good = model.answer;
    model.answer = (asked) => {
      const { task } = asked;
      if (task.kind === 'outline' && task.part.from === 12) {
        throw new ScenewrightError('network', 'The line broke.');
      }
      return good(asked);
    };
    await assert.rejects(planScript(optionsOf({ model, answers })), { code: 'network' });
    const again = new PlanningModel();
    await planScript(optionsOf({ model: again, answers }));
    assert.deepEqual(again.kinds(), ['outline']);
    assert.match(again.asked[0]?.prompt.user ?? '', /11 beats, 12 to 22/);
  });
});

describe('hand-offs between beats', () => {
  /** Beat 5 opens in a nightgown; beat 8 goes on somewhere else. */
  function broken(): OutlineAnswer {
    const { beats } = outlineAnswer(22);
    return {
      beats: beats.map((beat, i) => {
        if (i === 4) return { ...beat, entry: ['Mara: nightgown', 'the lamp: lit'] };
        return i === 7 ? { ...beat, time: 'noon', continues: true } : beat;
      }),
    };
  }

  it('are asked for again only where they are broken, with what is wrong', async () => {
    const model = modelThat('outline', broken);
    const { plan, notes } = await planScript(optionsOf({ model }));
    assert.deepEqual(model.kinds(), ['core', 'outline', 'hand-offs']);
    const { task, prompt } = model.asked[2] ?? {};
    assert.deepEqual(
      task?.kind === 'hand-offs' ? task.pairs.map(({ later }) => later) : [],
      [5, 8],
    );
    assert.match(
      prompt?.user ?? '',
      /From beat 4 to 5\n.*leaves “Mara: oilskin coat”, the later one opens with “Mara: nightgown”/s,
    );
    assert.match(prompt?.user ?? '', /the time changes from “night” to “noon”/);
    assert.deepEqual(notes, []);
    assert.deepEqual(handOffFaults(plan.outline), []);
    assert.equal(plan.outline[4]?.contract.entry, 'Mara: oilskin coat');
    assert.equal(plan.outline[7]?.contract.continues, false);
  });

  it('may change at a cut that says what has happened since', async () => {
    const model = modelThat('outline', () => {
      const { beats } = broken();
      const since = 'it is three in the morning; (she has slept)';
      return {
        beats: beats.map((beat, i) =>
          i === 4 ? { ...beat, since } : { ...beat, continues: false },
        ),
      };
    });
    const { plan, notes } = await planScript(optionsOf({ model }));
    assert.deepEqual(model.kinds(), ['core', 'outline']);
    assert.deepEqual(notes, []);
    assert.equal(
      plan.outline[4]?.contract.entry,
      '(it is three in the morning; she has slept) Mara: nightgown; the lamp: lit',
    );
    assert.deepEqual(handOffFaults(plan.outline), []);
  });

  it('are mended without the model where it does not mend them, and the writer is told', async () => {
    const model = modelThat('outline', broken);
    const answer = model.answer;
    model.answer = (asked) => {
      if (asked.task.kind !== 'hand-offs') return answer(asked);
      const [first, second] = handOffsAnswer(2).handOffs;
      return {
        handOffs: [
          { ...first, entry: ['Mara: ball gown', 'the lamp: lit'] },
          { ...second, continues: true },
        ],
      };
    };
    const { plan, notes } = await planScript(optionsOf({ model }));
    assert.deepEqual(notes, [
      'Beat 5 did not agree with beat 4. It opened with “Mara: ball gown”; it opens with “Mara: oilskin coat” now.',
      'Beat 8 did not agree with beat 7. It was to go on from the beat before without a cut, but plays at another place or time; it begins with a cut now.',
    ]);
    assert.equal(plan.outline[4]?.contract.entry, 'Mara: oilskin coat; the lamp: lit');
    assert.deepEqual(handOffFaults(plan.outline), []);
  });

  it('are mended without the model where it declines, while a lost line ends the plan', async () => {
    for (const code of ['refused', 'network'] as const) {
      const model = modelThat('outline', broken);
      const answer = model.answer;
      model.answer = (asked) => {
        if (asked.task.kind === 'hand-offs') throw new ScenewrightError(code, 'No.');
        return answer(asked);
      };
      const planning = planScript(optionsOf({ model }));
      if (code === 'network') await assert.rejects(planning, { code });
      else assert.equal((await planning).notes.length, 2);
    }
  });

  it('are asked for twenty at a time where many are broken', async () => {
    const model = modelThat('outline', ({ task }) => {
      const { beats } = answerOfPlanning(task) as OutlineAnswer;
      return {
        beats: beats.map((beat, i) => ({
          ...beat,
          entry: [i % 2 === 0 ? 'Mara: oilskin coat' : 'Mara: nightgown'],
        })),
      };
    });
    const stages: string[] = [];
    await planScript(
      optionsOf({
        model,
        brief: { ...brief, duration: 600 },
        onStage: (stage, done, of) => stages.push(`${stage} ${done}/${of}`),
      }),
    );
    const asked = model.asked.flatMap(({ task }) =>
      task.kind === 'hand-offs' ? [task.pairs.length] : [],
    );
    assert.deepEqual(asked, [20, 16]);
    assert.deepEqual(stages.slice(-3), ['hand-offs 0/2', 'hand-offs 1/2', 'hand-offs 2/2']);
  });

  it('have a beat planned anew that does the same as another, or tell the writer', async () => {
    const summary = 'Mara climbs the long stairs to the lamp and lights it with her last match.';
    for (const better of ['A ship answers with its horn.', null]) {
      const model = modelThat('outline', () => {
        const { beats } = outlineAnswer(22);
        return {
          beats: beats.map((beat, i) => (i === 3 || i === 17 ? { ...beat, summary } : beat)),
        };
      });
      const answer = model.answer;
      model.answer = (asked) => {
        if (asked.task.kind !== 'hand-offs') return answer(asked);
        assert.deepEqual(
          asked.task.pairs.map(({ later }) => later),
          [18],
        );
        assert.match(asked.prompt.user, /Beat 18 does the same as beat 4/);
        const [pair] = handOffsAnswer(1).handOffs;
        return { handOffs: [{ ...pair, title: 'The horn', summary: better }] };
      };
      const { plan, notes } = await planScript(optionsOf({ model }));
      if (better === null) {
        assert.match(notes.join(), /^Beat 18 does nearly the same as beat 4/);
        assert.equal(plan.outline[17]?.title, 'Turn 18');
      } else {
        assert.deepEqual(notes, []);
        assert.deepEqual(
          [plan.outline[17]?.title, plan.outline[17]?.summary],
          ['The horn', better],
        );
      }
    }
  });
});
