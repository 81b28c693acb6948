import { messageLanguage, shownValue, t } from './l10n.ts';
import { forLocale } from './locale.ts';

type Items = readonly (string | number)[];

const formats = forLocale((language) => {
  // Our English has no comma before the last of several.
  const tag = language === 'en' ? 'en-GB' : language;
  const all = new Intl.ListFormat(tag, { type: 'conjunction' });
  return {
    all,
    any: new Intl.ListFormat(tag, { type: 'disjunction' }),
    between: all.formatToParts(['a', 'b', 'c'])[1]?.value ?? ', ',
  };
}, messageLanguage);

/** All of them, in the language of messages: `1–10, 12 and 14`. */
export function listed(items: Items): string {
  return formats().all.format(items.map(shownValue));
}

/** One of them, whichever: `4, 6 or 8`. */
export function alternatives(items: Items): string {
  return formats().any.format(items.map(shownValue));
}

/** What stands beside each other and is no sentence: `Lamp room, night`. What is empty is left out. */
export function inARow(items: readonly (string | number | undefined)[]): string {
  return joined(items, formats().between);
}

/** The first of many, and how many more there are: `3, 5, 8 and 2 more`. */
export function firstFew(items: Items, most: number): string {
  if (items.length <= most) return listed(items);
  return t('{0} and {1} more', inARow(items.slice(0, most)), items.length - most);
}

/** What is known of a thing, on one line: `8 s · $3.20 · seed 7`. What is empty is left out. */
export function factLine(items: readonly (string | number | undefined)[]): string {
  return joined(items, ' · ');
}

function joined(items: readonly (string | number | undefined)[], between: string): string {
  return items
    .filter((item) => item !== undefined)
    .filter((item) => item !== '')
    .map(shownValue)
    .join(between);
}
