import { englishName } from '../../script/language-tag.ts';

/** The English name of a language with its tag, such as `Vietnamese (vi)`. */
export function languageName(tag: string): string {
  // Of what is no tag the writer's own word for the language will do.
  const name = englishName(tag) ?? tag;
  return name === tag ? tag : `${name} (${tag})`;
}

/** Languages that are written without spaces between words, where characters are counted. */
const countedByCharacters = new Set(['zh', 'ja', 'yue', 'th', 'lo', 'km', 'my']);

/** How much speech a second takes, as words of an instruction: `2 words for every second`. */
export function spokenRate(tag: string): string {
  const language = tag.toLowerCase().split(/[-_]/)[0] ?? '';
  return countedByCharacters.has(language)
    ? '4 characters for every second'
    : '2 words for every second';
}
