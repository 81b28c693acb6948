import * as vscode from 'vscode';
import { chosenByHand } from '../commands/caller.ts';
import { command } from '../commands/register-commands.ts';
import type { Registration } from '../commands/registration.ts';
import type { ScriptTools } from '../script/register-script.ts';
import { toUri, type ScriptArgument } from '../script/script-command.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { settings } from '../settings.ts';
import type { WritingRuns } from '../writing/writing-runs.ts';
import { ProgressPage } from './progress-page.ts';
import { StatusBar } from './status-bar.ts';

/** How far a script is written: the page, and the item in the status bar. */
export function registerProgress(
  registration: Registration,
  { scripts, moves }: ScriptTools,
  runs: WritingRuns,
): void {
  const byHand = (id: string, argument: object): void => {
    void vscode.commands.executeCommand(id, chosenByHand(argument));
  };
  const page = registration.own(
    new ProgressPage(registration.context.extensionUri, scripts, runs, moves, {
      retry: (uri) => {
        byHand('scenewright.writeScenes', { uri });
      },
      reveal: (uri, sceneId) => {
        byHand('scenewright.revealScene', { uri, sceneId });
      },
      // The models of VS Code have no keys of ours; what helps there is another model.
      account: () => {
        void vscode.commands.executeCommand(
          settings.writer.provider.value === 'vscode'
            ? 'scenewright.chooseWriter'
            : 'scenewright.manageAccounts',
        );
      },
    }),
  );
  registration.own(new StatusBar(scripts, runs));
  registration.commands(progressCommands(page, scripts));
}

/** The command that opens the page. */
export function progressCommands(page: ProgressPage, scripts: OpenScripts) {
  return {
    'scenewright.showProgress': command<Partial<ScriptArgument>>((argument) => {
      page.show(argument.uri === undefined ? scripts.active?.uri : toUri(argument.uri));
      return Promise.resolve(undefined);
    }),
  };
}
