import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EncodedPacketSink, FilePathSource, Input, MP4 } from 'mediabunny';
import { ScenewrightError, isCancelled } from '../../../src/base/errors.ts';
import {
  type AssembledVideo,
  type AssembleOptions,
  assembleVideo as assemble,
} from '../../../src/media/assemble.ts';
import { readMedia } from '../../../src/media/read.ts';
import { verifyVideo } from '../../../src/downloads/verify-video.ts';
import { writeTinyClip, writeWithSound } from './clips.ts';
import { fakeFfmpeg, ffmpeg, hasFfmpeg } from './fake-ffmpeg.ts';

const nowhere = path.join(tmpdir(), 'there-is-no-such-folder', 'ffmpeg');

/** Everything lies in temporary folders. */
const assembleVideo = (
  files: readonly string[],
  output: string,
  options: Partial<AssembleOptions> = {},
): Promise<AssembledVideo> => assemble(files, output, { root: tmpdir(), ...options });

describe('assembling the video', () => {
  let folder: string;
  let output: string;

  const at = (name: string): string => path.join(folder, name);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-assemble-'));
    output = at('video.mp4');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function three(): Promise<string[]> {
    return [
      await writeTinyClip(at('scene-001.mp4'), { frames: 12, luma: 30 }),
      await writeTinyClip(at('scene-002.mp4'), { frames: 24, luma: 90 }),
      await writeTinyClip(at('scene-003.mp4'), { frames: 36, luma: 150 }),
    ];
  }

  function refusal(of: Promise<unknown>, ...patterns: readonly RegExp[]): Promise<void> {
    return assert.rejects(of, (error) => {
      assert.ok(error instanceof ScenewrightError, String(error));
      assert.equal(error.code, 'bad-input');
      for (const pattern of patterns) assert.match(error.message, pattern);
      return true;
    });
  }

  /** Size and time of every picture, in the order of the file. */
  async function pictures(file: string): Promise<{ at: number; bytes: number }[]> {
    const input = new Input({ source: new FilePathSource(file), formats: [MP4] });
    const track = await input.getPrimaryVideoTrack();
    assert.ok(track);
    const all: { at: number; bytes: number }[] = [];
    for await (const packet of new EncodedPacketSink(track).packets()) {
      all.push({ at: packet.timestamp, bytes: packet.byteLength });
    }
    input.dispose();
    return all;
  }

  async function soundTimes(file: string): Promise<readonly number[]> {
    const input = new Input({ source: new FilePathSource(file), formats: [MP4] });
    const track = await input.getPrimaryAudioTrack();
    assert.ok(track);
    const times: number[] = [];
    for await (const packet of new EncodedPacketSink(track).packets()) times.push(packet.timestamp);
    input.dispose();
    return times;
  }

  it('joins the clips in order, as long as all of them together', async () => {
    const files = await three();
    const result = await assembleVideo(files, output);
    assert.deepEqual(result, {
      file: output,
      seconds: 6,
      clips: 3,
      clipSeconds: [1, 2, 3],
      encoded: false,
    });
    assert.equal((await readMedia(output)).seconds, 6);
    assert.equal((await verifyVideo(output)).kind, 'mp4');
    const joined = await pictures(output);
    const parts = await Promise.all(files.map(pictures));
    assert.deepEqual(
      joined.map((picture) => picture.bytes),
      parts.flat().map((picture) => picture.bytes),
    );
    joined.forEach((picture, i) => {
      assert.ok(Math.abs(picture.at - i / 12) < 0.001, `${i}: ${picture.at}`);
    });
  });

  it('puts the index first, so that players can begin at once', async () => {
    await assembleVideo(await three(), output);
    const bytes = await readFile(output);
    assert.ok(bytes.indexOf('moov') < bytes.indexOf('mdat'));
  });

  it('tells how far it is', async () => {
    const told: number[] = [];
    await assembleVideo(await three(), output, { onProgress: (value) => told.push(value) });
    assert.deepEqual(
      told,
      told.toSorted((a, b) => a - b),
    );
    assert.equal(told.at(-1), 1);
    assert.ok(told.some((value) => value > 0.3 && value < 0.7));
  });

  it('makes the folder and replaces an older video only at the end', async () => {
    const files = await three();
    const deep = at('out/final/video.mp4');
    await assembleVideo(files, deep);
    assert.equal((await readMedia(deep)).seconds, 6);
    await assembleVideo(files.slice(0, 1), deep);
    assert.equal((await readMedia(deep)).seconds, 1);
    assert.deepEqual(await readdir(path.dirname(deep)), ['video.mp4']);
  });

  it('leaves the older video and nothing else behind when it fails', async () => {
    const [first = ''] = await three();
    await writeFile(output, 'the older video');
    await refusal(assembleVideo([first, at('scene-009.mp4')], output), /scene-009\.mp4 is missing/);
    assert.equal(await readFile(output, 'utf8'), 'the older video');
    assert.ok(!(await readdir(folder)).some((name) => name.endsWith('.tmp')));
  });

  it('names every clip that is missing or no video, at once', async () => {
    const [first = ''] = await three();
    await writeFile(at('scene-004.mp4'), '<html>not found</html>');
    await writeFile(at('scene-005.mp4'), (await readFile(first)).subarray(0, 300));
    await writeFile(at('scene-006.mp4'), '');
    await refusal(
      assembleVideo(
        [first, at('gone.mp4'), at('scene-004.mp4'), at('scene-005.mp4'), at('scene-006.mp4')],
        output,
      ),
      /gone\.mp4 is missing/,
      /scene-004\.mp4 cannot be read as a video/,
      /scene-005\.mp4 cannot be read as a video/,
      /scene-006\.mp4 cannot be read as a video/,
      /No video was made/,
    );
    assert.ok(!existsSync(output));
  });

  it('says which clips differ from the others and how, and what to do, without ffmpeg', async () => {
    const files = await three();
    const upright = await writeTinyClip(at('scene-004.mp4'), { width: 64, height: 96 });
    await refusal(
      assembleVideo([...files, upright], output, { ffmpegPath: nowhere }),
      /scene-004\.mp4 is 64 × 96, the others 64 × 64\./,
      /the clips are as they were\. To have them encoded .*, correct the setting scenewright\.ffmpegPath/,
    );
    await refusal(
      assembleVideo([...files, upright, upright], output, {
        ffmpegPath: nowhere,
        scenes: [2, 3, 4, 7, 9],
      }),
      /Scenes 7 and 9 are 64 × 96, the others 64 × 64\./,
    );
    assert.ok(!existsSync(output));
  });

  it('sees encoder settings that do not agree behind the same size', async () => {
    const files = await three();
    const other = await readFile(files[0] ?? '');
    // The level in the decoder's settings.
    other[other.indexOf('avcC') + 7] = 51;
    await writeFile(at('scene-004.mp4'), other);
    await refusal(
      assembleVideo([...files, at('scene-004.mp4')], output, { ffmpegPath: nowhere }),
      /scene-004\.mp4 was encoded with other settings than the others/,
    );
  });

  it('names a clip whose content breaks off, and keeps the older video', async () => {
    const files = await three();
    const clip = await readFile(files[1] ?? '');
    // The index is whole and first; the pictures are not all there.
    await assembleVideo(files.slice(1, 2), at('first.mp4'));
    const whole = await readFile(at('first.mp4'));
    assert.ok(whole.indexOf('moov') < whole.indexOf('mdat'));
    await writeFile(at('scene-002.mp4'), whole.subarray(0, whole.length - clip.length / 2));
    await writeFile(output, 'the older video');
    await refusal(assembleVideo(files, output), /scene-002\.mp4/);
    assert.equal(await readFile(output, 'utf8'), 'the older video');
    assert.ok(!(await readdir(folder)).some((name) => name.includes('.tmp')));
  });

  it('keeps the sound in step, and a clip without any silent', async () => {
    const [first = '', second = '', third = ''] = await three();
    const loud1 = await writeWithSound(at('loud-1.mp4'), first, { seconds: 1 });
    const loud3 = await writeWithSound(at('loud-3.mp4'), third, { seconds: 3 });
    await assembleVideo([loud1, second, loud3], output);
    const media = await readMedia(output);
    assert.ok(media.hasAudio);
    assert.equal(Math.round(media.seconds * 100), 600);
    const times = await soundTimes(output);
    assert.ok(
      times.some((time) => Math.abs(time - 3) < 0.01),
      'the third sound begins at 3 s',
    );
    assert.ok(Math.max(...times) < 6);
  });

  it('fills the time of silent clips with real silence, so that no player closes the gap', async () => {
    const [first = '', second = '', third = ''] = await three();
    const files = [
      first,
      await writeWithSound(at('loud-2.mp4'), second, { seconds: 2, codec: 'aac' }),
      third,
      await writeWithSound(at('loud-4.mp4'), first, { seconds: 1, codec: 'aac' }),
      second,
    ];
    await assembleVideo(files, output);
    const sounds = await soundTimes(output);
    const packet = 1024 / 48_000;
    sounds.forEach((time, i) => {
      const gap = time - (sounds[i - 1] ?? -packet) - packet;
      assert.ok(Math.abs(gap) < packet, `${i}: ${gap} s at ${time} s`);
    });
    assert.ok((sounds.at(-1) ?? 0) > 9 - 2 * packet);
    if (hasFfmpeg) assert.equal(ffmpeg('-i', output, '-f', 'null', '-'), '');
  });

  it('goes on after a sound that lasts longer than its picture', async () => {
    const [first = '', second = ''] = await three();
    const loud = await writeWithSound(at('loud.mp4'), first, { seconds: 1.5 });
    const result = await assembleVideo([loud, second], output);
    assert.equal(Math.round(result.seconds * 100), 350);
    assert.ok((await pictures(output)).some((picture) => Math.abs(picture.at - 1.5) < 0.01));
  });

  it('says when sounds do not agree', async () => {
    const [first = '', second = ''] = await three();
    const files = [
      await writeWithSound(at('a.mp4'), first, { seconds: 1 }),
      await writeWithSound(at('b.mp4'), first, { seconds: 1 }),
      await writeWithSound(at('c.mp4'), second, { seconds: 1, sampleRate: 16_000 }),
    ];
    await refusal(
      assembleVideo(files, output, { ffmpegPath: nowhere }),
      /The sound of c\.mp4 is .*16000 Hz, mono, that of the others .*8000 Hz, mono\./,
    );
  });

  it('stops when asked to and leaves nothing', async () => {
    const files = await three();
    const stop = new AbortController();
    const running = assembleVideo(files, output, {
      signal: stop.signal,
      onProgress: (value) => {
        if (value > 0.4) stop.abort();
      },
    });
    await assert.rejects(running, (error) => isCancelled(error));
    assert.deepEqual((await readdir(folder)).sort(), [
      'scene-001.mp4',
      'scene-002.mp4',
      'scene-003.mp4',
    ]);
  });

  it('refuses to assemble nothing', async () => {
    await refusal(assembleVideo([], output), /no clip to assemble/);
  });

  it('names the folder that cannot be written', async () => {
    const files = await three();
    await writeFile(at('not-a-folder'), '');
    await assert.rejects(assembleVideo(files, at('not-a-folder/video.mp4')), (error) => {
      assert.ok(error instanceof ScenewrightError);
      assert.equal(error.code, 'disk');
      assert.match(error.message, /not-a-folder/);
      return true;
    });
  });
});

describe('assembling clips that differ', function () {
  this.timeout(120_000);
  let folder: string;
  let output: string;

  const at = (name: string): string => path.join(folder, name);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-encode-'));
    output = at('video.mp4');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function different(): Promise<string[]> {
    return [
      await writeTinyClip(at('scene-001.mp4'), { frames: 12 }),
      await writeTinyClip(at('scene-002.mp4'), { frames: 24 }),
      await writeTinyClip(at('scene-003.mp4'), { frames: 12, width: 96, height: 64 }),
    ];
  }

  it('encodes them alike with the ffmpeg that the machine has', async function () {
    if (!hasFfmpeg) this.skip();
    const files = await different();
    const told: number[] = [];
    const result = await assembleVideo(files, output, {
      onProgress: (progress) => told.push(progress),
    });
    assert.ok(result.encoded);
    const media = await readMedia(output);
    assert.deepEqual([media.width, media.height, media.codec], [64, 64, 'avc']);
    assert.ok(Math.abs(media.seconds - 4) < 0.05, `${media.seconds} s`);
    assert.equal(result.clipSeconds.length, 3);
    assert.deepEqual(
      told,
      told.toSorted((a, b) => a - b),
    );
    assert.equal(told.at(-1), 1);
    assert.equal(ffmpeg('-i', output, '-f', 'null', '-'), '');
    assert.deepEqual((await readdir(folder)).sort(), [
      ...files.map((file) => path.basename(file)),
      'video.mp4',
    ]);
  });

  it('joins upright, turned, WebM, loud, silent and odd clips, each as long as it was', async function () {
    if (!hasFfmpeg) this.skip();
    const picture = (size: string, rate: string, seconds: number): string[] => [
      ...['-f', 'lavfi', '-i', `testsrc=size=${size}:rate=${rate}:duration=${seconds}`],
    ];
    const tone = (rate: number, seconds: number): string[] => [
      ...['-f', 'lavfi', '-i', `sine=440:sample_rate=${rate}:duration=${seconds}`],
    ];
    const plain = ['-pix_fmt', 'yuv420p'];
    ffmpeg(...picture('128x72', '24', 2), ...tone(48_000, 2), ...plain, at('a.mp4'));
    ffmpeg(...picture('72x128', '30', 1), ...tone(44_100, 1.5), ...plain, at('b.mp4'));
    ffmpeg(...picture('128x72', '25', 1.5), at('c.webm'));
    ffmpeg('-i', at('a.mp4'), '-c', 'copy', '-metadata:s:v:0', 'rotate=90', at('d.mp4'));
    ffmpeg(...picture('128x72', '24', 2), ...plain, '-ss', '0.4', at('e.mp4'));
    const files = ['a.mp4', 'b.mp4', 'c.webm', 'd.mp4', 'e.mp4'].map(at);
    const lengths = await Promise.all(files.map(async (file) => (await readMedia(file)).seconds));
    const result = await assembleVideo(files, output);
    const media = await readMedia(output);
    assert.deepEqual([media.width, media.height, media.hasAudio], [128, 72, true]);
    result.clipSeconds.forEach((seconds, i) => {
      assert.ok(Math.abs(seconds - (lengths[i] ?? 0)) < 0.07, `${i}: ${seconds} s`);
    });
    assert.ok(Math.abs(media.seconds - lengths.reduce((sum, one) => sum + one, 0)) < 0.25);
    assert.equal(ffmpeg('-i', output, '-f', 'null', '-'), '');
  });

  it('does not encode a clip that breaks off, since that would hide the loss', async () => {
    const files = await different();
    await assembleVideo(files.slice(1, 2), output);
    const whole = await readFile(output);
    await writeFile(files[1] ?? '', whole.subarray(0, whole.length - 100));
    await assert.rejects(
      assembleVideo(files, output),
      /scene-002\.mp4 cannot be read as a video \(it is cut off\)/,
    );
    assert.deepEqual(await readFile(output), whole);
  });

  for (const { name, body, code } of [
    {
      name: 'ffmpeg fails',
      body: `process.stderr.write('Conversion failed!\\n', () => process.exit(1));`,
      code: 'bad-answer',
    },
    {
      name: 'the disk gets full',
      body: `fs.writeFileSync(output, 'half'); process.stderr.write('No space left on device\\n', () => process.exit(1));`,
      code: 'disk',
    },
    {
      name: 'ffmpeg makes no video at all',
      body: `fs.writeFileSync(output, 'no video');`,
      code: 'bad-input',
    },
  ]) {
    it(`keeps the older video and leaves nothing else when ${name}`, async function () {
      if (process.platform === 'win32') this.skip();
      const files = await different();
      const ffmpegPath = await fakeFfmpeg(folder, body);
      await writeFile(output, 'the older video');
      const before = (await readdir(folder)).sort();
      await assert.rejects(
        assembleVideo(files, output, { ffmpegPath, scenes: [1, 2, 3] }),
        (error) => error instanceof ScenewrightError && error.code === code,
      );
      assert.equal(await readFile(output, 'utf8'), 'the older video');
      assert.deepEqual((await readdir(folder)).sort(), before);
    });
  }

  it('names the scene at which ffmpeg failed', async function () {
    if (process.platform === 'win32') this.skip();
    const ffmpegPath = await fakeFfmpeg(
      folder,
      `process.stderr.write('Conversion failed!\\n', () => process.exit(1));`,
    );
    await assert.rejects(
      assembleVideo(await different(), output, { ffmpegPath, scenes: [4, 5, 6] }),
      /Encoding scene 4 failed: Conversion failed!/,
    );
  });

  it('leaves nothing when it is cancelled', async function () {
    if (process.platform === 'win32') this.skip();
    const files = await different();
    const ffmpegPath = await fakeFfmpeg(
      folder,
      `fs.writeFileSync(output, 'half'); say(0.5); setInterval(() => {}, 1e6);`,
    );
    const before = (await readdir(folder)).sort();
    const stop = new AbortController();
    await assert.rejects(
      assembleVideo(files, output, {
        ffmpegPath,
        signal: stop.signal,
        onProgress: () => {
          stop.abort();
        },
      }),
      (error) => isCancelled(error),
    );
    assert.deepEqual((await readdir(folder)).sort(), before);
  });
});
