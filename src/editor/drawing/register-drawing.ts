import type { Services } from '../accounts/services.ts';
import type { Registration } from '../commands/registration.ts';
import type { VideoJobs } from '../jobs/video-jobs.ts';
import type { KnownStudio } from '../render/known-studio.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { drawingCommands } from './drawing-commands.ts';
import { PicturesIntoScripts } from './pictures-into-scripts.ts';

/** Drawing characters, places and stills, and putting them into their scripts. */
export function registerDrawing(
  registration: Registration,
  scripts: OpenScripts,
  { manager, jobs, budget }: VideoJobs,
  { chosenDrawing }: Pick<Services, 'chosenDrawing'>,
  studio: KnownStudio,
): void {
  registration.commands(drawingCommands({ scripts, manager, jobs, budget, studio, chosenDrawing }));
  registration.own(new PicturesIntoScripts(manager, registration.messages));
}
