import * as vscode from 'vscode';
import type { Registration } from '../commands/registration.ts';
import { withFirstScript } from '../script/first-script.ts';
import type { OpenScripts } from '../script/open-scripts.ts';

/** What an editor offers while a script is typed, and shows of what it means. */
export function registerTyping(registration: Registration, scripts: OpenScripts): void {
  withFirstScript(registration, scripts, async () => {
    const [{ registerCompletion }, { registerFolding }, { registerMentionColours }] =
      await Promise.all([
        import('./completion.ts'),
        import('./folding.ts'),
        import('./mention-colours.ts'),
      ]);
    return vscode.Disposable.from(
      registerCompletion(scripts),
      registerFolding(scripts),
      registerMentionColours(scripts),
    );
  });
}
