import { memoize } from '../base/memoize.ts';
import { normaliseLine } from './normalise-text.ts';

/** The one comparison of names of characters and places, and of titles. */

/** Equal for names that {@link sameName} takes for one. */
export function nameKey(name: string): string {
  return normaliseLine(name).normalize('NFC').toUpperCase();
}

/** Whether two spellings mean one character or place: letter case and spaces make no difference. */
export function sameName(a: string, b: string): boolean {
  return a === b || nameKey(a) === nameKey(b);
}

/** A name as a cast can hold it: one line without the commas that part names. */
export function nameOf(text: string): string {
  return normaliseLine(text.replace(/[,;]/g, ' '));
}

/** A name that is in capitals for show as it would stand in the front matter: `OLD TOM` as `Old Tom`. */
export function spelledOut(name: string): string {
  if (name !== name.toUpperCase()) return name;
  return name.toLowerCase().replace(/(?<![\p{L}\p{M}'’])\p{L}/gu, (letter) => letter.toUpperCase());
}

export interface Named {
  readonly name: string;
}

/** The names of a bible, which are all of it that reading a script depends on. */
export interface KnownNames {
  readonly characters: readonly Named[];
  readonly places: readonly Named[];
}

/** The first entry of that name, in any spelling of it. */
export function named<Entry extends Named>(
  entries: readonly Entry[],
  name: string,
): Entry | undefined {
  return byKey(entries).get(nameKey(name)) as Entry | undefined;
}

const byKey = memoize((entries: readonly Named[]): ReadonlyMap<string, Named> => {
  // Of two entries of one name the first counts.
  return new Map(entries.map((entry) => [nameKey(entry.name), entry] as const).reverse());
});
