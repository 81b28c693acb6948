import { locale } from '../../base/locale.ts';
import { languageTag } from '../../script/language-tag.ts';
import { plainLanguage } from '../../writing/checks/written-language.ts';
import { settings } from '../settings.ts';

/**
 * The language of a new script for which nobody has named one: what the setting says, else what the idea is
 * plainly in, else the one that the window speaks.
 */
export function languageOfNew(idea: string): string {
  const set = settings.writer.language.value.trim();
  if (set !== '' && set !== 'auto') return languageTag(set) ?? set;
  const window = languageTag(locale()) ?? 'en';
  return plainLanguage(idea, window) ?? window;
}
