import { randomBytes } from 'node:crypto';
import {
  link,
  lstat,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  unlink,
  type FileHandle,
} from 'node:fs/promises';
import path from 'node:path';
import { syncFile, syncFolder } from './sync.ts';

/** By what a file gets to its place. */
export interface Mover {
  /** Rename a file, in place of what has the new name. */
  move(from: string, to: string): Promise<void>;
  /** Remove what a failure has left, be it a folder; it may be gone already. */
  discard(left: string): Promise<void>;
}

/**
 * Let something be written beside a file and put in its place once it is whole, so that, whatever
 * happens, a reader finds either the old content or the new one and never a part: temporary file
 * beside it, rename, fsync of the folder.
 *
 * @param make gets a path that does not exist yet, and leaves a file there that is on the disk
 */
export async function replaceWhole<T>(
  file: string,
  make: (temporary: string) => Promise<T>,
  mover: Mover = { move: renameOver, discard: (left) => rm(left, { force: true }) },
): Promise<T> {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const made = await make(temporary);
    await mover.move(temporary, file);
    await syncFolder(path.dirname(file));
    return made;
  } catch (error) {
    // Whatever hinders this has been reported already.
    await mover.discard(temporary).catch(() => undefined);
    throw error;
  }
}

/**
 * Write a file by {@link replaceWhole}. The folder is made when it is missing.
 *
 * @param begin makes the temporary file, where that takes more care
 */
export async function writeFileAtomic(
  file: string,
  content: string | Uint8Array,
  begin: (temporary: string) => Promise<FileHandle> = create,
): Promise<void> {
  await replaceWhole(file, async (temporary) => {
    const handle = await begin(temporary);
    try {
      await handle.writeFile(content);
      await syncFile(handle);
    } finally {
      await handle.close();
    }
  });
}

/** The folder is nearly always there already. */
async function create(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'wx');
  } catch (error) {
    if (!isNotThere(error)) throw error;
    await mkdir(path.dirname(file), { recursive: true });
    return await open(file, 'wx');
  }
}

/** Whether anything bears this name, be it a link that leads nowhere. */
export async function exists(file: string): Promise<boolean> {
  return await lstat(file).then(
    () => true,
    () => false,
  );
}

/** By what disks say that they know no hard links. */
const knowsNoLinks = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EINVAL',
  'EMLINK',
  'EXDEV',
]);

/**
 * Rename a file to a name that nothing has, in one step that whoever takes the name at the same moment
 * cannot come between.
 *
 * @throws the system's own `EEXIST` where anything has that name
 */
export async function renameNew(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!knowsNoLinks.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    // An empty file keeps the name until then.
    await (await open(to, 'wx')).close();
    try {
      await renameOver(from, to);
    } catch (failure) {
      await removeEmpty(to);
      throw failure;
    }
    return;
  }
  await unlink(from);
}

/** Remove the file that has kept a name; not what somebody has put there instead. */
async function removeEmpty(file: string): Promise<void> {
  const stats = await lstat(file).catch(() => undefined);
  if (stats?.isFile() === true && stats.size === 0) await unlink(file).catch(() => undefined);
}

/**
 * Rename over an existing file. Windows answers EPERM, EACCES or EBUSY for a moment while a virus
 * scanner or indexer holds either file open, so those are tried again for about a second.
 */
export async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      const passing = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(code);
      if (!passing || attempt >= 9) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * (attempt + 1)));
    }
  }
}

/** What a folder has; nothing where there is no such folder. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return await readdir(folder).catch((error: unknown) => {
    if (isNotThere(error)) return [];
    throw error;
  });
}

/** Whether this is how the disk says that there is no such file or folder. */
export function isNotThere(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
