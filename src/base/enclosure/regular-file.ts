import { constants, type BigIntStats } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';
import { ScenewrightError } from '../errors.ts';
import { t } from '../l10n.ts';

/** Never through a link, and never waiting for somebody at the other end of a pipe. Windows has neither. */
const careful =
  ((constants.O_NOFOLLOW as number | undefined) ?? 0) |
  ((constants.O_NONBLOCK as number | undefined) ?? 0);

/**
 * Open what really is a file: no link, pipe, device or folder that somebody put in its place, not even
 * this very moment.
 *
 * @param flags as of `open(2)`; to read, unless told otherwise
 * @throws ScenewrightError `disk` where it is something else; the system's own error
 */
export async function openRegular(
  file: string,
  flags: number = constants.O_RDONLY,
): Promise<FileHandle> {
  // Before it is opened: opening alone makes some devices do something.
  if (!(await lstat(file)).isFile()) throw noFile(file);
  const handle = await open(file, flags | careful).catch((error: unknown) => {
    const isLink = (error as NodeJS.ErrnoException).code === 'ELOOP';
    throw isLink ? noFile(file, error) : error;
  });
  return await orClose(handle, () => expectSame(handle, file));
}

/**
 * Make a file that is not there, to read and write it; `EEXIST` where anything has its name.
 *
 * @param flags more of those of `open(2)`
 */
export async function createRegular(file: string, flags = 0): Promise<FileHandle> {
  const { O_RDWR, O_CREAT, O_EXCL } = constants;
  return await open(file, O_RDWR | O_CREAT | O_EXCL | careful | flags);
}

/**
 * All of a file, but no more than is bearable.
 *
 * @param most bytes
 * @returns nothing where there is no file that can be read, or a larger one
 */
export async function readRegular(file: string, most: number): Promise<Buffer | undefined> {
  try {
    const handle = await openRegular(file);
    try {
      const { size } = await handle.stat();
      if (size > most) return undefined;
      const bytes = Buffer.alloc(size);
      let length = 0;
      while (length < size) {
        const { bytesRead } = await handle.read(bytes, length, size - length, length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return bytes.subarray(0, length);
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

/**
 * Expect that what was opened is the file that has this name now, and no link took its place.
 *
 * @throws ScenewrightError `disk`
 */
export async function expectSame(handle: FileHandle, file: string): Promise<void> {
  const [opened, named] = await Promise.all([
    handle.stat({ bigint: true }),
    lstat(file, { bigint: true }),
  ]);
  if (!opened.isFile() || !named.isFile() || !isSame(opened, named)) throw noFile(file);
}

/** Let go of a file where a look at it fails. */
export async function orClose(handle: FileHandle, look: () => Promise<void>): Promise<FileHandle> {
  try {
    await look();
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function isSame(a: BigIntStats, b: BigIntStats): boolean {
  // Windows does not give the same disk the same number on both ways.
  return a.ino === b.ino && (process.platform === 'win32' || a.dev === b.dev);
}

function noFile(file: string, cause?: unknown): ScenewrightError {
  return new ScenewrightError(
    'disk',
    t(
      '{0} is a link or something else that is no file, so it was left alone. Remove it, then retry.',
      file,
    ),
    { cause },
  );
}
