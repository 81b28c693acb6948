import { Enclosure } from '../base/enclosure/enclosure.ts';
import { ScenewrightError, cancelledError, isCancelled } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { expectClip } from './clip-file.ts';
import { type ClipNames, differencesOf, fileNames, sceneNames } from './differences.ts';
import { encodeAlike } from './encode-alike.ts';
import { findFfmpeg, howToGetFfmpeg } from './ffmpeg.ts';
import { planJoin } from './join-plan.ts';
import { join } from './join.ts';
import { type MediaFile, openMedia } from './read.ts';
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

/** Joining what has been encoded takes about this part of the whole time. */
const joinShare = 0.03;

/**
 * Join clips in the given order into one mp4. Clips of the same size and codec settings are copied
 * as they are; others are encoded again by ffmpeg if the machine has it, to the size and frame rate
 * that most of them have. `output` appears, or replaces what was there, only when it is whole.
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
    const differences = differencesOf(await Promise.all(clips.map(traitsOf)), names);
    if (differences.length === 0) return await joinInto(output, clips, options);
    const setting = options.ffmpegPath ?? '';
    const program = await findFfmpeg(setting);
    if (program === undefined) throw cannotJoin(differences, setting);
    return await encodeInto(output, program, clips, names, options);
  } finally {
    for (const clip of clips) clip.dispose();
  }
}

async function joinInto(
  output: string,
  clips: readonly MediaFile[],
  { root, signal, onProgress }: AssembleOptions,
): Promise<AssembledVideo> {
  const plan = await planJoin(clips);
  await makeWhole(output, new Enclosure(root), async (part) => {
    await join(plan, part, signal, onProgress);
    if (signal?.aborted) throw cancelledError(t('Assembling the video'));
  });
  return made(output, clips, false);
}

async function encodeInto(
  output: string,
  program: string,
  clips: readonly MediaFile[],
  names: ClipNames,
  { root, signal, onProgress }: AssembleOptions,
): Promise<AssembledVideo> {
  const inside = new Enclosure(root);
  const alike: MediaFile[] = [];
  return await makeWhole(output, inside, async (part) => {
    const folder = `${part}.clips`;
    try {
      const files = await encodeAlike(program, clips, folder, {
        names,
        ...(signal && { signal }),
        onProgress: (progress) => onProgress?.(progress * (1 - joinShare)),
      });
      await openAll(files, alike, { root, ...(signal && { signal }) });
      const differences = differencesOf(await Promise.all(alike.map(traitsOf)), names);
      if (differences.length > 0) {
        throw new ScenewrightError(
          'internal',
          t('ffmpeg did not encode all clips alike: {0} No video was made.', differences.join(' ')),
        );
      }
      await join(await planJoin(alike), part, signal, (progress) =>
        onProgress?.(1 - joinShare + progress * joinShare),
      );
      if (signal?.aborted) throw cancelledError(t('Assembling the video'));
      return made(output, alike, true);
    } finally {
      for (const clip of alike) clip.dispose();
      await inside.remove(folder, { recursive: true }).catch(() => undefined);
    }
  });
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
    if (signal?.aborted) throw cancelledError(t('Assembling the video'));
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
  throw new ScenewrightError(
    'bad-input',
    [...named, ...more, 'No video was made. Render these scenes again, then assemble.'].join(' '),
    { cause: first },
  );
}

function cannotJoin(differences: readonly string[], setting: string): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    [
      'The clips cannot be joined without encoding them again.',
      ...differences,
      'No video was made.',
      `Render the different scenes again with the same studio and aspect, or ${howToGetFfmpeg(setting)}; then assemble.`,
    ].join(' '),
  );
}
