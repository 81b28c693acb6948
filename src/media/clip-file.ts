import { lstat } from 'node:fs/promises';
import path from 'node:path';
import type { Enclosure } from '../base/enclosure/enclosure.ts';
import { ScenewrightError } from '../base/errors.ts';

/**
 * Expect that a clip is a file in the folder that it belongs to, be it behind a link: what a link leads
 * to elsewhere is not for a video that may be passed on, and reading a device or pipe never ends.
 *
 * @throws ScenewrightError `bad-input` that names the file
 */
export async function expectClip(file: string, inside: Enclosure): Promise<void> {
  if (await inside.hasFile(file)) return;
  const name = path.basename(file);
  const isThere = await lstat(file).then(
    () => true,
    () => false,
  );
  throw new ScenewrightError(
    'bad-input',
    isThere
      ? `${name} is a link that leads out of ${inside.root}, or no file at all. Remove it.`
      : `${name} is missing.`,
  );
}
