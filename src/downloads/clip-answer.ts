import { errorBodyMs } from '../net/bounded-body.ts';
import type { FetchAnswer } from '../net/fetcher.ts';
import { beginningOf } from '../net/receive-buffer.ts';
import { secretsOf } from '../net/request-secrets.ts';
import { kindOfFile, tellingBytes } from './file-kind.ts';
import { noClip } from './no-clip.ts';
import { PeekedBody } from './peeked-body.ts';
import { UnpackedBody, type Packing } from './unpacked-body.ts';

/** An answer that carries all of a clip, as it will be on disk. */
export interface ClipAnswer extends FetchAnswer {
  /** What the answer says of length, version and checksum is of something that was packed. */
  readonly isUnpacked?: boolean;
}

/** Of what is no clip so much is read, in bytes. */
const toldBytes = 16 * 1024;

/** A file that is packed more often than this is none. */
const mostLayers = 3;

/**
 * See by its first bytes what a whole answer carries: a clip under any type and coding is taken, one
 * that really is packed is unpacked, and what surely is something else is turned away before it is
 * fetched. What cannot be told goes on, for the whole file tells more.
 *
 * @param secrets of the request, never to be shown even if the server repeats them
 * @throws ScenewrightError `bad-answer`; the answer is discarded then
 */
export async function clipIn(answer: FetchAnswer, secrets: readonly string[]): Promise<ClipAnswer> {
  const declared = codingsOf(answer.headers.get('content-encoding'));
  let body = await PeekedBody.of(answer.body, tellingBytes);
  for (let layers = 0; ; layers++) {
    const kind = kindOfFile(body.beginning);
    const packing = kind.is === 'video' ? undefined : packingOf(body.beginning, declared);
    if (packing !== undefined && layers < mostLayers) {
      body = await PeekedBody.of(new UnpackedBody(body, packing), tellingBytes);
      continue;
    }
    if (kind.is === 'video' || kind.is === 'unknown') {
      return { ...answer, body, isUnpacked: layers > 0 };
    }
    const { url, headers } = answer.hop;
    const text = await beginningOf(body, toldBytes, errorBodyMs);
    const told = kind.is === 'words' ? text.toString('utf8') : text.toString('latin1');
    const all = [...secretsOf(url, headers), ...secrets];
    throw noClip(url, kind, told, all, answer.status);
  }
}

/** What an answer says was done to what it carries, in small letters; the last is the outermost. */
export function codingsOf(header: string | null): readonly string[] {
  return (header ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
}

/** How a file is packed: by its first bytes, and where those do not tell, by what is said of it. */
function packingOf(head: Uint8Array, declared: readonly string[]): Packing | undefined {
  const [first = 0, second = 0, third = 0, fourth = 0] = head;
  if (first === 0x1f && second === 0x8b && third === 8) return 'gzip';
  if (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd) return 'zstd';
  const text = Buffer.from(head.subarray(0, 200)).toString('latin1');
  if (/^[0-9a-f]{1,8};chunk-signature=[0-9a-f]{64}\r\n/i.test(text)) return 'aws-chunked';
  if (declared.includes('aws-chunked') && /^[0-9a-f]{1,8}(?:;[^\r\n]*)?\r\n/i.test(text)) {
    return 'aws-chunked';
  }
  if (declared.includes('deflate')) {
    const isWrapped = (first & 15) === 8 && (first * 256 + second) % 31 === 0;
    return isWrapped ? 'deflate' : 'raw-deflate';
  }
  return declared.includes('br') ? 'br' : undefined;
}
