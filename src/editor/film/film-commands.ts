import type * as vscode from 'vscode';
import type { Caller } from '../commands/caller.ts';
import { command } from '../commands/register-commands.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { scriptCommand, toUri, type ScriptArgument } from '../script/script-command.ts';
import { filmModes, type FilmMode } from '../../webview/protocol.ts';

/** What a command needs of the page, which is loaded for that. */
export interface PageOnDemand {
  /** @param mode how the scenes are shown from now on; left out: as they are */
  show(uri: vscode.Uri | undefined, mode?: FilmMode): void;
  exportStoryboard(
    document: vscode.TextDocument,
    caller: Caller,
  ): Promise<{ readonly file: string }>;
}

interface PageArgument extends ScriptArgument {
  /** How the scenes are shown from now on. */
  readonly mode?: FilmMode;
}

/** The commands of the film page. */
export function filmCommands(page: () => Promise<PageOnDemand>, scripts: OpenScripts) {
  return {
    /** Named after what the page showed first. */
    'scenewright.showProgress': command<Partial<PageArgument>>(async (argument) => {
      const uri = argument.uri === undefined ? scripts.active?.uri : toUri(argument.uri);
      const mode = filmModes.find((one) => one === argument.mode);
      (await page()).show(uri, mode);
      return undefined;
    }),

    'scenewright.exportStoryboard': scriptCommand<ScriptArgument, { readonly file: string }>(
      scripts,
      async (document, _argument, { caller }) => (await page()).exportStoryboard(document, caller),
    ),
  };
}
