import path from 'node:path';
import pLimit from 'p-limit';
import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import type { FinishSummary } from '../../jobs/manager.ts';
import { addAccount, askForAccount, manageAccounts } from '../accounts/account-picks.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { assembleScript, confirmStale, type AssembleTools } from './assemble.ts';
import { chosenByHand } from '../commands/caller.ts';
import {
  agreeToStudio,
  chooseStudio,
  pickStudio,
  type ChooseStudioTools,
} from '../accounts/choose-studio.ts';
import { registerCommand } from '../commands/register-command.ts';
import { exportSubtitles } from './export-subtitles.ts';
import { needsAttention } from '../job-list/job-filter.ts';
import { registerJobListCommands } from '../job-list/job-list-commands.ts';
import { registerJobRowCommands, type JobRowCommandTools } from '../job-list/job-row-commands.ts';
import { summaryWords } from '../job-list/job-summary.ts';
import type { Messages } from '../ui/messages.ts';
import { allowBeside } from '../consent/outside-workspace.ts';
import { renderScenes, whyNothing, type RenderTools } from './render.ts';
import { settings } from '../settings.ts';
import { showInformation, showWarning, withProgress } from '../ui/window.ts';

export interface JobCommandTools
  extends RenderTools, JobRowCommandTools, ChooseStudioTools, AssembleTools {
  readonly messages: Messages;
  readonly accounts: Accounts;
}

/** The commands that render, fetch and join clips, and the accounts they use. */
export function registerJobCommands(tools: JobCommandTools): Disposable[] {
  const { messages, accounts, manager, scripts } = tools;
  // One after the other: a second click has to see what the first one has handed in.
  const oneByOne = pLimit(1);

  return [
    registerCommand('scenewright.renderScenes', messages, async (argument, context) => {
      const { caller, interactive } = context;
      const document = await scripts.of(argument);
      await allowBeside(document.uri, caller, besideWords(document.uri));
      const jobs = await oneByOne(() => renderScenes(tools, document, argument.scenes, caller));
      if (interactive) {
        if (jobs.length === 0) {
          void showInformation(whyNothing(scripts.parse(document)));
        } else await vscode.commands.executeCommand('scenewright.jobs.focus');
      }
      return { jobs };
    }),

    registerCommand('scenewright.assembleVideo', messages, async (argument, context) => {
      const { caller, interactive } = context;
      const document = await scripts.of(argument);
      await allowBeside(document.uri, caller, besideWords(document.uri));
      if (interactive && !(await confirmStale(scripts, tools.jobs, document))) return undefined;
      const result = await withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t('Assembling the video'),
        },
        (signal, onProgress) => assembleScript(tools, document, { signal, onProgress }),
      );
      if (interactive) void offerVideo(result.file, result.seconds, result.clips);
      return result;
    }),

    registerCommand('scenewright.exportSubtitles', messages, async (argument, context) => {
      const { caller, interactive } = context;
      const document = await scripts.of(argument);
      await allowBeside(document.uri, caller, besideWords(document.uri));
      const result = await exportSubtitles(scripts, tools.jobs, document);
      if (interactive) void offerSubtitles(result.files);
      return result;
    }),

    registerCommand('scenewright.chooseStudio', messages, async (argument, context) => {
      if (context.interactive) return await pickStudio(tools);
      const provider = argument.provider ?? settings.video.provider.value;
      await agreeToStudio(tools, { ...argument, provider }, context.caller);
      return await chooseStudio(tools, { ...argument, provider });
    }),
    registerCommand('scenewright.addAccount', messages, async (argument, context) => {
      const account = context.interactive
        ? await askForAccount(accounts)
        : await addAccount(accounts, argument, context.caller);
      return account && { id: account.id };
    }),
    registerCommand('scenewright.manageAccounts', messages, async () => {
      await manageAccounts(accounts);
      return undefined;
    }),

    ...registerJobRowCommands(tools),
    ...registerJobListCommands(tools),

    manager.onDidFinish((summary) => {
      void tellSummary(tools, summary);
    }),
    manager.onDidFindUnreadable((records) => {
      for (const { file, reason } of records) messages.warn(`${file}: ${reason}`);
      void showWarning(
        vscode.l10n.t(
          '{0} job records could not be read and were set aside. The other jobs go on; the log names the files.',
          records.length,
        ),
      );
    }),
  ];
}

/** The question where what is made of a script goes outside of the open folders. */
function besideWords(script: vscode.Uri): string {
  return vscode.l10n.t('Write beside {0}?', script.fsPath);
}

async function offerVideo(file: string, seconds: number, clips: number): Promise<void> {
  const open = vscode.l10n.t('Open');
  const answer = await showInformation(
    vscode.l10n.t('{0} clips are one video now, {1} s long.', clips, Math.round(seconds)),
    open,
  );
  if (answer === open) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
}

async function offerSubtitles([file, ...others]: readonly string[]): Promise<void> {
  if (file === undefined) return;
  const open = vscode.l10n.t('Open');
  const names = [file, ...others].map((name) => path.basename(name));
  const answer = await showInformation(
    vscode.l10n.t('The subtitles are in {0}.', names.join(', ')),
    open,
  );
  if (answer === open) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
}

async function tellSummary(
  { messages, view }: JobCommandTools,
  summary: FinishSummary,
): Promise<void> {
  const words = summaryWords(summary);
  if (words === undefined) return;
  messages.info(words);
  if (summary.failed > 0) {
    const show = vscode.l10n.t('Show Failed');
    if ((await showWarning(words, show)) !== show) return;
    view.filter = 'failed';
    await vscode.commands.executeCommand('scenewright.jobs.focus');
    const first = summary.jobs.find(needsAttention);
    if (first !== undefined) await view.reveal(first.id);
    return;
  }
  const [uri, ...others] = new Set(summary.jobs.map(({ script }) => script));
  const assemble = vscode.l10n.t('Assemble Video');
  const answer = await showInformation(
    words,
    // Of several scripts nobody could tell which one is meant.
    ...(others.length === 0 ? [assemble] : []),
  );
  if (answer !== assemble) return;
  await vscode.commands.executeCommand('scenewright.assembleVideo', chosenByHand({ uri }));
}
