import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readMedia } from '../../../src/jobs/media.ts';
import { writeTinyClip, writeWithSound } from './media-clips.ts';

describe('reading a clip', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-media-'));
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('gives length, size, codec and whether there is sound', async () => {
    const silent = await writeTinyClip(path.join(folder, 'a.mp4'), { width: 96, frames: 30 });
    assert.deepEqual(await readMedia(silent), {
      seconds: 2.5,
      width: 96,
      height: 64,
      codec: 'avc',
      hasAudio: false,
    });
    const loud = await writeWithSound(path.join(folder, 'b.mp4'), silent, { seconds: 2 });
    assert.equal((await readMedia(loud)).hasAudio, true);
  });

  it('names a file that is missing or no video', async () => {
    await assert.rejects(
      readMedia(path.join(folder, 'gone.mp4')),
      /^ScenewrightError: gone\.mp4 is missing\.$/,
    );
    const page = path.join(folder, 'page.mp4');
    await writeFile(page, '<html></html>');
    await assert.rejects(readMedia(page), /page\.mp4 cannot be read as a video/);
  });
});
