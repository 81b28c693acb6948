import assert from 'node:assert/strict';
import { ScenewrightError } from '../../../../src/base/errors.ts';
import type { BeatAnswer, OutlineAnswer } from '../../../../src/models/answer-schemas.ts';
import { InvalidAnswer, TruncatedAnswer } from '../../../../src/models/answer-errors.ts';
import type { WriterTask } from '../../../../src/models/writer-tasks.ts';
import { GrowingPlan, type Growth } from '../../../../src/writing/planning/growing-plan.ts';
import { layoutOf } from '../../../../src/writing/planning/outline-layout.ts';
import {
  actsAnswer,
  answerOfPlanning,
  coreAnswer,
  outlineAnswer,
} from '../../../../fixtures/plan-answers.ts';
import { brief, optionsOf, planScript, PlanningModel } from './planning-support.ts';
import type { Asked } from '../writing-support.ts';

const long = { ...brief, duration: 600 };

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function beatsOf(task: WriterTask): readonly BeatAnswer[] {
  return (answerOfPlanning(task) as OutlineAnswer).beats;
}

/** From and to of every request for beats, in the order of asking. */
function rangesIn(model: PlanningModel): string[] {
  return model.asked.flatMap(({ task }) =>
    task.kind === 'outline' ? [`${task.part.from}–${task.part.to}`] : [],
  );
}

type HandOut = (beat: BeatAnswer) => void;

/** Answers well but for what `change` makes of the answer to one kind of task. */
function modelThat(
  kind: WriterTask['kind'],
  change: (asked: Asked, earlier: number, handOut: HandOut) => unknown,
): PlanningModel {
  const model = new PlanningModel();
  model.answer = (asked, handOut) => {
    if (asked.task.kind !== kind) return answerOfPlanning(asked.task);
    const earlier = model.kinds().filter((one) => one === kind).length - 1;
    return change(asked, earlier, handOut);
  };
  return model;
}

const titles = Array.from({ length: 75 }, (_, i) => `Turn ${i + 1}`);

describe('planning a script', () => {
  it('asks for the story core, then for all beats of a short script at once', async () => {
    const model = new PlanningModel();
    const stages: string[] = [];
    const { plan, notes } = await planScript(
      optionsOf({
        model,
        brief: { ...brief, duration: 60 },
        onStage: (stage, done, of) => stages.push(`${stage} ${done}/${of}`),
      }),
    );
    assert.deepEqual(model.kinds(), ['core', 'outline']);
    assert.deepEqual(stages.slice(0, 3), ['core 0/1', 'core 1/1', 'outline 0/7']);
    assert.equal(stages.at(-1), 'outline 7/7');
    assert.deepEqual(notes, []);
    assert.equal(plan.title, 'The Last Keeper');
    assert.equal(plan.outline.length, 7);
    assert.equal(sum(plan.outline.map(({ seconds }) => seconds)), 60);
    assert.equal(new Set(plan.outline.map(({ id }) => id)).size, 7);
  });

  it('plans the opening while the acts are settled, and then all acts side by side', async () => {
    const model = new PlanningModel();
    let inFlight = 0;
    let most = 0;
    const together = new Set<string>();
    const working: string[] = [];
    model.answer = async ({ task }) => {
      working.push(task.kind);
      together.add([...working].sort().join('+'));
      most = Math.max(most, ++inFlight);
      await new Promise(setImmediate);
      inFlight--;
      working.splice(working.indexOf(task.kind), 1);
      return answerOfPlanning(task);
    };
    const { plan, notes } = await planScript(optionsOf({ model, brief: long }));
    assert.deepEqual(
      plan.outline.map(({ title }) => title),
      titles,
    );
    assert.equal(sum(plan.outline.map(({ seconds }) => seconds)), 600);
    assert.deepEqual(notes, []);
    assert.deepEqual(model.kinds().slice(0, 3), ['core', 'outline', 'acts']);
    assert.ok(together.has('acts+outline'));
    assert.equal(most, 8);
    assert.deepEqual(rangesIn(model).slice(0, 3), ['1–6', '7–14', '15–23']);
  });

  it('parts any number of beats into an opening and balanced acts', () => {
    for (let beats = 1; beats <= 1350; beats++) {
      const { opening, acts } = layoutOf(beats);
      assert.equal(opening + sum(acts), beats);
      if (beats <= 10) assert.deepEqual(acts, []);
      else {
        assert.ok(Math.max(...acts) - Math.min(...acts) <= 1);
        assert.ok(Math.max(...acts) <= 38 && acts.length <= 38);
        assert.ok(beats > 90 || Math.max(...acts) <= 9);
      }
    }
  });

  it('begins all requests for acts with the same text, for the caches of services', async () => {
    const model = new PlanningModel();
    await planScript(optionsOf({ model, brief: long }));
    const outlines = model.asked.filter(({ task }) => task.kind === 'outline').slice(1);
    assert.equal(new Set(model.asked.map(({ prompt }) => prompt.system)).size, 1);
    const texts = outlines.map(({ prompt }) => prompt.user);
    const shared = (texts[0] ?? '').split('# Your part')[0] ?? '';
    assert.ok(shared.length > 1000);
    assert.ok(texts.every((text) => text.startsWith(shared)));
    assert.equal(new Set(texts).size, 8);
  });

  it('tells the opening to those who plan it and to those who part the rest', async () => {
    const model = new PlanningModel();
    await planScript(optionsOf({ model, brief: long }));
    const [, opening, acts] = model.asked.map(({ prompt }) => prompt.user);
    assert.match(opening ?? '', /What the opening tells: Mara climbs to the lamp\./);
    assert.match(opening ?? '', /Beats 7 to 75 are planned after yours/);
    assert.match(acts ?? '', /opens with beats 1 to 6, .*: Mara climbs to the lamp\./);
    assert.match(acts ?? '', /exactly 8 acts.*\n1\. 8 beats, 7 to 14\n/s);
  });

  it('settles the lengths by weight, to the sum that was asked for', async () => {
    const model = modelThat('outline', () => {
      const lengths = ['short', 'usual', 'long'] as const;
      const { beats } = outlineAnswer(7);
      return { beats: beats.map((beat, i) => ({ ...beat, length: lengths[i % 3] })) };
    });
    const { plan } = await planScript(
      optionsOf({ model, brief: { ...brief, duration: 60 }, clipSeconds: [4, 6, 8, 12] }),
    );
    const seconds = plan.outline.map((beat) => beat.seconds);
    assert.equal(sum(seconds), 60);
    assert.ok((seconds[0] ?? 0) < (seconds[2] ?? 0), seconds.join());
    const text = model.asked[1]?.prompt.user ?? '';
    assert.match(text, /lasts 60 seconds and has 7 beats/);
    assert.match(text, /Clips can last 4, 6, 8 or 12 seconds/);
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

describe('beats that come in one by one', () => {
  /** Takes what there is whenever a beat of the opening has been handed out. */
  async function growthsOf(model: PlanningModel, wait: () => Promise<void>): Promise<Growth[]> {
    const planning = new GrowingPlan(optionsOf({ model, brief: long }));
    const growths: Growth[] = [];
    planning.onNews = () => {
      const growth = planning.take(true);
      if (growth !== undefined) growths.push(growth);
    };
    planning.begin();
    await wait();
    return growths;
  }

  it('are there at once, in order, and two at first: a scene has to know what follows', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const model = modelThat('outline', ({ task }, _, handOut) => {
      for (const beat of beatsOf(task).slice(0, 4)) handOut(beat);
      resolve(undefined);
      return new Promise(() => undefined);
    });
    const growths = await growthsOf(model, () => promise);
    assert.deepEqual(
      growths.map(({ plan }) => plan.outline.map(({ title }) => title)),
      [['Turn 1', 'Turn 2'], ['Turn 3'], ['Turn 4']],
    );
    assert.equal(growths[0]?.plan.bible.characters[0]?.name, 'Mara');
  });

  it('never become others: a model that began anew is asked for what is missing', async () => {
    const model = modelThat('outline', ({ task }, _, handOut) => {
      if (task.kind !== 'outline') return undefined;
      const beats = beatsOf(task);
      if (task.part.from !== 1) return { beats };
      for (const beat of beats.slice(0, 2)) handOut(beat);
      return { beats: beats.map((beat) => ({ ...beat, title: `Other ${beat.title}` })) };
    });
    const { plan } = await planScript(optionsOf({ model, brief: long }));
    assert.deepEqual(
      plan.outline.map(({ title }) => title),
      titles,
    );
    assert.deepEqual(rangesIn(model).slice(0, 1), ['1–6']);
    assert.ok(rangesIn(model).includes('3–6'));
  });

  it('stay when their answer breaks off, and only the others are asked for', async () => {
    const model = modelThat('outline', ({ task }, earlier, handOut) => {
      if (earlier > 0) return answerOfPlanning(task);
      for (const beat of beatsOf(task).slice(0, 4)) handOut(beat);
      throw new InvalidAnswer('It broke off.', 'It broke off.');
    });
    const { plan } = await planScript(optionsOf({ model, brief: { ...brief, duration: 60 } }));
    assert.deepEqual(rangesIn(model), ['1–7', '5–7']);
    assert.deepEqual(
      plan.outline.map(({ title }) => title),
      titles.slice(0, 7),
    );
    const again = model.asked.at(-1)?.prompt.user ?? '';
    assert.match(again, /These beats before yours are settled.*\n1\. Turn 1 .*\n4\. Turn 4 /s);
    assert.match(again, /Answer with exactly 3 beats/);
  });
});

describe('a number of beats that was not asked for', () => {
  it('asks for what is missing and nothing else, however often it takes', async () => {
    const model = modelThat('outline', ({ task }) => ({ beats: beatsOf(task).slice(0, 2) }));
    const { plan } = await planScript(optionsOf({ model, brief: { ...brief, duration: 60 } }));
    assert.deepEqual(rangesIn(model), ['1–7', '3–7', '5–7', '7–7']);
    assert.deepEqual(
      plan.outline.map(({ title }) => title),
      titles.slice(0, 7),
    );
  });

  it('tells in the last beat what there is no room for, unless it says nothing new', async () => {
    for (const repeats of [false, true]) {
      const model = modelThat('outline', ({ task }, _, handOut) => {
        const beats = beatsOf(task);
        const end = repeats ? (beats.at(-1)?.summary ?? '') : 'The boy lights the lamp.';
        const all = [...beats, ...beats.slice(-1).map((one) => ({ ...one, summary: end }))];
        for (const beat of all) handOut(beat);
        return { beats: all };
      });
      const { plan } = await planScript(optionsOf({ model, brief: { ...brief, duration: 60 } }));
      assert.deepEqual(rangesIn(model), ['1–7']);
      assert.equal(plan.outline.length, 7);
      assert.equal(
        plan.outline.at(-1)?.summary,
        repeats ? 'Thing 7 happens.' : 'Thing 7 happens. The boy lights the lamp.',
      );
      assert.equal(sum(plan.outline.map(({ seconds }) => seconds)), 60);
    }
  });

  it('shares the beats out among the acts that there are', async () => {
    for (const count of [1, 5, 12]) {
      const model = modelThat('acts', () => actsAnswer(count));
      const { plan } = await planScript(optionsOf({ model, brief: long }));
      assert.equal(model.kinds().filter((kind) => kind === 'outline').length, 1 + count);
      assert.deepEqual(
        plan.outline.map(({ title }) => title),
        titles,
      );
    }
  });

  it('ends in a clear error where there are none at all', async () => {
    const model = modelThat('outline', () => ({ beats: [] }));
    const short = { ...brief, duration: 60 };
    await assert.rejects(planScript(optionsOf({ model, brief: short })), /exactly 7 beats, not 0/);
    assert.equal(model.kinds().filter((kind) => kind === 'outline').length, 3);
  });
});

describe('an answer that is too long for the model', () => {
  /** Cuts off every outline of more than `most` beats. */
  function shortOfBreath(most: number, handed = 0): PlanningModel {
    return modelThat('outline', ({ task }, _, handOut) => {
      const beats = beatsOf(task);
      if (beats.length <= most) return { beats };
      for (const beat of beats.slice(0, handed)) handOut(beat);
      throw new TruncatedAnswer('Cut off.', 'It was cut off.');
    });
  }

  it('is asked for in halves, one after the other, until they fit', async () => {
    const model = shortOfBreath(3);
    const { plan } = await planScript(optionsOf({ model, brief: { ...brief, duration: 80 } }));
    assert.deepEqual(rangesIn(model), ['1–10', '1–5', '1–3', '4–6', '7–9', '10–10']);
    assert.deepEqual(
      plan.outline.map(({ title }) => title),
      titles.slice(0, 10),
    );
  });

  it('is kept as far as it came', async () => {
    const model = shortOfBreath(5, 4);
    const { plan } = await planScript(optionsOf({ model, brief: { ...brief, duration: 80 } }));
    assert.deepEqual(rangesIn(model), ['1–10', '5–10', '9–10']);
    assert.equal(plan.outline.length, 10);
  });

  it('ends in a clear error where even one beat is too long', async () => {
    await assert.rejects(planScript(optionsOf({ model: shortOfBreath(0) })), InvalidAnswer);
  });
});

describe('a part that cannot be planned', () => {
  it('ends the plan once nothing is under way any more, so that every answer is kept', async () => {
    let inFlight = 0;
    const model = modelThat('outline', async ({ task }) => {
      if (task.kind === 'outline' && task.part.act === 1) {
        throw new ScenewrightError('refused', 'The model declined.');
      }
      inFlight++;
      for (let i = 0; i < 5; i++) await new Promise(setImmediate);
      inFlight--;
      return answerOfPlanning(task);
    });
    await assert.rejects(planScript(optionsOf({ model, brief: long })), { code: 'refused' });
    assert.ok(model.kinds().filter((kind) => kind === 'outline').length > 1);
    assert.equal(inFlight, 0);
  });

  it('is the only one where the key was refused: nothing more is asked', async () => {
    const model = modelThat('acts', () => {
      throw new ScenewrightError('account', 'Refused (401).');
    });
    await assert.rejects(planScript(optionsOf({ model, brief: long })), { code: 'account' });
    assert.deepEqual(model.kinds(), ['core', 'outline', 'acts']);
  });
});
