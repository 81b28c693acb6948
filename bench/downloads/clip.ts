import { createCipheriv } from 'node:crypto';
import { open } from 'node:fs/promises';
import { mp4 } from '../../fixtures/video-bytes.ts';

/** What the media of a clip is made of. */
export type Media = 'noise' | 'zeros';

const patternBytes = 1 << 20;

/** Over and over the same, for a server in another process must have the very same clips. */
const patterns: Readonly<Record<Media, Buffer>> = {
  noise: createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(
    Buffer.alloc(patternBytes),
  ),
  zeros: Buffer.alloc(patternBytes),
};

/**
 * How a clip of so many bytes begins; whatever follows is its media, and the product takes the whole
 * for a video.
 */
function headOf(bytes: number): Buffer {
  const head = mp4(0);
  const mediaBytes = bytes - head.length;
  if (mediaBytes <= 0 || bytes >= 2 ** 32) throw new RangeError(`No clip has ${bytes} bytes.`);
  // The last box, the media, is empty so far: its length is all of its eight bytes.
  head.writeUInt32BE(mediaBytes + 8, head.length - 8);
  return head;
}

/** The bytes `from` to `to` (exclusive) of the clip of that size, in pieces. */
export function* clipPieces(
  bytes: number,
  media: Media,
  from = 0,
  to = bytes,
): Generator<Uint8Array> {
  const head = headOf(bytes);
  const pattern = patterns[media];
  if (from < head.length) yield head.subarray(from, Math.min(to, head.length));
  for (let at = Math.max(from, head.length); at < to;) {
    const start = at % pattern.length;
    const piece = pattern.subarray(start, start + to - at);
    yield piece;
    at += piece.length;
  }
}

/** Put a clip on the disk. Zeros take no place there, but are a hole in the file. */
export async function writeClip(file: string, bytes: number, media: Media): Promise<void> {
  await using handle = await open(file, 'wx');
  if (media === 'zeros') {
    await handle.write(headOf(bytes));
    await handle.truncate(bytes);
    return;
  }
  for (const piece of clipPieces(bytes, media)) await handle.writeFile(piece);
}
