import { lstat, mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { ScenewrightError, messageOf } from '../base/errors.ts';
import { isInside } from './paths.ts';

/** A system error about `place`, as the writer should read it; other errors stay as they are. */
export function diskError(error: unknown, place: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof ScenewrightError || code === undefined || syscall === undefined)
    return error;
  return new ScenewrightError('disk', `${reason(code, place)} What is here already is kept.`, {
    cause: error,
    retryable: true,
  });

  function reason(code: string, place: string): string {
    switch (code) {
      case 'ENOSPC':
      case 'EDQUOT':
        return `The disk is full at ${place}. Make room, then retry.`;
      case 'EROFS':
      case 'EACCES':
      case 'EPERM':
        return `${place} cannot be written (${code}). Allow it or choose another folder, then retry.`;
      case 'ENOENT':
      case 'ENOTDIR':
        return `${place} is not there any more. Bring the folder back, or just retry to make it anew.`;
      default:
        return `${place} could not be used: ${messageOf(error)}.`;
    }
  }
}

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
