import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { askFfmpeg } from './run-ffmpeg.ts';

export interface PictureFormat {
  readonly width: number;
  readonly height: number;
  /** Pictures a second. */
  readonly rate: number;
}

/**
 * How an ffmpeg encodes H.264, best first. Some builds leave out libx264 for its licence and have an
 * encoder of the system or of the graphics card instead; those are given a bit rate.
 */
const encoders = ['libx264', 'h264_videotoolbox', 'h264_mf', 'libopenh264'] as const;

/** A bit rate at which encoders of the system show no blocks, in bits a pixel. */
const bitsPerPixel = 0.15;

/**
 * The options that make ffmpeg encode good H.264 that every player shows.
 *
 * @throws ScenewrightError `bad-input` when the program has no encoder for it.
 */
export async function h264Options(
  program: string,
  { width, height, rate }: PictureFormat,
): Promise<readonly string[]> {
  const known = await askFfmpeg(program, ['-hide_banner', '-v', 'error', '-encoders']);
  const encoder = encoders.find((name) => new RegExp(`^ V\\S* ${name} `, 'm').test(known));
  if (encoder === undefined) {
    throw new ScenewrightError(
      'bad-input',
      t(
        'The ffmpeg at {0} cannot encode H.264. Install a full build of ffmpeg, or name one in the setting scenewright.ffmpegPath.',
        program,
      ),
    );
  }
  const quality =
    encoder === 'libx264'
      ? ['-preset', 'medium', '-crf', '18', '-profile:v', 'high']
      : ['-b:v', `${Math.round(width * height * rate * bitsPerPixel)}`];
  return ['-c:v', encoder, ...quality, '-pix_fmt', 'yuv420p'];
}
