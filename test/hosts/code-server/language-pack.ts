import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DisplayLanguage, EditorOptions } from '../host.ts';

/**
 * Have the workbench speak a language as a language pack would: VS Code's own words stay English, for its
 * pack has none, and extensions are asked for theirs.
 *
 * @param extension where the extension is that is shown
 */
export async function writeLanguagePack(
  { tag, bundle, manifest }: DisplayLanguage,
  { profile }: EditorOptions,
  extension: string,
): Promise<void> {
  const folder = path.join(profile, 'data');
  await mkdir(folder, { recursive: true });
  const core = path.join(folder, 'core-words.json');
  await writeFile(core, JSON.stringify({ contents: {} }));
  const extensions = [{ extensionIdentifier: { id: `test.words-${tag}` }, version: '1.0.0' }];
  const pack = { hash: 'test', extensions, label: tag, translations: { vscode: core } };
  await writeFile(path.join(folder, 'languagepacks.json'), JSON.stringify({ [tag]: pack }));
  const put = (name: string, texts: object | undefined): Promise<void> =>
    texts === undefined
      ? Promise.resolve()
      : writeFile(path.join(extension, name), JSON.stringify(texts));
  await put(path.join('l10n', `bundle.l10n.${tag}.json`), bundle);
  await put(`package.nls.${tag}.json`, manifest);
}
