import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { config, t as translate } from '@vscode/l10n';
import { forLocale, locale, setLocale } from './locale.ts';

// Seeds and numbers of scenes are copied and compared: no separators between their digits.
const decimal = forLocale(
  (language) => new Intl.NumberFormat(language, { maximumFractionDigits: 20, useGrouping: false }),
);

/**
 * A message that a person reads, in their language: `t('{0} could not be read.', name)`. The first
 * argument is written out where it is used, because `npm run messages` collects them from the source.
 * Without a translation, and before there is any, it is the English text itself. Numbers get the decimal
 * sign of the language; those that want digits of a certain count come as text.
 */
export function t(message: string, ...values: readonly (string | number)[]): string {
  return translate(message, ...values.map(shownValue));
}

/** What is put into a message, as it is shown there. */
export function shownValue(value: string | number): string {
  return typeof value === 'number' ? decimal().format(value) : value;
}

const shared = 'scenewright.translations';

/**
 * Have messages translated from now on, in this thread and in workers that are started later. What is
 * kept in a constant before that stays English: messages are made when they are needed.
 *
 * @param translations English text to translated text; nothing for English
 * @param language BCP 47 tag of the language that numbers and dates are written in
 */
export function translateWith(
  translations: Readonly<Record<string, string>> | undefined,
  language = 'en',
): void {
  setLocale(language);
  setEnvironmentData(shared, translations ?? {});
  config({ contents: { ...translations } });
}

/** The language that messages are in, as a BCP 47 tag; numbers may be in another one (`locale`). */
export function messageLanguage(): string {
  const translations = getEnvironmentData(shared) as Readonly<Record<string, string>> | undefined;
  return Object.keys(translations ?? {}).length === 0 ? 'en' : locale();
}

/** The texts of a table, which `npm run messages` has to know of, as {@link t} would give them. */
export function translated(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, t(text)]));
}

/** Have messages of a worker translated like those of the thread that started it. */
export function translateLikeMainThread(): void {
  const translations = getEnvironmentData(shared) as Readonly<Record<string, string>> | undefined;
  config({ contents: { ...translations } });
}
