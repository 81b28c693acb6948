import assert from 'node:assert/strict';
import type { StoryCore } from '../../../../src/models/writer-tasks.ts';
import { checkBeats, checkCore } from '../../../../src/writing/checks/plan-checks.ts';
import { answerOfPlanning } from '../../../../fixtures/plan-answers.ts';
import { brief, optionsOf, planScript, PlanningModel } from '../planning/planning-support.ts';
import { tellings } from '../stories.ts';
import { beatOf } from '../writing-support.ts';

const lighthouse: StoryCore = {
  opening: '',
  title: 'The Last Keeper',
  logline: 'On his last night the keeper of a lighthouse teaches a boy how to tend the lamp.',
  bible: { characters: [{ name: 'Mara', look: 'Sixty, grey braid.', voice: '' }], places: [] },
};

const bakery: StoryCore = {
  opening: '',
  title: 'Bread at Dawn',
  logline: 'A baker in Paris wins back her shop with one perfect loaf before the sun is up.',
  bible: {
    characters: [{ name: 'Odile', look: 'Forty, flour on her sleeves.', voice: '' }],
    places: [{ name: 'Bakery', look: 'Small, brick oven.' }],
  },
};

describe('a plan', () => {
  it('that has nothing to do with the idea does not pass', () => {
    assert.equal(
      checkCore(bakery, brief)[0]?.message,
      'The story has not a single word of the idea in it.',
    );
    assert.match(checkCore(bakery, brief)[0]?.complaint ?? '', /lighthouse/u);
    assert.deepEqual(checkCore(lighthouse, brief), []);
  });

  it('passes where its words cannot be compared with those of the idea', () => {
    const ideas = [
      'Love.',
      'Der letzte Leuchtturmwärter zeigt einem Jungen, wie man die Lampe wartet.',
    ];
    for (const idea of ideas) assert.deepEqual(checkCore(bakery, { ...brief, idea }), [], idea);
  });

  it('in Chinese is compared by its characters', () => {
    const chinese = { ...brief, language: 'zh', idea: '最后一位灯塔守护人教一个男孩照看灯火。' };
    const logline = (text: string): StoryCore => ({
      ...bakery,
      title: text,
      logline: text,
      bible: { characters: [], places: [] },
    });
    assert.deepEqual(checkCore(logline('守护人在最后一夜把灯塔交给男孩。'), chinese), []);
    assert.equal(checkCore(logline('面包师在黎明前烤出完美的面包。'), chinese).length, 1);
  });

  for (const [tag, { action }] of Object.entries(tellings)) {
    if (tag === 'en') continue;
    it(`in English does not pass for one in ${tag}, and one in ${tag} does`, () => {
      const english = { ...beatOf(1), summary: tellings.en?.action ?? '' };
      const own = { ...beatOf(1), title: '', summary: action };
      const wanted = { ...brief, language: tag };
      assert.match(checkBeats([english], wanted)[0]?.complaint ?? '', /English/u);
      assert.deepEqual(checkBeats([own], wanted), []);
    });
  }

  it('is asked for once more, and then taken with a note', async () => {
    const model = new PlanningModel();
    const { title, logline } = bakery;
    model.answer = ({ task }) => {
      const answer = answerOfPlanning(task) as object;
      return task.kind === 'core' ? { ...answer, title, logline } : answer;
    };
    const idea = 'A sailor hunts the white whale that took his leg.';
    const options = optionsOf({ model, brief: { ...brief, idea } });
    const { notes } = await planScript(options);
    assert.deepEqual(
      model.kinds().filter((kind) => kind === 'core'),
      ['core', 'core'],
    );
    assert.match(notes.join(' '), /not a single word of the idea/u);
  });
});
