import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { t } from '../base/l10n.ts';
import { type ClipNames, mostCommon } from './differences.ts';
import { type PictureFormat, h264Options } from './h264.ts';
import { type MediaFile, packetsOf, reading } from './read.ts';
import { fromFile, runFfmpeg, toMp4 } from './run-ffmpeg.ts';

export interface EncodeAlikeOptions {
  readonly signal?: AbortSignal;
  /** Called with 0 to 1. */
  readonly onProgress: (progress: number) => void;
  readonly names: ClipNames;
}

/** Frame rates that videos have; measured ones are a little off. */
const usualRates = ['24000/1001', '24', '25', '30000/1001', '30', '48', '50', '60000/1001', '60'];

/** The sound of every clip, if one has any. */
const sampleRate = 48_000;

/**
 * Encode clips again so that they can be joined: H.264 of the size and frame rate that most of them
 * have, with sound in all or in none. Smaller and larger pictures are scaled and get black bars where
 * their shape is another. One clip after the other, so that a long video takes no more memory than a
 * short one.
 *
 * @param folder made here; the caller removes it.
 * @returns the new files, in order, each as long as its clip to within a frame.
 */
export async function encodeAlike(
  program: string,
  clips: readonly MediaFile[],
  folder: string,
  { signal, onProgress, names }: EncodeAlikeOptions,
): Promise<readonly string[]> {
  const target = await targetOf(clips);
  const hasSound = clips.some((clip) => clip.audio);
  const encoder = await h264Options(program, target);
  const threads = `${Math.max(1, availableParallelism() - 1)}`;
  await mkdir(folder);
  const total = clips.reduce((sum, clip) => sum + clip.seconds, 0);
  const files: string[] = [];
  let done = 0;
  for (const [place, clip] of clips.entries()) {
    const file = path.join(folder, `${place}.mp4`);
    await runFfmpeg(
      program,
      [
        ...['-threads', threads, ...fromFile(clip.file)],
        ...(hasSound && !clip.audio
          ? ['-f', 'lavfi', '-i', `anullsrc=r=${sampleRate}:cl=stereo`]
          : []),
        ...['-map', '0:V:0', ...(hasSound ? ['-map', clip.audio ? '0:a:0' : '1:a:0'] : [])],
        ...['-map_metadata', '-1', '-t', clip.seconds.toFixed(6)],
        ...['-vf', await pictureFilter(clip, target)],
        ...[...encoder, '-threads', threads, ...colour, '-video_track_timescale', '90000'],
        ...(hasSound ? soundOptions : ['-an']),
        ...toMp4(file),
      ],
      {
        what: t('Encoding {0}', names([place])),
        priority: 'below-normal',
        ...(signal && { signal }),
        onSeconds: (seconds) => {
          onProgress((done + Math.min(seconds, clip.seconds)) / total);
        },
      },
    );
    done += clip.seconds;
    onProgress(done / total);
    files.push(file);
  }
  return files;
}

interface Target extends PictureFormat {
  /** The rate as ffmpeg takes it: exact, such as `30000/1001`. */
  readonly exactRate: string;
}

async function targetOf(clips: readonly MediaFile[]): Promise<Target> {
  // Of sizes that are equally common the largest: a picture that is scaled up loses nothing.
  const largestFirst = clips.toSorted((a, b) => b.width * b.height - a.width * a.height);
  const size = mostCommon(
    largestFirst.map(({ width, height }) => `${even(width)} ${even(height)}`),
  );
  const [width = 2, height = 2] = (size ?? '').split(' ').map(Number);
  const rates = await Promise.all(clips.map(rateOf));
  const exactRate = mostCommon(rates.toSorted((a, b) => valueOf(b) - valueOf(a))) ?? '24';
  return { width, height, exactRate, rate: valueOf(exactRate) };
}

async function rateOf({ video, file }: MediaFile): Promise<string> {
  const { averagePacketRate } = await reading(file, () => packetsOf(video, file));
  const usual = usualRates.find((rate) => Math.abs(valueOf(rate) - averagePacketRate) < 0.005);
  if (usual !== undefined) return usual;
  return averagePacketRate >= 1 && averagePacketRate <= 60
    ? `${Math.round(averagePacketRate)}`
    : '30';
}

function valueOf(rate: string): number {
  const [count = 24, per = 1] = rate.split('/').map(Number);
  return count / per;
}

/** H.264 in 4:2:0 has no odd sizes. */
function even(pixels: number): number {
  return Math.max(2, Math.round(pixels / 2) * 2);
}

async function pictureFilter(clip: MediaFile, target: Target): Promise<string> {
  const fit = Math.min(target.width / clip.width, target.height / clip.height);
  const width = Math.min(target.width, even(clip.width * fit));
  const height = Math.min(target.height, even(clip.height * fit));
  return [
    `scale=${width}:${height}:flags=lanczos:out_range=tv${await matrix(clip)}`,
    `pad=${target.width}:${target.height}:-1:-1:black`,
    'setsar=1',
    `fps=${target.exactRate}:start_time=0`,
    // Where sound lasts longer than the picture, its last frame stays.
    `tpad=stop_mode=clone:stop_duration=${Math.ceil(clip.seconds)}`,
  ].join(',');
}

/** Says all clips' colours the same way, which players need as much as decoders. */
const colour = ['colorspace', 'color_primaries', 'color_trc']
  .flatMap((name) => [`-${name}`, 'bt709'])
  .concat('-color_range', 'tv');

/** Converts colours that are told to be those of standard definition; untold ones are left alone. */
async function matrix({ video }: MediaFile): Promise<string> {
  const told: unknown = (await video.getColorSpace()).matrix;
  return told === 'smpte170m' || told === 'bt470bg'
    ? ':in_color_matrix=bt601:out_color_matrix=bt709'
    : '';
}

const soundOptions = [
  // Sound that begins late, stops early or has holes is filled up with silence.
  ...['-af', `aresample=${sampleRate}:async=1:first_pts=0,apad`],
  ...['-c:a', 'aac', '-b:a', '192k', '-ar', `${sampleRate}`, '-ac', '2'],
];
