import type * as vscode from 'vscode';
import { command } from '../commands/register-commands.ts';
import type { SceneClip } from '../jobs/scene-clips.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { scriptCommand, toUri, type ScriptArgument } from '../script/script-command.ts';

/** What the commands need of the page, which may have to be opened for that. */
export interface PageOnDemand {
  show(uri: vscode.Uri | undefined): Promise<void>;
  /** Absolute paths of small pictures of a script's clips, by key of the cell. */
  thumbnailsOf(
    uri: vscode.Uri,
    clips: ReadonlyMap<string, SceneClip>,
    onProgress: (fraction: number) => void,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, string>>;
}

/** The commands of the film page. */
export function filmCommands(
  page: PageOnDemand,
  scripts: OpenScripts,
  clips: Pick<ScriptClips, 'of'>,
) {
  return {
    /** Named after what the page showed first. */
    'scenewright.showProgress': command<Partial<ScriptArgument>>(async (argument) => {
      await page.show(argument.uri === undefined ? scripts.active?.uri : toUri(argument.uri));
      return undefined;
    }),

    'scenewright.exportStoryboard': scriptCommand<ScriptArgument, { readonly file: string }>(
      scripts,
      async (document, _argument, { caller }) => {
        const { exportStoryboard } = await import('./export-storyboard.ts');
        return await exportStoryboard({ page, scripts, clips }, document, caller);
      },
    ),
  };
}
