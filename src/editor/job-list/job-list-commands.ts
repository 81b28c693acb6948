import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { listed } from '../../base/lists.ts';
import type { CallArgument, OrderArgument } from '../commands/caller.ts';
import { command } from '../commands/register-commands.ts';
import { isJobFilter, isPaused, isUnderWay, jobFilters, type JobFilter } from './job-filter.ts';
import { pickFilter } from './job-picks.ts';
import type { JobRowCommandTools } from './job-row-commands.ts';
import { showInformation } from '../ui/window.ts';

/** Any field marks a call as automation's. */
type NoArgument = Readonly<Record<string, unknown>>;

interface JobCount {
  /** How many jobs it was done to. */
  readonly jobs: number;
}

interface Filter {
  readonly filter: JobFilter;
}

/** The commands for all jobs together, as the view's title bar has them. */
export function jobListCommands({ manager, view, budget }: JobRowCommandTools) {
  return {
    'scenewright.jobs.pauseAll': command<NoArgument, JobCount>(
      async (_argument, { interactive }) => {
        const jobs = manager.views().filter(isUnderWay).length;
        await manager.pauseAll();
        if (interactive && jobs === 0) tell(t('No video job is under way.'));
        return { jobs };
      },
    ),
    'scenewright.jobs.resumeAll': command<NoArgument, JobCount>(
      async (_argument, { interactive }) => {
        const jobs = manager.views().filter(isPaused).length;
        await manager.resumeAll();
        if (interactive && jobs === 0) tell(t('No video job is paused.'));
        return { jobs };
      },
    ),
    /** Never what is unclear, has expired or was cancelled. */
    'scenewright.jobs.retryFailed': command<NoArgument & OrderArgument, JobCount>(
      async (_argument, context) => {
        const { caller, interactive } = context;
        await budget.allowRetryFailed(caller);
        const jobs = await manager.retryFailed();
        if (interactive) tell(retried(jobs));
        return { jobs };
      },
    ),
    'scenewright.jobs.filter': command<CallArgument & Filter, Filter>(async (argument) => {
      const filter = argument.filter ?? (await pickFilter(view.filter, view.rows.counts));
      if (filter === undefined) return undefined;
      if (!isJobFilter(filter)) {
        throw new ScenewrightError(
          'bad-input',
          t('There is no filter “{0}”, only: {1}.', filter, listed(jobFilters)),
        );
      }
      view.filter = filter;
      return { filter };
    }),
  };
}

function retried(jobs: number): string {
  switch (jobs) {
    case 0:
      return t('There is no failed job that a retry alone could help.');
    case 1:
      return t('One job is tried again.');
    default:
      return t('{0} jobs are tried again.', jobs);
  }
}

function tell(text: string): void {
  void showInformation(text);
}
