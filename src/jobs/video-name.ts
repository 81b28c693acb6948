import path from 'node:path';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { safeName } from './paths.ts';

/**
 * The name of a script's assembled video: that of the folder with its clips, which is the script's
 * own. Scripts of one name in different folders share a folder for their clips; each of their videos
 * has the script's folder in its name, so that none is written over another's.
 *
 * @param folder name of the folder with the clips
 * @param script path of the script, relative to the workspace folder
 * @param twins paths of the other scripts whose clips go to the same folder
 * @throws ScenewrightError `bad-input` where that does not tell the scripts apart.
 */
export function videoName(folder: string, script: string, twins: readonly string[]): string {
  // Names of clips are left to clips.
  const name = /^scene-\d{3,}([-.]|$)/iu.test(folder) ? `${folder}-video` : folder;
  if (twins.length === 0) return `${name}.mp4`;
  const own = named(name, script);
  // As systems do that take A and a for the same.
  const same = twins.find((twin) => named(name, twin).toLowerCase() === own.toLowerCase());
  if (same === undefined) return own;
  throw new ScenewrightError(
    'bad-input',
    t(
      'The videos of {0} and {1} would be one file. Rename one of the two scripts, then assemble. No video was made.',
      script,
      same,
    ),
  );
}

function named(name: string, script: string): string {
  const place = path.dirname(script);
  return place === '.'
    ? `${name}.mp4`
    : `${name} (${safeName(place.replaceAll(/[/\\]/g, '-'))}).mp4`;
}
