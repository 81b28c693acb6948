import { sexOfName } from './idea-names.ts';
import { numberIn } from '../../script/number-words.ts';
import type { Kind, Sex } from './people.ts';
import type { Stories } from './read-stories.ts';
import { wholeWord } from './sentences.ts';

/** People and animals that an idea speaks of: of which kind, how many, and by which names. */

export interface Person {
  readonly name: string | undefined;
  readonly kind: Kind | undefined;
  /** Where the idea says so, or the name. */
  readonly sex: Sex | undefined;
}

/** More people are read from no idea. */
export const mostPeople = 8;

/** Animals that speak are as good as people. */
export const talking =
  /(?<!\p{L})(?:talking|speaking|sprechende[rsn]?|parlante?s?|qui parle|que habla|biết nói)(?!\p{L})/iu;

export interface Found {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  readonly number: number;
}

/** How many a word before people tells of, in any of the languages. */
function numberOf(word: string): number | undefined {
  if (word === 'both' || word === 'twin') return 2;
  const tags = ['en', 'vi', 'es', 'de', 'fr'];
  const found = tags.map((tag) => numberIn(word, tag)).find((number) => number !== undefined);
  return found !== undefined && found <= mostPeople ? found : undefined;
}

export function findPeople(text: string, kinds: Stories['kinds']): Found[] {
  const all: Found[] = [];
  for (const { kind, pattern } of kinds) {
    for (const match of text.matchAll(pattern)) {
      const before = text.slice(0, match.index).toLowerCase();
      const counted = /([\p{L}\p{M}]+)\s+(?:[\p{L}\p{M}-]+\s+)?$/u.exec(before)?.[1] ?? '';
      const direct = /([\p{L}\p{M}]+)\s+$/u.exec(before)?.[1] ?? '';
      const inside = /^hai /iu.test(match[0]) ? 2 : 1;
      const pair = kind.label === 'couple' ? 2 : inside;
      const number = Math.max(pair, numberOf(direct) ?? numberOf(counted) ?? 1);
      all.push({ kind, start: match.index, end: match.index + match[0].length, number });
    }
  }
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Found[] = [];
  for (const one of all) {
    if (one.start < (kept.at(-1)?.end ?? 0)) continue;
    if (kept.some(({ kind }) => kind === one.kind)) continue;
    kept.push(one);
  }
  return kept;
}

export function nameThem(
  found: readonly Found[],
  text: string,
  names: readonly string[],
  { people: { names: pools, given: known } }: Stories,
): Person[] {
  const sexOf = (name: string | undefined): Sex | undefined =>
    name === undefined ? undefined : sexOfName(name, text, [...Object.values(pools), known]);
  const female = /(?<!\p{L})(?:she|her|hers|ella|elle|cô|bà)(?!\p{L})/iu.test(text);
  const male = /(?<!\p{L})(?:he|his|him|él|il|ông)(?!\p{L})/iu.test(text);
  const alone = female === male ? undefined : female ? 'f' : 'm';
  const left = new Set(names);
  const people: (Person & { readonly at: number })[] = [];
  for (const one of found) {
    const { kind, number } = one;
    const beside = names.filter((name) => left.has(name) && isBeside(text, one, name));
    // Several who are counted are those who are named.
    const own = number > 1 && left.size >= number ? [...left] : beside;
    for (let i = 0; i < number && people.length < mostPeople; i++) {
      const name = own[i];
      if (name !== undefined) left.delete(name);
      const sex = kind.sex ?? sexOf(name) ?? sexByWord(text, kind);
      const at = Math.min(one.start, name === undefined ? one.start : text.indexOf(name));
      people.push({ name, kind, sex: sex ?? (people.length === 0 ? alone : undefined), at });
    }
  }
  for (const name of [...left].slice(0, mostPeople - people.length)) {
    // Of several people a pronoun may mean anybody.
    const sex = people.length === 0 && left.size === 1 ? alone : undefined;
    people.push({ name, kind: undefined, sex: sexOf(name) ?? sex, at: text.indexOf(name) });
  }
  return people.sort((a, b) => a.at - b.at).map(({ name, kind, sex }) => ({ name, kind, sex }));
}

/** Whether a name is that of somebody of a kind: “brother Tom”, “a dog called Milo”, “Poppy, a small bird”. */
function isBeside(text: string, { start, end }: Found, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const between = at >= end ? text.slice(end, at) : text.slice(at + name.length, start);
    if (at >= end && behind.test(between)) return true;
    if (at + name.length <= start && before.test(between)) return true;
  }
  return false;
}

const behind =
  /^(?:['’]s)?\s*[,:–—-]?\s*(?:(?:named|called|tên(?: là)?|llamad[oa]|namens|nommée?|appelée?|who is called)\s+)?$/iu;
const before =
  /^(?:,| is| was| ist| war| es| est| là)\s+(?:an?|the|my|her|his|ein|eine|der|die|un|une|le|la|el|una|một)?\s*(?:[\p{L}-]+,?\s+){0,2}$/iu;

/** Grammatical gender where the word shows it, as in “farera” or “Lehrerin”. */
function sexByWord(text: string, kind: Kind): Sex | undefined {
  const match = wholeWord(kind.words).exec(text)?.[0] ?? '';
  if (/(?:in|euse|ère|trice|ienne)$/iu.test(match) && !/^(?:marin|captain)/iu.test(match))
    return 'f';
  if (/(?:era|ora|ina|tora)$/iu.test(match)) return 'f';
  return undefined;
}
