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
import { bytesOnDisk } from './part-on-disk.ts';
import { Place, workerFile } from './place.ts';
import { Received } from './received.ts';

describe('a window that is killed while it downloads', () => {
  const clip = mp4(8_000_000);
  const kills = 5;

  it('leaves no torn clip, and the next one fetches little of it again', async function () {
    this.timeout(120_000);
    const place = await Place.make();
    const server = await FileServer.start(clip);
    /** Of each kill: how much of the clip had come and was not on disk. */
    const lost: number[] = [];
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
        let come = 0;
        child.on('message', (bytes) => {
          come = Number(bytes);
        });
        const wanted = Math.random() * clip.length;
        while (server.sent < wanted && child.exitCode === null) await pause(1);
        child.kill('SIGKILL');
        await over;
        if (existsSync(place.file)) {
          assert.ok((await readFile(place.file)).equals(clip), 'a torn clip');
        } else {
          assert.ok(existsSync(partOf(place.file)) || server.asked.length === 0);
        }
        const kept = existsSync(place.file) ? clip.length : bytesOnDisk(place.file);
        lost.push((come - kept) / clip.length);
        server.bytesPerSecond = 0;
        const received = new Received();
        await place.download(server.url);
        await place.expectClip(clip);
        received.stop();
        const more = received.bytes - (clip.length - kept);
        assert.ok(more <= clip.length * 0.1, `${more} bytes more than were missing`);
        await rm(place.file);
      }
    } finally {
      await place.close();
      await server.close();
    }
    lost.sort((a, b) => a - b);
    const median = lost[Math.floor(lost.length / 2)] ?? Infinity;
    assert.ok(median <= 0.1, lost.map((share) => share.toFixed(2)).join(' '));
  });
});
