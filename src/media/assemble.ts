import { mkdir } from 'node:fs/promises';
import { Enclosure } from '../base/enclosure/enclosure.ts';
import { ScenewrightError, cancelledError, isCancelled } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { OutsideError, expectClip } from './clip-file.ts';
import { type ClipNames, differencesOf, fileNames, sceneNames } from './differences.ts';
import { encodeAlike } from './encode-alike.ts';
import { findFfmpeg, howToGetFfmpeg } from './ffmpeg.ts';
import { makeFilmSound } from './film-sound.ts';
import { planJoin, planSound, soundSourceOf } from './join-plan.ts';
import { Uncopyable, join } from './join.ts';
import { Progress } from './progress.ts';
import { type MediaFile, openMedia, openSound } from './read.ts';
import { traitsOf } from './traits.ts';
import { makeWhole } from './whole-file.ts';

export interface AssembleOptions {
  /** The folder that the clips and the video must really be in. */
  readonly root: string;
  readonly signal?: AbortSignal;
  /** Called with 0 to 1 as the clips are copied or encoded. */
  readonly onProgress?: (progress: number) => void;
  /** The setting `scenewright.ffmpegPath`; without it ffmpeg is looked for on PATH. */
  readonly ffmpegPath?: string;
  /** The numbers of the clips' scenes, by which messages call them; else by their file names. */
  readonly scenes?: readonly number[];
}

export interface AssembledVideo {
  /** Absolute path of the new video. */
  readonly file: string;
  /** Its length: the sum of the clips'. */
  readonly seconds: number;
  readonly clips: number;
  /** How long each clip lasts in the video, in seconds. */
  readonly clipSeconds: readonly number[];
  /** Whether the clips did not agree and were encoded again. */
  readonly encoded: boolean;
}

/**
 * Join clips in the given order into one mp4. Clips of the same size and codec settings are copied
 * as they are; others are encoded again by ffmpeg if the machine has it, to the size and frame rate
 * that most of them have, and so is sound that cannot be copied. `output` appears, or replaces what was
 * there, only when it is whole.
 *
 * @throws ScenewrightError `bad-input` that names the clips which are missing, unreadable, or
 * different and how; `disk` when the video cannot be written; `bad-answer` when ffmpeg fails;
 * `cancelled`.
 */
export async function assembleVideo(
  files: readonly string[],
  output: string,
  options: AssembleOptions,
): Promise<AssembledVideo> {
  if (files.length === 0) {
    throw new ScenewrightError(
      'bad-input',
      t('There is no clip to assemble. Render the scenes first.'),
    );
  }
  const clips: MediaFile[] = [];
  try {
    await openAll(files, clips, options);
    const names = options.scenes ? sceneNames(options.scenes) : fileNames(files);
    const { pictures, sounds } = differencesOf(await Promise.all(clips.map(traitsOf)), names);
    const setting = options.ffmpegPath ?? '';
    const program = await findFfmpeg(setting);
    const differences = [...pictures, ...sounds];
    if (program === undefined) {
      if (differences.length > 0) throw cannotJoin(differences, setting);
      return await make(output, clips, { names, options }).catch((error: unknown) => {
        throw error instanceof Uncopyable ? cannotCopy(error, clips, names, setting) : error;
      });
    }
    const encoding = {
      program,
      pictures: pictures.length > 0,
      sound: sounds.length > 0 || !(await keepsTime(clips)),
    };
    try {
      return await make(output, clips, { names, options, encoding });
    } catch (error) {
      if (!(error instanceof Uncopyable)) throw error;
      // What a decoder can read, ffmpeg can join, however odd it is put together.
      const all = { program, pictures: true, sound: true };
      return await make(output, clips, { names, options, encoding: all }).catch(
        (again: unknown) => {
          throw again instanceof Uncopyable ? cannotCopy(again, clips, names, setting) : again;
        },
      );
    }
  } finally {
    for (const clip of clips) clip.dispose();
  }
}

interface Making {
  readonly names: ClipNames;
  readonly options: AssembleOptions;
  /** What is encoded, and by which ffmpeg; absent where all is copied. */
  readonly encoding?: {
    readonly program: string;
    readonly pictures: boolean;
    readonly sound: boolean;
  };
}

/** Parts of the whole time that encoding pictures and sound, and joining, take about. */
const shares = { pictures: 30, sound: 2, join: 1 };

async function make(
  output: string,
  clips: readonly MediaFile[],
  { names, options, encoding }: Making,
): Promise<AssembledVideo> {
  const { root, signal, onProgress } = options;
  const inside = new Enclosure(root);
  const withSound = clips.some(({ audio }) => audio);
  const program = encoding?.program ?? '';
  const encodesPictures = encoding?.pictures === true;
  const encodesSound = encoding?.sound === true && withSound;
  const progress = new Progress(onProgress, [
    encodesPictures ? shares.pictures : 0,
    encodesSound ? shares.sound : 0,
    shares.join,
  ]);
  const work = { names, ...(signal && { signal }) };
  return await makeWhole(output, inside, async (part) => {
    const folder = `${part}.clips`;
    const opened: { dispose(): void }[] = [];
    try {
      if (encodesPictures || encodesSound) await mkdir(folder);
      let shown = clips;
      if (encodesPictures) {
        const alike = await encodeAlike(program, clips, folder, {
          ...work,
          onProgress: progress.of(0),
        });
        const media: MediaFile[] = [];
        await openAll(alike, media, options).finally(() => opened.push(...media));
        shown = media;
        await expectAlike(shown, names);
      }
      let sounds: Parameters<typeof planJoin>[1] = clips.map(soundSourceOf);
      if (encodesSound) {
        const sounding = clips.map((media, i) => ({
          media,
          seconds: shown[i]?.seconds ?? media.seconds,
        }));
        const file = await makeFilmSound(program, sounding, folder, {
          ...work,
          onProgress: progress.of(1),
        });
        const sound = await openSound(file, signal);
        opened.push(sound);
        sounds = { file, track: sound.track, start: 0, end: Infinity };
      }
      await join(await planJoin(shown, sounds), part, signal, progress.of(2));
      if (signal?.aborted) throw cancelledError(t('The assembling'));
      return made(output, shown, encodesPictures || encodesSound);
    } finally {
      for (const one of opened) one.dispose();
      await inside.remove(folder, { recursive: true }).catch(() => undefined);
    }
  });
}

/** Whether the sound of clips that agree stays with their pictures when its packets are copied. */
async function keepsTime(clips: readonly MediaFile[]): Promise<boolean> {
  const lengths = clips.map(({ seconds }) => seconds);
  return (await planSound(lengths, clips.map(soundSourceOf)))?.exact ?? true;
}

async function expectAlike(clips: readonly MediaFile[], names: ClipNames): Promise<void> {
  const { pictures } = differencesOf(await Promise.all(clips.map(traitsOf)), names);
  if (pictures.length === 0) return;
  throw new ScenewrightError(
    'internal',
    t('ffmpeg did not encode all clips alike: {0} No video was made.', pictures.join(' ')),
  );
}

function made(output: string, clips: readonly MediaFile[], encoded: boolean): AssembledVideo {
  const clipSeconds = clips.map(({ seconds }) => seconds);
  const seconds = clipSeconds.reduce((sum, one) => sum + one, 0);
  return { file: output, seconds, clips: clips.length, clipSeconds, encoded };
}

/** Opens every clip, so that one message can name all that are not there or not videos. */
async function openAll(
  files: readonly string[],
  clips: MediaFile[],
  { root, signal }: AssembleOptions,
): Promise<void> {
  const inside = new Enclosure(root);
  const problems: ScenewrightError[] = [];
  for (const file of files) {
    if (signal?.aborted) throw cancelledError(t('The assembling'));
    try {
      await expectClip(file, inside);
      clips.push(await openMedia(file, signal));
    } catch (error) {
      if (!(error instanceof ScenewrightError) || isCancelled(error)) throw error;
      problems.push(error);
    }
  }
  const [first] = problems;
  if (!first) return;
  const named = problems.slice(0, 5).map((problem) => problem.message);
  const more =
    problems.length > 5 ? [t('{0} more clips have the same trouble.', problems.length - 5)] : [];
  const advice = problems.every((problem) => problem instanceof OutsideError)
    ? t('No video was made.')
    : t('No video was made. Render these scenes again, then assemble.');
  throw new ScenewrightError('bad-input', [...named, ...more, advice].join(' '), { cause: first });
}

function cannotJoin(differences: readonly string[], setting: string): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    [t('The clips cannot be joined without encoding them again.'), ...differences].join(' '),
    { advice: adviceFor(setting) },
  );
}

/** The clips agree, and still the library that copies them does not get on with one of them. */
function cannotCopy(
  { place, cause }: Uncopyable,
  clips: readonly MediaFile[],
  names: ClipNames,
  setting: string,
): ScenewrightError {
  const which = names(place === undefined ? [...clips.keys()] : [place]);
  return new ScenewrightError(
    'bad-input',
    t('The clips cannot be joined as they are: {0} is put together in an unusual way.', which),
    { cause, advice: adviceFor(setting) },
  );
}

function adviceFor(setting: string): string {
  return t(
    'No video was made, and the clips are as they were. To have them encoded for the film, {0}; then assemble.',
    howToGetFfmpeg(setting),
  );
}
