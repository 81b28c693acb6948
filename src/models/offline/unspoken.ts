import { t } from '../../base/l10n.ts';
import { englishName } from '../../script/language-tag.ts';
import { shownLanguage } from '../../script/shown-language.ts';
import { plainLine } from './idea.ts';
import type { Stories } from './read-stories.ts';

/** The name of a language that may have been typed in any way. */
export function languageName(tag: string): string {
  // Not a language tag at all: the writer will know what it means.
  return englishName(tag) ?? (plainLine(tag, 40) || 'the language of the script');
}

/** What a writer has to know of a script in a language that the stories are not told in. */
export function noticeOfLanguage(tag: string, stories: Stories): string | undefined {
  if (stories.speaks(tag)) return undefined;
  return t(
    'The offline scaffold does not speak {0}. Its beats and actions are in English, to be told anew, and what is said is left to you, as to-dos. Another writer model writes all of it: choose one with “Scenewright: Choose Writer Model”.',
    shownLanguage(plainLine(tag, 40)) || t('the language of the script'),
  );
}
