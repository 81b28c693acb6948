import type { Registration } from '../commands/registration.ts';
import type { VideoJobs } from '../jobs/video-jobs.ts';
import { withFirstScript } from '../script/first-script.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { followMoves } from './follow-moves.ts';
import { pictureCommands } from './picture-commands.ts';
import { ProposedMoves } from './proposed-moves.ts';

/** The pictures that scripts name: what is wrong with them, where they go, and whom they show. */
export function registerPictures(
  registration: Registration,
  scripts: OpenScripts,
  videoJobs: VideoJobs,
): void {
  const proposed = new ProposedMoves();
  registration.own(followMoves(scripts, proposed));
  registration.commands(pictureCommands(scripts));
  withFirstScript(registration, scripts, async () =>
    (await import('./script-pictures.ts')).registerScriptPictures(scripts, videoJobs, proposed),
  );
}
