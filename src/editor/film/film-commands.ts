import path from 'node:path';
import * as vscode from 'vscode';
import { cancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { command } from '../commands/register-commands.ts';
import { allowBeside } from '../consent/outside-workspace.ts';
import type { SceneClip } from '../jobs/scene-clips.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { scriptCommand, toUri, type ScriptArgument } from '../script/script-command.ts';
import { showInformation, withProgress } from '../ui/window.ts';

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
      async (document, _argument, { caller, interactive }) => {
        const { uri } = document;
        await allowBeside(uri, caller, t('Write beside {0}?', uri.fsPath));
        const storyboard = await import('./export-storyboard.ts');
        const file = storyboard.storyboardFile(uri);
        const replace = await storyboard.agreeToReplace(file, caller);
        await withProgress(
          { location: vscode.ProgressLocation.Notification, title: t('Exporting the storyboard') },
          async (signal, onProgress) => {
            const script = scripts.parse(document);
            const now = clips.of(document);
            const thumbnails = await page.thumbnailsOf(
              uri,
              storyboard.picturedCells(script, now),
              onProgress,
              signal,
            );
            if (signal.aborted) throw cancelledError(t('The export'));
            const inside = storyboard.enclosureOf(uri);
            const html = await storyboard.storyboardOf(script, now, thumbnails, inside);
            await storyboard.writeBeside(file, html, inside, replace);
          },
        );
        if (interactive) void offer(file);
        return { file };
      },
    ),
  };
}

async function offer(file: string): Promise<void> {
  const open = t('Open in Browser');
  const answer = await showInformation(
    t('The storyboard is in {0}. Print it from a browser.', path.basename(file)),
    open,
  );
  if (answer === open) await vscode.env.openExternal(vscode.Uri.file(file));
}
