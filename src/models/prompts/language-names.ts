import { lazily } from '../../base/lazily.ts';

const english = lazily(() => new Intl.DisplayNames(['en'], { type: 'language' }));

/** The English name of a language with its tag, such as `Vietnamese (vi)`. */
export function languageName(tag: string): string {
  try {
    const name = english().of(tag);
    return name === undefined || name === tag ? tag : `${name} (${tag})`;
  } catch {
    return tag; // Not a well-formed tag; the writer's own word for the language will do.
  }
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
