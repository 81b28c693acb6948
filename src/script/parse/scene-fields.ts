import { escapeInline, plainText, splitRaw } from '../markdown/inline-text.ts';
import { asciiDigits } from '../digits.ts';
import { invisible, type KnownNames, named } from '../names.ts';
import { normaliseLine } from '../normalise-text.ts';

/**
 * The short fields of a scene's line and of a beat's first line, parted by ` · `. An en dash stands
 * for a field with nothing in it. Writers may also part with other dots or `|`, and names with the commas
 * of East Asian and Arabic typography.
 */

const fieldSeparators = '·•∙⋅‧｜|';
const nameSeparators = ',、，﹐､،';

/** Parts fields too where there are spaces around it: without them it parts names in Japanese. */
const spacedSeparator = /(?<=\s)・(?=\s)/gu;

export const nothing = '–';

/** Stands for place and time of the beat before, from which a beat goes on without a cut. */
export const goingOn = '…';

/** Whether a field's source is that sign, or three full stops for it. */
export function isGoingOn(raw: string): boolean {
  return /^(?:…|\.{3})$/u.test(raw);
}

/** A value of one line as a field's source. */
export function renderField(value: string): string {
  if (value === '') return nothing;
  if (value === '-') return '\\-';
  if (value === '–') return '&ndash;';
  if (value === '…') return '&hellip;';
  if (value === '...') return '\\...';
  if (value === '—') return '&mdash;';
  return escapeInline(value)
    .replace(spacedSeparator, reference)
    .replace(/[·•∙⋅‧｜、，﹐､،]/gu, reference)
    .replace(/[,|]/g, '\\$&');
}

/** For marks that no backslash can escape, because Markdown knows those for ASCII only. */
function reference(mark: string): string {
  if (mark === '·') return '&middot;';
  return mark === '•' ? '&bull;' : `&#${mark.charCodeAt(0)};`;
}

export function renderNames(names: readonly string[]): string {
  return names.length === 0 ? nothing : names.map(renderField).join(', ');
}

export function renderSeconds(seconds: number): string {
  return `${Number(seconds.toFixed(3))} s`;
}

export function splitFields(raw: string): string[] {
  const source = raw.includes('・') ? raw.replace(spacedSeparator, '·') : raw;
  return splitRaw(source, fieldSeparators).map((field) => field.trim());
}

export function readField(raw: string): string {
  return /^[-–—]?$/.test(raw.trim()) ? '' : normaliseLine(plainText(raw));
}

export function readNames(raw: string): string[] {
  return splitRaw(raw, nameSeparators)
    .map(readField)
    .filter((name) => name !== '');
}

/** Units of seconds, in small letters and without the full stop of an abbreviation. */
const secondUnits = new RegExp(
  `^(?:${[
    "s|secs?|seconds?|′′|\"|''",
    'sek|sekunden?|seg|segs|segundos?|secondes?|secondi|secondo|seconden|secunde|sekunder|sekundy?|sekuntia?',
    'giây|detik|dtk|saniye|sn',
    'с|сек|секунд[аыу]?|секунди|δ|δευτ|δευτερόλεπτα?',
    '秒|秒钟|秒鐘|秒間|초|ث|ثانية|ثوان|ثواني|ثانیه|שניות|שנ|से|सेकंड|सेकण्ड|সেকেন্ড|วินาที|วิ',
  ].join('|')})$`,
  'u',
);

/** `8 s`, `7.5 sec`, `8`, `12 Sek.`, `１２秒`, `0:08`; nothing when it is not a number of seconds above 0. */
export function readSeconds(raw: string): number | undefined {
  const plain = /^(\d{1,9}(?:[.,]\d{1,9})?)(?: ?s)?$/.exec(raw)?.[1];
  if (plain !== undefined) return aboveNothing(plain);
  if (raw.length > 60 || !/\p{Nd}/u.test(raw)) return undefined;
  const shown = asciiDigits(plainText(raw).normalize('NFKC').replace(invisible, ''))
    .replace(/^[~≈∼\s]+/u, '')
    .replace(/[.\s]+$/u, '')
    .toLowerCase();
  const clock = /^(\d{1,3}):([0-5]\d(?:[.,]\d+)?)$/.exec(shown);
  if (clock) return aboveNothing(clock[2] ?? '', Number(clock[1]) * 60);
  const [, number = '', unit = ''] = /^(\d+(?:[.,٫]\d+)?)\s*(.*)$/u.exec(shown) ?? [];
  return unit === '' || secondUnits.test(unit) ? aboveNothing(number) : undefined;
}

/** A time from the start: `0:08`, `00:01:08`. */
const clock = String.raw`(?:\d{1,2}:){1,2}\d{2}(?:[.,]\d{1,3})?`;
const fromTo = new RegExp(
  `^(${clock}|\\d{1,5}(?:[.,]\\d{1,3})?)\\s*(\\P{Nd}{0,12}?)\\s*(?:[–—~→-]+|to|bis|à|đến|至|から)\\s*` +
    `(${clock}|\\d{1,5}(?:[.,]\\d{1,3})?)\\s*(\\P{Nd}{0,12})$`,
  'u',
);

/**
 * A length that cannot be anything else: with its unit, or from one time to another. `12 s`, `about 5 seconds`,
 * `0:08–0:20`, `3-16s`, and both: `3–16秒，13秒`.
 */
export function readLength(raw: string): number | undefined {
  if (raw.length > 60 || !/\p{Nd}/u.test(raw)) return undefined;
  const shown = asciiDigits(raw.normalize('NFKC').replace(invisible, '')).trim();
  const parts = shown
    .split(/\s*[,;、|·]\s*(?=\D|\d+(?:[.,]\d+)?\s*\p{L})/u)
    .filter((part) => part !== '');
  const lengths = parts.map(lengthOf);
  return lengths.includes(undefined) ? undefined : lengths.at(-1);
}

function lengthOf(text: string): number | undefined {
  const [, from = '', firstUnit = '', to = '', lastUnit = ''] = fromTo.exec(text) ?? [];
  if (to !== '') {
    const isClock = from.includes(':') && to.includes(':');
    const units = [firstUnit, lastUnit].map((unit) => unit.replace('.', '').toLowerCase());
    const isUnit = (unit: string): boolean => unit === '' || secondUnits.test(unit);
    if (!units.every(isUnit) || (!isClock && units[1] === '')) return undefined;
    const length = secondsAt(to) - secondsAt(from);
    return length > 0 ? Number(length.toFixed(3)) : undefined;
  }
  // What is escaped is text: `1986\.` is no list, and no length either.
  const number = text.replace(about, '');
  return /^[\d.,٫\\]+$/u.test(number) || number.includes(':') ? undefined : readSeconds(number);
}

/** What people say before a length that is not exact. */
const about =
  /^(?:[~≈∼]|about|approx\.?|ca\.?|circa|etwa|env\.?|environ|unos|khoảng|около|約|约)\s*/iu;

function secondsAt(time: string): number {
  return time
    .replace(',', '.')
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0);
}

function aboveNothing(number: string, more = 0): number | undefined {
  const seconds = number === '' ? NaN : Number(number.replace(/[,٫]/u, '.')) + more;
  return seconds > 0 ? seconds : undefined;
}

export function renderPlaceAndTime(place: string, time: string): string {
  return renderField(place) + (time === '' ? '' : `, ${renderField(time)}`);
}

/** So many commas at most stand in a time. */
const mostInTime = 5;

/**
 * `Lamp room, night` and `Lamp room, night, outside`: the place is the longest beginning that is one of the
 * bible, whose name may have commas of its own. Where none is, the time stands behind the last comma.
 */
export function readPlaceAndTime(raw: string, known: KnownNames): { place: string; time: string } {
  // Where the text may be parted: at its end, and before each of its last commas.
  const ends = [raw.length];
  for (const part of splitRaw(raw, nameSeparators).slice(1).slice(-mostInTime).reverse()) {
    ends.push((ends.at(-1) ?? 0) - part.length - 1);
  }
  const isPlace = (end: number): boolean =>
    named(known.places, readField(raw.slice(0, end))) !== undefined;
  const end = ends.find(isPlace) ?? ends[1] ?? raw.length;
  return { place: readField(raw.slice(0, end)), time: readField(raw.slice(end + 1)) };
}

/** Whether a field that might be place or time must be the cast: it names characters only. */
export function isCast(raw: string, known: KnownNames): boolean {
  const names = readNames(raw);
  return (
    names.length > 0 &&
    names.every((name) => named(known.characters, name)) &&
    !named(known.places, readField(raw))
  );
}
