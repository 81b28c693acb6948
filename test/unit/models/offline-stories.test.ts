import assert from 'node:assert/strict';
import { z } from 'zod';
import {
  dayParts,
  explainerSteps,
  listSteps,
  roles,
  storySteps,
  type Bank,
  type Matter,
  type Moment,
} from '../../../src/models/offline/bank.ts';
import {
  mattersOf,
  storyLanguages,
  type Stories,
} from '../../../src/models/offline/read-stories.ts';
import { lookOf } from '../../../src/models/offline/people.ts';
import { marks } from '../../../src/models/offline/story-world.ts';
import { weathers } from '../../../src/models/offline/idea-weather.ts';
import { heardAirs } from '../../../src/models/offline/story-settings.ts';
import { structures } from '../../../src/script/script-model.ts';
import { stories } from '../../support/offline-writer.ts';

/** The moments that a bank really tells. */
function told({ openings = 0, needed, moments }: Matter): Moment[] {
  return moments.filter((_, index) => index < openings || needed.includes(index));
}

const text = z.string().min(1).max(400);
const texts = z.array(text).min(1);
const step = z.enum([...new Set([...storySteps, ...listSteps, ...explainerSteps])]);

const momentShape = z.strictObject({
  title: z.string().min(1).max(40),
  summary: z.string().min(1).max(200),
  action: z.string().min(1).max(300),
  lines: z
    .array(z.tuple([z.enum(roles), z.string().min(1).max(40), z.string().min(1).max(120)]))
    .optional(),
  narration: z.array(z.string().min(1).max(160)).optional(),
  otherwise: z
    .array(z.array(z.string().min(1).max(160)).min(1))
    .min(1)
    .optional(),
  note: z.string().min(1).max(200).optional(),
});

const matterShape = z.strictObject({
  id: text,
  step,
  needs: z.enum(['people', 'weather']).optional(),
  openings: z.int().min(1).optional(),
  needed: z.array(z.int().min(0)),
  moments: z.array(momentShape).min(1),
});

const takes = z.array(z.tuple([z.string().regex(/^[^,()]{1,40}$/u), text])).min(1);

/** As many in each language, so that a number means the same thing in all of them. */
const things = z
  .array(z.string().min(1).max(60))
  .length(24)
  .refine((all) => new Set(all).size === all.length);

const wordsShape = z.strictObject({
  time: z.record(z.enum(dayParts), text),
  ambience: z.record(z.enum(heardAirs), z.record(z.enum(dayParts), texts)),
  weather: z.record(z.enum(weathers), texts),
  day: text,
  props: z.record(z.enum(['hero', 'rival', 'regained', 'given']), text),
  knows: z.record(z.enum(['hero', 'shared', 'truth', 'all']), text),
  wears: z.record(z.enum(['coat', 'worn', 'fresh']), text),
  premise: text,
  logline: z.record(z.enum(structures), text),
  turn: text,
  standIn: text,
  asked: text,
  again: text,
  somewhere: text,
  unseen: text,
  takes,
  views: takes,
  things: z.strictObject({ animals: things, things }),
  stirs: things,
  beside: text,
  noises: things,
  ranks: texts,
  lastRank: text,
  showcase: z.strictObject({ item: text, logline: text, ranks: texts, lastRank: text }),
  stages: texts,
  lastStage: text,
  voices: z.array(text).length(roles.length),
  item: text,
  step: text,
  untitled: text,
  this: text,
  question: text,
  objects: z.array(z.tuple([text, text, text])),
});

const bankShape = z.strictObject({
  language: z.enum(storyLanguages),
  words: wordsShape,
  whole: matterShape,
  story: z.array(matterShape),
  portrait: z.array(matterShape),
  creature: z.array(matterShape),
  list: z.array(matterShape),
  showcase: z.array(matterShape),
  explainer: z.array(matterShape),
});

const sexes = z.strictObject({ f: texts, m: texts });
const peopleShape = z.strictObject({
  kinds: z.array(
    z.strictObject({
      label: text,
      words: text,
      sex: z.enum(['f', 'm']).optional(),
      age: z.int().min(1).max(120).optional(),
      clothes: text.optional(),
      role: z.enum(roles).optional(),
      body: text.optional(),
      creature: z.record(z.enum(storyLanguages), text).optional(),
    }),
  ),
  names: z.record(z.enum(storyLanguages), sexes),
  given: sexes,
  looks: z.strictObject({
    builds: texts,
    hair: sexes,
    darkHair: sexes,
    greyHair: sexes,
    faces: texts,
    clothes: texts,
  }),
});

const settingShape = z.strictObject({
  id: text,
  named: z.string().min(1),
  words: z.string(),
  object: text,
  air: z.enum([...heardAirs, 'closed']),
  places: z
    .array(
      z.strictObject({
        names: z.record(z.enum(storyLanguages), z.string().min(1).max(60)),
        words: z.string().min(1).optional(),
        look: text,
        way: text,
        spot: text,
        view: text,
        sound: z.record(z.enum(storyLanguages), z.string().min(1).max(80)),
      }),
    )
    .length(5),
});

/** What the slots of the texts may be; see `bank.ts`. */
const slots =
  /^(?:(?:hero|ally|rival|elder)(?:\.his|\.him)?|object|thing|stir|way|spot|view|premise|idea|topic|subject|question|item|n|rank|count)$/u;
const englishSlots = /^(?:way|spot|view|.*\.hi[sm])$/u;

function slotsIn(phrase: string): string[] {
  return (phrase.match(/\{\w+\}/gu) ?? []).sort();
}

describe('the stories of the offline writer', () => {
  let all: Stories;
  let english: Bank;
  before(async () => {
    all = await stories();
    ({ english } = all);
  });

  it('show people and places in every language of theirs, and have words for nothing else', () => {
    const said = new Set<string>(marks);
    const say = (english: string): string => {
      said.add(english);
      return english;
    };
    const { kinds, looks } = all.people;
    for (const kind of [undefined, ...kinds])
      for (const [sex, role] of [
        ['f', 'hero'],
        ['m', 'hero'],
        ['f', 'elder'],
        ['m', 'elder'],
      ] as const)
        for (const language of ['en', 'vi'])
          for (let index = 0; index < 7; index++)
            lookOf(looks, role, index, kind, sex, language, '', say);
    for (const { setting } of all.settings) for (const { look } of setting.places) say(look);
    assert.deepEqual(Object.keys(all.lookWords).sort(), [...said].sort());
    const [, ...others] = storyLanguages;
    for (const [english, words] of Object.entries(all.lookWords)) {
      assert.deepEqual(Object.keys(words).sort(), [...others].sort(), english);
      assert.ok(!Object.values(words).includes(english), english);
      for (const one of Object.values(words)) assert.deepEqual(slotsIn(one), slotsIn(english), one);
    }
  });

  it('are told in every language of theirs, and in English for all others', () => {
    assert.deepEqual(
      all.banks.map(({ language }) => language),
      storyLanguages,
    );
    assert.deepEqual(
      ['vi', 'vi-VN', 'ES_mx', 'de', 'fr-CA', 'en', 'ja', ''].map(
        (tag) => all.bankFor(tag).language,
      ),
      ['vi', 'vi', 'es', 'de', 'fr', 'en', 'en', 'en'],
    );
  });

  it('have people and settings of the right shape', () => {
    peopleShape.parse(all.people);
    for (const { setting } of all.settings) settingShape.parse(setting);
    settingShape.parse(all.town);
  });

  for (const language of storyLanguages) {
    describe(language, () => {
      let bank: Bank;
      before(() => {
        bank = all.bankFor(language);
      });

      it('has texts of the right shape and length', () => {
        bankShape.parse(bank);
      });

      it('has material for every step of every structure', () => {
        const has = (matters: readonly Matter[], step: string): boolean =>
          matters.some((matter) => matter.step === step && told(matter).length > 0);
        for (const step of storySteps) assert.ok(has(bank.story, step), step);
        for (const list of [bank.list, bank.showcase])
          for (const step of listSteps) assert.ok(has(list, step), step);
        for (const step of explainerSteps) assert.ok(has(bank.explainer, step), step);
      });

      it('orders each matter by need, every moment once', () => {
        for (const { id, needed, openings = 0, moments } of mattersOf(bank)) {
          assert.equal(new Set(needed).size, needed.length, id);
          assert.ok(
            needed.every((index) => index >= openings && index < moments.length),
            id,
          );
          if (bank === english) assert.equal(needed.length + openings, moments.length, id);
        }
      });

      it('tells no two moments in the same words', () => {
        const moments = mattersOf(bank).flatMap(told);
        for (const key of ['summary', 'action'] as const) {
          const words = moments.map((moment) => moment[key]);
          assert.deepEqual(
            words.filter((each, i) => words.indexOf(each) !== i),
            [],
          );
        }
      });

      it('uses only slots that are filled', () => {
        for (const moment of mattersOf(bank).flatMap(told)) {
          for (const [, slot = ''] of JSON.stringify(moment).matchAll(/\{([a-z.]+)\}/gu)) {
            assert.match(slot, slots);
            if (bank !== english) assert.doesNotMatch(slot, englishSlots, moment.title);
          }
        }
      });

      it('has a text for each line that its English moment has', () => {
        for (const matter of mattersOf(bank)) {
          for (const [index, moment] of matter.moments.entries()) {
            const lines = all.originalOf(matter, index)?.lines ?? [];
            assert.deepEqual(
              (moment.lines ?? []).map(([speaker]) => speaker),
              lines.map(([speaker]) => speaker),
              moment.title,
            );
          }
        }
      });
    });
  }
});
