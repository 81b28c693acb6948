import type { JobView } from '../../jobs/job.ts';
import type { OrderArgument } from '../commands/caller.ts';
import type { JobCounts } from './job-rows.ts';
import { isPaused, isUnderWay, isUnfinished } from './job-filter.ts';

/** A job, by its id. */
export interface JobArgument extends OrderArgument {
  readonly job: string;
}

/** What can be done with a job; menus in `package.json` look for these words. */
export type JobTag =
  | 'hasClip'
  | 'canRenderAgain'
  | 'canRetry'
  | 'canGoWithout'
  | 'canPause'
  | 'canResume'
  | 'canCancel'
  | 'canUpscale'
  | 'canRemove';

const tests: Readonly<Record<JobTag, (view: JobView, gone: boolean) => boolean>> = {
  hasClip: ({ file }, gone) => file !== undefined && !gone,
  canRenderAgain: ({ kind }, gone) => kind === 'clip' && gone,
  canRetry: ({ retry }, gone) => retry !== undefined && !gone,
  canGoWithout: ({ held }) => held === true,
  canPause: isUnderWay,
  canResume: isPaused,
  canCancel: isUnfinished,
  canUpscale: ({ kind, state, upscaled }, gone) =>
    kind === 'clip' && state === 'done' && upscaled === undefined && !gone,
  canRemove: () => true,
};

const tags = Object.keys(tests) as JobTag[];

/** @param gone its clip was deleted from the disk */
export function allows(view: JobView, tag: JobTag, gone = false): boolean {
  return tests[tag](view, gone);
}

/** The `viewItem` of a job's row. */
export function jobContext(view: JobView, gone = false): string {
  return ['job', view.state, ...tags.filter((tag) => allows(view, tag, gone))].join(' ');
}

/** The `viewItem` of a script's row: what can be done with some of its jobs. */
export function scriptContext({ underWay, paused, retriable }: JobCounts): string {
  const can: Partial<Record<JobTag, boolean>> = {
    canRetry: retriable > 0,
    canPause: underWay > 0,
    canResume: paused > 0,
    canCancel: underWay + paused > 0,
  };
  return ['script', ...tags.filter((tag) => can[tag])].join(' ');
}
