import { spawnSync } from 'node:child_process';
import { ffmpeg } from './fake-ffmpeg.ts';

export interface FlashAndBeep {
  /** Length of the picture, in seconds. */
  readonly seconds?: number;
  /** Pictures a second, as ffmpeg takes it. */
  readonly rate?: string;
  readonly size?: string;
  /** When the screen is white and the tone sounds, each for a tenth of a second; in seconds. */
  readonly at?: readonly number[];
  /** How the picture is encoded. */
  readonly picture?: readonly string[];
  /** How the sound is encoded; without it the clip is silent. */
  readonly sound?: readonly string[];
  readonly sampleRate?: number;
  readonly channels?: number;
  /** Length of the sound, if it is not that of the picture. */
  readonly soundSeconds?: number;
  /** What else the file is made with. */
  readonly more?: readonly string[];
}

export const h264 = ['-c:v', 'libx264', '-bf', '2', '-pix_fmt', 'yuv420p'];
export const aac = ['-c:a', 'aac', '-b:a', '96k'];

/** Make a clip in which white and a tone come at the same times. */
export function flashAndBeep(file: string, clip: FlashAndBeep = {}): string {
  const { seconds = 1, rate = '24', size = '32x32', at = [0.5], picture = h264, sound } = clip;
  const { sampleRate = 48_000, channels = 2, soundSeconds = seconds, more = [] } = clip;
  // A picture is lit by the time of its middle: it is not to depend on how times are rounded.
  const when = (time: string, early: number): string =>
    at.map((one) => `between(${time},${one - early},${one + 0.1 - early})`).join('+');
  const video = `color=black:s=${size}:r=${rate}:d=${seconds},format=gray,geq=lum='if(${when('T', 0.005)},235,16)'`;
  const audio = `aevalsrc=exprs='0.7*sin(6283*t)*(${when('t', 0)})':s=${sampleRate}:d=${soundSeconds}`;
  ffmpeg(
    ...['-f', 'lavfi', '-i', video],
    ...(sound ? ['-f', 'lavfi', '-i', audio, '-map', '0:v', '-map', '1:a'] : []),
    ...picture,
    ...(sound ? [...sound, '-ac', `${channels}`] : []),
    ...more,
    file,
  );
  return file;
}

export interface Seen {
  /** When the screen turns white, in seconds. */
  readonly flashes: readonly number[];
  /** When a tone begins, by the count of samples from the beginning; in seconds. */
  readonly beeps: readonly number[];
  readonly pictures: number;
  /** Length of what a decoder makes of the sound, in seconds. */
  readonly soundSeconds: number;
  /** What ffmpeg had to say; nothing where all is well. */
  readonly words: string;
}

/** Decode a film and tell what is to be seen and heard, and when. */
export function watch(film: string): Seen {
  const { text, words } = told('ffprobe', film, [
    ...['-show_entries', 'stream=codec_type:frame=best_effort_timestamp_time'],
    ...['-select_streams', 'v:0', '-of', 'csv=p=0'],
  ]);
  // Some pictures come with notes, on lines of their own.
  const lines = text.split('\n').filter((line) => /^-?\d/.test(line));
  const times = lines.map((line) => parseFloat(line));
  const pixels = decoded(film, [
    ...['-map', '0:v:0', '-vf', 'scale=1:1:flags=area,format=gray'],
    ...['-fps_mode', 'passthrough', '-f', 'rawvideo'],
  ]);
  const flashes = [...pixels.bytes].flatMap((light, i, all) =>
    light > 60 && (all[i - 1] ?? 0) <= 60 ? [times[i] ?? NaN] : [],
  );
  const rate = 48_000;
  const sound = decoded(film, ['-map', '0:a:0?', '-ac', '1', '-ar', `${rate}`, '-f', 's16le']);
  return {
    flashes,
    beeps: onsets(sound.bytes, rate),
    pictures: pixels.bytes.length,
    soundSeconds: sound.bytes.length / 2 / rate,
    words: words + pixels.words + sound.words,
  };
}

function told(
  program: string,
  film: string,
  args: readonly string[],
): { text: string; words: string } {
  const run = spawnSync(program, ['-v', 'error', '-i', film, ...args], { encoding: 'utf8' });
  return { text: run.stdout, words: run.stderr };
}

/** What comes out of the decoder, its checks turned on. */
function decoded(film: string, args: readonly string[]): { bytes: Buffer; words: string } {
  const strict = ['-nostdin', '-v', 'error', '-err_detect', 'crccheck'];
  const run = spawnSync('ffmpeg', [...strict, '-i', film, ...args, 'pipe:1'], {
    maxBuffer: 2 ** 30,
  });
  return { bytes: run.stdout, words: run.stderr.toString() };
}

/** Where it becomes loud after a twentieth of a second of quiet. */
function onsets(sound: Buffer, rate: number): number[] {
  const found: number[] = [];
  let quiet = Infinity;
  for (let i = 0; i + 1 < sound.length; i += 2) {
    const loud = Math.abs(sound.readInt16LE(i)) > 6000;
    if (loud && quiet > rate / 20) found.push(i / 2 / rate);
    quiet = loud ? 0 : quiet + 1;
  }
  return found;
}
