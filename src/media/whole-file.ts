import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import path from 'node:path';
import { diskError } from '../base/disk-error.ts';
import type { Enclosure } from '../base/enclosure/enclosure.ts';
import { openRegular } from '../base/enclosure/regular-file.ts';
import { isTemporary, sweep } from '../base/leftovers.ts';
import { syncFile, syncFolder } from '../base/sync.ts';

/**
 * Let `make` write a file beside `output` and put it there once it is whole and on the disk. What was
 * there before stays until then; whatever goes wrong, nothing half made is left.
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
  const folder = path.dirname(output);
  const part = `${output}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await inside.prepare(output);
    const { dir, base } = path.parse(output);
    await sweep(
      dir,
      (name) => isTemporary(name, base),
      (leftover) => inside.remove(leftover, { recursive: true }),
    );
    const result = await make(part);
    await flush(part);
    await inside.move(part, output);
    await syncFolder(folder);
    return result;
  } catch (error) {
    throw diskError(error, folder);
  } finally {
    // Whatever hinders this has been reported already.
    await inside.remove(part, { recursive: true }).catch(() => undefined);
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
