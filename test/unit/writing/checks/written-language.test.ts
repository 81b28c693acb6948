import assert from 'node:assert/strict';
import { translateWith } from '../../../../src/base/l10n.ts';
import { foreignLanguage, plainLanguage } from '../../../../src/writing/checks/written-language.ts';
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
        assert.equal(foreignLanguage(tellings.en?.action ?? '', tag)?.english, 'English (en)');
        assert.equal(foreignLanguage(goodPrompt, tag)?.english, 'English (en)');
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
    assert.equal(foreignLanguage(tellings.vi?.action ?? '', 'en')?.english, 'Vietnamese (vi)');
    assert.equal(foreignLanguage(tellings.de?.action ?? '', 'en')?.english, 'German (de)');
    assert.equal(foreignLanguage(tellings.ru?.action ?? '', 'en')?.english, 'Cyrillic script');
    assert.equal(foreignLanguage(tellings.ja?.action ?? '', 'en')?.english, 'Japanese script');
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
    assert.equal(foreignLanguage(tellings.en?.action ?? '', 'cy')?.english, 'English (en)');
    assert.equal(foreignLanguage('Mae hi yn y tŷ. The end of the line for now.', 'cy'), undefined);
  });

  it('tells the writer of both in the language of messages', () => {
    translateWith({ '{0} script': '{0}' }, 'vi');
    try {
      const shown = (tag: string): string | undefined =>
        foreignLanguage(tellings[tag]?.action ?? '', 'en')?.shown;
      assert.deepEqual([shown('vi'), shown('ru')], ['tiếng Việt', 'chữ Kirin']);
    } finally {
      translateWith(undefined);
    }
  });
});

describe('the language of an idea', () => {
  const ideas: Readonly<Record<string, readonly string[]>> = {
    en: [
      'A lighthouse keeper finds the lamp dark on the night of a storm',
      '5 tips for students to save money',
    ],
    vi: [
      'Hai chị em tìm lại quán phở của bà nội',
      '5 mẹo tiết kiệm tiền cho sinh viên',
      'Quảng cáo cà phê sữa đá',
    ],
    de: ['Eine Katze sucht ihren Weg nach Hause'],
    es: ['Una mujer y su perro cruzan el desierto para encontrar el mar'],
    ja: ['雨の夜、駅で待つ老人'],
    zh: ['雨夜里等车的老人'],
    ko: ['등대지기가 폭풍의 밤에 등불이 꺼진 것을 발견한다'],
  };

  it('is known where it is plain, whatever the window speaks', () => {
    for (const [tag, texts] of Object.entries(ideas)) {
      for (const text of texts) {
        assert.equal(plainLanguage(text, tag === 'en' ? 'vi' : 'en'), tag, text);
      }
    }
  });

  it('is nobody’s where a few words could be in any', () => {
    // These are in Yoruba and in Romanian, whose letters are in part those of Vietnamese.
    const others = ['Ọkùnrin kan wá ọmọ rẹ̀ ní alẹ́', 'Bătrâna găsește scrisoarea'];
    for (const text of [
      ...others,
      'Cats in space',
      'Mara',
      '',
      'mot nguoi di tim me trong dem mua',
      '2026',
    ]) {
      assert.equal(plainLanguage(text, 'vi'), undefined, text);
    }
  });

  it('is the one of the window in the form that the window has it in', () => {
    assert.equal(plainLanguage('雨夜裡等車的老人', 'zh-TW'), 'zh-TW');
    assert.equal(plainLanguage('Eine Katze sucht ihren Weg nach Hause', 'de-AT'), 'de-AT');
  });
});
