import { lstat, mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { ScenewrightError } from '../base/errors.ts';
import { isInside } from '../base/inside.ts';

/**
 * Make the folder of a clip and be sure that it really lies in `root`, wherever symbolic links lead:
 * a script from somewhere else must not be able to write outside the workspace.
 *
 * @throws ScenewrightError `disk`.
 */
export async function prepareFolder(file: string, root: string): Promise<void> {
  const folder = path.dirname(file);
  if (!isInside(root, file)) throw outside(file, root);
  const realRoot = await realpath(root);
  // Before anything is made, so that not even an empty folder appears outside.
  await expectInside(await deepestExisting(folder), realRoot, file, root);
  await mkdir(folder, { recursive: true });
  await expectInside(folder, realRoot, file, root);
}

async function expectInside(
  folder: string,
  realRoot: string,
  file: string,
  root: string,
): Promise<void> {
  const real = await realpath(folder);
  if (real !== realRoot && !isInside(realRoot, real)) throw outside(file, root);
}

async function deepestExisting(folder: string): Promise<string> {
  for (let at = folder; ; at = path.dirname(at)) {
    try {
      await lstat(at);
      return at;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || path.dirname(at) === at)
        throw error;
    }
  }
}

function outside(file: string, root: string): ScenewrightError {
  return new ScenewrightError(
    'disk',
    `${file} would lie outside ${root}, so the clip was not saved. Choose a folder inside it, without links that lead out, then retry.`,
  );
}
