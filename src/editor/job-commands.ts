import path from 'node:path';
import pLimit from 'p-limit';
import * as vscode from 'vscode';
import type { Disposable } from '../base/events.ts';
import type { FinishSummary } from '../jobs/manager.ts';
import { addAccount, askForAccount, manageAccounts } from './account-picks.ts';
import type { Accounts } from './accounts.ts';
import { assembleScript, confirmStale } from './assemble.ts';
import { chooseStudio, pickStudio, type ChooseStudioTools } from './choose-studio.ts';
import { registerCommand } from './commands.ts';
import { exportSubtitles } from './export-subtitles.ts';
import { needsAttention } from './job-filter.ts';
import { registerJobListCommands } from './job-list-commands.ts';
import { registerJobRowCommands, type JobRowCommandTools } from './job-row-commands.ts';
import { summaryWords } from './job-summary.ts';
import type { Messages } from './messages.ts';
import { renderScenes, whyNothing, type RenderTools } from './render.ts';
import { setting } from './settings.ts';
import { signalOf } from './writing-commands.ts';

export interface JobCommandTools extends RenderTools, JobRowCommandTools, ChooseStudioTools {
  readonly messages: Messages;
  readonly accounts: Accounts;
}

/** The commands that render, fetch and join clips, and the accounts they use. */
export function registerJobCommands(tools: JobCommandTools): Disposable[] {
  const { messages, accounts, manager, scripts } = tools;
  // One after the other: a second click has to see what the first one has handed in.
  const oneByOne = pLimit(1);

  return [
    registerCommand('scenewright.renderScenes', messages, async (argument, { interactive }) => {
      const document = await scripts.of(argument);
      const consent = { interactive, confirmed: argument.confirmed === true };
      const jobs = await oneByOne(() => renderScenes(tools, document, argument.scenes, consent));
      if (interactive) {
        if (jobs.length === 0) {
          void vscode.window.showInformationMessage(whyNothing(scripts.parse(document)));
        } else await vscode.commands.executeCommand('scenewright.jobs.focus');
      }
      return { jobs };
    }),

    registerCommand('scenewright.assembleVideo', messages, async (argument, { interactive }) => {
      const document = await scripts.of(argument);
      if (interactive && !(await confirmStale(scripts, tools.jobs, document))) return undefined;
      const result = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t('Assembling the video'),
          cancellable: true,
        },
        (progress, token) => {
          let shown = 0;
          return assembleScript(scripts, tools.jobs, document, {
            signal: signalOf(token),
            onProgress: (fraction) => {
              progress.report({ increment: (fraction - shown) * 100 });
              shown = fraction;
            },
          });
        },
      );
      if (interactive) void offerVideo(result.file, result.seconds, result.clips);
      return result;
    }),

    registerCommand('scenewright.exportSubtitles', messages, async (argument, { interactive }) => {
      const document = await scripts.of(argument);
      const result = await exportSubtitles(scripts, tools.jobs, document);
      if (interactive) void offerSubtitles(result.files);
      return result;
    }),

    registerCommand('scenewright.chooseStudio', messages, async (argument, { interactive }) => {
      if (interactive) return await pickStudio(tools);
      const provider = argument.provider ?? setting('video.provider');
      return await chooseStudio(tools, { ...argument, provider });
    }),
    registerCommand('scenewright.addAccount', messages, async (argument, { interactive }) => {
      const account = interactive
        ? await askForAccount(accounts)
        : await addAccount(accounts, argument);
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
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          '{0} job records could not be read and were set aside. The other jobs go on; the log names the files.',
          records.length,
        ),
      );
    }),
  ];
}

async function offerVideo(file: string, seconds: number, clips: number): Promise<void> {
  const open = vscode.l10n.t('Open');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('{0} clips are one video now, {1} s long.', clips, Math.round(seconds)),
    open,
  );
  if (answer === open) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
}

async function offerSubtitles([file, ...others]: readonly string[]): Promise<void> {
  if (file === undefined) return;
  const open = vscode.l10n.t('Open');
  const names = [file, ...others].map((name) => path.basename(name));
  const answer = await vscode.window.showInformationMessage(
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
    if ((await vscode.window.showWarningMessage(words, show)) !== show) return;
    view.filter = 'failed';
    await vscode.commands.executeCommand('scenewright.jobs.focus');
    const first = summary.jobs.find(needsAttention);
    if (first !== undefined) await view.reveal(first.id);
    return;
  }
  const [uri, ...others] = new Set(summary.jobs.map(({ script }) => script));
  const assemble = vscode.l10n.t('Assemble Video');
  const answer = await vscode.window.showInformationMessage(
    words,
    // Of several scripts nobody could tell which one is meant.
    ...(others.length === 0 ? [assemble] : []),
  );
  if (answer !== assemble) return;
  await vscode.commands.executeCommand('scenewright.assembleVideo', { fromTree: true, uri });
}
