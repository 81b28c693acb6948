import type * as vscode from 'vscode';
import type { Caller } from '../commands/caller.ts';
import { command } from '../commands/register-commands.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { scriptCommand, toUri, type ScriptArgument } from '../script/script-command.ts';

/** What a command needs of the page, which is loaded for that. */
export interface PageOnDemand {
  show(uri: vscode.Uri | undefined): void;
  exportStoryboard(
    document: vscode.TextDocument,
    caller: Caller,
  ): Promise<{ readonly file: string }>;
}

/** The commands of the film page. */
export function filmCommands(page: () => Promise<PageOnDemand>, scripts: OpenScripts) {
  return {
    /** Named after what the page showed first. */
    'scenewright.showProgress': command<Partial<ScriptArgument>>(async (argument) => {
      const uri = argument.uri === undefined ? scripts.active?.uri : toUri(argument.uri);
      (await page()).show(uri);
      return undefined;
    }),

    'scenewright.exportStoryboard': scriptCommand<ScriptArgument, { readonly file: string }>(
      scripts,
      async (document, _argument, { caller }) => (await page()).exportStoryboard(document, caller),
    ),
  };
}
