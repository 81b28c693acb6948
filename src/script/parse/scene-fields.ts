import { escapeInline, plainText, splitRaw } from '../markdown/inline-text.ts';
import { type KnownNames, named } from '../names.ts';
import { normaliseLine } from '../normalise-text.ts';

/**
 * The short fields of a scene's line and of a beat's first line, parted by ` · `. An en dash stands
 * for a field with nothing in it. Writers may also part with `•` or `|`, and names with the commas
 * of East Asian typography.
 */

const fieldSeparators = '·•|';
const nameSeparators = ',、，';

/** Where backslashes cannot escape, because Markdown knows them for ASCII only. */
const references: Readonly<Record<string, string>> = {
  '·': '&middot;',
  '•': '&bull;',
  '、': '&#12289;',
  '，': '&#65292;',
};

export const nothing = '–';

/** A value of one line as a field's source. */
export function renderField(value: string): string {
  if (value === '') return nothing;
  if (value === '-') return '\\-';
  if (value === '–') return '&ndash;';
  if (value === '—') return '&mdash;';
  return escapeInline(value).replace(/[·•、，,|]/g, (mark) => references[mark] ?? `\\${mark}`);
}

export function renderNames(names: readonly string[]): string {
  return names.length === 0 ? nothing : names.map(renderField).join(', ');
}

export function renderSeconds(seconds: number): string {
  return `${Number(seconds.toFixed(3))} s`;
}

export function splitFields(raw: string): string[] {
  return splitRaw(raw, fieldSeparators).map((field) => field.trim());
}

export function readField(raw: string): string {
  return /^[-–—]?$/.test(raw.trim()) ? '' : normaliseLine(plainText(raw));
}

export function readNames(raw: string): string[] {
  return splitRaw(raw, nameSeparators)
    .map(readField)
    .filter((name) => name !== '');
}

/** `8 s`, `7.5 sec`, `8`; nothing when it is not a number of seconds above 0. */
export function readSeconds(raw: string): number | undefined {
  const found = /^(\d+(?:[.,]\d+)?)\s*(?:s|secs?|seconds?)?\.?$/i.exec(raw.trim())?.[1];
  const seconds = Number(found?.replace(',', '.'));
  return seconds > 0 ? seconds : undefined;
}

/** `Lamp room, night`. A comma that belongs to the name of a place of the bible parts nothing. */
export function readPlaceAndTime(raw: string, known: KnownNames): { place: string; time: string } {
  const parts = splitRaw(raw, ',');
  const time = parts.pop() ?? '';
  const whole = readField(raw);
  if (parts.length === 0 || named(known.places, whole)) {
    return { place: whole, time: '' };
  }
  return { place: readField(parts.join(',')), time: readField(time) };
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
