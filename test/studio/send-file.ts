import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';

export interface SendOptions {
  readonly type: string;
  /** Bytes per second and connection; without a limit when absent. */
  readonly bytesPerSecond?: number;
  /** Names what the file holds, so that a part of it can be asked for under that condition. */
  readonly etag?: string;
}

/** Answer with a file, or with the one range of it that was asked for. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: string,
  options: SendOptions,
): Promise<void> {
  const { size } = await stat(file);
  const condition = request.headers['if-range'];
  const range =
    condition === undefined || condition === options.etag
      ? readRange(request.headers.range, size)
      : undefined;
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  response.writeHead(range === undefined ? 200 : 206, {
    'accept-ranges': 'bytes',
    'content-length': end - start + 1,
    'content-type': options.type,
    ...(options.etag === undefined ? {} : { etag: options.etag }),
    ...(range === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${size}` }),
  });
  const source = createReadStream(file, { start, end, highWaterMark: 16 * 1024 });
  await (options.bytesPerSecond === undefined
    ? pipeline(source, response)
    : pipeline(source, slowedTo(options.bytesPerSecond), response));
}

interface Range {
  readonly start: number;
  /** Inclusive, as in HTTP. */
  readonly end: number;
}

/** `undefined` for no range, and for several or unknown ones, which a server may ignore. */
function readRange(header: string | undefined, size: number): Range | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start > end ? 'unsatisfiable' : { start, end };
}

function slowedTo(bytesPerSecond: number): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      void delay((chunk.length / bytesPerSecond) * 1000).then(() => {
        done(null, chunk);
      });
    },
  });
}
