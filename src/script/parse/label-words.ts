import { type LabelLanguage, type LabelName, labelWords, type WrittenName } from './label-table.ts';

/**
 * The words of a label, each language's first one first.
 *
 * @param language the only one that is wanted; without it those of all
 */
export function wordsFor(name: LabelName, language?: LabelLanguage): string[] {
  const all = language === undefined ? Object.values(labelWords) : [labelWords[language]];
  return all.flatMap((words: Partial<Record<LabelName, string>>) => list(words[name]));
}

/** The one of each language that Scenewright writes. */
export function firstWordsFor(name: WrittenName): string[] {
  return Object.values(labelWords).flatMap((words) => list(words[name]).slice(0, 1));
}

function list(words = ''): string[] {
  return words === '' ? [] : words.split(/\s*\|\s*/u);
}

/**
 * The language of the table that a BCP 47 tag is of.
 *
 * @returns `undefined` for a language that it does not have, and for what is no tag
 */
export function labelLanguage(tag: string): LabelLanguage | undefined {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    const known = script === 'Hant' ? `${language}-Hant` : (otherNames[language] ?? language);
    return Object.hasOwn(labelWords, known) ? (known as LabelLanguage) : undefined;
  } catch {
    return undefined;
  }
}

/** Norwegian has two written forms, of which one is what most mean. */
const otherNames: Readonly<Record<string, string>> = { nb: 'no', nn: 'no' };
