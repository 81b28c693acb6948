import { readRegular } from '../base/enclosure/regular-file.ts';
import type { Fetcher } from '../net/fetcher.ts';
import { beginningOf } from '../net/receive-buffer.ts';
import type { ClipOnTheWeb, ClipSource } from '../studios/port.ts';

/** No thumbnail is larger, in bytes. */
const thumbnailBytes = 8 * 1024 * 1024;

/**
 * The picture at an address, or nothing when there is something else: a server that does not know
 * thumbnails may well send the whole clip.
 *
 * @param allowPrivate whether the address may be one that is not on the public internet
 * @param maxBytes of a larger one there is nothing
 * @throws ScenewrightError when the address cannot be reached.
 */
export async function fetchImage(
  fetcher: Fetcher,
  source: ClipSource,
  signal: AbortSignal,
  allowPrivate: boolean,
  maxBytes = thumbnailBytes,
): Promise<Uint8Array | undefined> {
  const bytes = await bytesOf(source);
  return bytes !== undefined && isImage(bytes) ? bytes : undefined;

  async function bytesOf(from: ClipSource): Promise<Uint8Array | undefined> {
    switch (from.kind) {
      case 'file':
        return await readRegular(from.path, maxBytes);
      case 'inside': {
        const inside = Buffer.from(from.base64, 'base64');
        return inside.length > maxBytes ? undefined : inside;
      }
      case 'http':
        return await fromWeb(from);
    }
  }

  async function fromWeb({ url, headers }: ClipOnTheWeb): Promise<Uint8Array | undefined> {
    const answer = await fetcher.get(url, { headers, signal, allowPrivate });
    const type = answer.headers.get('content-type') ?? '';
    const length = Number(answer.headers.get('content-length') ?? 0);
    if (answer.status !== 200 || /^\s*(video|audio|text)\//i.test(type) || length > maxBytes) {
      answer.body.discard();
      return undefined;
    }
    const bytes = await beginningOf(answer.body, maxBytes + 1);
    // Cut off, a picture would only be half a picture.
    if (bytes.length > maxBytes) return undefined;
    return length === 0 || bytes.length === length ? bytes : undefined;
  }
}

/** By the first bytes: JPEG, PNG, GIF or WebP. */
function isImage(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  return (
    head.startsWith('\xff\xd8\xff') ||
    head.startsWith('\x89PNG\r\n\x1a\n') ||
    head.startsWith('GIF8') ||
    (head.startsWith('RIFF') && head.endsWith('WEBP'))
  );
}
