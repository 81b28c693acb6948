import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { ScenewrightError, isCancelled } from '../../../src/base/errors.ts';
import {
  enlarge as enlargeInside,
  size4k,
  type EnlargeOptions,
} from '../../../src/media/enlarge.ts';
import { readMedia } from '../../../src/media/read.ts';
import { writeTinyClip, writeWithSound } from './clips.ts';
import { fakeFfmpeg, ffmpeg, hasFfmpeg } from './fake-ffmpeg.ts';

/** Everything lies in temporary folders. */
const enlarge = (
  program: string,
  clip: string,
  output: string,
  options: Partial<EnlargeOptions> = {},
): Promise<'scaled' | undefined> =>
  enlargeInside(program, clip, output, { root: tmpdir(), ...options });

describe('the size of 4K', () => {
  const of = (width: number, height: number): readonly number[] | undefined => {
    const size = size4k({ width, height });
    return size && [size.width, size.height];
  };

  it('is 3840 × 2160, upright 2160 × 3840, and square 2160 × 2160', () => {
    assert.deepEqual(of(1280, 720), [3840, 2160]);
    assert.deepEqual(of(1080, 1920), [2160, 3840]);
    assert.deepEqual(of(1024, 1024), [2160, 2160]);
  });

  it('keeps other shapes, and evens out those that are a line or two off', () => {
    assert.deepEqual(of(1440, 1080), [2880, 2160]);
    assert.deepEqual(of(1280, 704), [3840, 2112]);
    assert.deepEqual(of(854, 480), [3840, 2160]);
  });

  it('is nothing for what is as large', () => {
    assert.equal(of(3840, 2160), undefined);
    assert.equal(of(2160, 3840), undefined);
    assert.equal(of(4096, 2160), undefined);
  });

  it('is even, larger, and of nearly the same shape', () => {
    const pixels = fc.integer({ min: 64, max: 2000 });
    fc.assert(
      fc.property(pixels, pixels, (width, height) => {
        const size = size4k({ width, height });
        assert.ok(size);
        assert.ok(size.width % 2 === 0 && size.height % 2 === 0);
        assert.ok(size.width >= width && size.height >= height);
        assert.ok(Math.max(size.width, size.height) <= 3840);
        assert.ok(Math.min(size.width, size.height) <= 2160);
        const shape = size.width / size.height / (width / height);
        assert.ok(shape > 0.97 && shape < 1.03, `${shape}`);
      }),
    );
  });
});

describe('enlarging a clip', function () {
  this.timeout(120_000);
  let folder: string;
  let clip: string;
  let output: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-enlarge-'));
    const size = { width: 128, height: 72, frames: 6 };
    clip = await writeTinyClip(path.join(folder, 'scene-012.mp4'), size);
    output = path.join(folder, 'scene-012.4k.mp4');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('scales it with the ffmpeg that the machine has, as long as it was and with its sound', async function () {
    if (!hasFfmpeg) this.skip();
    const loud = await writeWithSound(path.join(folder, 'loud.mp4'), clip, { seconds: 0.5 });
    const told: number[] = [];
    const how = await enlarge('', loud, output, { onProgress: (value) => told.push(value) });
    assert.equal(how, 'scaled');
    const media = await readMedia(output);
    assert.deepEqual([media.width, media.height, media.hasAudio], [3840, 2160, true]);
    assert.ok(Math.abs(media.seconds - 0.5) < 0.1, `${media.seconds} s`);
    assert.equal(told.at(-1), 1);
    assert.equal(ffmpeg('-i', output, '-f', 'null', '-'), '');
    const bytes = await readFile(output);
    assert.ok(bytes.indexOf('moov') < bytes.indexOf('mdat'), 'players can begin at once');
  });

  it('may replace the clip itself', async function () {
    if (!hasFfmpeg) this.skip();
    await enlarge('', clip, clip);
    assert.equal((await readMedia(clip)).width, 3840);
    assert.deepEqual(await readdir(folder), ['scene-012.mp4']);
  });

  it('makes nothing without ffmpeg', async () => {
    assert.equal(await enlarge(path.join(folder, 'ffmpeg'), clip, output), undefined);
    assert.deepEqual(await readdir(folder), ['scene-012.mp4']);
  });

  describe('with a program that is no help', () => {
    before(function () {
      if (process.platform === 'win32') this.skip();
    });

    const refused = async (of: Promise<unknown>, code: string, message: RegExp): Promise<void> => {
      await assert.rejects(of, (error) => {
        assert.ok(error instanceof ScenewrightError, String(error));
        assert.equal(error.code, code);
        assert.match(error.message, message);
        return true;
      });
      assert.deepEqual((await readdir(folder)).sort(), ['ffmpeg', 'scene-012.mp4']);
    };

    it('does not take a clip of another size or length for the result', async () => {
      const program = await fakeFfmpeg(
        folder,
        `fs.copyFileSync(args[args.indexOf('-i') + 1].replace('file:', ''), output);`,
      );
      await refused(
        enlarge(program, clip, output),
        'bad-answer',
        /made a clip of 128 × 72 and 0\.5 s instead of 3840 × 2160 and 0\.5 s/,
      );
    });

    it('does not take something else for a video', async () => {
      const program = await fakeFfmpeg(folder, `fs.writeFileSync(output, 'no video');`);
      await refused(enlarge(program, clip, output), 'bad-answer', /cannot be read as a video/);
    });

    it('says so when the disk is full, and keeps the clip', async () => {
      const program = await fakeFfmpeg(
        folder,
        `fs.writeFileSync(output, 'half'); process.stderr.write('No space left on device', () => process.exit(1));`,
      );
      const { size } = await stat(clip);
      await refused(
        enlarge(program, clip, output),
        'disk',
        /Enlarging scene-012\.mp4 failed: the disk is full/,
      );
      assert.equal((await stat(clip)).size, size);
    });

    it('leaves nothing when it is cancelled', async () => {
      const program = await fakeFfmpeg(
        folder,
        `fs.writeFileSync(output, 'half'); say(0.25); setInterval(() => {}, 1e6);`,
      );
      const stop = new AbortController();
      const told: number[] = [];
      const running = enlarge(program, clip, output, {
        signal: stop.signal,
        onProgress: (value) => {
          told.push(value);
          stop.abort();
        },
      });
      await assert.rejects(running, (error) => isCancelled(error));
      assert.deepEqual(told, [0.5]);
      assert.deepEqual((await readdir(folder)).sort(), ['ffmpeg', 'scene-012.mp4']);
    });

    it('names a clip that is missing', async () => {
      const program = await fakeFfmpeg(folder, '');
      await refused(
        enlarge(program, path.join(folder, 'gone.mp4'), output),
        'bad-input',
        /gone\.mp4 is missing/,
      );
    });
  });
});
