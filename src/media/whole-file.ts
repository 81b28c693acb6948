import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { diskError } from '../base/disk-error.ts';
import { renameOver } from '../base/files.ts';
import { syncFile, syncFolder } from '../base/sync.ts';

/** What a killed editor left behind is taken away when nobody has written to it for so long. */
const leftoverMs = 24 * 60 * 60 * 1000;

/**
 * Let `make` write a file beside `output` and put it there once it is whole and on the disk. What was
 * there before stays until then; whatever goes wrong, nothing half made is left.
 *
 * @param make gets a path that does not exist yet: for a file, or for a folder while it works.
 * @throws ScenewrightError `disk` where the file cannot be written; what `make` throws.
 */
export async function makeWhole<T>(output: string, make: (part: string) => Promise<T>): Promise<T> {
  const folder = path.dirname(output);
  const part = `${output}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await mkdir(folder, { recursive: true });
    await sweep(output);
    const result = await make(part);
    await flush(part);
    await renameOver(part, output);
    await syncFolder(folder);
    return result;
  } catch (error) {
    throw diskError(error, folder);
  } finally {
    // Whatever hinders this has been reported already.
    await rm(part, { force: true, recursive: true }).catch(() => undefined);
  }
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await syncFile(handle);
  } finally {
    await handle.close();
  }
}

async function sweep(output: string): Promise<void> {
  const { dir, base } = path.parse(output);
  for (const name of await readdir(dir)) {
    if (!name.startsWith(`${base}.`) || !/^[0-9a-f]{12}\.tmp/.test(name.slice(base.length + 1))) {
      continue;
    }
    const leftover = path.join(dir, name);
    const touched = await stat(leftover).catch(() => undefined);
    if (!touched || Date.now() - touched.mtimeMs < leftoverMs) continue;
    await rm(leftover, { force: true, recursive: true }).catch(() => undefined);
  }
}
