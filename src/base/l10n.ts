import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { config, t } from '@vscode/l10n';

/**
 * A message that a person reads, in their language: `t('{0} could not be read.', name)`. The first
 * argument is written out where it is used, because `npm run messages` collects them from the source.
 * Without a translation, and before there is any, it is the English text itself.
 */
export { t };

const shared = 'scenewright.translations';

/**
 * Have messages translated from now on, in this thread and in workers that are started later. What is
 * kept in a constant before that stays English: messages are made when they are needed.
 *
 * @param translations English text to translated text; nothing for English
 */
export function translateWith(translations: Readonly<Record<string, string>> | undefined): void {
  setEnvironmentData(shared, translations ?? {});
  config({ contents: { ...translations } });
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
