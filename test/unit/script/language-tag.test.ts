import assert from 'node:assert/strict';
import { languageTag } from '../../../src/script/language-tag.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { validateBrief } from '../../../src/script/brief.ts';

describe('the language of a script', () => {
  const spellings: Readonly<Record<string, readonly string[]>> = {
    vi: [
      'vi',
      'VI',
      'vn',
      'Vietnamese',
      'vietnamese',
      'Tiếng Việt',
      'tieng viet',
      'Vietnamese (vi)',
    ],
    'pt-BR': ['pt-BR', 'pt_br', 'Brazilian Portuguese', 'português (Brasil)'],
    'zh-Hans': ['zh-Hans', 'Chinese (Simplified)', 'Simplified Chinese', '简体中文'],
    de: ['de', 'ger', 'German', 'Deutsch'],
    ja: ['ja', 'jp', 'Japanese', '日本語'],
    uk: ['uk', 'ua', 'Ukrainian', 'українська'],
    fr: ['fr', 'French', 'Français', 'francais'],
    id: ['id', 'Indonesian', 'Bahasa Indonesia'],
    fa: ['fa', 'Farsi', 'Persian'],
    'en-US': ['en-us', 'American English', 'English (US)'],
  };
  for (const [tag, all] of Object.entries(spellings)) {
    it(`is ${tag} in whatever way it is written`, () => {
      for (const spelling of all) {
        assert.equal(languageTag(spelling), tag, spelling);
        const text = `---\nscenewright: 1\nlanguage: ${JSON.stringify(spelling)}\n---\n`;
        assert.equal(parseScript(text).brief.language, tag, spelling);
        const brief = validateBrief({ idea: 'A lamp.', duration: 60, language: spelling });
        assert.equal(brief.language, tag, spelling);
      }
    });
  }

  it('stays as it is written where nobody knows it', () => {
    for (const word of ['Klingonese', 'the language of birds', 'xx', 'a'.repeat(200)]) {
      assert.equal(languageTag(word), undefined, word);
      assert.equal(validateBrief({ idea: 'A lamp.', duration: 60, language: word }).language, word);
    }
  });

  it('knows the names that a reader has for languages, where it is told who reads', () => {
    assert.equal(languageTag('tiếng Nhật', 'vi'), 'ja');
    assert.equal(languageTag('tieng duc', 'vi'), 'de');
    assert.equal(languageTag('tiếng Nhật'), undefined);
  });
});
