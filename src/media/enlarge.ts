import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Enclosure } from '../base/enclosure/enclosure.ts';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { expectClip } from './clip-file.ts';
import { findFfmpeg } from './ffmpeg.ts';
import { h264Options } from './h264.ts';
import { type MediaFile, openMedia, packetsOf, reading, readMedia } from './read.ts';
import { fromFile, runFfmpeg, toMp4 } from './run-ffmpeg.ts';
import { makeWhole } from './whole-file.ts';

export interface EnlargeOptions {
  /** The folder that the clip and what is made must really be in. */
  readonly root: string;
  readonly signal?: AbortSignal;
  /** Called with 0 to 1. */
  readonly onProgress?: (progress: number) => void;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Sounds that an mp4 can hold as they are. */
const mp4Sounds = new Set(['aac', 'opus', 'mp3', 'ac3', 'eac3', 'flac']);

/**
 * Scale a clip to 4K with ffmpeg. That adds pixels and no detail, so the result is to be called
 * scaled. It runs at low priority on half of the processors. `output` may be the clip itself; it
 * appears, or replaces what was there, only when it is whole and has been read back.
 *
 * @param ffmpegPath the setting `scenewright.ffmpegPath`, see {@link findFfmpeg}.
 * @returns undefined, and nothing written, when the machine has no ffmpeg.
 * @throws ScenewrightError `bad-input` when the clip is missing, no video, or as large already;
 * `disk`; `bad-answer` when ffmpeg fails or makes something else; `cancelled`.
 */
export async function enlarge(
  ffmpegPath: string,
  clip: string,
  output: string,
  { root, signal, onProgress }: EnlargeOptions,
): Promise<'scaled' | undefined> {
  const program = await findFfmpeg(ffmpegPath);
  if (program === undefined) return undefined;
  const inside = new Enclosure(root);
  await expectClip(clip, inside);
  const media = await openMedia(clip, signal);
  try {
    const size = size4k(media);
    if (!size) {
      throw new ScenewrightError(
        'bad-input',
        t(
          '{0} is {1} × {2} already, so there is nothing to enlarge.',
          path.basename(clip),
          media.width,
          media.height,
        ),
      );
    }
    const what = t('Enlarging {0}', path.basename(clip));
    const args = await enlargeArguments(program, media, size);
    await makeWhole(output, inside, async (part) => {
      await runFfmpeg(program, [...args, ...toMp4(part)], {
        what,
        priority: 'low',
        ...(signal && { signal }),
        onSeconds: (seconds) => onProgress?.(Math.min(1, seconds / media.seconds)),
      });
      await expectEnlarged(part, media, size, what);
    });
    onProgress?.(1);
    return 'scaled';
  } finally {
    media.dispose();
  }
}

/**
 * The size of a picture in 4K: as large as fits into 3840 × 2160, 2160 × 3840 or, for a square one,
 * 2160 × 2160. Undefined when it is that large already.
 */
export function size4k({ width, height }: Size): Size | undefined {
  const [long, short] = width === height ? [2160, 2160] : [3840, 2160];
  const box = width >= height ? { width: long, height: short } : { width: short, height: long };
  const scale = Math.min(box.width / width, box.height / height);
  if (scale <= 1) return undefined;
  return { width: fitted(width * scale, box.width), height: fitted(height * scale, box.height) };
}

/** Even, and without the few lines that sizes such as 854 × 480 are off their shape. */
function fitted(pixels: number, most: number): number {
  return pixels > most * 0.99 ? most : Math.round(pixels / 2) * 2;
}

async function enlargeArguments(program: string, clip: MediaFile, size: Size): Promise<string[]> {
  const { averagePacketRate } = await reading(clip.file, () => packetsOf(clip.video, clip.file));
  const encoder = await h264Options(program, { ...size, rate: averagePacketRate });
  const threads = `${Math.max(1, Math.floor(availableParallelism() / 2))}`;
  const soundCodec = await clip.audio?.getCodec();
  const keepsSound = soundCodec && mp4Sounds.has(soundCodec);
  return [
    ...['-threads', threads, ...fromFile(clip.file)],
    ...['-map', '0:V:0', '-map', '0:a:0?'],
    ...[
      '-filter_threads',
      threads,
      '-vf',
      `scale=${size.width}:${size.height}:flags=lanczos,setsar=1`,
    ],
    ...[...encoder, '-threads', threads],
    ...(keepsSound ? ['-c:a', 'copy'] : ['-c:a', 'aac', '-b:a', '192k']),
  ];
}

async function expectEnlarged(
  file: string,
  clip: MediaFile,
  size: Size,
  what: string,
): Promise<void> {
  const result = await readMedia(file).catch((error: unknown) => {
    throw new ScenewrightError(
      'bad-answer',
      t(
        '{0} failed: what ffmpeg made cannot be read as a video. The clip is kept as it was.',
        what,
      ),
      { cause: error },
    );
  });
  // Codecs count in frames of their own, so lengths agree to within a few of them.
  const sameLength = Math.abs(result.seconds - clip.seconds) <= 0.15;
  if (result.width === size.width && result.height === size.height && sameLength) return;
  throw new ScenewrightError(
    'bad-answer',
    t(
      '{0} failed: ffmpeg made a clip of {1} × {2} and {3} s instead of {4} × {5} and {6} s. The clip is kept as it was.',
      what,
      result.width,
      result.height,
      hundredths(result.seconds),
      size.width,
      size.height,
      hundredths(clip.seconds),
    ),
  );
}

function hundredths(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
