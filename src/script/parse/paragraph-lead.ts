import { innerText } from '../inner-text.ts';
import { plainText } from '../markdown/inline-text.ts';
import { invisible } from '../names.ts';
import { normaliseLine } from '../normalise-text.ts';

/**
 * What stands before the first colon of a paragraph, read as it is shown: `**MARA** (whispering):`, `_Mara_ :`,
 * `[MARA]：`, `🎙 __Narration:__`, `==MARA:==`, `@Mara:`. Who or what it names is for others to know.
 */
export interface Lead {
  readonly name: string;
  /** What stands in parentheses behind the name, as Markdown. */
  readonly tone: string;
  /** What follows the colon, as Markdown. */
  readonly rest: string;
  /** It is emphasised, or in brackets. */
  readonly isMarked: boolean;
}

/** A name and what stands in parentheses behind it; escaped ones are part of the name. */
const toneBehind =
  /^((?:\\[\s\S]|[^\\])*?(?:\\[\s\S]|[^\\\s]))\s*([([（【])((?:\\[\s\S]|[^\\])*)[)\]）】][\s\p{Cf}]*$/u;

/** Colons that are not that of ASCII, and those of all kinds. */
export const otherColons = '：﹕︓꞉∶ː';
export const colons = `:${otherColons}`;

/** How a colon is set: as most languages have it, with a space before it, or as wide as a letter. */
export type Colon = ':' | '\u00a0:' | '：';

/** A colon with what parts it from the text behind it. */
export function behind(colon: Colon): string {
  return colon === '：' ? colon : `${colon} `;
}

/** No name with what is said of how they speak is longer. */
const mostRead = 300;

const links = /^\s*\[\[(?:[^[\]|]*\|)?([^[\]|]+)\]\]/;
const marks = /\\[\s\S]|[*_~`]+|={2,}|<\/?[a-z][^<>]*>/gi;
const opening =
  /^(?:[*_~`]+|={2}|@(?=\p{L})|<[a-z][^<>]*>|\s|\p{Cf}|\p{Extended_Pictographic}|\ufe0f|[•◦‣●○■□–—](?=[\s*_]))*/iu;

export function leadOf(source: string): Lead | undefined {
  const colon = colonIn(source);
  if (colon === -1) return undefined;
  const before = source.slice(0, colon);
  if (before.includes('<!--')) return undefined;
  const lead = opening.exec(before)?.[0] ?? '';
  // Whoever writes a letter as a reference means it as text.
  if (before.startsWith('&#', lead.length)) return undefined;
  const marker = lead.replace(/[^*_~`=]/g, '');
  // Links of notebooks: `[[Mara]]:`.
  const linked = before.slice(lead.length).replace(links, '$1');
  const isLinked = linked.length < before.length - lead.length;
  const own = linked.replace(marks, (mark) => (mark.startsWith('\\') ? mark : ''));
  const [, named = own, , tone = ''] = toneBehind.exec(own) ?? [];
  const bracketed = /^\s*\[([^[\]]+)\]\s*$/.exec(named)?.[1];
  const name = shownName(bracketed ?? named);
  if (name === '') return undefined;
  const isMarked = isLinked || bracketed !== undefined || /[*_~`<=@]/.test(lead);
  return { name, tone, rest: restOf(source.slice(colon + 1), before, marker), isMarked };
}

/** A name as it is shown, from its source. */
export function shownName(source: string): string {
  return innerText(normaliseLine(plainText(source)), shown);
}

const shown = new RegExp(`(?!${invisible.source})\\S`, 'u');

/** The first colon that stands in no parentheses; -1 if none does, or only far into the text. */
function colonIn(source: string): number {
  let depth = 0;
  const end = Math.min(source.length, mostRead);
  for (let i = 0; i < end; i++) {
    const char = source.charAt(i);
    if (char === '\\') i++;
    else if ('([（【'.includes(char)) depth++;
    else if (')]）】'.includes(char)) depth--;
    else if (depth <= 0 && colons.includes(char)) return i;
  }
  return -1;
}

/** Without the end of an emphasis that has begun before the colon. */
function restOf(behind: string, before: string, marker: string): string {
  const isClosed = marker === '' || /[*_~`=]\s*$/.test(before) || /[*_~`=]\s*[([（【]/.test(before);
  let rest = behind;
  if (!isClosed) {
    const closed = rest.replace(/^\s*(?:[*_~`]+|={2})+/, '');
    if (closed !== rest) rest = closed;
    else if (rest.endsWith(marker)) rest = rest.slice(0, -marker.length);
  }
  return rest.replace(leadingSpace, '');
}

/** Invisible marks behind a space belong to the text. */
const leadingSpace = /^(?:<\/[a-z]+>)*(?:\p{Cf}*\s+)?/iu;
