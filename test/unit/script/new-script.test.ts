import assert from 'node:assert/strict';
import { validateBrief } from '../../../src/script/brief.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { renderNewScript } from '../../../src/script/render/render-new-script.ts';

describe('a new script', () => {
  const begun = (language: string, duration: number): string =>
    renderNewScript(validateBrief({ idea: 'A lamp goes out.', language, duration }), 'The Lamp');

  it('says in its own language what its number of seconds means', () => {
    const lines = {
      en: 'duration: 200 # seconds: 3 min 20 sec',
      vi: 'duration: 200 # giây: 3 phút 20 giây',
      'de-AT': 'duration: 200 # Sekunden: 3 Min. 20 Sek.',
      'zh-TW': 'duration: 200 # 秒: 3 分鐘 20 秒',
      Klingon: 'duration: 200 # seconds: 3 min 20 sec',
    };
    for (const [language, line] of Object.entries(lines)) {
      assert.ok(begun(language, 200).includes(`\n${line}\n`), begun(language, 200));
    }
    assert.match(begun('vi', 45), /^duration: 45 # giây$/mu);
  });

  it('is read back with the length that was asked for', () => {
    for (const language of ['en', 'vi', 'ja', 'ar', 'he']) {
      const { brief } = parseScript(begun(language, 3930));
      assert.equal(brief.duration, 3930, language);
    }
  });
});
