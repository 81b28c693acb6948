import type { Services } from '../accounts/services.ts';
import type { Registration } from '../commands/registration.ts';
import type { VideoJobs } from '../jobs/video-jobs.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { drawingCommands } from './drawing-commands.ts';
import { PicturesIntoScripts } from './pictures-into-scripts.ts';

/** Drawing characters, places and stills, and putting them into their scripts. */
export function registerDrawing(
  registration: Registration,
  scripts: OpenScripts,
  { manager, budget }: VideoJobs,
  { chosen, chosenDrawing }: Pick<Services, 'chosen' | 'chosenDrawing'>,
): void {
  registration.commands(drawingCommands({ scripts, manager, budget, chosen, chosenDrawing }));
  registration.own(new PicturesIntoScripts(manager, registration.messages));
}
