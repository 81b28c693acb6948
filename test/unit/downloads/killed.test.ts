import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { partOf } from '../../../src/downloads/part-file.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { FileServer } from './file-server.ts';
import { Place, workerFile } from './place.ts';

describe('a window that is killed while it downloads', () => {
  const clip = mp4(8_000_000);
  const kills = 9;

  it('leaves no torn clip, and the next one fetches little of it again', async function () {
    this.timeout(120_000);
    const place = await Place.make();
    const server = await FileServer.start(clip);
    const ratios: number[] = [];
    try {
      for (let kill = 0; kill < kills; kill++) {
        server.sent = 0;
        server.bytesPerSecond = 8_000_000;
        const child = fork(
          path.join(import.meta.dirname, 'killed-window.ts'),
          [server.url, place.file, place.folder, workerFile],
          { execArgv: [] },
        );
        const over = once(child, 'exit');
        const wanted = Math.random() * clip.length;
        while (server.sent < wanted && child.exitCode === null) await pause(1);
        child.kill('SIGKILL');
        await over;
        if (existsSync(place.file)) {
          assert.ok((await readFile(place.file)).equals(clip), 'a torn clip');
        } else {
          assert.ok(existsSync(partOf(place.file)) || server.asked.length === 0);
        }
        server.bytesPerSecond = 0;
        await place.download(server.url);
        await place.expectClip(clip);
        ratios.push(server.sent / clip.length);
        await rm(place.file);
      }
    } finally {
      await place.close();
      await server.close();
    }
    ratios.sort((a, b) => a - b);
    const median = ratios[Math.floor(ratios.length / 2)] ?? Infinity;
    assert.ok(median <= 1.1, ratios.map((ratio) => ratio.toFixed(2)).join(' '));
  });
});
