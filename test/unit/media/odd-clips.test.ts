import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { assembleVideo } from '../../../src/media/assemble.ts';
import { readMedia } from '../../../src/media/read.ts';
import { allBoxes, type BoxNode, putTogether, takeApart, words } from './boxes.ts';
import { writeTinyClip } from './clips.ts';
import { ffmpeg, hasFfmpeg } from './fake-ffmpeg.ts';
import { writePacketClip } from './packet-clips.ts';

const nowhere = path.join(tmpdir(), 'there-is-no-such-folder', 'ffmpeg');

describe('clips that cannot be copied', function () {
  this.timeout(60_000);
  let folder: string;
  let plain: string;

  const at = (name: string): string => path.join(folder, name);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-odd-'));
    plain = await writeTinyClip(at('plain.mp4'), { frames: 24 });
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function changed(
    clip: string,
    name: string,
    type: string,
    change: (box: BoxNode) => void,
  ): Promise<string> {
    const boxes = takeApart(await readFile(clip));
    const found = allBoxes(boxes).filter((one) => one.type === type);
    assert.ok(found.length > 0, `there is a ${type}`);
    found.forEach(change);
    await writeFile(at(name), putTogether(boxes));
    return at(name);
  }

  /** Says that its samples are of another codec. */
  async function renamed(clip: string, from: string, to: string): Promise<string> {
    return await changed(clip, `${to}.mp4`, 'stsd', (box) => {
      const bytes = Buffer.from(box.data);
      const place = bytes.indexOf(from, 0, 'latin1');
      if (place >= 0) bytes.write(to, place, 'latin1');
      box.data = bytes;
    });
  }

  /** Its index says of a picture between two others that it can be decoded by itself. */
  async function misled(clip: string): Promise<string> {
    return await changed(clip, 'odd.mp4', 'stss', (box) => {
      box.data = words(0, 2, 1, 3);
    });
  }

  async function refusal(...files: readonly string[]): Promise<ScenewrightError> {
    let refused: unknown;
    const options = { root: folder, ffmpegPath: nowhere };
    await assembleVideo(files, at('film.mp4'), options).catch((error: unknown) => {
      refused = error;
    });
    assert.ok(refused instanceof ScenewrightError, String(refused));
    assert.equal(refused.code, 'bad-input');
    assert.ok(!existsSync(at('film.mp4')));
    return refused;
  }

  for (const [entry, name] of [
    ['mp4v', 'MPEG-4 Part 2'],
    ['jpeg', 'MJPEG'],
    ['mjpa', 'MJPEG'],
    ['s263', 'H.263'],
    ['wxyz', 'wxyz'],
  ] as const) {
    it(`are read and told by what would help, not by what costs (${entry})`, async () => {
      const odd = await renamed(plain, 'avc1', entry);
      const media = await readMedia(odd);
      assert.deepEqual([media.seconds, media.codec], [2, entry]);
      for (const files of [
        [odd, odd],
        [plain, odd, plain],
      ]) {
        const { message } = await refusal(...files);
        assert.match(message, new RegExp(`${name}, which only ffmpeg can decode\\.`));
        assert.match(message, /the clips are as they were\. To have them encoded .*ffmpeg/);
        assert.doesNotMatch(message, /render/i);
      }
    });
  }

  it('are never joined without their sound because its codec is unknown', async () => {
    const loud = await writePacketClip(at('loud.mp4'), 'loud', {
      picture: plain,
      sound: { codec: 'opus', sampleRate: 48_000, samples: 960, packets: 100, begins: 0 },
    });
    const odd = await renamed(loud, 'Opus', 'samr');
    const { message } = await refusal(odd, odd);
    assert.match(message, /The sound of samr\.mp4.* can only be decoded by ffmpeg\./);
  });

  it('are told in our words, whatever the media library has to say', async () => {
    const reordered = await writePacketClip(at('b.mp4'), 'b', { picture: plain, reordered: true });
    const odd = await misled(reordered);
    const error = await refusal(odd, reordered);
    assert.match(error.message, /cannot be joined as they are: odd\.mp4 is put together/);
    assert.match(error.message, /the clips are as they were\. To have them encoded .*ffmpeg/);
    assert.ok(error.cause instanceof Error);
    assert.ok(!error.message.includes(error.cause.message), error.message);
  });

  it('are joined by ffmpeg where the media library does not get on with them', async function () {
    if (!hasFfmpeg) this.skip();
    const size = ['-f', 'lavfi', '-i', 'testsrc=size=64x64:rate=12:duration=1'];
    const settings = ['-bf', '2', '-x264-params', 'b-adapt=0:scenecut=0'];
    ffmpeg(...size, '-pix_fmt', 'yuv420p', ...settings, at('good.mp4'));
    const odd = await misled(at('good.mp4'));
    const film = at('film.mp4');
    const result = await assembleVideo([odd, at('good.mp4')], film, { root: folder });
    assert.deepEqual([result.encoded, result.seconds], [true, 2]);
    assert.equal(ffmpeg('-i', film, '-f', 'null', '-'), '');
  });
});
