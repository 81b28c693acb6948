import { lazily } from '../base/lazily.ts';
import { memoize } from '../base/memoize.ts';
import { normaliseLine } from './normalise-text.ts';

/** The one comparison of names of characters and places, and of titles. */

/** Equal for names that {@link sameName} takes for one. */
export function nameKey(name: string): string {
  if (isPlain.test(name)) return name.toUpperCase();
  const shown = name.replace(/[´`ˈ]/gu, "'").normalize('NFKC').replace(invisible, '');
  return normaliseLine(shown.replace(/\s/gu, ' '))
    .replace(/[’‘‛ʼʻ′]/gu, "'")
    .replace(/[“”„‟«»″]/gu, '"')
    .replace(/[‐‑‒–—−]/gu, '-')
    .toUpperCase()
    .replaceAll('İ', 'I');
}

const isPlain = /^(?:[\w'-]+(?: [\w'-]+)*)?$/;

/** What changes how a text is joined or in which direction it runs, and shows nothing of its own. */
export const invisible = /[\p{Cf}\ufe00-\ufe0f]/gu;

/** The key of a name that is all in capitals and has no marks on them, as capitals often go without. */
function bareKey(name: string): string | undefined {
  if (name !== name.toUpperCase() || name === name.toLowerCase()) return undefined;
  const key = nameKey(name);
  return withoutMarks(key) === key ? key : undefined;
}

function withoutMarks(key: string): string {
  return key.normalize('NFD').replace(/(?<=[\p{sc=Latin}\p{sc=Greek}]\p{M}*)\p{M}/gu, '');
}

/**
 * Whether two spellings mean one character or place: letter case, width, the kinds of spaces, apostrophes,
 * quotes and hyphens, and what cannot be seen make no difference.
 */
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
  const { byKey, byBareKey } = keysOf(entries);
  const found = byKey.get(nameKey(name));
  if (found !== undefined) return found as Entry;
  const bare = bareKey(name);
  return bare === undefined ? undefined : (byBareKey().get(bare) as Entry | undefined);
}

/** Whether an entry has the name that this is the {@link nameKey} of. */
export function hasKey(entries: readonly Named[], key: string): boolean {
  return keysOf(entries).byKey.has(key);
}

const keysOf = memoize((entries: readonly Named[]) => ({
  // Of two entries of one name the first counts.
  byKey: new Map(entries.map((entry) => [nameKey(entry.name), entry] as const).reverse()),
  /** Names that differ in their marks alone are not there: nobody knows which is meant. */
  byBareKey: lazily(() => {
    const found = new Map<string, Named | undefined>();
    for (const entry of entries) {
      const key = nameKey(entry.name);
      const bare = withoutMarks(key);
      const other = found.get(bare);
      const isOther = other !== undefined && nameKey(other.name) !== key;
      found.set(bare, isOther || (found.has(bare) && other === undefined) ? undefined : entry);
    }
    return found;
  }),
}));
