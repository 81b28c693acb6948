import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defined } from '../../../src/base/defined.ts';
import { assembleVideo } from '../../../src/media/assemble.ts';
import { ffmpeg, hasFfmpeg } from './fake-ffmpeg.ts';
import { readMedia } from '../../../src/media/read.ts';
import { type FlashAndBeep, aac, flashAndBeep, h264, watch } from './flash-and-beep.ts';

const nowhere = path.join(tmpdir(), 'there-is-no-such-folder', 'ffmpeg');

/** A clip and the kind of its file. */
interface Kind extends FlashAndBeep {
  readonly as?: 'mp4' | 'mov' | 'mkv' | 'webm';
}

const sounds = {
  aac: { sound: aac },
  'AAC of 44.1 kHz, mono': { sound: aac, sampleRate: 44_100, channels: 1 },
  'AAC of 16 kHz': { sound: aac, sampleRate: 16_000 },
  Opus: { sound: ['-c:a', 'libopus', '-b:a', '64k'] },
  'Opus in WebM': {
    sound: ['-c:a', 'libopus'],
    picture: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime'],
    as: 'webm',
  },
  MP3: { sound: ['-c:a', 'libmp3lame'] },
  'AC-3': { sound: ['-c:a', 'ac3'] },
  'AC-3 with all channels': { sound: ['-c:a', 'ac3'], channels: 6, sampleRate: 44_100 },
  'E-AC-3': { sound: ['-c:a', 'eac3'] },
  FLAC: { sound: ['-c:a', 'flac', '-strict', '-2'] },
  ALAC: { sound: ['-c:a', 'alac'] },
  Vorbis: { sound: ['-c:a', 'libvorbis'], as: 'mkv' },
  PCM: { sound: ['-c:a', 'pcm_s16le'], as: 'mov' },
} satisfies Readonly<Record<string, Kind>>;

const pictures = {
  'H.264': {},
  'B-frames in a row': {
    picture: ['-c:v', 'libx264', '-bf', '5', '-g', '12', '-pix_fmt', 'yuv420p'],
  },
  'another size': { size: '64x32' },
  upright: { size: '32x64' },
  '25 a second': { rate: '25' },
  '30 a second': { rate: '30' },
  'of television': { rate: '30000/1001' },
  '16 a second': { rate: '16' },
  'H.265': { picture: ['-c:v', 'libx265', '-x265-params', 'log-level=none'], size: '64x64' },
  VP9: { picture: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime'], as: 'webm' },
  VP8: { picture: ['-c:v', 'libvpx', '-deadline', 'realtime'], as: 'webm' },
  'MPEG-4': { picture: ['-c:v', 'mpeg4', '-bf', '2'] },
  MJPEG: { picture: ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p'] },
  'MJPEG in QuickTime': { picture: ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p'], as: 'mov' },
  ProRes: { picture: ['-c:v', 'prores_ks', '-pix_fmt', 'yuv422p10le'], as: 'mov' },
  'in fragments': { more: ['-movflags', '+frag_keyframe+empty_moov+default_base_moof'] },
  interlaced: { picture: ['-c:v', 'libx264', '-flags', '+ildct+ilme', '-pix_fmt', 'yuv420p'] },
} satisfies Readonly<Record<string, Kind>>;

describe('a film of clips with flashes and beeps', function () {
  this.timeout(120_000);
  let folder: string;
  const made = new Map<string, string>();

  before(async function () {
    if (!hasFfmpeg) this.skip();
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-flash-'));
  });

  after(async () => {
    if (hasFfmpeg) await rm(folder, { recursive: true, force: true });
  });

  /** The clip of a kind, made once. */
  function clip(kind: Kind): string {
    const key = JSON.stringify(kind);
    const known = made.get(key);
    if (known !== undefined) return known;
    const file = path.join(folder, `clip-${made.size}.${kind.as ?? 'mp4'}`);
    made.set(key, flashAndBeep(file, { seconds: 1.25, at: [0.5], ...kind }));
    return file;
  }

  interface Expected {
    /** Clips that beep, by their places. */
    readonly beeping: readonly number[];
    readonly pictures?: number;
    readonly encoded?: boolean;
  }

  async function expectInStep(
    files: readonly string[],
    expected: Expected,
    ffmpegPath = '',
  ): Promise<void> {
    const film = path.join(folder, 'film.mp4');
    const result = await assembleVideo(files, film, { root: folder, ffmpegPath });
    if (expected.encoded !== undefined) assert.equal(result.encoded, expected.encoded);
    let seconds = 0;
    const flashes: number[] = [];
    for (const file of files) {
      flashes.push(seconds + 0.5);
      seconds += (await readMedia(file)).seconds;
    }
    assert.ok(Math.abs(result.seconds - seconds) < 0.021, `${result.seconds} s`);
    const seen = watch(film);
    assert.equal(seen.words, '');
    assert.equal(seen.flashes.length, flashes.length, seen.flashes.join());
    flashes.forEach((time, i) => {
      const off = (seen.flashes[i] ?? NaN) - time;
      assert.ok(Math.abs(off) <= 0.0209, `flash ${i} is off by ${off} s`);
    });
    assert.equal(seen.beeps.length, expected.beeping.length, seen.beeps.join());
    expected.beeping.forEach((place, i) => {
      const off = (seen.beeps[i] ?? NaN) - (seen.flashes[place] ?? NaN);
      assert.ok(Math.abs(off) <= 0.02, `beep ${i} is off its flash by ${off} s`);
    });
    if (expected.pictures !== undefined) assert.equal(seen.pictures, expected.pictures);
    if (expected.beeping.length > 0) {
      assert.ok(Math.abs(seen.soundSeconds - seconds) < 0.05, `${seen.soundSeconds} s of sound`);
    }
  }

  describe('has each beep with its flash, silent clips before, between and behind,', () => {
    const copied = new Set([
      'aac',
      'AAC of 44.1 kHz, mono',
      'Opus',
      'Opus in WebM',
      'MP3',
      'AC-3',
      'AC-3 with all channels',
      'PCM',
    ]);
    for (const [name, kind] of Object.entries<Kind>(sounds)) {
      const encoded = !copied.has(name);
      it(`${encoded ? 'encoding' : 'copying'} ${name}`, async () => {
        const { picture, as } = kind;
        const [silent, loud] = [clip(defined({ picture, as })), clip(kind)];
        const files = [silent, loud, silent, silent, loud, loud, loud, loud, loud, silent];
        const expected = { beeping: [1, 4, 5, 6, 7, 8], pictures: 300, encoded };
        await expectInStep(files, expected);
        if (!encoded) await expectInStep(files, expected, nowhere);
      });
    }
  });

  it('does not drift over sixty clips, whatever their sound', async () => {
    for (const sampleRate of [48_000, 44_100]) {
      const files = Array.from({ length: 60 }, () => clip({ sound: aac, sampleRate }));
      const beeping = files.map((_, i) => i);
      await expectInStep(files, { beeping, pictures: 1800, encoded: false });
    }
  });

  describe('has each flash in its place, among clips of H.264,', () => {
    for (const [name, kind] of Object.entries<Kind>(pictures)) {
      it(name, async () => {
        const usual = clip({ seconds: 1, sound: aac });
        const sound = kind.as === 'webm' ? ['-c:a', 'libopus'] : aac;
        const odd = clip({ ...kind, seconds: 1, sound });
        const silent = clip({ ...kind, seconds: 1 });
        const files = [odd, usual, silent, usual, usual, odd, usual];
        await expectInStep(files, { beeping: [0, 1, 3, 4, 5, 6], pictures: 168 });
      });
    }
  });

  it('is told in pixels that are square, whichever way clips are turned and stretched', async () => {
    const lying = clip({ seconds: 1, size: '64x32', sound: aac });
    const stretched = clip({ seconds: 1, picture: ['-vf', 'setsar=2', ...h264], sound: aac });
    const upright = clip({ seconds: 1, size: '32x64', sound: aac });
    const turned = path.join(folder, 'turned.mp4');
    ffmpeg('-i', upright, '-c', 'copy', '-metadata:s:v:0', 'rotate=90', turned);
    await expectInStep([lying, stretched, turned, lying], { beeping: [0, 1, 2, 3], pictures: 96 });
    const { width, height } = await readMedia(path.join(folder, 'film.mp4'));
    assert.deepEqual([width, height], [64, 32]);
  });

  it('keeps times that are no grid where pictures are copied', async () => {
    // Half of its pictures come twice as fast as the others.
    const uneven = ['-vf', "select='lt(n,12)+not(mod(n,2))'", '-fps_mode', 'vfr', ...h264];
    const file = clip({ seconds: 1, rate: '48', picture: uneven, sound: aac });
    await expectInStep([file, file, file, file], { beeping: [0, 1, 2, 3], pictures: 120 });
  });

  it('shows nothing of what a cut clip hides, before it or behind', async () => {
    const long = clip({ seconds: 3, at: [2], sound: aac });
    const cut = path.join(folder, 'cut.mp4');
    ffmpeg('-ss', '1.5', '-i', long, '-c', 'copy', cut);
    assert.equal((await readMedia(cut)).seconds, 1.5);
    const usual = clip({ seconds: 1, sound: aac });
    const expected = { beeping: [0, 1, 2, 3], pictures: 120, encoded: true };
    await expectInStep([usual, cut, usual, cut], expected);
  });
});
