import { type FileHandle, open } from 'node:fs/promises';
import { CustomSource } from 'mediabunny';
import { cancelledError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { Damaged } from './parts.ts';
import type { Readable } from './structure.ts';

/** More than the index, a picture or a cluster of any clip, in bytes. */
const largestRead = 256 * 1024 * 1024;

/**
 * A file as the media library reads it: what it is asked for and 8 MB that are kept, however large
 * the file is. Reading ends when the signal aborts.
 */
export function sourceOf(
  file: string,
  { end, lid }: Readable,
  signal: AbortSignal | undefined,
): CustomSource {
  let handle: Promise<FileHandle> | undefined;
  const opened = (): Promise<FileHandle> => (handle ??= open(file, 'r'));
  return new CustomSource({
    getSize: () => end + lid.length,
    read: async (from, to) => {
      if (signal?.aborted) throw cancelledError(t('The reading of the clip'));
      if (to - from > largestRead)
        throw new Damaged(t('it promises more than any clip holds'), false);
      const bytes = new Uint8Array(to - from);
      const length = Math.max(0, Math.min(to, end) - from);
      for (let at = 0; at < length;) {
        const { bytesRead } = await (await opened()).read(bytes, at, length - at, from + at);
        if (bytesRead === 0) throw new Damaged(t('it is cut off'));
        at += bytesRead;
      }
      for (let at = Math.max(from, end); at < to; at++) bytes[at - from] = lid[at - end] ?? 0;
      return bytes;
    },
    dispose: () => {
      void handle?.then((open) => open.close()).catch(() => undefined);
    },
    // What reads ahead for nobody has nobody to tell.
    handleUnhandledError: () => undefined,
    prefetchProfile: 'fileSystem',
  });
}
