import { lazily } from '../base/lazily.ts';
import { normaliseLine } from './normalise-text.ts';

/**
 * The BCP 47 tag of a language as people write it: a tag (`pt-BR`, `pt_br`), a name in English or its
 * own (`Vietnamese`, `Tiếng Việt`, `tieng viet`), both (`Vietnamese (vi)`), or the code of a country
 * where that of its language is meant (`vn`).
 *
 * @param reader tag of a language whose names are known as well (`tiếng Nhật`); in documents, which mean the same to
 * everybody, that is nobody's
 * @returns `undefined` for what is none of them; it may still say something to a model
 */
export function languageTag(text: string, reader = 'en'): string | undefined {
  const word = normaliseLine(text);
  if (word === '' || word.length > longestName) return undefined;
  const inside = /\(([^()]*)\)$/u.exec(word)?.[1];
  return (
    knownTag(word) ??
    tagsByName().get(key(word)) ??
    (reader === 'en' ? undefined : tagNamed(word, reader)) ??
    (inside === undefined ? inside : knownTag(inside))
  );
}

/** Whoever writes more does not name a language. */
const longestName = 60;

const english = lazily(() => displayNames('en'));

function knownTag(word: string): string | undefined {
  const meant = mistaken[word.toLowerCase()] ?? word.replaceAll('_', '-');
  try {
    const [tag] = Intl.getCanonicalLocales(meant);
    return tag === undefined || english().of(tag) === undefined ? undefined : tag;
  } catch {
    return undefined;
  }
}

/**
 * Codes of countries and abbreviations that are often written where ISO 639 has another code. `kr`
 * and `se` would be Kanuri and Northern Sami: whoever means those finds them by name.
 */
const mistaken: Readonly<Record<string, string>> = {
  cn: 'zh',
  cz: 'cs',
  dk: 'da',
  gr: 'el',
  jp: 'ja',
  kr: 'ko',
  se: 'sv',
  sp: 'es',
  tw: 'zh-Hant',
  ua: 'uk',
  us: 'en-US',
  vn: 'vi',
};

/** Languages beyond those with two letters, and kinds that have names of their own. */
const more =
  'fil yue ast ceb haw hmn ckb gsw en-US en-GB en-AU en-CA es-MX es-ES es-419 fr-CA fr-CH de-AT de-CH pt-BR pt-PT nl-BE zh-Hans zh-Hant';

/** What tables of names lack. */
const others: Readonly<Record<string, string>> = {
  bahasa: 'id',
  'bahasa indonesia': 'id',
  castilian: 'es',
  castellano: 'es',
  farsi: 'fa',
  flemish: 'nl-BE',
  mandarin: 'zh',
  'mandarin chinese': 'zh',
  putonghua: 'zh',
  tagalog: 'tl',
  valencian: 'ca',
};

const allTags = lazily(() => {
  const letters = Array.from('abcdefghijklmnopqrstuvwxyz');
  return [...letters.flatMap((a) => letters.map((b) => a + b)), ...more.split(' ')];
});

function tagNamed(word: string, reader: string): string | undefined {
  const names = displayNames(reader);
  const wanted = key(word);
  return allTags().find((tag) => {
    const name = names.of(tag);
    return name !== undefined && key(name) === wanted;
  });
}

/** By {@link key}, made when a name is first looked up: a hundred tables of names are read for it. */
const tagsByName = lazily(() => {
  const known = new Map<string, string>();
  for (const tag of allTags()) {
    const name = english().of(tag);
    if (name === undefined) continue;
    // Where two codes share a name, such as Moldavian, the first is the usual one.
    for (const one of [name, displayNames(tag).of(tag) ?? name]) {
      if (!known.has(key(one))) known.set(key(one), tag);
    }
  }
  for (const [name, tag] of Object.entries(others)) known.set(key(name), tag);
  return known;
});

function displayNames(tag: string): Intl.DisplayNames {
  return new Intl.DisplayNames([tag], { type: 'language', fallback: 'none' });
}

/** Equal for `Chinese (Simplified)` and `simplified Chinese`, with or without accents. */
function key(name: string): string {
  const words = name.normalize('NFKD').toLowerCase().replaceAll('đ', 'd');
  return (words.replace(/\p{M}+/gu, '').match(/[\p{L}\p{N}]+/gu) ?? []).sort().join(' ');
}

/** What a language is called in English; the tag where it has no name, `undefined` where it is no tag. */
export function englishName(tag: string): string | undefined {
  try {
    return english().of(tag) ?? tag;
  } catch {
    return undefined;
  }
}
