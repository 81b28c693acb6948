import pLimit from 'p-limit';
import * as vscode from 'vscode';
import { ScenewrightError } from '../base/errors.ts';
import type { Disposable } from '../base/events.ts';
import type { FinishSummary, JobManager } from '../jobs/manager.ts';
import type { JobView } from '../jobs/model.ts';
import { askForAccount, manageAccounts } from './account-picks.ts';
import type { Accounts } from './accounts.ts';
import { assembleScript } from './assemble.ts';
import { registerCommand, type CommandId, type JobArgument } from './commands.ts';
import { formatBytes } from './format.ts';
import type { Messages } from './messages.ts';
import { renderScenes, whyNothing, type RenderTools } from './render.ts';
import { signalOf } from './writing-commands.ts';

export interface JobCommandTools extends RenderTools {
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
      const jobs = await oneByOne(() => renderScenes(tools, document, argument.scenes));
      if (interactive) {
        if (jobs.length === 0) {
          void vscode.window.showInformationMessage(whyNothing(scripts.parse(document)));
        } else await vscode.commands.executeCommand('scenewright.jobs.focus');
      }
      return { jobs };
    }),

    registerCommand('scenewright.assembleVideo', messages, async (argument, { interactive }) => {
      const document = await scripts.of(argument);
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

    registerCommand('scenewright.addAccount', messages, async (argument, { interactive }) => {
      const account = interactive
        ? await askForAccount(accounts)
        : await accounts.add(argument.provider ?? '', argument.name ?? '', argument.secret ?? '');
      return account && { id: account.id };
    }),
    registerCommand('scenewright.manageAccounts', messages, async () => {
      await manageAccounts(accounts);
      return undefined;
    }),

    onJobs('scenewright.jobs.open', tools, async ({ file }) => {
      await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(clip(file)), {
        viewColumn: vscode.ViewColumn.Beside,
        preview: true,
      });
    }),
    onJobs('scenewright.jobs.reveal', tools, async ({ file }) => {
      await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(clip(file)));
    }),
    onJobs('scenewright.jobs.retry', tools, async (job, interactive) => {
      if (job.state === 'unclear' && interactive && !(await mayPayTwice(job))) return;
      await manager.retry(job.id);
    }),
    onJobs('scenewright.jobs.cancel', tools, ({ id }) => manager.cancel(id)),
    onJobs('scenewright.jobs.pause', tools, ({ id }) => manager.pause(id)),
    onJobs('scenewright.jobs.resume', tools, ({ id }) => manager.resume(id)),
    onJobs('scenewright.jobs.remove', tools, ({ id }) => manager.remove(id)),

    manager.onDidFinish((summary) => {
      void tellSummary(messages, summary);
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

type JobCommand = Extract<CommandId, `scenewright.jobs.${string}`>;

/** A command on the jobs that are named or selected. Each is tried, and the first error is told. */
function onJobs(
  id: JobCommand,
  { messages, manager }: JobCommandTools,
  act: (job: JobView, interactive: boolean) => Promise<unknown>,
): vscode.Disposable {
  return registerCommand(id, messages, async (argument, { interactive, selection }) => {
    const named: readonly Partial<JobArgument>[] = interactive ? selection : [argument];
    const results = await Promise.allSettled(
      named
        .filter(({ job }) => job !== undefined || !interactive)
        .map(({ job }) => act(known(manager, job), interactive)),
    );
    const failure = results.find((result) => result.status === 'rejected');
    if (failure !== undefined) throw failure.reason as Error;
    return undefined;
  });
}

function known(manager: JobManager, id: string | undefined): JobView {
  const job = id === undefined ? undefined : manager.view(id);
  if (job !== undefined) return job;
  throw new ScenewrightError('bad-input', vscode.l10n.t('There is no job “{0}”.', id ?? ''));
}

function clip(file: string | undefined): string {
  if (file !== undefined) return file;
  throw new ScenewrightError('bad-input', vscode.l10n.t('The clip is not here yet.'));
}

async function mayPayTwice(job: JobView): Promise<boolean> {
  const again = vscode.l10n.t('Hand In Again');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Hand in scene {0} again?', job.scene),
    {
      modal: true,
      detail: vscode.l10n.t(
        'The studio’s answer was lost, so the first render may have been accepted. Handing it in again may cost its price twice. Look into your account at the studio first.',
      ),
    },
    again,
  );
  return answer === again;
}

async function offerVideo(file: string, seconds: number, clips: number): Promise<void> {
  const open = vscode.l10n.t('Open');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('{0} clips are one video now, {1} s long.', clips, Math.round(seconds)),
    open,
  );
  if (answer === open) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
}

async function tellSummary(
  messages: Messages,
  { succeeded, failed, bytes, jobs }: FinishSummary,
): Promise<void> {
  if (succeeded + failed === 0) return;
  const size = formatBytes(bytes);
  messages.info(`Jobs: ${succeeded} succeeded, ${failed} failed, ${size}`);
  if (failed > 0) {
    const show = vscode.l10n.t('Show Jobs');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        '{0} clips are here ({1}), {2} failed. Nothing is lost: each can be retried.',
        succeeded,
        size,
        failed,
      ),
      show,
    );
    if (answer === show) await vscode.commands.executeCommand('scenewright.jobs.focus');
    return;
  }
  const [uri, ...others] = new Set(jobs.map(({ script }) => script));
  const assemble = vscode.l10n.t('Assemble Video');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('{0} clips are here ({1}).', succeeded, size),
    // Of several scripts nobody could tell which one is meant.
    ...(others.length === 0 ? [assemble] : []),
  );
  if (answer !== assemble) return;
  await vscode.commands.executeCommand('scenewright.assembleVideo', { fromTree: true, uri });
}
