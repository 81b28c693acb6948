/**
 * Words that a calm narrator speaks in a minute. English is the usual 150 of voice-over work; the
 * others stand to it as the reading speeds of the same texts stand to each other in Trauzettel-
 * Klosinski and Dietz, "Standardized Assessment of Reading Performance" (IReST), Invest. Ophthalmol.
 * Vis. Sci. 53 (2012), 5452, in the middle between that and equal speed, since practised voices vary
 * less than test readers. Korean (word groups) and Vietnamese (syllables, each written as a word)
 * follow from their syllable rates: about 3 syllables a word group, and 3.3 syllables a second.
 */
const wordsPerMinute: Readonly<Record<string, number>> = {
  ar: 120,
  de: 134,
  en: 150,
  es: 147,
  fi: 128,
  fr: 139,
  he: 137,
  it: 137,
  ko: 105,
  nl: 141,
  pl: 130,
  pt: 135,
  ru: 136,
  sl: 134,
  sv: 140,
  tr: 130,
  vi: 200,
};

/** For languages that the table does not have: the mean of its European languages. */
const otherWordsPerMinute = 137;

/**
 * Characters a second where words are not parted by spaces: Japanese as news readers speak it (300
 * a minute), Chinese at a narrator's 4 characters a second; Thai, Lao, Khmer and Burmese from about
 * 3.5 syllables a second with about 3 signs each.
 */
const unspaced: readonly (readonly [RegExp, number])[] = [
  [/[\p{sc=Hira}\p{sc=Kana}ー]/gu, 5],
  [/\p{sc=Han}/gu, 4],
  [/(?:\p{sc=Thai}|\p{sc=Laoo}|\p{sc=Khmr}|\p{sc=Mymr})/gu, 10.5],
];

/**
 * About how many seconds it takes to speak a text, pauses for effect left out. Meant for a warning
 * that a clip is too short for its words, not for lip sync.
 *
 * @param language BCP 47 tag. Writing without spaces between words is recognised by itself.
 */
export function spokenSeconds(text: string, language: string): number {
  const primary = primaryOf(language);
  let seconds = 0;
  let rest = text;
  for (const [characters, perSecond] of unspaced) {
    const rate = primary === 'ja' && perSecond === 4 ? 5 : perSecond;
    seconds += (rest.match(characters)?.length ?? 0) / rate;
    rest = rest.replace(characters, ' ');
  }
  return seconds + (wordsIn(rest) * 60) / calmPace(language);
}

/** Words that a calm narrator speaks in a minute. */
export function calmPace(language: string): number {
  return wordsPerMinute[primaryOf(language)] ?? otherWordsPerMinute;
}

/** How many words a text has, where they are parted by spaces; none of others. */
export function spokenWords(text: string): number {
  return wordsIn(unspaced.reduce((rest, [characters]) => rest.replace(characters, ' '), text));
}

function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu)?.length ?? 0;
}

function primaryOf(language: string): string {
  return language.toLowerCase().split(/[-_]/, 1)[0] ?? '';
}
