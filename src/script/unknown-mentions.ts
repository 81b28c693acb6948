import type { Span } from './markdown/block-types.ts';
import { namedIn } from './mentions.ts';
import type { KnownNames, Named } from './names.ts';
import { nearNames, personMeant, placeMeant, unspaced } from './near-names.ts';

/** An `@` before what is the name of nobody and nothing in the front matter. */
export interface UnknownMention {
  readonly name: string;
  /** Of the name, without the `@`. */
  readonly span: Span;
  /** Whom or what may be meant, the likeliest first. */
  readonly meant: readonly Named[];
}

/** No address (`mara@sea.org`, `@cafe.luna`, `/@vite`) and no figure (`@24fps`). */
const word =
  /(?<![\p{L}\p{M}\p{N}.@/\\_+-])@(\p{L}[\p{L}\p{M}\p{N}_-]*(?:['’](?!s(?!\p{L}))\p{L}+)?)(?![\p{L}\p{M}\p{N}_/@-]|\.[\p{L}\p{N}])/gu;

/** Code, and what somebody reads in the picture. */
const quoted = /`[^`]*`|"@[^"\s]*"|“@[^”\s]*”|'@[^'\s]*'|‘@[^’\s]*’/gu;

/** A word that a name may go on with. */
const nextWord = /\s+[\p{L}\p{M}-]+/uy;

/** No name has more words. */
const mostWords = 4;

/** In the order of the text. */
export function unknownMentions(text: string, known: KnownNames): UnknownMention[] {
  if (!text.includes('@')) return [];
  const taken = [...text.matchAll(quoted)].map(({ 0: all, index }) => ({
    start: index,
    end: index + all.length,
  }));
  taken.push(...namedIn(text, known).map(({ span }) => span));
  return [...text.matchAll(word)].flatMap(({ 1: first = '', index }) => {
    if (taken.some(({ start, end }) => start <= index && index < end)) return [];
    const found = mentionAt(text, index + 1, first, known);
    return found === undefined ? [] : [found];
  });
}

/**
 * As many words as are near to a name of so many, or else all that begin with a capital. What has other
 * signs than letters, as `@cafe_luna`, is a name only where it is near to one.
 */
function mentionAt(
  text: string,
  start: number,
  first: string,
  known: KnownNames,
): UnknownMention | undefined {
  const ends = [start + first.length];
  for (let end = start + first.length; ends.length < mostWords;) {
    nextWord.lastIndex = end;
    if (!nextWord.test(text)) break;
    end = nextWord.lastIndex;
    ends.push(end);
  }
  const upTo = (end: number, meant: readonly Named[]): UnknownMention => ({
    name: text.slice(start, end).replace(/\s+/gu, ' '),
    span: { start, end },
    meant,
  });
  for (const end of ends.toReversed()) {
    const meant = meantBy(upTo(end, []).name, known);
    if (meant.length > 0) return upTo(end, meant);
  }
  if (!/^[\p{L}\p{M}’'-]+$/u.test(first) || unspaced.test(first)) return undefined;
  const small = /^\p{Lu}/u.test(first)
    ? ends.findIndex((end) => /^\s+\P{Lu}/u.test(text.slice(end)) || !/^\s/u.test(text.slice(end)))
    : 0;
  return upTo(ends[small] ?? start + first.length, []);
}

function meantBy(name: string, { characters, places }: KnownNames): Named[] {
  const countOf = (text: string): number => text.split(/[\s_]+/u).length;
  const count = countOf(name);
  const near = [...nearNames(characters, name), ...nearNames(places, name)];
  // Of a single word, a part of a name is enough.
  const one = count > 1 ? [] : [personMeant(characters, name), placeMeant(places, name)];
  const all = new Set([...one.filter((entry) => entry !== undefined), ...near]);
  return [...all].filter((entry) => count === 1 || countOf(entry.name) === count);
}

/** The text with each name behind an `@` as it is known, where one alone may be meant. */
export function withKnownNames(text: string, known: KnownNames): string {
  return unknownMentions(text, known).reduceRight((now, { span, meant }) => {
    const [one, ...others] = meant;
    if (one === undefined || others.length > 0) return now;
    return now.slice(0, span.start) + one.name + now.slice(span.end);
  }, text);
}
