import { open, type FileHandle } from 'node:fs/promises';

/**
 * What a file system says that cannot be told to write through at all: network shares, folders shared
 * with a virtual machine, many that are made of a program. It writes as it likes, and nothing is gained
 * by not using it. A disk that is broken or full (`EIO`, `ENOSPC`) says something else.
 */
const cannotSync: ReadonlySet<string> = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Many more know no way for folders, or do not let everybody open them for that. */
const cannotSyncFolder: ReadonlySet<string> = new Set([
  ...cannotSync,
  'EPERM',
  'EACCES',
  'EISDIR',
  'EBADF',
]);

/**
 * Resolves when what was written has reached the disk itself, as far as its file system can promise that.
 *
 * @param what `content`: all of the file that is needed to read it again; `all`: its times as well
 */
export async function syncFile(handle: FileHandle, what: 'content' | 'all' = 'all'): Promise<void> {
  await unless(cannotSync, () => (what === 'all' ? handle.sync() : handle.datasync()));
}

/** Make a finished rename durable. Folders cannot be opened for this on Windows, nor need to be. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await unless(cannotSyncFolder, async () => {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

async function unless(hopeless: ReadonlySet<string>, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!hopeless.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
