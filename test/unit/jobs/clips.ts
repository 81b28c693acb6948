import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Asked } from '../net/loopback.ts';

function box(type: string, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(body.length + 8, 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
}

/** The smallest thing with the structure of an MP4; no player would show it. */
export function mp4(bytes = 1000, seconds = 8, media: Uint8Array = randomBytes(bytes)): Buffer {
  const mvhd = Buffer.alloc(100);
  mvhd.writeUInt32BE(1000, 12);
  mvhd.writeUInt32BE(seconds * 1000, 16);
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\0\x01isomavc1', 'latin1')),
    box('moov', box('mvhd', mvhd), box('trak')),
    box('mdat', media),
  ]);
}

function element(id: string, content: Uint8Array, size = content.length): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE((1n << 56n) | BigInt(size));
  return Buffer.concat([Buffer.from(id, 'hex'), length, content]);
}

/**
 * The same for WebM; `unknown` leaves the segment's length open as live recorders do.
 *
 * @param more stands behind the pictures, in the segment
 */
export function webm(bytes = 1000, unknown = false, more = new Uint8Array()): Buffer {
  const cluster = Buffer.concat([element('1f43b675', randomBytes(bytes)), more]);
  const segment = unknown
    ? Buffer.concat([Buffer.from('1853806701ffffffffffffff', 'hex'), cluster])
    : element('18538067', cluster);
  return Buffer.concat([element('1a45dfa3', Buffer.from('4282847765626d', 'hex')), segment]);
}

/** What a well-behaved file server does, ranges included. */
export function serve(
  file: Uint8Array,
  asked: Asked,
  response: ServerResponse,
  etag = '"v1"',
): void {
  const headers = { 'content-type': 'video/mp4', etag };
  const from = rangeStart(asked, etag);
  if (from === undefined) {
    response.writeHead(200, { ...headers, 'content-length': file.length });
    response.end(file);
    return;
  }
  if (from >= file.length) {
    response.writeHead(416, { 'content-range': `bytes */${file.length}` }).end();
    return;
  }
  response.writeHead(206, {
    ...headers,
    'content-length': file.length - from,
    'content-range': `bytes ${from}-${file.length - 1}/${file.length}`,
  });
  response.end(file.subarray(from));
}

/** Where the asked range begins, if it is one and the condition holds. */
export function rangeStart(asked: Asked, etag: string | undefined): number | undefined {
  const from = /^bytes=(\d+)-$/.exec(asked.headers.range ?? '')?.[1];
  if (from === undefined || asked.headers['if-range'] !== etag) return undefined;
  return Number(from);
}
