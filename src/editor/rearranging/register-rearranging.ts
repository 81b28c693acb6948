import type { Registration } from '../commands/registration.ts';
import type { VideoJobs } from '../jobs/video-jobs.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import type { WritingRuns } from '../writing/writing-runs.ts';
import { rearrangingCommands } from './rearranging-commands.ts';
import type { Rearranging } from './rearranging.ts';

/** Putting scenes in, splitting, merging, moving and renumbering them. */
export function registerRearranging(
  registration: Registration,
  scripts: OpenScripts,
  runs: WritingRuns,
  { manager }: VideoJobs,
  { clipSeconds }: Pick<Rearranging, 'clipSeconds'>,
): void {
  registration.commands(
    rearrangingCommands({ scripts, runs, jobs: () => manager.views(), clipSeconds }),
  );
}
