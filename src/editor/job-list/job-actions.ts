import { finalStates, type JobView } from '../../jobs/job.ts';
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
  | 'canRetry'
  | 'canGoWithout'
  | 'canPause'
  | 'canResume'
  | 'canCancel'
  | 'canUpscale'
  | 'canRemove';

const tests: Readonly<Record<JobTag, (view: JobView) => boolean>> = {
  hasClip: ({ file }) => file !== undefined,
  canRetry: ({ state, error }) =>
    finalStates.has(state) && (state !== 'done' || error !== undefined),
  canGoWithout: ({ held }) => held === true,
  canPause: isUnderWay,
  canResume: isPaused,
  canCancel: isUnfinished,
  canUpscale: ({ kind, state, upscaled }) =>
    kind === 'clip' && state === 'done' && upscaled === undefined,
  canRemove: () => true,
};

const tags = Object.keys(tests) as JobTag[];

export function allows(view: JobView, tag: JobTag): boolean {
  return tests[tag](view);
}

/** The `viewItem` of a job's row. */
export function jobContext(view: JobView): string {
  return ['job', view.state, ...tags.filter((tag) => allows(view, tag))].join(' ');
}

/** The `viewItem` of a script's row: what can be done with some of its jobs. */
export function scriptContext({ underWay, paused, failed }: JobCounts): string {
  const can: Partial<Record<JobTag, boolean>> = {
    canRetry: failed > 0,
    canPause: underWay > 0,
    canResume: paused > 0,
    canCancel: underWay + paused > 0,
  };
  return ['script', ...tags.filter((tag) => can[tag])].join(' ');
}
