import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { isCancelled, ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { validateBrief } from '../../script/brief.ts';
import { missingScenes, planOf } from '../../script/story-order.ts';
import { chosenByHand } from '../commands/caller.ts';
import { command } from '../commands/register-commands.ts';
import { scriptCommand, toUri, type ScriptArgument } from '../script/script-command.ts';
import type { Marks } from '../script/marks.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { settings } from '../settings.ts';
import type { Messages } from '../ui/messages.ts';
import { showError, showInformation } from '../ui/window.ts';
import type { KeptIdea, NewCommand } from './kept-idea.ts';
import type { NewScriptArgument } from './new-script.ts';
import { settleUntied } from './untied-question.ts';
import { shortened } from '../ui/format.ts';
import { allowWriting } from './writing-consent.ts';
import type { RunOptions, WritingResult } from './writing-run.ts';
import type { WritingRuns } from './writing-runs.ts';

export interface WritingCommandTools {
  readonly messages: Messages;
  readonly scripts: OpenScripts;
  readonly marks: Pick<Marks, 'review'>;
  readonly runs: WritingRuns;
  readonly keptIdea: KeptIdea;
  /** Folder of the scripts that come with the extension; see `example-script.ts`. */
  readonly examples: string;
}

/** The commands that write scripts. */
export function writingCommands(tools: WritingCommandTools) {
  const { messages, scripts, runs, keptIdea, examples } = tools;
  const write = async (
    document: vscode.TextDocument,
    options: RunOptions & { interactive: boolean },
  ): Promise<WritingResult> => {
    if (options.interactive) {
      await (await import('../accounts/choose-writer.ts')).settleWriter();
      void vscode.commands.executeCommand(
        'scenewright.showProgress',
        chosenByHand({ uri: document.uri }),
      );
    }
    const result = await runs.start(document, options);
    // It may have been renamed since.
    const uri = vscode.Uri.parse(result.uri);
    if (options.interactive) void tellEnd(tools, uri, result);
    return result;
  };

  const onRun = (act: (uri: vscode.Uri) => void) =>
    command<ScriptArgument>((argument) => {
      act(uriOf(argument, runs));
      return Promise.resolve(undefined);
    });

  return {
    'scenewright.newScript': command<NewScriptArgument, WritingResult>(
      async (argument, { caller, interactive, resource }) => {
        if (interactive && !(await hasFolder(keptIdea, 'scenewright.newScript'))) return undefined;
        const { createScript, folderAtHand, targetFolder } = await import('./new-script.ts');
        const here = resource?.fsPath ?? folderAtHand(scripts.active);
        const asked = interactive
          ? await (await import('./ask-for-brief.ts')).askForBrief(keptIdea, here)
          : argument;
        if (asked === undefined) return undefined;
        const { idea } = validateBrief(asked);
        await allowWriting(caller, targetFolder(asked.folder), {
          question: t('Start a script: “{0}”?', shortened(idea)),
          yes: t('Start Script'),
        });
        const uri = await createScript(asked);
        if (interactive) await keptIdea.keep('');
        const document = await vscode.workspace.openTextDocument(uri);
        await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
        // Who has just said all that is in it wants to see the story.
        await vscode.commands.executeCommand('editor.fold', { selectionLines: [0] });
        const begin = () =>
          write(document, { outlineOnly: asked.outlineOnly ?? false, interactive });
        if (!interactive) return begin();
        // What stops it now is no reason for a second file.
        const beginOrTell = (): Promise<WritingResult | undefined> =>
          begin().catch((error: unknown) => {
            if (!isCancelled(error)) messages.error(error, beginOrTell);
            return undefined;
          });
        return beginOrTell();
      },
    ),

    'scenewright.tryExample': command<Pick<NewScriptArgument, 'folder'>, { uri: string }>(
      async ({ folder }, { caller, interactive }) => {
        if (interactive && !(await hasFolder(keptIdea, 'scenewright.tryExample'))) return undefined;
        const { createFile, folderAtHand, targetFolder } = await import('./new-script.ts');
        const here = interactive ? folderAtHand(scripts.active) : undefined;
        const target = targetFolder(folder ?? here);
        await allowWriting(caller, target, {
          question: t('Put an example script into the folder?'),
          yes: t('Put It There'),
        });
        const { exampleScript } = await import('./example-script.ts');
        const example = exampleScript(examples);
        const name = path.basename(example, '.md');
        const uri = await createFile(target, name, await readFile(example, 'utf8'));
        await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
        if (interactive) {
          await vscode.commands.executeCommand('scenewright.showProgress', chosenByHand({ uri }));
        }
        return { uri: uri.toString() };
      },
    ),

    'scenewright.writeScenes': scriptCommand<ScriptArgument, WritingResult>(
      scripts,
      async (document, _argument, { caller, interactive }) => {
        const again = await settleUntied(scripts, document, caller);
        const isComplete = complete(scripts, document);
        if (!isComplete) {
          await allowWriting(caller, document.uri.fsPath, {
            question: t(
              'Write what is missing of “{0}”?',
              shortened(scripts.parse(document).title),
            ),
            yes: t('Write Scenes'),
          });
        }
        if (interactive && isComplete) {
          void showInformation(
            t('Every scene of the outline is written. Add a line to the outline to write more.'),
          );
        }
        return write(document, { interactive: interactive && !isComplete, again });
      },
    ),

    'scenewright.pauseWriting': onRun((uri) => {
      runs.pause(uri);
    }),
    'scenewright.resumeWriting': onRun((uri) => {
      runs.resume(uri);
    }),
    'scenewright.cancelWriting': onRun((uri) => {
      runs.cancel(uri);
    }),
  };
}

/** Whether there is a folder for what a command makes. If not, one is opened, and its window goes on with it. */
async function hasFolder(keptIdea: KeptIdea, going: NewCommand): Promise<boolean> {
  if ((vscode.workspace.workspaceFolders ?? []).length > 0) return true;
  const { askForFolder } = await import('./ask-for-brief.ts');
  const folder = await askForFolder(undefined);
  if (folder === undefined) return false;
  await keptIdea.goOnInFolder(going);
  await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(folder), {
    forceReuseWindow: true,
  });
  return false;
}

/** The word at the end of a run that a person started. */
async function tellEnd(
  { messages, scripts, marks, runs }: WritingCommandTools,
  uri: vscode.Uri,
  result: WritingResult,
): Promise<void> {
  if (result.error !== undefined) {
    messages.warn(result.error);
    const goOn = t('Continue');
    // VS Code's models need no account of ours: another model is what helps there.
    const isVsCode = settings.writer.provider.value === 'vscode';
    const remedy = isVsCode ? t('Choose Writer Model…') : t('Manage Accounts');
    const needsRemedy = runs.get(uri)?.progress.view().error?.action === 'account';
    const answer = await showError(result.error, ...(needsRemedy ? [remedy, goOn] : [goOn]));
    if (answer === remedy) {
      await vscode.commands.executeCommand(
        isVsCode ? 'scenewright.chooseWriter' : 'scenewright.manageAccounts',
      );
    }
    if (answer === goOn) {
      await vscode.commands.executeCommand('scenewright.writeScenes', chosenByHand({ uri }));
    }
  } else if (result.failed === 0) {
    const render = t('Render Scenes');
    const look = t('Look at Them');
    const document = await vscode.workspace.openTextDocument(uri);
    const reviewed = (await marks.review()).look(document, scripts.read(document)).marks;
    const count = [...reviewed.values()].filter((words) => words.length > 0).length;
    const answer = await showInformation(
      endWords(result.scenes, count),
      ...(count > 0 ? [look] : []),
      render,
    );
    if (answer === look) await vscode.commands.executeCommand('workbench.actions.view.problems');
    if (answer === render) {
      await vscode.commands.executeCommand('scenewright.renderScenes', chosenByHand({ uri }));
    }
  }
}

/** @param toLookAt how many of the scenes a check has something against */
function endWords(scenes: number, toLookAt: number): string {
  const written = t('All {0} scenes are written.', scenes);
  if (toLookAt === 0) return written;
  const looked =
    toLookAt === 1
      ? t('One of them is to be looked at: Problems says why.')
      : t('{0} of them are to be looked at: Problems says why.', toLookAt);
  return `${written} ${looked}`;
}

function complete(scripts: OpenScripts, document: vscode.TextDocument): boolean {
  const script = scripts.parse(document);
  return planOf(script) !== undefined && missingScenes(script) === 0;
}

function uriOf(argument: Partial<ScriptArgument>, runs: WritingRuns): vscode.Uri {
  if (argument.uri !== undefined) return toUri(argument.uri);
  const run = runs.current;
  if (run !== undefined) return run.uri;
  throw new ScenewrightError('bad-input', t('Nothing is being written now.'));
}
