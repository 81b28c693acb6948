import { functionWords, relatives } from './function-words.ts';
import { languageName } from '../../models/prompts/language-names.ts';
import { memoize } from '../../base/memoize.ts';

/**
 * The name of what a text is written in, if that is surely not the language it should be in: another
 * writing system, or another language of the same one. `undefined` when it is right, when it is too
 * short to tell, and whenever there is room for doubt.
 *
 * @param tag BCP 47; of a language that is named in another way, nothing is known
 */
export function foreignLanguage(text: string, tag: string): string | undefined {
  const locale = likely(tag);
  if (locale === undefined) return undefined;
  return foreignScript(text, locale) ?? foreignWords(text, locale.language);
}

/** So many letters are enough to tell the writing system; a foreign name alone is shorter. */
const lettersForScript = 30;

/** Of those letters, so many have to belong to another writing system. */
const foreignShare = 0.7;

function foreignScript(text: string, { language, script }: Intl.Locale): string | undefined {
  const own = scripts.find(({ codes }) => codes.includes(script ?? ''));
  if (own === undefined || writtenInSeveral.has(language)) return undefined;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < lettersForScript) return undefined;
  const rest = letters - (text.match(own.letters)?.length ?? 0);
  if (rest < letters * foreignShare) return undefined;
  // Latin first of all: it says most about which language it is.
  const other = scripts.find(
    ({ letters: of }) => of !== own.letters && (text.match(of)?.length ?? 0) >= letters / 2,
  );
  if (other === undefined) return 'another writing system';
  const detected = other.name === 'Latin' ? strongest(wordsOf(text))?.language : undefined;
  return detected === undefined ? `${other.name} script` : languageName(detected);
}

interface Script {
  readonly name: string;
  /** ISO 15924 codes that stand for it. */
  readonly codes: readonly string[];
  readonly letters: RegExp;
}

const scripts: readonly Script[] = [
  { name: 'Latin', codes: ['Latn'], letters: /\p{sc=Latin}/gu },
  { name: 'Cyrillic', codes: ['Cyrl'], letters: /\p{sc=Cyrillic}/gu },
  { name: 'Greek', codes: ['Grek'], letters: /\p{sc=Greek}/gu },
  { name: 'Arabic', codes: ['Arab'], letters: /\p{sc=Arabic}/gu },
  { name: 'Hebrew', codes: ['Hebr'], letters: /\p{sc=Hebrew}/gu },
  { name: 'Devanagari', codes: ['Deva'], letters: /\p{sc=Devanagari}/gu },
  { name: 'Bengali', codes: ['Beng'], letters: /\p{sc=Bengali}/gu },
  { name: 'Tamil', codes: ['Taml'], letters: /\p{sc=Tamil}/gu },
  { name: 'Thai', codes: ['Thai'], letters: /\p{sc=Thai}/gu },
  { name: 'Korean', codes: ['Kore', 'Hang'], letters: /[\p{sc=Hangul}\p{sc=Han}]/gu },
  { name: 'Japanese', codes: ['Jpan'], letters: /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー]/gu },
  { name: 'Chinese', codes: ['Hans', 'Hant', 'Hani'], letters: /\p{sc=Han}/gu },
];

/** Languages that people write in more than one system. */
const writtenInSeveral = new Set(
  'az bs crh cnr ha hi jv kk ks ku ky mn ms pa ro sd sh sr su tg tk tt ug ur uz zgh'.split(' '),
);

/** So many different small words of another language make sure that it is that language. */
const differentWords = 5;

/** And so much of the text has to be made of its small words. */
const wordShare = 0.2;

function foreignWords(text: string, language: string): string | undefined {
  const words = wordsOf(text);
  const other = strongest(words, language);
  if (other === undefined) return undefined;
  const own = lexicon()[aliases[language] ?? language];
  if (own === undefined) {
    // Nothing is known of how the right language looks, so that the other one has to be evident.
    return other.share >= 1.5 * wordShare ? languageName(other.language) : undefined;
  }
  const { hits } = count(words, own);
  return hits * 3 <= other.hits ? languageName(other.language) : undefined;
}

interface Evidence {
  readonly language: string;
  readonly hits: number;
  readonly share: number;
}

/** The language, other than this one and its relatives, whose small words the text has most. */
function strongest(words: readonly string[], expected = ''): Evidence | undefined {
  const near = new Set([expected, ...relatives.filter((row) => row.includes(expected)).flat()]);
  let best: Evidence | undefined;
  for (const [language, known] of Object.entries(lexicon())) {
    if (near.has(language)) continue;
    const { hits, different } = count(words, known);
    const share = hits / words.length;
    if (different < differentWords || share < wordShare) continue;
    if (best === undefined || hits > best.hits) best = { language, hits, share };
  }
  return best;
}

function count(
  words: readonly string[],
  known: ReadonlySet<string>,
): { hits: number; different: number } {
  const found = words.filter((word) => known.has(word));
  return { hits: found.length, different: new Set(found).size };
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu) ?? []
  );
}

/** Tags of languages that the table has under another one. */
const aliases: Readonly<Record<string, string>> = {
  bs: 'hr',
  fil: 'tl',
  nb: 'no',
  nn: 'no',
  sh: 'hr',
};

const lexiconOf = memoize(
  (words: typeof functionWords): Readonly<Record<string, ReadonlySet<string>>> =>
    Object.fromEntries(
      Object.entries(words).map(([language, list]) => [language, new Set(list.split(' '))]),
    ),
);

function lexicon(): Readonly<Record<string, ReadonlySet<string>>> {
  return lexiconOf(functionWords);
}

/**
 * Whether a text, be it as short as an idea, is plainly in a language. Only of some languages this can
 * be said at all.
 *
 * @param tag BCP 47
 */
export function isPlainly(text: string, tag: string): boolean {
  const locale = likely(tag);
  if (locale === undefined) return false;
  const own = lexicon()[aliases[locale.language] ?? locale.language];
  if (own === undefined) {
    const script = scripts.find(({ codes }) => codes.includes(locale.script ?? ''));
    if (script === undefined || !spokenAlone.has(script.name)) return false;
    return (text.match(script.letters)?.length ?? 0) * 2 > (text.match(/\p{L}/gu)?.length ?? 0);
  }
  const words = wordsOf(text);
  const { hits, different } = count(words, own);
  if (different < 2) return false;
  const near = new Set(relatives.filter((row) => row.includes(locale.language)).flat());
  return Object.entries(lexicon()).every(
    ([language, known]) => known === own || near.has(language) || count(words, known).hits < hits,
  );
}

/** Writing systems that stand for one language each, as far as anybody writes scripts in them. */
const spokenAlone = new Set(['Chinese', 'Japanese', 'Korean', 'Thai', 'Greek', 'Hebrew']);

/** Enough of a word to find it again with another ending: `braided` where `braid` is meant. */
function stem(word: string): string {
  return word.slice(0, 5);
}

/**
 * The words of a text that say something, cut so that other endings of them are the same; where words are
 * not parted by spaces, every two neighbouring characters.
 *
 * @param tag BCP 47, of the language that it is in
 */
export function tellingWords(text: string, tag: string): string[] {
  const language = likely(tag)?.language ?? '';
  const small = lexicon()[aliases[language] ?? language] ?? new Set();
  return wordsOf(text).flatMap((word) => {
    if (unspaced.test(word)) {
      const letters = Array.from(word);
      return letters.slice(1).map((letter, i) => `${letters[i] ?? ''}${letter}`);
    }
    return word.length < 4 || small.has(word) ? [] : [stem(word)];
  });
}

const unspaced = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u;

/** The locale with its usual script; nothing for what is no tag, such as a language's own name. */
function likely(tag: string): Intl.Locale | undefined {
  try {
    const locale = new Intl.Locale(tag).maximize();
    return locale.script === undefined ? undefined : locale;
  } catch {
    return undefined;
  }
}
