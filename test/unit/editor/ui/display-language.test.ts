import assert from 'node:assert/strict';
import path from 'node:path';
import manifest from '../../../../package.json' with { type: 'json' };
import { translations } from '../../../../scripts/translations.ts';
import { parseDuration, formatDuration } from '../../../../src/script/durations/duration-text.ts';
import { messageLanguage, t, translateWith } from '../../../../src/base/l10n.ts';
import { plainMoney } from '../../../../src/money/money.ts';
import { env, forgetSettings, l10n, setInFile } from '../../../support/fake-vscode.ts';

const { speakDisplayLanguage } = await import('../../../../src/editor/ui/display-language.ts');
const { formatBytes, formatMoney, formatPercent, formatSeconds } =
  await import('../../../../src/editor/ui/format.ts');

const folder = path.resolve(import.meta.dirname, '../../../..');

/** Speak as in a VS Code of that language, which has a translation of ours or not. */
function speak(set: string, language: string, bundle?: Readonly<Record<string, string>>): string {
  setInFile('scenewright.displayLanguage', 'global', set);
  env.language = language;
  l10n.bundle = bundle;
  speakDisplayLanguage(folder).dispose();
  return t('Cancel');
}

describe('the language that is spoken', () => {
  afterEach(() => {
    forgetSettings();
    env.language = 'en';
    l10n.bundle = undefined;
    translateWith(undefined);
  });

  it('is that of VS Code, or the one that is set', () => {
    assert.equal(speak('auto', 'en'), 'Cancel');
    assert.equal(speak('auto', 'de', { Cancel: 'Abbrechen' }), 'Abbrechen');
    assert.equal(speak('en', 'de', { Cancel: 'Abbrechen' }), 'Cancel');
    assert.equal(speak('vi', 'en'), 'Hủy');
    assert.equal(speak('vi', 'de', { Cancel: 'Abbrechen' }), 'Hủy');
  });

  it('stays that of VS Code where there is no translation into what is set', () => {
    for (const set of ['tlh', '../../package', '', 'vi/../en']) {
      assert.equal(speak(set, 'de', { Cancel: 'Abbrechen' }), 'Abbrechen', set);
    }
  });

  it('is told to screen readers as that of the words, not of VS Code', () => {
    speak('auto', 'de');
    assert.equal(messageLanguage(), 'en');
    speak('auto', 'de', { Cancel: 'Abbrechen' });
    assert.equal(messageLanguage(), 'de');
    speak('vi', 'en');
    assert.equal(messageLanguage(), 'vi');
    speak('tlh', 'de');
    assert.equal(messageLanguage(), 'en');
  });

  it('can be set to every language that there is a translation for, and no other', () => {
    const properties: Record<string, { readonly enum?: readonly string[] }> = Object.fromEntries(
      manifest.contributes.configuration.flatMap((group) =>
        Object.entries<object>(group.properties),
      ),
    );
    const offered = properties['scenewright.displayLanguage']?.enum;
    const spoken = new Set(translations().map(({ language }) => language));
    assert.deepEqual(offered, ['auto', 'en', ...spoken]);
  });

  it('has its own numbers, also in messages and with money', () => {
    speak('auto', 'de');
    assert.equal(t('{0} s', 7.5), '7,5 s');
    assert.equal(formatSeconds(7.5), '7,5 s');
    assert.equal(formatBytes(12_400_000), '12,4 MB');
    assert.equal(formatPercent(0.64), '64 %');
    assert.equal(plainMoney(1.5), '1,50');
    assert.match(formatMoney({ currency: 'USD', amount: 1.4 }), /^1,40\s\$$/u);
    assert.equal(t('seed {0}', 4_294_967_295), 'seed 4294967295');
    // A tag that `Intl` cannot read, as of an odd language pack.
    speak('auto', 'not_a_tag!');
    assert.equal(t('{0} s', 7.5), '7.5 s');
  });

  it('has lengths that can be typed back', () => {
    for (const { language, name } of translations()) {
      if (name.startsWith('package')) continue;
      speak(language, 'en');
      for (const seconds of [1, 45, 90, 180, 200, 3600, 3661, 7.5]) {
        assert.equal(parseDuration(formatDuration(seconds)), seconds, formatDuration(seconds));
      }
    }
  });
});
