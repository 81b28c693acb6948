import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { t } from '../base/l10n.ts';
import type { ClipNames } from './differences.ts';
import type { MediaFile } from './read.ts';
import { fromFile, runFfmpeg, toMp4 } from './run-ffmpeg.ts';

export interface FilmSoundOptions {
  readonly signal?: AbortSignal;
  /** Called with 0 to 1. */
  readonly onProgress: (progress: number) => void;
  readonly names: ClipNames;
}

/** A clip, and how long it lasts in the film, in seconds. */
export interface SoundingClip {
  readonly media: MediaFile;
  readonly seconds: number;
}

const sampleRate = 48_000;
/** Two channels of 16 bits. */
const bytesPerSample = 4;
const stereo = ['-ar', `${sampleRate}`, '-ac', '2'];

/**
 * Make one sound track of all clips with ffmpeg: each is decoded, whatever its codec, cut or filled up
 * with silence to exactly the samples that its time in the film has, and all of it is encoded as one
 * stream. So nothing is heard of the seams, and nothing drifts.
 *
 * @param folder is there, and is removed by the caller
 * @returns an mp4 of AAC, as long as the film
 */
export async function makeFilmSound(
  program: string,
  clips: readonly SoundingClip[],
  folder: string,
  options: FilmSoundOptions,
): Promise<string> {
  const file = path.join(folder, 'sound.mp4');
  const raw = ['-f', 's16le', ...stereo, '-i', 'pipe:0'];
  await runFfmpeg(program, [...raw, '-c:a', 'aac', '-b:a', '192k', ...toMp4(file)], {
    what: t('Encoding the sound'),
    priority: 'below-normal',
    ...(options.signal && { signal: options.signal }),
    input: samplesOf(program, clips, folder, options),
  });
  return file;
}

async function* samplesOf(
  program: string,
  clips: readonly SoundingClip[],
  folder: string,
  { signal, onProgress, names }: FilmSoundOptions,
): AsyncGenerator<Uint8Array> {
  const total = clips.reduce((sum, { seconds }) => sum + seconds, 0);
  let at = 0;
  let given = 0;
  for (const [place, { media, seconds }] of clips.entries()) {
    at += seconds;
    // By the film's clock, so that what is rounded does not add up.
    let left = Math.round(at * sampleRate) - given;
    given += left;
    if (media.audio) {
      const file = path.join(folder, `${place}.pcm`);
      await runFfmpeg(program, decode(media, left, file), {
        what: t('Decoding the sound of {0}', names([place])),
        priority: 'below-normal',
        ...(signal && { signal }),
      });
      for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
        left -= chunk.length / bytesPerSample;
        yield chunk;
      }
      await rm(file, { force: true });
    }
    for (const part of silence(left)) yield part;
    onProgress(at / total);
  }
}

/** By the file's own times: what comes before the clip begins is dropped, holes are silent. */
function decode({ file, start }: MediaFile, samples: number, target: string): readonly string[] {
  const first = Math.round(start * sampleRate);
  return [
    ...['-copyts', ...fromFile(file), '-map', '0:a:0'],
    ...['-af', `aresample=${sampleRate}:async=1:first_pts=${first},atrim=end_sample=${samples}`],
    ...[...stereo, '-f', 's16le', `file:${path.resolve(target)}`],
  ];
}

function* silence(samples: number): Generator<Uint8Array> {
  for (let left = samples; left > 0; left -= sampleRate) {
    yield new Uint8Array(Math.min(left, sampleRate) * bytesPerSample);
  }
}
