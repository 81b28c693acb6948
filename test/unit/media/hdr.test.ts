import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { assembleVideo } from '../../../src/media/assemble.ts';
import { fakeFfmpeg, ffmpeg, hasFfmpeg } from './fake-ffmpeg.ts';

const nowhere = path.join(tmpdir(), 'there-is-no-such-folder', 'ffmpeg');

describe('HDR clips among others', function () {
  this.timeout(60_000);
  let folder: string;

  const at = (name: string): string => path.join(folder, name);

  before(async function () {
    if (!hasFfmpeg) this.skip();
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-hdr-'));
    const usual = ['-f', 'lavfi', '-i', 'color=0x808080:s=64x64:r=24:d=0.5', '-pix_fmt', 'yuv420p'];
    ffmpeg(...usual, at('usual.mp4'));
    for (const [name, transfer] of [
      ['pq', 'smpte2084'],
      ['hlg', 'arib-std-b67'],
    ] as const) {
      // White paper as it is told there, on black: PQ means 203 candela by 58 %, HLG by 75 %.
      const code = name === 'pq' ? 573 : 721;
      const picture = `color=black:s=64x64:r=24:d=0.5,format=yuv420p10le,geq=lum='if(gt(X,32),${code},64)':cb=512:cr=512`;
      const told = `colorprim=bt2020:transfer=${transfer}:colormatrix=bt2020nc`;
      ffmpeg(
        ...['-f', 'lavfi', '-i', picture, '-c:v', 'libx265', '-x265-params', `log-level=0:${told}`],
        ...['-color_primaries', 'bt2020', '-color_trc', transfer, '-colorspace', 'bt2020nc'],
        at(`${name}.mp4`),
      );
    }
  });

  after(async () => {
    if (hasFfmpeg) await rm(folder, { recursive: true, force: true });
  });

  /** How light a film is in the middle of its left and right half, at a time in seconds; 0 to 255. */
  function lightAt(film: string, second: number): readonly number[] {
    const run = spawnSync('ffmpeg', [
      ...['-v', 'error', '-ss', `${second}`, '-i', film, '-frames:v', '1'],
      ...['-vf', 'scale=2:1:flags=area,format=gray', '-f', 'rawvideo', 'pipe:1'],
    ]);
    return [...run.stdout];
  }

  for (const name of ['pq', 'hlg']) {
    it(`are shown as they were meant (${name})`, async () => {
      const film = at(`${name}-film.mp4`);
      await assembleVideo([at('usual.mp4'), at(`${name}.mp4`), at('usual.mp4')], film, {
        root: folder,
      });
      const [black = 255, white = 0] = lightAt(film, 0.75);
      assert.ok(black < 30, `black is ${black}`);
      assert.ok(white > 170, `white is ${white}`);
    });
  }

  it('are copied as they are where all clips are told in the same way', async () => {
    const film = at('film.mp4');
    const files = [at('pq.mp4'), at('pq.mp4')];
    assert.equal((await assembleVideo(files, film, { root: folder })).encoded, false);
    const entries = ['-show_entries', 'stream=color_transfer,color_primaries', '-of', 'csv=p=0'];
    const run = spawnSync('ffprobe', ['-v', 'error', ...entries, film], { encoding: 'utf8' });
    assert.match(run.stdout, /smpte2084,bt2020/);
  });

  it('are named where there is no ffmpeg, or one that cannot convert them', async () => {
    const files = [at('pq.mp4'), at('hlg.mp4')];
    const options = { root: folder, scenes: [4, 5] };
    await assert.rejects(
      assembleVideo(files, at('film.mp4'), { ...options, ffmpegPath: nowhere }),
      /Scene 5 is HDR \(HLG\), the other HDR \(PQ\)\. No video was made/,
    );
    if (process.platform === 'win32') return;
    await assert.rejects(
      assembleVideo(files, at('film.mp4'), {
        ...options,
        ffmpegPath: await fakeFfmpeg(folder, `if (args.includes('-filters')) process.exit(0);`),
      }),
      /Encoding scene 4 failed: its picture is HDR, .* No video was made, .* full build of ffmpeg/,
    );
  });
});
