import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EncodedPacketSink, FilePathSource, Input, MP4 } from 'mediabunny';
import { ScenewrightError, isCancelled } from '../../../src/base/errors.ts';
import { assembleVideo } from '../../../src/jobs/assemble.ts';
import { readMedia } from '../../../src/jobs/media.ts';
import { verifyVideo } from '../../../src/jobs/verify.ts';
import { writeTinyClip, writeWithSound } from './media-clips.ts';

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

  it('joins the clips in order, as long as all of them together', async () => {
    const files = await three();
    const result = await assembleVideo(files, output);
    assert.deepEqual(result, { file: output, seconds: 6, clips: 3 });
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

  it('says which clip differs from the others, and how', async () => {
    const files = await three();
    const upright = await writeTinyClip(at('scene-004.mp4'), { width: 64, height: 96 });
    await refusal(
      assembleVideo([...files, upright], output),
      /scene-004\.mp4 is 64×96/,
      /the others are 64×64/,
    );
    assert.ok(!existsSync(output));
  });

  it('sees encoder settings that do not agree behind the same size', async () => {
    const files = await three();
    const other = await readFile(files[0] ?? '');
    // The level in the decoder's settings.
    other[other.indexOf('avcC') + 7] = 51;
    await writeFile(at('scene-004.mp4'), other);
    await refusal(assembleVideo([...files, at('scene-004.mp4')], output), /scene-004\.mp4 is/);
  });

  it('keeps the sound in step, and a clip without any silent', async () => {
    const [first = '', second = '', third = ''] = await three();
    const loud1 = await writeWithSound(at('loud-1.mp4'), first, { seconds: 1 });
    const loud3 = await writeWithSound(at('loud-3.mp4'), third, { seconds: 3 });
    await assembleVideo([loud1, second, loud3], output);
    const media = await readMedia(output);
    assert.ok(media.hasAudio);
    assert.equal(Math.round(media.seconds * 100), 600);
    const input = new Input({ source: new FilePathSource(output), formats: [MP4] });
    const track = await input.getPrimaryAudioTrack();
    assert.ok(track);
    const times: number[] = [];
    for await (const packet of new EncodedPacketSink(track).packets()) times.push(packet.timestamp);
    input.dispose();
    assert.ok(
      times.some((time) => Math.abs(time - 3) < 0.01),
      'the third sound begins at 3 s',
    );
    assert.ok(Math.max(...times) < 6);
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
    await refusal(assembleVideo(files, output), /the sound of c\.mp4 is .*16000 Hz/, /8000 Hz/);
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
