import { availableParallelism } from 'node:os';
import path from 'node:path';
import { t } from '../base/l10n.ts';
import { type ClipNames, mostCommon } from './differences.ts';
import { type PictureFormat, h264Options } from './h264.ts';
import { type Colours, coloursOf, isHdr, toneMapping } from './hdr.ts';
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

/**
 * Encode the pictures of clips again so that they can be joined: H.264 of the size and frame rate that
 * most of them have. Smaller and larger pictures are scaled and get black bars where their shape is
 * another. One clip after the other, so that a long video takes no more memory than a short one.
 *
 * @param folder is there, and is removed by the caller
 * @returns the new files, in order. Their pictures are on one grid over the whole film, on which each
 * clip begins where it would by the lengths of those before it, to within half a picture.
 */
export async function encodeAlike(
  program: string,
  clips: readonly MediaFile[],
  folder: string,
  { signal, onProgress, names }: EncodeAlikeOptions,
): Promise<readonly string[]> {
  const target = await targetOf(clips);
  const encoder = await h264Options(program, target);
  const threads = `${Math.max(1, availableParallelism() - 1)}`;
  const total = clips.reduce((sum, clip) => sum + clip.seconds, 0);
  const files: string[] = [];
  const what = clips.map((_, place) => t('Encoding {0}', names([place])));
  // All of them before the first clip is encoded: what cannot be done is known at once.
  const filters: string[] = [];
  for (const [place, clip] of clips.entries()) {
    filters.push(await pictureFilter(program, clip, target, what[place] ?? ''));
  }
  let done = 0;
  let pictures = 0;
  for (const [place, clip] of clips.entries()) {
    const file = path.join(folder, `${place}.mp4`);
    const count = Math.max(1, Math.round((done + clip.seconds) * target.rate) - pictures);
    await runFfmpeg(
      program,
      [
        // By the clip's own times, so that its beginning is what its edit list says.
        ...['-copyts', '-threads', threads, ...fromFile(clip.file)],
        ...['-map', '0:V:0', '-an', '-map_metadata', '-1', '-frames:v', `${count}`],
        ...['-vf', filters[place] ?? 'null'],
        ...[...encoder, '-threads', threads, ...colour, '-video_track_timescale', '120000'],
        ...toMp4(file),
      ],
      {
        what: what[place] ?? '',
        priority: 'below-normal',
        ...(signal && { signal }),
        onSeconds: (seconds) => {
          onProgress((done + Math.min(seconds, clip.seconds)) / total);
        },
      },
    );
    done += clip.seconds;
    pictures += count;
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

async function pictureFilter(
  program: string,
  clip: MediaFile,
  target: Target,
  what: string,
): Promise<string> {
  const fit = Math.min(target.width / clip.width, target.height / clip.height);
  const width = Math.min(target.width, even(clip.width * fit));
  const height = Math.min(target.height, even(clip.height * fit));
  const colours = await coloursOf(clip);
  return [
    // Of what is told to be interlaced, both halves of a picture are of one time.
    'yadif=deint=interlaced',
    `setpts=PTS-${clip.start.toFixed(6)}/TB`,
    ...(await toneMapping(program, colours, what)),
    `scale=${width}:${height}:flags=lanczos:out_range=tv${matrix(colours)}`,
    // Also pictures whose format says by its name that they have another range.
    'format=yuv420p',
    `pad=${target.width}:${target.height}:-1:-1:black`,
    'setsar=1',
    `fps=${target.exactRate}:start_time=0`,
    // Where sound lasts longer than the picture, its last frame stays.
    `tpad=stop_mode=clone:stop_duration=${Math.ceil(clip.seconds) + 1}`,
  ].join(',');
}

/** Says all clips' colours the same way, which players need as much as decoders. */
const colour = ['colorspace', 'color_primaries', 'color_trc']
  .flatMap((name) => [`-${name}`, 'bt709'])
  .concat('-color_range', 'tv', '-chroma_sample_location', 'left');

/** By what a clip tells of its colours; those that tell nothing are left alone. */
const matrices: Readonly<Record<string, string>> = {
  smpte170m: 'bt601',
  bt470bg: 'bt601',
  'bt2020-ncl': 'bt2020',
};

/** Converts colours of standard definition and of wide screens; HDR has been converted before. */
function matrix(colours: Colours): string {
  const from = isHdr(colours) ? undefined : matrices[colours.matrix];
  return from === undefined ? '' : `:in_color_matrix=${from}:out_color_matrix=bt709`;
}
