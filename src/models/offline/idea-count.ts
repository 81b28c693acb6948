/** What a list or an explanation is of. */
export interface Topic {
  /** The number of a list, 2 to 50. */
  readonly count: number | undefined;
  /** Whether the list is counted downwards, as a “top ten” is. */
  readonly countdown: boolean;
  /** What a list or explanation is about, without its number. */
  readonly topic: string;
}

/** Number words from two on, in order, by language. */
const words: Readonly<Record<string, string>> = {
  en: 'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
  de: 'zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig',
  es: 'dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte',
  fr: 'deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt',
  vi: 'hai ba bốn năm sáu bảy tám chín mười',
};

const lead =
  /^(?:(?:the|my|our|your|top|best|these|los|las|les|die|der|mes|nos|meine|unsere|mis|nuestros|những)\s+)*/iu;

/** @param language BCP 47 tag; numbers in words are read in it and in English */
export function readTopic(text: string, language: string): Topic {
  const [before = ''] = lead.exec(text) ?? [];
  const rest = text.slice(before.length);
  const [all = '', first = ''] = /^(\d{1,3}|a dozen|[\p{L}\p{M}-]+)\s+(?=\S)/iu.exec(rest) ?? [];
  const count = numberIn(first.toLowerCase(), language.toLowerCase().split(/[-_]/u)[0] ?? '');
  if (count === undefined || count < 2 || count > 50) {
    return { count: undefined, countdown: false, topic: text };
  }
  const topic = rest.slice(all.length);
  return { count, countdown: /(?:^|\s)top\s/iu.test(before), topic };
}

function numberIn(word: string, language: string): number | undefined {
  if (/^\d+$/u.test(word)) return Number(word);
  if (word === 'a dozen') return 12;
  for (const known of [words[language], words.en]) {
    const index = known?.split(' ').indexOf(word) ?? -1;
    if (index !== -1) return index + 2;
  }
  return undefined;
}
