// A script of its own: see `startPacedServer`. Serves clips of any size out of memory.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { clipPieces } from './clip.ts';
import type { PacedOptions, PacedPorts } from './paced.ts';

const { rate, zeros, certificate } = JSON.parse(process.argv[2] ?? '') as PacedOptions;

/** How often a capped connection gets its next bytes, in milliseconds. */
const stepMs = 10;

/** The pieces of a clip, each byte when a line of that rate would have brought it. */
async function* paced(all: Iterable<Uint8Array>, rate: number): AsyncGenerator<Uint8Array> {
  const start = performance.now();
  const step = Math.max(1, Math.round((rate * stepMs) / 1000));
  let sent = 0;
  for (const piece of all) {
    for (let at = 0; at < piece.length; at += step) {
      const bytes = piece.subarray(at, at + step);
      sent += bytes.length;
      // By the time since the beginning, so that late timers do not add up.
      const ahead = start + (sent / rate) * 1000 - performance.now();
      if (ahead > 1) await sleep(ahead);
      yield bytes;
    }
  }
}

/** @param cap bytes a second; absent: as fast as it goes */
function answer(cap?: number) {
  return (request: http.IncomingMessage, response: http.ServerResponse): void => {
    const bytes = Number(/^\/(\d+)\//.exec(request.url ?? '')?.[1]);
    if (!(bytes > 0)) {
      response.writeHead(404).end();
      return;
    }
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const from = Number(range?.[1] ?? 0);
    const to = range?.[2] ? Math.min(bytes, Number(range[2]) + 1) : bytes;
    response.writeHead(range === null ? 200 : 206, {
      'content-type': 'video/mp4',
      'content-length': to - from,
      'accept-ranges': 'bytes',
      etag: `"${bytes}"`,
      ...(range === null ? {} : { 'content-range': `bytes ${from}-${to - 1}/${bytes}` }),
    });
    const body = clipPieces(bytes, zeros.includes(bytes) ? 'zeros' : 'noise', from, to);
    // A client that hangs up is no news: clients try out how many connections are worth having.
    pipeline(Readable.from(cap === undefined ? body : paced(body, cap)), response).catch(
      () => undefined,
    );
  };
}

async function listen(server: http.Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const ports: PacedPorts = {
  plain: await listen(http.createServer(answer())),
  capped: await listen(http.createServer(answer(rate))),
  ...(certificate === undefined
    ? {}
    : {
        tls: await listen(
          https.createServer(
            { cert: readFileSync(certificate.certificate), key: readFileSync(certificate.key) },
            answer(),
          ),
        ),
      }),
};
process.send?.(ports);
process.once('disconnect', () => process.exit());
