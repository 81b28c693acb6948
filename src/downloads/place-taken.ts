import { exists } from '../base/files.ts';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { allFilesIn } from './clip-name.ts';

/** Whether anything has the name of a clip in a place, of whatever kind. */
export async function isPlaceTaken(place: string): Promise<boolean> {
  return (await Promise.all(allFilesIn(place).map(exists))).includes(true);
}

/** Nothing is ever replaced by a clip that comes. */
export function placeTaken(file: string): ScenewrightError {
  return new ScenewrightError(
    'disk',
    t(
      '{0} is there already, and it is another file, so nothing was put in its place. Move it away, then retry. Nothing is lost, and what is at the service is not ordered again.',
      file,
    ),
  );
}
