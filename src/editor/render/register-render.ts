import type { Services } from '../accounts/services.ts';
import type { Registration } from '../commands/registration.ts';
import type { VideoJobs } from '../jobs/video-jobs.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { KnownStudio } from './known-studio.ts';
import { renderCommands } from './render-commands.ts';
import { takeCommands } from './take-commands.ts';

/**
 * Making clips of scenes, and one video of the clips.
 *
 * @returns what is known of the studio that makes them
 */
export function registerRender(
  registration: Registration,
  scripts: OpenScripts,
  { manager, jobs, notices, budget }: VideoJobs,
  services: Pick<Services, 'chosen' | 'studio'>,
): KnownStudio {
  const { chosen } = services;
  const shared = registration.sharedStorage;
  registration.commands(
    renderCommands({ scripts, manager, jobs, notices, budget, chosen, shared }),
  );
  registration.commands(takeCommands({ scripts, manager, jobs }));
  return new KnownStudio(services);
}
