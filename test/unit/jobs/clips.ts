import type { ServerResponse } from 'node:http';
import type { Asked } from '../net/loopback.ts';

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
