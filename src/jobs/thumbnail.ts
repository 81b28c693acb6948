import { open } from 'node:fs/promises';
import { readBytes } from '../net/body.ts';
import type { Http } from '../net/http.ts';
import type { ClipSource } from '../studios/port.ts';

/** No thumbnail is larger, in bytes. */
const maxBytes = 8 * 1024 * 1024;

/**
 * The picture at an address, or nothing when there is something else: a server that does not know
 * thumbnails may well send the whole clip.
 *
 * @throws ScenewrightError when the address cannot be reached.
 */
export async function fetchImage(
  http: Http,
  source: ClipSource,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const bytes = source.kind === 'file' ? await fromFile(source.path) : await fromWeb();
  return bytes !== undefined && isImage(bytes) ? bytes : undefined;

  async function fromWeb(): Promise<Uint8Array | undefined> {
    if (source.kind !== 'http') return undefined;
    const answer = await http.send(source.url, { headers: source.headers, signal });
    const type = answer.headers.get('content-type') ?? '';
    const length = Number(answer.headers.get('content-length') ?? 0);
    if (answer.status !== 200 || /^\s*(video|audio|text)\//i.test(type) || length > maxBytes) {
      answer.body.discard();
      return undefined;
    }
    return await readBytes(answer.body, maxBytes);
  }
}

async function fromFile(path: string): Promise<Uint8Array | undefined> {
  const handle = await open(path, 'r');
  try {
    return (await handle.stat()).size > maxBytes ? undefined : await handle.readFile();
  } finally {
    await handle.close();
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
