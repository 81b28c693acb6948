import type { Span } from '../markdown/block-types.ts';
import { attributesAtEnd } from '../markdown/shown-words.ts';
import { readLength } from './scene-fields.ts';

/**
 * What people and programs write around the title of a heading or beat that is no part of it: its seconds
 * (`(12 s)`, `[0:00–0:12]`, `· 12 s`, `— 12 s`, also before it), attributes as Pandoc, kramdown and exports
 * have them (`{#up}`), and the names of blocks (`^up`).
 */
export interface TitleParts {
  /** Where the title itself stands; nothing is taken away of one that has nothing around it. */
  readonly span: Span;
  /** Where the last of what stands behind it ends, comments and the end of an emphasis aside. */
  readonly end: number;
  /** The emphasis that has begun in the title and ends behind what is no part of it. */
  readonly closing: string;
  readonly said?: SaidSeconds;
}

export interface SaidSeconds {
  readonly seconds: number;
  /** Of the number and its unit, or of the two times. */
  readonly span: Span;
}

/** No such thing is longer. */
const mostRead = 200;

const mayHave = /[\d{^]|[^\0-\x7f]/;
const comment = /<!--(?:(?!-->)[^])*-->$/u;
const blockName = /(?<=^|\s)\^[\p{L}\p{N}-]+$/u;
const marked = /(?<=^|\s)([*_~`]{1,3})([^*_~`\s][^*_~`]*)\1$/u;
const bracketed = /(?<!\\)[([（【]([^()[\]（）【】]{1,40})[)\]）】]$/u;
const times = /(?:\p{Nd}{1,2}:){1,2}\p{Nd}{2}\s*[–—-]+\s*(?:\p{Nd}{1,2}:){1,2}\p{Nd}{2}/u;
const parted = new RegExp(
  `(?:(?<!\\\\)[·•∙⋅|｜]|(?<=\\s)[–—-]{1,3}(?=\\s))\\s*(${times.source}|[^·•∙⋅|｜–—()[\\]]{1,30})$`,
  'u',
);
const before = new RegExp(
  `^\\s*(?:[([（【](?<bracketed>[^()[\\]（）【】]{1,40})[)\\]）】]\\s*(?:[:：.·|–—-]\\s+|[:：]\\s*)?` +
    `|(?<bare>${times.source}|[^()[\\]–—|·]{1,20}?)\\s*(?:[·|]|\\s[–—-]{1,3}|:)\\s+(?=\\S))`,
  'u',
);

/** A number and an abbreviation, or two times; `Seven seconds` is a title. */
const allThereIs = new RegExp(`^\\s*(?:${times.source}|\\P{L}{1,12}\\p{L}{1,4}\\.?)$`, 'u');

/** @param raw the source of a title */
export function titleParts(raw: string): TitleParts {
  const whole = { span: { start: 0, end: raw.length }, end: raw.length, closing: '' };
  if (raw.length === 0 || !mayHave.test(raw)) return whole;
  const [, opening = ''] = /^\s*([*_]{1,3})(?=[^\s*_])/.exec(raw) ?? [];
  const bare = raw.replace(/\s+$/, '');
  return partsOf(raw, bare.length, opening) ?? whole;
}

/** @param opening the emphasis that it begins with */
function partsOf(raw: string, until: number, opening: string): TitleParts | undefined {
  let end = until;
  let closing = '';
  let closed: number | undefined;
  let last: number | undefined;
  let said: SaidSeconds | undefined;
  while (end > 0) {
    const from = Math.max(0, end - mostRead);
    const found = partAtEnd(raw.slice(from, end), said === undefined);
    if (found === undefined) {
      if (closing !== '' || opening === '' || !raw.slice(0, end).endsWith(opening)) break;
      closing = opening;
      end -= opening.length;
      closed = end;
      continue;
    }
    if (found.isPart) last ??= end;
    said ??= found.said && shiftedBy(found.said, from);
    end = from + found.start;
    while (end > 0 && /\s/.test(raw.charAt(end - 1))) end--;
  }
  // An emphasis with nothing else at its end is all of the title's.
  if (closed === end) [end, closing] = [end + closing.length, ''];
  const lead = said ? undefined : saidBefore(raw.slice(0, Math.min(end, mostRead)));
  // Comments alone are nothing that stands around it.
  if (last === undefined && lead === undefined) return undefined;
  said ??= lead?.said;
  return {
    span: { start: Math.min(lead?.end ?? 0, end), end },
    end: last ?? until,
    closing,
    ...(said ? { said } : {}),
  };
}

interface FoundPart {
  readonly start: number;
  /** It is more than a comment. */
  readonly isPart: boolean;
  readonly said?: SaidSeconds | undefined;
}

function partAtEnd(source: string, maySay: boolean): FoundPart | undefined {
  switch (source.at(-1)) {
    case '>': {
      const found = comment.exec(source);
      return found ? { start: found.index, isPart: false } : undefined;
    }
    case '}': {
      const found = attributesAtEnd.exec(source);
      return found ? { start: found.index, isPart: true } : undefined;
    }
    default: {
      const found = source.includes('^') ? blockName.exec(source) : null;
      if (found) return { start: found.index, isPart: true };
      return maySay ? secondsAtEnd(source) : undefined;
    }
  }
}

function secondsAtEnd(source: string): FoundPart | undefined {
  const emphasised = marked.exec(source);
  if (emphasised) {
    const [, mark = '', inner = ''] = emphasised;
    const [whole = inner, words = inner] = bracketed.exec(inner) ?? [];
    const at = emphasised.index + mark.length + (whole === words ? 0 : 1);
    const said = whole === inner ? saidIn(words, at) : undefined;
    return said && { start: emphasised.index, isPart: true, said };
  }
  const found = bracketed.exec(source) ?? parted.exec(source);
  if (found === null) {
    // It may be all there is.
    const said = allThereIs.test(source) ? saidIn(source, 0) : undefined;
    return said && { start: 0, isPart: true, said };
  }
  const [whole, words = ''] = found;
  const said = saidIn(words, found.index + whole.lastIndexOf(words));
  return said && { start: found.index, isPart: true, said };
}

/** `(12 s): Up`, `[0:00–0:12] Up`. */
function saidBefore(source: string): { said: SaidSeconds; end: number } | undefined {
  const found = before.exec(source);
  const words = found?.groups?.bracketed ?? found?.groups?.bare ?? '';
  const said = found ? saidIn(words, source.indexOf(words)) : undefined;
  return found && said ? { said, end: found[0].length } : undefined;
}

function saidIn(words: string, at: number): SaidSeconds | undefined {
  const seconds = readLength(words);
  if (seconds === undefined) return undefined;
  const start = at + words.length - words.trimStart().length;
  return { seconds, span: { start, end: at + words.trimEnd().length } };
}

export function shiftedBy({ seconds, span }: SaidSeconds, by: number): SaidSeconds {
  return { seconds, span: { start: span.start + by, end: span.end + by } };
}

/** The source of a title without what stands around it. */
export function ownTitle(raw: string): string {
  const { span, closing } = titleParts(raw);
  return raw.slice(span.start, span.end) + closing;
}

/** The source of a title of which nothing is read as standing around it. */
export function asTitle(source: string): string {
  let safe = source;
  for (let turn = 0; turn < 20; turn++) {
    const { span, end } = titleParts(safe);
    const at = span.start > 0 ? 0 : safe.length - safe.slice(span.end).trimStart().length;
    if (span.start === 0 && (span.end >= end || at >= safe.length)) break;
    const [sign = ''] = safe.slice(at);
    const written = /[!-/:-@[-`{-~]/.test(sign) ? `\\${sign}` : `&#${sign.codePointAt(0)};`;
    safe = safe.slice(0, at) + written + safe.slice(at + sign.length);
  }
  return safe;
}
