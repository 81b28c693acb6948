import { t } from '../../base/l10n.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Registration } from '../commands/registration.ts';
import type { VideoJobs } from '../jobs/video-jobs.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { showWarning } from '../ui/window.ts';
import { jobListCommands } from './job-list-commands.ts';
import { jobRowCommands } from './job-row-commands.ts';
import { tellSummary } from './job-summary.ts';
import { JobsView } from './jobs-view.ts';

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
    new JobsView({ manager, jobs, clips, scripts, notices, accountName }),
  );
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
