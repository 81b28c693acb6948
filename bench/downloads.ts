import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { cp, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../src/base/clock.ts';
import { Downloader } from '../src/jobs/download.ts';
import { Http } from '../src/net/http.ts';
import { mp4 } from '../test/unit/jobs/clips.ts';
import { median, print, timed } from './figures.ts';

const files = 10;
const megabytes = 20;
const runs = 3;

/**
 * The product's own download path, verification included, five at once from a server on loopback,
 * against copying the same files five at once on the same disk: the physical limit here. The server
 * is in the same process, so that its work counts in too.
 */
export async function downloads(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-bench-'));
  const source = path.join(folder, 'source.mp4');
  await writeFile(source, mp4(megabytes * 1_000_000));
  const { size } = await stat(source);
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': size, etag: '"1"' });
    createReadStream(source, { highWaterMark: 1 << 20 }).pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/clip`;
  const http = new Http();
  const downloader = new Downloader({ http, clock: systemClock, parallel: 5 });
  const target = (name: string, index: number): string => path.join(folder, name, `${index}.mp4`);
  const all = Array.from({ length: files }, (_, index) => index);
  try {
    const ours: number[] = [];
    const copies: number[] = [];
    for (let run = 0; run < runs; run++) {
      copies.push(
        await timed(() => Promise.all(all.map((i) => cp(source, target(`copy-${run}`, i))))),
      );
      ours.push(
        await timed(() =>
          Promise.all(
            all.map((i) =>
              downloader.download({
                key: `${run}-${i}`,
                source: () => Promise.resolve({ kind: 'http', url, headers: {} }),
                file: target(`ours-${run}`, i),
                root: folder,
                signal: new AbortController().signal,
              }),
            ),
          ),
        ),
      );
    }
    print(`${files} clips of ${megabytes} MB, 5 at once (median of ${runs})`, [
      { way: 'copy on this disk', 'wall ms': median(copies), 'of the copy': 1 },
      { way: 'download', 'wall ms': median(ours), 'of the copy': median(ours) / median(copies) },
    ]);
  } finally {
    await http.close();
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
