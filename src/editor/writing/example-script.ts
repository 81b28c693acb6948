import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { messageLanguage } from '../../base/l10n.ts';

/**
 * The finished script to try things out on, in the language of messages where there is one, else in English.
 *
 * @param folder with a folder for each language, by its tag, with one script in each
 */
export function exampleScript(folder: string): string {
  const [language = 'en'] = messageLanguage().split('-');
  const own = path.join(folder, language);
  const place = existsSync(own) ? own : path.join(folder, 'en');
  return path.join(place, readdirSync(place).find((name) => name.endsWith('.md')) ?? '');
}
