import { memoize } from '../base/memoize.ts';
import { type Named, nameKey, named } from './names.ts';
import { namesTogether } from './problems/known-speakers.ts';
import { kinWords, otherSelves, outsideWords, titles } from './name-words.ts';

/**
 * Whom or what a name means that is not quite one of the script's: with or without accents, articles and
 * titles, a part of the name (`Tom` for `Old Tom`), or more than it (`Mara Voss` for `Mara`). Nothing is
 * meant where several would do, and never somebody else who is told of by the name: `Mara's mother`.
 */

/** The character that is meant, if it is plainly one. */
export function personMeant<Entry extends Named>(
  characters: readonly Entry[],
  name: string,
): Entry | undefined {
  const known = named(characters, name) ?? only(alike(characters, name.replace(honorific, '')));
  // Of several who are named as one, none is meant.
  if (known !== undefined || namesTogether(name).length > 1) return known;
  return only(
    candidates(characters, name).filter((entry) =>
      isPersonBy(wordsOfName(entry.name), wordsOfName(name)),
    ),
  );
}

/** The place that is meant, if it is plainly one. */
export function placeMeant<Entry extends Named>(
  places: readonly Entry[],
  name: string,
): Entry | undefined {
  return (
    named(places, name) ??
    only(alike(places, name)) ??
    only(
      candidates(places, name).filter((entry) =>
        isPlaceBy(wordsOfName(entry.name), wordsOfName(name)),
      ),
    ) ??
    only(places.length > mostCompared ? [] : places.filter((entry) => isSlip(entry.name, name)))
  );
}

/**
 * The words of a name that tell it from others, in capitals: without accents in writing that has them as
 * marks, without what is in parentheses, and without an article before them.
 */
function wordsOfName(name: string): readonly string[] {
  const plain = name
    .replace(/[([（【][^)\]）】]*[)\]）】]/gu, ' ')
    .normalize('NFD')
    .replace(/(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}]\p{M}*)\p{M}/gu, '')
    .normalize('NFKC')
    .replace(/[đĐðÐ]/gu, 'd')
    .replace(/[łŁ]/gu, 'l')
    .replace(/[øØ]/gu, 'o')
    .replace(/(?<!\p{L})(?:l|un|dell|all|nell|sull)['’](?=\p{L})/giu, ' ')
    .replace(/['’‘´`]/gu, '');
  const words = plain.toUpperCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const [first = ''] = words;
  return words.length > 1 && articles.has(first) ? words.slice(1) : words;
}

const articles = new Set(
  'THE A AN DER DIE DAS DEN DEM EIN EINE LE LA LES UNE EL LOS LAS UNA IL LO GLI O OS AS UM UMA DE HET EEN ET'.split(
    ' ',
  ),
);

/** What Japanese, Korean and Chinese put behind names. */
const honorific = /(?<=\S)(?:さん|くん|君|ちゃん|様|さま|先生|先輩|氏|씨|님|老师|小姐|女士)$/u;

/** Writing without spaces between words, where one name is in another by its characters alone. */
export const unspaced =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;

/** Entries with the same words in the same order. */
function alike<Entry extends Named>(entries: readonly Entry[], name: string): readonly Entry[] {
  const key = wordsOfName(name).join(' ');
  if (key === '') return [];
  const found: readonly Named[] = indexOf(entries).byWords.get(key) ?? [];
  return entries.filter((entry) => found.includes(entry));
}

/** Entries whose words are all in the name, or which have all of its words. */
function candidates<Entry extends Named>(
  entries: readonly Entry[],
  name: string,
): readonly Entry[] {
  const words = wordsOfName(name);
  const { byWord, joined } = indexOf(entries);
  const found = new Set<Named>(words.flatMap((word) => byWord.get(word) ?? []));
  if (unspaced.test(name) && entries.length <= mostCompared) {
    const key = words.join('');
    for (const [other, entry] of joined) {
      if (Math.min(key.length, other.length) < 2) continue;
      if (key.includes(other) || other.includes(key)) found.add(entry);
    }
  }
  return entries.filter((entry) => found.has(entry));
}

/** Bibles with more entries than any story has are only searched by words. */
const mostCompared = 200;

const indexOf = memoize((entries: readonly Named[]) => {
  const byWords = new Map<string, Named[]>();
  const byWord = new Map<string, Named[]>();
  const joined: (readonly [string, Named])[] = [];
  const add = (map: Map<string, Named[]>, key: string, entry: Named): void => {
    const known = map.get(key);
    if (known === undefined) map.set(key, [entry]);
    else if (!known.some(({ name }) => nameKey(name) === nameKey(entry.name))) known.push(entry);
  };
  for (const entry of entries) {
    const words = wordsOfName(entry.name);
    add(byWords, words.join(' '), entry);
    for (const word of new Set(words)) add(byWord, word, entry);
    joined.push([words.join(''), entry]);
  }
  return { byWords, byWord, joined };
});

function only<Entry>(entries: readonly Entry[]): Entry | undefined {
  return entries.length === 1 ? entries[0] : undefined;
}

type Words = readonly string[];

/** A part of the name alone, or the name with titles before it and anything but another person behind. */
function isPersonBy(known: Words, name: Words): boolean {
  if (isPart(name, known)) return name.some((word) => !titles.has(word));
  const at = runIn(known, name);
  if (at === -1) return isInside(known, name, false);
  const before = name.slice(0, at);
  const behind = name.slice(at + known.length);
  return (
    before.every((word) => titles.has(word)) &&
    !behind.some((word) => otherSelves.has(word) || kinWords.has(word) || /\p{N}/u.test(word))
  );
}

/** A part of the name, or the name with more about it that does not lead out of it. */
function isPlaceBy(known: Words, name: Words): boolean {
  if (isPart(name, known)) return numbersIn(name) === numbersIn(known) || numbersIn(name) === '';
  const at = runIn(known, name);
  if (at === -1) return isInside(known, name, true);
  const rest = [...name.slice(0, at), ...name.slice(at + known.length)];
  return !rest.some((word) => outsideWords.has(word)) && numbersIn(rest) === '';
}

/** Whether all of the words are among the others, which are more. */
function isPart(part: Words, whole: Words): boolean {
  return part.length < whole.length && part.every((word) => whole.includes(word));
}

/** Where one row of words stands in another; -1 if nowhere. */
function runIn(run: Words, words: Words): number {
  if (run.length === 0) return -1;
  return words.findIndex((_, at) => run.every((word, i) => words[at + i] === word));
}

/** The same where words are not parted. What the possessive follows is told of and not meant. */
function isInside(known: Words, name: Words, isPlace: boolean): boolean {
  const [a, b] = [known.join(''), name.join('')];
  if (!unspaced.test(a + b) || Math.min(a.length, b.length) < 2) return false;
  if (a.includes(b)) return true;
  if (!b.includes(a)) return false;
  const [before = '', behind = ''] = b.split(a);
  const owns = /[の的之의]/u;
  return !owns.test(behind) && (isPlace || !owns.test(before));
}

function numbersIn(words: Words): string {
  return words.filter((word) => /\p{N}/u.test(word)).join(' ');
}

/** Whether a name is another one with a letter or two missed, added or changed. */
function isSlip(known: string, name: string): boolean {
  const [a, b] = [wordsOfName(known), wordsOfName(name)];
  if (numbersIn(a) !== numbersIn(b)) return false;
  const [one, other] = [a.join(''), b.join('')];
  const length = Math.min(one.length, other.length);
  const allowed = length < 6 || unspaced.test(one) ? 0 : length < 12 ? 1 : 2;
  return (
    allowed > 0 && Math.abs(one.length - other.length) <= allowed && distance(one, other) <= allowed
  );
}

/**
 * How many letters have to be changed, added, taken out or swapped with the next to make one text of the
 * other: the distance of Damerau and Levenshtein by optimal string alignment.
 */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      const isSwapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const swapped = isSwapped && i > 1 && j > 1 ? (before[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min(same, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return row.at(-1) ?? 0;
}

/** The names that one may have been meant for, the nearest first: for somebody to choose from. */
export function nearNames<Entry extends Named>(
  entries: readonly Entry[],
  name: string,
): readonly Entry[] {
  if (entries.length > mostCompared) return [];
  const word = wordsOfName(name).join('');
  const allowed = Math.floor(word.length / 4);
  return entries
    .map((entry) => {
      const other = wordsOfName(entry.name).join('');
      const isNear = Math.abs(other.length - word.length) <= allowed;
      return { entry, far: isNear ? distance(word, other) : Infinity };
    })
    .filter(({ far }) => far <= allowed)
    .sort((a, b) => a.far - b.far)
    .map(({ entry }) => entry);
}
