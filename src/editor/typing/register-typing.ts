import * as vscode from 'vscode';
import type { Registration } from '../commands/registration.ts';
import { withFirstScript } from '../script/first-script.ts';
import type { OpenScripts } from '../script/open-scripts.ts';

/** What an editor offers while a script is typed. */
export function registerTyping(registration: Registration, scripts: OpenScripts): void {
  withFirstScript(registration, scripts, async () => {
    const [{ registerCompletion }, { registerFolding }] = await Promise.all([
      import('./completion.ts'),
      import('./folding.ts'),
    ]);
    return vscode.Disposable.from(registerCompletion(scripts), registerFolding(scripts));
  });
}
