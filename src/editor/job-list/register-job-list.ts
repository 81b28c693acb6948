import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { JobView } from '../../jobs/job.ts';
import type { JobManager } from '../../jobs/manager.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Registration } from '../commands/registration.ts';
import type { VideoJobs } from '../jobs/video-jobs.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { showWarning } from '../ui/window.ts';
import { isUnderWay } from './job-filter.ts';
import { jobListCommands } from './job-list-commands.ts';
import { jobRowCommands } from './job-row-commands.ts';
import { tellSummary } from './job-summary.ts';
import { JobsView } from './jobs-view.ts';
import type { RenderingStatus } from './rendering-status.ts';

/** The list of video jobs, and what is told of them. */
export function registerJobList(
  registration: Registration,
  scripts: OpenScripts,
  { manager, jobs, clips, notices, budget }: VideoJobs,
  accounts: Accounts,
): void {
  const { messages } = registration;
  const accountName = (id: string): string | undefined => accounts.get(id)?.name;
  const view = registration.own(
    new JobsView({
      ...{ manager, jobs, clips, scripts, notices, accountName },
      onDefect: (error) => {
        messages.logError(error);
      },
    }),
  );
  registration.own(followRendering(manager));
  registration.commands(jobRowCommands({ manager, scripts, view, budget }));
  registration.commands(jobListCommands({ manager, scripts, view, budget }));
  registration.own(
    manager.onDidFinish((summary) => {
      void tellSummary(summary, messages, view);
    }),
  );
  registration.own(
    manager.onDidFindUnreadable((records) => {
      for (const { file, reason } of records) messages.warn(`${file}: ${reason}`);
      void showWarning(
        t(
          '{0} job records could not be read and were set aside. The other jobs go on; the log names the files.',
          records.length,
        ),
      );
    }),
  );
}

/** Says in the status bar how rendering gets on; most windows render nothing. */
function followRendering(
  manager: Pick<JobManager, 'views' | 'onDidChange' | 'onDidRemove'>,
): vscode.Disposable {
  let status: Promise<RenderingStatus> | undefined;
  const follow = (views: readonly JobView[]): void => {
    if (status === undefined && !views.some(isUnderWay)) return;
    status ??= import('./rendering-status.ts').then((module) => new module.RenderingStatus());
    void status.then((shown) => {
      shown.follow(views);
    });
  };
  const following = [
    manager.onDidChange(follow),
    manager.onDidRemove(
      (ids) =>
        void status?.then((shown) => {
          shown.remove(ids);
        }),
    ),
  ];
  follow(manager.views());
  return new vscode.Disposable(() => {
    for (const one of following) one.dispose();
    void status?.then((shown) => {
      shown.dispose();
    });
  });
}
