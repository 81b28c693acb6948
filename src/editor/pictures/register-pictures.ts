import type { Registration } from '../commands/registration.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { registerMentionCompletion } from './mention-completion.ts';
import { registerNames } from './names.ts';
import { MovedPictures } from './moved-pictures.ts';
import { pictureCommands } from './picture-commands.ts';
import { PictureProblems } from './picture-problems.ts';

/** The pictures that scripts name: what is wrong with them, and where they go. */
export function registerPictures(registration: Registration, scripts: OpenScripts): void {
  registration.own(new PictureProblems(scripts));
  registration.own(new MovedPictures(scripts));
  registration.own(registerMentionCompletion(scripts));
  registration.own(registerNames(scripts));
  registration.commands(pictureCommands(scripts));
}
