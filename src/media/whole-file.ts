import { constants } from 'node:fs';
import path from 'node:path';
import { diskError } from '../base/disk-error.ts';
import type { Enclosure } from '../base/enclosure/enclosure.ts';
import { openRegular } from '../base/enclosure/regular-file.ts';
import { replaceWhole } from '../base/files.ts';
import { isTemporary, sweep } from '../base/leftovers.ts';
import { syncFile } from '../base/sync.ts';

/**
 * Let `make` write a file beside `output` and put it there once it is whole and on the disk, as
 * {@link replaceWhole} does, and see to it that nothing half made is left of it, now or from before.
 *
 * @param inside the folder that `output` must really be in
 * @param make gets a path that does not exist yet: for a file, or for a folder while it works.
 * @throws ScenewrightError `disk` where the file cannot be written; what `make` throws.
 */
export async function makeWhole<T>(
  output: string,
  inside: Enclosure,
  make: (part: string) => Promise<T>,
): Promise<T> {
  const { dir, base } = path.parse(output);
  const remove = (left: string): Promise<void> => inside.remove(left, { recursive: true });
  try {
    await inside.prepare(output);
    await sweep(dir, (name) => isTemporary(name, base), remove);
    return await replaceWhole(
      output,
      async (part) => {
        const result = await make(part);
        await flush(part);
        return result;
      },
      { move: (from, to) => inside.move(from, to), discard: remove },
    );
  } catch (error) {
    throw diskError(error, dir);
  }
}

async function flush(file: string): Promise<void> {
  const handle = await openRegular(file, constants.O_RDWR);
  try {
    await syncFile(handle);
  } finally {
    await handle.close();
  }
}
