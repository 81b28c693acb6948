import { finalStates, type JobRecord, type JobView } from '../../jobs/job.ts';
import { jobActs, type FilmView, type JobAct, type JobShown } from '../../webview/protocol.ts';
import { allows, type JobTag } from '../job-list/job-actions.ts';
import { isPaused, isUnfinished } from '../job-list/job-filter.ts';
import { jobTitle, jobWords } from '../job-list/job-words.ts';
import { formatMoney } from '../ui/format.ts';

/** Rows that are shown; the others are in the list of video jobs. */
const mostRows = 8;

/** What a row has to allow for each of the things that can be done with it. */
const tags: Readonly<Record<JobAct, JobTag>> = {
  pause: 'canPause',
  resume: 'canResume',
  retry: 'canRetry',
  cancel: 'canCancel',
};

/** A job as it is shown, and as it stands on disk. */
export interface ShownJob extends JobView {
  readonly record: JobRecord;
}

/** The rows of these jobs, the newest of each scene of a script, where they are not over or did not end well. */
export function filmJobs(
  jobs: readonly ShownJob[],
  accountName: (id: string) => string | undefined,
): Pick<FilmView, 'jobs' | 'moreJobs'> {
  const urgent = jobs.filter(isUrgent).sort((a, b) => rank(a) - rank(b) || a.scene - b.scene);
  if (urgent.length === 0) return {};
  const rows = urgent.slice(0, mostRows).map((view): JobShown => {
    const { record, progress } = view;
    const { price } = record;
    const account = view.account === undefined ? undefined : accountName(view.account);
    return {
      id: view.id,
      ...(view.sceneId === '' ? {} : { cell: view.sceneId }),
      title: jobTitle(view),
      words: jobWords(view, { stale: false, account }),
      face: faceOf(view),
      ...(progress === undefined ? {} : { progress }),
      ...(price === undefined ? {} : { price: formatMoney(price) }),
      acts: jobActs.filter((act) => allows(view, tags[act])),
    };
  });
  const more = urgent.length - rows.length;
  return { jobs: rows, ...(more === 0 ? {} : { moreJobs: more }) };
}

function isUrgent({ state }: JobView): boolean {
  return !finalStates.has(state) || ['failed', 'expired', 'unclear'].includes(state);
}

function faceOf(view: JobView): JobShown['face'] {
  if (isPaused(view)) return 'paused';
  if (!isUnfinished(view)) return 'failed';
  return view.state === 'queued' ? 'waiting' : 'working';
}

/** What moves comes first, then what needs the writer, then what waits. */
function rank(view: JobView): number {
  return { working: 0, failed: 1, paused: 2, waiting: 3 }[faceOf(view)];
}
