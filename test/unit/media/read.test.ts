import assert from 'node:assert/strict';
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { assembleVideo } from '../../../src/media/assemble.ts';
import { readMedia } from '../../../src/media/read.ts';
import { writeTinyClip, writeWithSound } from './clips.ts';
import { ffmpeg, hasFfmpeg } from './fake-ffmpeg.ts';

describe('reading a clip', function () {
  this.timeout(60_000);
  let folder: string;

  const at = (name: string): string => path.join(folder, name);

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-media-'));
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('gives length, size, codec and whether there is sound', async () => {
    const silent = await writeTinyClip(at('a.mp4'), { width: 96, frames: 30 });
    assert.deepEqual(await readMedia(silent), {
      seconds: 2.5,
      width: 96,
      height: 64,
      codec: 'avc',
      hasAudio: false,
    });
    const loud = await writeWithSound(at('b.mp4'), silent, { seconds: 2 });
    assert.equal((await readMedia(loud)).hasAudio, true);
  });

  it('names a file that is missing, no video, or not all there', async () => {
    await assert.rejects(readMedia(at('gone.mp4')), /^ScenewrightError: gone\.mp4 is missing\.$/);
    await writeFile(at('page.mp4'), '<html></html>');
    await assert.rejects(readMedia(at('page.mp4')), /page\.mp4 cannot be read as a video/);
    // Joined files have their index first.
    await assembleVideo([await writeTinyClip(at('clip.mp4'))], at('whole.mp4'), { root: folder });
    const whole = await readFile(at('whole.mp4'));
    await writeFile(at('part.mp4'), whole.subarray(0, whole.length - 20));
    await assert.rejects(readMedia(at('part.mp4')), /part\.mp4 .* \(it is cut off\)/);
  });

  it('takes a little memory for a clip of 2 GB', async () => {
    const clip = await readFile(await writeTinyClip(at('small.mp4')));
    // An empty box of 2 GB, of which the disk holds nothing, between the pictures and the index.
    const moov = clip.indexOf('moov') - 4;
    assert.ok(moov > clip.indexOf('mdat'), 'the index is last');
    const header = Buffer.alloc(16);
    header.writeUInt32BE(1, 0);
    header.write('free', 4, 'latin1');
    header.writeBigUInt64BE(2n ** 31n, 8);
    const file = await open(at('large.mp4'), 'w');
    await file.write(clip.subarray(0, moov), 0, moov, 0);
    await file.write(header, 0, header.length, moov);
    await file.write(clip.subarray(moov), 0, clip.length - moov, moov + 2 ** 31);
    await file.close();
    assert.ok((await stat(at('large.mp4'))).size > 2 ** 31);
    const before = process.memoryUsage();
    assert.equal((await readMedia(at('large.mp4'))).seconds, 1);
    const after = process.memoryUsage();
    const grown = after.arrayBuffers - before.arrayBuffers + after.heapUsed - before.heapUsed;
    assert.ok(grown < 64 * 2 ** 20, `${grown} bytes`);
  });

  /** What services send, by how it is made from a picture of 128 × 72 and 2 s, 24 a second. */
  const kinds: Readonly<
    Record<string, readonly [name: string, codec: string, ...options: string[]]>
  > = {
    'with its index at the end': ['end.mp4', 'avc'],
    'with its index first': ['first.mp4', 'avc', '-movflags', '+faststart'],
    'in fragments': ['fragments.mp4', 'avc', '-g', '12', '-movflags', '+frag_keyframe+empty_moov'],
    'in fragments without an index': [
      ...(['dash.mp4', 'avc', '-g', '12'] as const),
      ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof+skip_trailer'],
    ],
    'as WebM': ['vp9.webm', 'vp9', '-c:v', 'libvpx-vp9', '-deadline', 'realtime'],
    'as HEVC': ['hevc.mp4', 'hevc', '-c:v', 'libx265', '-x265-params', 'log-level=none'],
    'as QuickTime': ['movie.mov', 'avc'],
  };
  for (const [name, [file, codec, ...options]] of Object.entries(kinds)) {
    it(`reads a clip ${name}`, async function () {
      if (!hasFfmpeg) this.skip();
      ffmpeg(...picture, '-pix_fmt', 'yuv420p', ...options, at(file));
      const media = await readMedia(at(file));
      assert.deepEqual([media.width, media.height, media.codec], [128, 72, codec]);
      assert.ok(Math.abs(media.seconds - 2) < 0.02, `${media.seconds} s`);
    });
  }

  it('gives the size of a turned clip as it is shown', async function () {
    if (!hasFfmpeg) this.skip();
    ffmpeg(...picture, '-pix_fmt', 'yuv420p', at('upright.mp4'));
    ffmpeg('-i', at('upright.mp4'), '-c', 'copy', '-metadata:s:v:0', 'rotate=90', at('turned.mp4'));
    const { width, height } = await readMedia(at('turned.mp4'));
    assert.deepEqual([width, height], [72, 128]);
  });

  const picture = ['-f', 'lavfi', '-i', 'testsrc=size=128x72:rate=24:duration=2'];
});
