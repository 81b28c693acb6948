import assert from 'node:assert/strict';
import { foreignLanguage } from '../../../../src/writing/checks/written-language.ts';
import { goodPrompt, tellings } from '../stories.ts';

/** Pairs that look too much alike for an alarm, in both directions. */
const alike: readonly string[] = [
  ...['da nb', 'da sv', 'nb sv', 'es pt', 'es it', 'pt it', 'pl cs', 'ru uk', 'ja zh-Hans'],
];

/** Telling these apart takes more of a text than a scene has; an alarm is welcome, but not asked for. */
const short = new Set(['fi', 'cs', 'tr', 'pl', 'nl', 'fr', 'de', 'it', 'es', 'pt', 'id']);

describe('the language check', () => {
  for (const [tag, { action, line }] of Object.entries(tellings)) {
    it(`has nothing against ${tag} in a script in ${tag}`, () => {
      for (const text of [action, line, `${action}\n${line}`]) {
        assert.equal(foreignLanguage(text, tag), undefined, text);
      }
    });

    if (tag !== 'en') {
      it(`notices English in a script in ${tag}`, () => {
        assert.equal(foreignLanguage(tellings.en?.action ?? '', tag), 'English (en)');
        assert.equal(foreignLanguage(goodPrompt, tag), 'English (en)');
      });
    }
  }

  it('never takes relatives for each other', () => {
    for (const pair of alike) {
      const [a = '', b = ''] = pair.split(' ');
      const other = (tag: string): string => Object.values(tellings[tag] ?? {}).join('\n');
      if (a !== 'ja') assert.equal(foreignLanguage(other(b), a), undefined, pair);
      if (a !== 'ja') assert.equal(foreignLanguage(other(a), b), undefined, pair);
    }
  });

  it('notices other languages in an English script, by their writing or by their small words', () => {
    for (const [tag, { action, line }] of Object.entries(tellings)) {
      if (tag === 'en' || short.has(tag)) continue;
      assert.notEqual(foreignLanguage(`${action}\n${line}`, 'en'), undefined, tag);
    }
    assert.equal(foreignLanguage(tellings.vi?.action ?? '', 'en'), 'Vietnamese (vi)');
    assert.equal(foreignLanguage(tellings.de?.action ?? '', 'en'), 'German (de)');
    assert.equal(foreignLanguage(tellings.ru?.action ?? '', 'en'), 'Cyrillic script');
    assert.equal(foreignLanguage(tellings.ja?.action ?? '', 'en'), 'Japanese script');
  });

  it('keeps still about what is too short, mixed, or in a language that it knows nothing of', () => {
    assert.equal(foreignLanguage('Mara. Happy birthday!', 'vi'), undefined);
    assert.equal(foreignLanguage('', 'ja'), undefined);
    assert.equal(foreignLanguage('Mara steht am Fenster. "The show must go on."', 'de'), undefined);
    const mixed = `${tellings.ja?.action ?? ''} Old Tom, Mara Voss, St. Mary's Lighthouse`;
    assert.equal(foreignLanguage(mixed, 'ja'), undefined, 'foreign names');
    assert.equal(foreignLanguage(tellings.en?.action ?? '', 'tiếng Việt'), undefined);
    assert.equal(foreignLanguage(tellings.id?.action ?? '', 'ms'), undefined);
    assert.equal(foreignLanguage(tellings.cs?.action ?? '', 'sr'), undefined, 'in either writing');
  });

  it('needs more to be sure where it does not know the language itself', () => {
    assert.equal(foreignLanguage(tellings.en?.action ?? '', 'cy'), 'English (en)');
    assert.equal(foreignLanguage('Mae hi yn y tŷ. The end of the line for now.', 'cy'), undefined);
  });
});
