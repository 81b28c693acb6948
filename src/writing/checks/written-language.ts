import { t } from '../../base/l10n.ts';
import { memoize } from '../../base/memoize.ts';
import { languageName } from '../../models/prompts/language-names.ts';
import { shownLanguage, shownScript } from '../../script/shown-language.ts';
import { functionWords, relatives } from './function-words.ts';

/** What a text is written in, as far as that can be told. */
export interface WrittenIn {
  /** As models are told. */
  readonly english: string;
  /** As the writer reads it. */
  readonly shown: string;
}

/**
 * What a text is written in, if that is surely not the language it should be in: another
 * writing system, or another language of the same one. `undefined` when it is right, when it is too
 * short to tell, and whenever there is room for doubt.
 *
 * @param tag BCP 47; of a language that is named in another way, nothing is known
 */
export function foreignLanguage(text: string, tag: string): WrittenIn | undefined {
  const locale = likely(tag);
  if (locale === undefined) return undefined;
  return foreignScript(text, locale) ?? foreignWords(text, locale.language);
}

/** So many letters are enough to tell the writing system; a foreign name alone is shorter. */
const lettersForScript = 30;

/** Of those letters, so many have to belong to another writing system. */
const foreignShare = 0.7;

function foreignScript(text: string, { language, script }: Intl.Locale): WrittenIn | undefined {
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
  if (other === undefined) {
    return { english: 'another writing system', shown: t('another writing system') };
  }
  const detected = other.name === 'Latin' ? strongest(wordsOf(text))?.language : undefined;
  if (detected !== undefined) return inLanguage(detected);
  const shown = t('{0} script', shownScript(other.codes[0] ?? ''));
  return { english: `${other.name} script`, shown };
}

function inLanguage(tag: string): WrittenIn {
  return { english: languageName(tag), shown: shownLanguage(tag) };
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
  { name: 'Chinese', codes: ['Hani', 'Hans', 'Hant'], letters: /\p{sc=Han}/gu },
];

/** Languages that people write in more than one system. */
const writtenInSeveral = new Set(
  'az bs crh cnr ha hi jv kk ks ku ky mn ms pa ro sd sh sr su tg tk tt ug ur uz zgh'.split(' '),
);

/** So many different small words of another language make sure that it is that language. */
const differentWords = 5;

/** And so much of the text has to be made of its small words. */
const wordShare = 0.2;

function foreignWords(text: string, language: string): WrittenIn | undefined {
  const words = wordsOf(text);
  const other = strongest(words, language);
  if (other === undefined) return undefined;
  const own = lexicon()[aliases[language] ?? language];
  if (own === undefined) {
    // Nothing is known of how the right language looks, so that the other one has to be evident.
    return other.share >= 1.5 * wordShare ? inLanguage(other.language) : undefined;
  }
  const { hits } = count(words, own);
  return hits * 3 <= other.hits ? inLanguage(other.language) : undefined;
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

/**
 * The language that a text, be it as short as an idea, is plainly in; `undefined` where that is in doubt.
 *
 * @param likelier the tag of one that is given the benefit of the doubt
 */
export function plainLanguage(text: string, likelier: string): string | undefined {
  const found = byLetters(text) ?? byWords(text, likelier);
  const isLikelier = found !== undefined && found === likely(likelier)?.language;
  return isLikelier ? likelier : found;
}

/** Two letters of Vietnamese, one of which no other language has. */
const ownOfVietnam = 'ơưảẩẳẻểỉỏổởủửỷấầẫậắằẵặếềễệốồỗộớờỡợứừữự';
const ofVietnam = `đạẹịọụỵ${ownOfVietnam}`;
const twoOfVietnam = new RegExp(
  `^(?=.*[${ownOfVietnam}])[^${ofVietnam}]*[${ofVietnam}][^${ofVietnam}]*[${ofVietnam}]`,
  'isu',
);

/** Letters that say which language it is, as far as anybody writes scripts with them: the first that are there. */
const ownLetters: readonly (readonly [tag: string, own: RegExp, all: RegExp])[] = [
  ['ja', /[\p{sc=Hira}\p{sc=Kana}]/u, /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー]/gu],
  ['ko', /\p{sc=Hangul}/u, /[\p{sc=Hangul}\p{sc=Han}]/gu],
  ['zh', /\p{sc=Han}/u, /\p{sc=Han}/gu],
  ['th', /\p{sc=Thai}/u, /\p{sc=Thai}/gu],
  ['el', /\p{sc=Greek}/u, /\p{sc=Greek}/gu],
  ['he', /\p{sc=Hebrew}/u, /\p{sc=Hebrew}/gu],
  ['vi', twoOfVietnam, /\p{sc=Latin}/gu],
];

function byLetters(text: string): string | undefined {
  const composed = text.normalize('NFC');
  const letters = composed.match(/\p{L}/gu)?.length ?? 0;
  const found = ownLetters.find(
    ([, own, all]) => own.test(composed) && (composed.match(all)?.length ?? 0) * 2 > letters,
  );
  return found?.[0];
}

/** The language that has most small words in it, and enough of them. */
function byWords(text: string, likelier: string): string | undefined {
  const words = wordsOf(text);
  const counts = Object.entries(lexicon())
    .map(([tag, known]) => ({ tag, ...count(words, known) }))
    .filter(({ hits, different }) => different >= 2 && hits >= words.length * ideaShare);
  const most = Math.max(...counts.map(({ hits }) => hits));
  const best = counts.filter(({ hits }) => hits === most).map(({ tag }) => tag);
  if (best.length === 1) return best[0];
  const language = likely(likelier)?.language ?? '';
  return best.includes(aliases[language] ?? language) ? language : undefined;
}

/** So much of an idea, which is short, has to be small words of its language. */
const ideaShare = 0.3;

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
