import { messageLanguage } from '../base/l10n.ts';
import { forLocale } from '../base/locale.ts';

const names = forLocale(
  (reader) => ({
    languages: new Intl.DisplayNames([reader], { type: 'language' }),
    scripts: new Intl.DisplayNames([reader], { type: 'script' }),
  }),
  messageLanguage,
);

/** What a language is called in the language of messages; of what is no tag, the writer's own word for it. */
export function languageLabel(tag: string): string {
  return named(names().languages, tag);
}

/** The same within a sentence. */
export function shownLanguage(tag: string): string {
  return inSentence(languageLabel(tag));
}

/**
 * The same of a writing system.
 *
 * @param code ISO 15924
 */
export function shownScript(code: string): string {
  return inSentence(named(names().scripts, code));
}

function named(all: Intl.DisplayNames, code: string): string {
  try {
    return all.of(code) ?? code;
  } catch {
    return code;
  }
}

/** In Vietnamese they begin with the word for language or writing, which is a name's only where it stands alone. */
function inSentence(name: string): string {
  return name.replace(/^(?:Tiếng|Chữ) /u, (word) => word.toLowerCase());
}
