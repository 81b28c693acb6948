import assert from 'node:assert/strict';
import { ScenewrightError } from '../../../../src/base/errors.ts';
import { answerSchema, type OutlineAnswer } from '../../../../src/models/answer-schemas.ts';
import { jsonSchemaOf } from '../../../../src/models/language-model/answer-reading.ts';
import type { Plan } from '../../../../src/script/script-model.ts';
import { answerOfPlanning, coreAnswer } from '../../../../fixtures/plan-answers.ts';
import { failure } from '../../../support/failure.ts';
import {
  AnswersInMemory,
  brief,
  optionsOf,
  planScript,
  PlanningModel,
} from './planning-support.ts';

const long = { ...brief, duration: 600 };

/** Answers well but for what `change` makes of each beat, by its number in the outline. */
function modelWithBeats(change: (number: number) => object): PlanningModel {
  const model = new PlanningModel();
  model.answer = ({ task }) => {
    if (task.kind !== 'outline') return answerOfPlanning(task);
    const { beats } = answerOfPlanning(task) as OutlineAnswer;
    return { beats: beats.map((beat, i) => ({ ...beat, ...change(task.part.from + i) })) };
  };
  return model;
}

function modelWithCore(core: object): PlanningModel {
  const model = new PlanningModel();
  model.answer = ({ task }) => (task.kind === 'core' ? core : answerOfPlanning(task));
  return model;
}

function namesOf({ bible }: Plan): string[] {
  return [...bible.characters, ...bible.places].map(({ name }) => name);
}

describe('a plan that uses names which its bible does not have', () => {
  it('has names that are nearly those of the bible in its spelling, and asks nothing again', async () => {
    const spellings = [
      'INT. LAMP ROOM - NIGHT',
      'the lamp room',
      'Lamp room (dawn)',
      'Lighthouse lamp room',
    ];
    const model = modelWithBeats((number) => ({
      place: spellings[number % spellings.length],
      time: null,
      cast: [['MARA', 'Captain Mara', 'Mara (60)', 'Mara Voss'][number % 4]],
    }));
    const { plan } = await planScript(optionsOf({ model, brief: long }));
    assert.deepEqual(namesOf(plan), ['Mara', 'Lamp room']);
    assert.ok(
      plan.outline.every(({ place, cast }) => place === 'Lamp room' && cast.join() === 'Mara'),
    );
    assert.deepEqual([...new Set(plan.outline.map(({ time }) => time))].sort(), [
      '',
      'dawn',
      'night',
    ]);
    assert.deepEqual(new Set(model.kinds()), new Set(['core', 'outline', 'acts']));
    assert.equal(model.kinds().length, 11);
  });

  it('takes newcomers into the bible, known to all parts and to the document by the same name', async () => {
    const model = modelWithBeats((number) => ({
      place: number === 3 ? 'EXT. HARBOUR WALL - DAY' : number > 40 ? 'the harbour' : 'Lamp room',
      cast:
        number === 2 ? ['Mara', 'Ida: a girl of ten in red'] : number === 60 ? ['IDA'] : ['Mara'],
    }));
    const grown: Plan[] = [];
    const { plan } = await planScript(optionsOf({ model, brief: long }), (growth) =>
      grown.push(growth),
    );
    assert.equal(model.kinds().length, 11);
    assert.deepEqual(plan.bible.characters.at(-1), {
      name: 'Ida',
      look: 'a girl of ten in red',
      voice: '',
    });
    assert.deepEqual(plan.bible.places.at(-1), { name: 'Harbour Wall', look: '' });
    assert.equal(plan.outline[2]?.place, 'Harbour Wall');
    assert.equal(plan.outline[70]?.place, 'Harbour Wall');
    assert.deepEqual(plan.outline[59]?.cast, ['Ida']);
    for (const { bible, outline } of grown) {
      const known = new Set([...bible.characters, ...bible.places].map(({ name }) => name));
      for (const { place, cast } of outline)
        assert.ok([place, ...cast].every((name) => known.has(name)));
    }
  });

  it('knows newcomers of an earlier run', async () => {
    const model = modelWithBeats(() => ({ place: 'Kitchen' }));
    const before = { ...(await planScript(optionsOf())).plan, outline: [] };
    const document: Plan = {
      ...before,
      bible: {
        ...before.bible,
        places: [...before.bible.places, { name: 'The kitchen', look: 'low' }],
      },
    };
    const { plan } = await planScript(optionsOf({ model, document: () => document }));
    assert.ok(plan.outline.every(({ place }) => place === 'The kitchen'));
  });

  it('asks again only for beats that say nothing at all', async () => {
    let asked = 0;
    const model = modelWithBeats((number) =>
      number === 4 && asked++ === 0
        ? { title: '', summary: '' }
        : number === 5
          ? { title: '' }
          : { summary: '' },
    );
    const { plan } = await planScript(optionsOf({ model, brief: { ...brief, duration: 60 } }));
    assert.equal(model.kinds().length, 3);
    assert.ok(plan.outline.every(({ title, summary }) => title !== '' && summary !== ''));
  });
});

describe('a story that lacks something', () => {
  const core = coreAnswer();

  it('gets a title and a logline from what is there', async () => {
    const bare = { ...core, title: ' ', logline: '' };
    const { plan } = await planScript(optionsOf({ model: modelWithCore(bare) }));
    assert.equal(plan.logline, brief.idea);
    assert.equal(plan.title, 'The last keeper of a…');
  });

  it('gets its places from the beats', async () => {
    const model = modelWithCore({ ...core, places: [] });
    const { plan } = await planScript(optionsOf({ model }));
    assert.deepEqual(plan.bible.places, [{ name: 'Lamp room', look: '' }]);
    assert.equal(model.kinds().filter((kind) => kind === 'core').length, 1);
  });

  it('has names that are given twice once, with the look that one of them has', async () => {
    const model = modelWithCore({
      ...core,
      characters: [
        { name: 'Mara', look: '', voice: null },
        { name: 'MARA', look: 'Sixty.', voice: 'Slow.' },
        { name: ',', look: 'x', voice: null },
        { name: 'Tom, the boy', look: 'Ten.', voice: null },
      ],
    });
    const { plan } = await planScript(optionsOf({ model }));
    assert.deepEqual(plan.bible.characters, [
      { name: 'Mara', look: 'Sixty.', voice: 'Slow.' },
      { name: 'Tom the boy', look: 'Ten.', voice: '' },
    ]);
    assert.equal(model.kinds().filter((kind) => kind === 'core').length, 1);
  });

  it('is asked for again where it tells nothing', async () => {
    const model = modelWithCore({ title: '', logline: '', characters: [], places: [] });
    await assert.rejects(planScript(optionsOf({ model })), /tells nothing/);
  });
});

describe('the names in the form of an outline', () => {
  const { bible } = { bible: { characters: [{ name: 'Mara', look: '', voice: '' }], places: [] } };

  function formOf(places: readonly string[]): string {
    const task = {
      kind: 'outline' as const,
      brief,
      shape: { count: 2, seconds: 16, clipSeconds: [8] },
      core: {
        title: '',
        logline: '',
        opening: '',
        bible: { ...bible, places: places.map((name) => ({ name, look: '' })) },
      },
      acts: [],
      part: { from: 1, to: 2, before: [] },
    };
    return JSON.stringify(jsonSchemaOf(answerSchema(task)));
  }

  it('are those of the bible', () => {
    assert.match(formOf(['Lamp room', 'Roof']), /"enum":\["Lamp room","Roof"\]/);
    assert.match(formOf([]), /"enum":\["Mara"\]/);
  });

  it('are left out where there are more than services take', () => {
    const many = Array.from({ length: 25 }, (_, i) => `Place ${i}`);
    assert.doesNotMatch(formOf(many), /Place 1/);
    assert.doesNotMatch(formOf(['x'.repeat(501)]), /xxx/);
  });
});

describe('a beat that is not to be had of the model', () => {
  const silent = { title: '', summary: '' };

  /** Says nothing of the beats that are chosen, however often it is asked. */
  const without = (...numbers: readonly number[]): PlanningModel =>
    modelWithBeats((number) => (numbers.includes(number) ? silent : {}));

  it('is left blank, and told of, and all others are planned', async () => {
    const { plan, notes } = await planScript(optionsOf({ model: without(5, 8) }));
    assert.equal(plan.outline.length, 22);
    const said = plan.outline.map(({ summary }) => summary);
    assert.deepEqual([said[4], said[7]], ['…', '…']);
    assert.equal(said.filter((summary) => summary === '…').length, 2);
    const [before, blank] = plan.outline.slice(3, 5);
    assert.ok(before !== undefined && blank !== undefined);
    assert.deepEqual([blank.title, blank.place], [`${before.title} (2)`, before.place]);
    assert.deepEqual(
      notes.map((note) => /beat (\d+)/.exec(note)?.[1]),
      ['5', '8'],
    );
    const sum = plan.outline.reduce((seconds, beat) => seconds + beat.seconds, 0);
    assert.equal(sum, brief.duration);
  });

  it('may be the first or the last of an act, or one that the model declines', async () => {
    const layout = new Set<number>();
    const model = without();
    const { answer } = model;
    model.answer = (asked, handOut) => {
      if (asked.task.kind !== 'outline') return answer(asked, handOut);
      const { from, to, act } = asked.task.part;
      if (act === 1) layout.add(from).add(to);
      const { beats } = answer(asked, handOut) as OutlineAnswer;
      const missing = beats.findIndex(
        (_, i) =>
          act === 1 && (i + from === Math.max(...layout) || i + from === Math.min(...layout)),
      );
      if (missing === 0) throw new ScenewrightError('refused', 'The model declined to write this.');
      return { beats: missing === -1 ? beats : beats.slice(0, missing) };
    };
    const { plan } = await planScript(optionsOf({ model, brief: long }));
    assert.equal(plan.outline.length, 75);
    const blank = plan.outline.flatMap(({ summary }, i) => (summary === '…' ? [i + 1] : []));
    assert.deepEqual(blank, [Math.min(...layout), Math.max(...layout)]);
  });

  it('is not two in a row: then the plan fails, and both are asked for the next time', async () => {
    const answers = new AnswersInMemory();
    const error = await failure(planScript(optionsOf({ model: without(5, 6), answers })));
    assert.match(error.message, /says nothing/);
    const { plan } = await planScript(optionsOf({ model: new PlanningModel(), answers }));
    assert.ok(plan.outline.every(({ summary }) => summary !== '…'));
  });

  it('is not every beat', async () => {
    const model = without(...Array.from({ length: 22 }, (_, i) => i + 1));
    await failure(planScript(optionsOf({ model })));
    assert.ok(model.kinds().length < 20, model.kinds().join(' '));
  });
});
