import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Fill a folder all or nothing: `fill` works on a temporary neighbour, which takes the folder's name
 * only when it is complete. What an interrupted run left behind is cleared away first, and so are
 * folders of other versions, whose names differ in what follows the last hyphen.
 *
 * @returns whether there was anything to do
 */
export async function installOnce(
  folder: string,
  fill: (temporary: string) => Promise<void>,
): Promise<boolean> {
  if (existsSync(folder)) return false;
  const parent = path.dirname(folder);
  const product = path.basename(folder).replace(/-[^-]*$/, '');
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${product}-`) && !name.startsWith(`.${product}-`)) continue;
    await rm(path.join(parent, name), { recursive: true, force: true });
  }
  const temporary = path.join(parent, `.${product}-${randomBytes(4).toString('hex')}`);
  await mkdir(temporary);
  try {
    await fill(temporary);
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  return true;
}
