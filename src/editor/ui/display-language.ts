import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { t, translateWith } from '../../base/l10n.ts';
import { settings } from '../settings.ts';
import { showInformation } from './window.ts';

/**
 * Speak the language of VS Code, or the one that is set: VS Code itself does not speak every language
 * that we do. What is shown already stays as it is until the window is loaded anew.
 *
 * @param folder of the extension, absolute
 */
export function speakDisplayLanguage(folder: string): vscode.Disposable {
  const speak = (): void => {
    const { language, translations } = chosen(folder, settings.displayLanguage.value);
    translateWith(translations, language);
  };
  speak();
  return settings.displayLanguage.onDidChange(() => {
    speak();
    void offerToReload();
  });
}

interface Spoken {
  readonly language: string;
  readonly translations: Readonly<Record<string, string>> | undefined;
}

function chosen(folder: string, set: string): Spoken {
  const { language } = vscode.env;
  if (set === 'auto' || set === language) return { language, translations: vscode.l10n.bundle };
  if (set === 'en') return { language: set, translations: undefined };
  try {
    const file = path.join(folder, 'l10n', `bundle.l10n.${path.basename(set)}.json`);
    const translations = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    return { language: set, translations };
  } catch {
    // The setting was written by hand, or by a version that speaks more languages.
    return { language, translations: vscode.l10n.bundle };
  }
}

async function offerToReload(): Promise<void> {
  const reload = t('Reload Window');
  const message = t('What is shown already changes its language once the window is loaded anew.');
  if ((await showInformation(message, reload)) === reload) {
    await vscode.commands.executeCommand('workbench.action.reloadWindow');
  }
}
