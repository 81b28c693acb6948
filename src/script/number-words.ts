/** Number words from two on, in order, by language. */
const words: Readonly<Record<string, string>> = {
  en: 'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
  de: 'zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig',
  es: 'dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte',
  fr: 'deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt',
  vi: 'hai ba bốn năm sáu bảy tám chín mười mười-một mười-hai mười-ba mười-bốn mười-lăm mười-sáu mười-bảy mười-tám mười-chín hai-mươi',
};

/**
 * The number that a word or digits stand for; words from 2 to 20.
 *
 * @param word in small letters
 * @param language of the word, as its tag begins; English is read in any case
 */
export function numberIn(word: string, language: string): number | undefined {
  if (/^\d+$/u.test(word)) return Number(word);
  if (word === 'a dozen') return 12;
  return valueIn(word, words[language]) ?? valueIn(word, words.en);
}

/** The same for a word of any of the languages. */
export function numberInAny(word: string): number | undefined {
  for (const known of Object.values(words)) {
    const value = valueIn(word, known);
    if (value !== undefined) return value;
  }
  return undefined;
}

function valueIn(word: string, known: string | undefined): number | undefined {
  const index = known?.split(' ').indexOf(word) ?? -1;
  return index === -1 ? undefined : index + 2;
}
