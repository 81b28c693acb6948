import path from 'node:path';
import pLimit from 'p-limit';
import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { listed } from '../../base/lists.ts';
import { allowBeside } from '../consent/outside-workspace.ts';
import type { CallContext } from '../commands/register-commands.ts';
import {
  numbersNamed,
  scenesSelected,
  scriptCommand,
  type ScriptArgument,
} from '../script/script-command.ts';
import { showInformation, withProgress } from '../ui/window.ts';
import type { AssembledScript, AssembleTools } from './assemble-script.ts';
import type { RenderTools } from './render-scenes.ts';
import { wishOf } from './take-wish.ts';

interface RenderArgument extends ScriptArgument {
  /** Numbers of the scenes in the document, from 1. Left out: all that are missing or stale. */
  readonly scenes?: readonly number[];
  /** So many takes of each, beside those that there are; left out: none of what is here or on its way. */
  readonly takes?: number;
  /** What another take begins from, a whole number from 0; left out: each from another one. */
  readonly seed?: number;
  /** What another take is asked for beside what the scene says. */
  readonly instruction?: string;
}

interface ChangedArgument extends ScriptArgument {
  /** A branch or commit; left out: the last render. */
  readonly since?: string;
}

interface Rendered {
  readonly jobs: readonly string[];
}

interface AssembleArgument extends ScriptArgument {
  /** Whether scenes that are not written or have no clip are left out; otherwise nothing is assembled. */
  readonly withoutMissing?: boolean;
}

/** The commands that make clips of a script, and one video of its clips. */
export function renderCommands(tools: RenderTools & AssembleTools) {
  const { scripts, jobs } = tools;
  // One after the other: a second click has to see what the first one has handed in.
  const oneByOne = pLimit(1);
  /** What they make goes beside the script, which may lie outside of the open folders. */
  const beside = <A extends ScriptArgument, R>(run: Parameters<typeof scriptCommand<A, R>>[1]) =>
    scriptCommand<A, R>(scripts, async (document, argument, context) => {
      await allowBeside(document.uri, context.caller, t('Write beside {0}?', document.uri.fsPath));
      return run(document, argument, context);
    });

  const render = async (
    document: vscode.TextDocument,
    argument: Partial<RenderArgument>,
    { caller, interactive }: CallContext<RenderArgument>,
    scenes: readonly number[] | undefined,
  ): Promise<Rendered> => {
    const order = { scenes, wish: wishOf(argument) };
    const { renderScenes } = await import('./render-scenes.ts');
    const outcome = await oneByOne(() => renderScenes(tools, document, order, caller));
    const { jobs: ids, gate, drawing } = outcome;
    if (interactive) {
      if (gate.leftOut.length > 0) {
        const { tellLeftOut } = await import('./still-gate.ts');
        void tellLeftOut(document.uri.toString(), gate, ids.length, drawing);
      } else if (ids.length === 0) {
        const { whyNothing } = await import('./what-to-render.ts');
        void showInformation(whyNothing(scripts.parse(document)));
      }
      if (ids.length > 0) await vscode.commands.executeCommand('scenewright.jobs.focus');
    }
    return { jobs: ids };
  };

  return {
    'scenewright.renderScenes': beside<RenderArgument, Rendered>((document, argument, context) =>
      render(document, argument, context, numbersNamed(argument, context.selection)),
    ),

    /** Those that the selection touches; without one, the scene under the cursor. */
    'scenewright.renderSelected': beside<RenderArgument, Rendered>(
      async (document, argument, context) => {
        const script = scripts.parse(document);
        const written = scenesSelected(script, document).filter(
          (number) => script.scenes[number - 1]?.written === true,
        );
        if (written.length === 0) {
          throw new ScenewrightError(
            'bad-input',
            t('Put the cursor into a written scene, or select those that are to be rendered.'),
          );
        }
        return await render(document, argument, context, written);
      },
    ),

    'scenewright.renderChanged': beside<ChangedArgument, Rendered>(
      async (document, { since }, context) => {
        const { toRenderSince } = await import('./changed-since.ts');
        const scenes = await toRenderSince(tools, document, since, context.interactive);
        if (scenes === undefined) return undefined;
        // Of none it was said why.
        if (scenes.length === 0 && context.interactive) return { jobs: [] };
        return await render(document, {}, context, scenes);
      },
    ),

    'scenewright.assembleVideo': beside<AssembleArgument, AssembledScript>(
      async (document, argument, { interactive }) => {
        const { assembleScript, confirmAssembling } = await import('./assemble-script.ts');
        const agreed = interactive ? await confirmAssembling(scripts, jobs, document) : argument;
        if (agreed === undefined) return undefined;
        const { withoutMissing = false } = agreed;
        const result = await withProgress(
          {
            location: vscode.ProgressLocation.Notification,
            title: t('Assembling the video'),
          },
          (signal, onProgress) =>
            assembleScript(tools, document, { signal, onProgress }, withoutMissing),
        );
        if (interactive) void offerVideo(result.file, result.seconds, result.clips);
        return result;
      },
    ),

    'scenewright.exportSubtitles': beside<ScriptArgument, { readonly files: readonly string[] }>(
      async (document, _argument, { interactive }) => {
        const { exportSubtitles } = await import('./export-subtitles.ts');
        const result = await exportSubtitles(scripts, jobs, document);
        if (interactive) void offerSubtitles(result.files);
        return result;
      },
    ),
  };
}

async function offerVideo(file: string, seconds: number, clips: number): Promise<void> {
  const open = t('Open');
  const answer = await showInformation(
    t('{0} clips are one video now, {1} s long.', clips, Math.round(seconds)),
    open,
  );
  if (answer === open) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
}

async function offerSubtitles([file, ...others]: readonly string[]): Promise<void> {
  if (file === undefined) return;
  const open = t('Open');
  const names = [file, ...others].map((name) => path.basename(name));
  const answer = await showInformation(t('The subtitles are in {0}.', listed(names)), open);
  if (answer === open) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
}
