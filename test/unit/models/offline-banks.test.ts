import assert from 'node:assert/strict';
import {
  explainerSteps,
  listSteps,
  storySteps,
  type Matter,
} from '../../../src/models/offline/bank.ts';
import { bankFor, banks, english } from '../../../src/models/offline/banks.ts';

function mattersOf(bank: (typeof banks)[number]): Matter[] {
  return [bank.whole, ...bank.story, ...bank.list, ...bank.explainer];
}

/** The moments that a bank really tells. */
function told({ openings = 0, needed, moments }: Matter) {
  return moments.filter((_, index) => index < openings || needed.includes(index));
}

describe('the text banks of the offline scaffold', () => {
  it('find the bank of a language tag and fall back to English', () => {
    assert.deepEqual(
      ['vi', 'vi-VN', 'ES_mx', 'de', 'fr-CA', 'en', 'ja', ''].map((tag) => bankFor(tag).language),
      ['vi', 'vi', 'es', 'de', 'fr', 'en', 'en', 'en'],
    );
  });

  for (const bank of banks) {
    describe(bank.language, () => {
      it('has material for every step of every structure', () => {
        const has = (matters: readonly Matter[], step: string): boolean =>
          matters.some((matter) => matter.step === step && told(matter).length > 0);
        for (const step of storySteps) assert.ok(has(bank.story, step), step);
        for (const step of listSteps) assert.ok(has(bank.list, step), step);
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
        const all = mattersOf(bank).flatMap(told);
        for (const key of ['summary', 'action'] as const) {
          const texts = all.map((moment) => moment[key]);
          assert.deepEqual(
            texts.filter((text, i) => texts.indexOf(text) !== i),
            [],
          );
        }
      });

      it('uses only slots that are filled', () => {
        const known =
          /^(?:(?:hero|ally|rival|elder)(?:\.his|\.him)?|object|way|spot|view|premise|idea|topic|subject|question|item|n|rank|count)$/u;
        const englishOnly = /^(?:way|spot|view|.*\.hi[sm])$/u;
        for (const moment of mattersOf(bank).flatMap(told)) {
          for (const [, slot = ''] of JSON.stringify(moment).matchAll(/\{([a-z.]+)\}/gu)) {
            assert.match(slot, known);
            if (bank !== english) assert.doesNotMatch(slot, englishOnly, moment.title);
          }
        }
      });

      if (bank !== english) {
        it('translates each line that its English moment has', () => {
          const originals = new Map(mattersOf(english).map((matter) => [matter.id, matter]));
          for (const matter of mattersOf(bank)) {
            for (const [index, moment] of matter.moments.entries()) {
              const original = originals.get(matter.id)?.moments[index];
              assert.equal(
                (moment.lines ?? []).length,
                (original?.lines ?? []).length,
                moment.title,
              );
            }
          }
        });
      }
    });
  }
});
