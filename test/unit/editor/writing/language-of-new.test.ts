import assert from 'node:assert/strict';
import { setLocale } from '../../../../src/base/locale.ts';
import { forgetSettings, setInFile } from '../../../support/fake-vscode.ts';

const { languageOfNew } = await import('../../../../src/editor/writing/language-of-new.ts');

const english = 'A lighthouse keeper finds the lamp dark on the night of a storm';

describe('the language of a new script', () => {
  beforeEach(() => {
    setInFile('scenewright.writer.language', 'global', 'auto');
  });

  afterEach(() => {
    forgetSettings();
    setLocale('en');
  });

  it('is the one of the window, unless the idea is plainly in another one', () => {
    setLocale('vi');
    assert.equal(languageOfNew('Mara'), 'vi');
    assert.equal(languageOfNew(english), 'en');
    setLocale('en');
    assert.equal(languageOfNew('Hai chị em tìm lại quán phở của bà nội'), 'vi');
    setLocale('zh-tw');
    assert.equal(languageOfNew('Mara'), 'zh-TW');
  });

  it('is the one of the setting before both, by its tag or by its name', () => {
    setInFile('scenewright.writer.language', 'global', 'Tiếng Việt');
    assert.equal(languageOfNew(english), 'vi');
    setInFile('scenewright.writer.language', 'global', 'Klingon');
    assert.equal(languageOfNew(english), 'Klingon');
  });

  it('is English where a window speaks a language that nobody knows', () => {
    setLocale('qps-ploc');
    assert.equal(languageOfNew('Mara'), 'en');
  });
});
