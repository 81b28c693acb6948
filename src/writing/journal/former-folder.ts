import { access, mkdir, readdir, rename } from 'node:fs/promises';
import path from 'node:path';

/**
 * Move what is kept in a folder that one workspace had to itself to where all windows look for it. What
 * is there under the same name stays, and so does what cannot be moved; never fails.
 */
export async function bringTogether(former: string, folder: string): Promise<void> {
  const names = await readdir(former).catch(() => []);
  if (names.length === 0) return;
  await mkdir(folder, { recursive: true }).catch(() => undefined);
  for (const name of names.filter((each) => each.endsWith('.json'))) {
    const to = path.join(folder, name);
    const isThere = await access(to).then(
      () => true,
      () => false,
    );
    // Another window of the workspace may be moving the very same.
    if (!isThere) await rename(path.join(former, name), to).catch(() => undefined);
  }
}
