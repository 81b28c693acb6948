import path from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../../base/clock.ts';
import { Enclosure } from '../../base/enclosure/enclosure.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { OwnerLock } from '../../base/lock.ts';
import { keyOfPlace } from '../../base/place-key.ts';
import { videoName } from '../../jobs/video-name.ts';
import { mayBeScript } from '../../script/parse/is-script.ts';
import { parseScript } from '../../script/parse/parse-script.ts';
import type { Scene } from '../../script/script-model.ts';
import { chosenByHand } from '../commands/caller.ts';
import { clipFolder, type SceneClip, workspaceRoot } from '../jobs/scene-clips.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { settings } from '../settings.ts';
import { toTrash } from '../jobs/trash.ts';
import { askAmong } from '../ui/window.ts';
import {
  clipsToJoin,
  doubtsAmong,
  doubtWords,
  filesOf,
  gapsOf,
  gapWords,
  staleAmong,
  type Gaps,
} from './clips-to-join.ts';

/** What `scenewright.assembleVideo` answers. */
export interface AssembledScript {
  /** Absolute path of the video. */
  readonly file: string;
  readonly seconds: number;
  readonly clips: number;
  /** Numbers of the scenes whose clips are older than the scenes are. */
  readonly stale: readonly number[];
  /** What is not in it. */
  readonly missing: Gaps;
  /** Absolute paths of the subtitles, `.srt` and `.vtt`; none where nothing is spoken. */
  readonly subtitles: readonly string[];
  /** Whether the clips did not agree and were encoded again. */
  readonly encoded: boolean;
}

export interface AssembleTools {
  readonly scripts: OpenScripts;
  readonly jobs: JobIndex;
  /** The storage that all windows share. */
  readonly shared: string;
}

export interface Progress {
  readonly signal: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/**
 * Join the clips of a script, in the order of its scenes, into one video beside them, with subtitles
 * of what is spoken. Enlarged clips are taken where every scene has one. Clips that are out of date
 * are joined too, and told.
 *
 * @param withoutMissing whether scenes that are not written or have no clip are left out
 * @throws ScenewrightError `bad-input` where there are such scenes, naming them, or nothing but such
 */
export async function assembleScript(
  { scripts, jobs, shared }: AssembleTools,
  document: vscode.TextDocument,
  progress: Progress,
  withoutMissing: boolean,
): Promise<AssembledScript> {
  const script = scripts.parse(document);
  const all = clipsToJoin(script, document.uri, jobs);
  const missing = gapsOf(script, all);
  const joined = script.scenes.flatMap(({ scene }, index): JoinedScene[] => {
    const clip = all[index];
    return clip?.file === undefined ? [] : [{ scene, number: index + 1, clip }];
  });
  const words = gapWords(missing);
  if (words.length > 0 && (!withoutMissing || joined.length === 0)) throw missingError(words);
  if (joined.length === 0) throw missingError([t('The script has no scenes yet.')]);
  const output = await videoFile(document.uri);
  // Video and subtitles of two windows would not belong together.
  const lock = new OwnerLock(path.join(shared, 'videos', await keyOfPlace(output)), {
    clock: systemClock,
    temporary: true,
  });
  try {
    if (!(await lock.claim(progress.signal))) throw busyError(output);
    const result = await assembleTo(document, output, joined, {
      progress,
      language: script.brief.language,
    });
    return { ...result, stale: staleAmong(all), missing };
  } finally {
    await lock.release();
  }
}

/** A scene that is in the video. */
interface JoinedScene {
  readonly scene: Scene;
  /** In the document, from 1. */
  readonly number: number;
  readonly clip: SceneClip;
}

interface Assembling {
  readonly language: string;
  readonly progress: Progress;
}

async function assembleTo(
  document: vscode.TextDocument,
  output: string,
  joined: readonly JoinedScene[],
  { language, progress }: Assembling,
): Promise<Omit<AssembledScript, 'stale' | 'missing'>> {
  const inside = new Enclosure(workspaceRoot(document.uri));
  // Loaded when it is needed: the media library is the largest part of the extension.
  const { assembleVideo } = await import('../../media/assemble.ts');
  const { writeSubtitles } = await import('../../media/subtitle-files.ts');
  const { subtitlesOf } = await import('../../media/subtitles.ts');
  const files = filesOf(joined.map(({ clip }) => clip));
  const video = await assembleVideo(files, output, {
    ...progress,
    root: inside.root,
    ffmpegPath: settings.ffmpegPath.value,
    scenes: joined.map(({ number }) => number),
  });
  const cues = subtitlesOf(
    joined.map(({ scene }) => scene),
    video.clipSeconds,
    language,
  );
  return {
    file: video.file,
    seconds: video.seconds,
    clips: video.clips,
    subtitles: await writeSubtitles(video.file, cues, inside, (older) => discard(older, inside)),
    encoded: video.encoded,
  };
}

function busyError(output: string): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t(
      '{0} is being assembled in another window. It goes on there; nothing was changed from here.',
      path.basename(output),
    ),
  );
}

function missingError(words: readonly string[]): ScenewrightError {
  return new ScenewrightError('bad-input', [...words, t('Nothing was assembled.')].join(' '));
}

/**
 * Where the film is not whole, or clips are out of date, ask whether to assemble what there is all the same
 * or to go on with what is missing, which is then begun.
 *
 * @returns whether to leave out what is missing; absent where nothing is to be assembled now
 */
export async function confirmAssembling(
  scripts: OpenScripts,
  jobs: JobIndex,
  document: vscode.TextDocument,
): Promise<{ readonly withoutMissing: boolean } | undefined> {
  const script = scripts.parse(document);
  const clips = clipsToJoin(script, document.uri, jobs);
  const gaps = gapsOf(script, clips);
  const missing = gapWords(gaps);
  const [question, ...detail] = [...missing, ...doubtWords(doubtsAmong(clips))];
  if (question === undefined) return { withoutMissing: false };
  const hasClips = clips.some(({ file }) => file !== undefined);
  const assemble = missing.length === 0 ? t('Assemble Anyway') : t('Assemble Without Them');
  // What is to be rendered has to be written before.
  const [goOn, command] =
    gaps.unwritten > 0
      ? [t('Write Missing'), 'scenewright.writeScenes']
      : [
          missing.length > 0 ? t('Render Missing') : t('Render Them First'),
          'scenewright.renderScenes',
        ];
  const buttons = missing.length === 0 ? [assemble, goOn] : [goOn, ...(hasClips ? [assemble] : [])];
  const answer = await askAmong(question, detail, ...buttons);
  if (answer === goOn) {
    const uri = document.uri.toString();
    await vscode.commands.executeCommand(command, chosenByHand({ uri }));
  }
  return answer === assemble ? { withoutMissing: missing.length > 0 } : undefined;
}

/** Absolute path of a script's assembled video, whether or not it is there. */
export async function videoFile(script: vscode.Uri): Promise<string> {
  const folder = clipFolder(script);
  const root = workspaceRoot(script);
  const relative = (uri: vscode.Uri): string => path.relative(root, uri.fsPath);
  const twins = await twinsOf(script, root, folder);
  return path.join(folder, videoName(path.basename(folder), relative(script), twins.map(relative)));
}

/** The other scripts whose clips go to the same folder, because they have the same name. */
async function twinsOf(
  script: vscode.Uri,
  root: string,
  folder: string,
): Promise<readonly vscode.Uri[]> {
  // A folder that is not open may be as large as the disk.
  const depth = vscode.workspace.getWorkspaceFolder(script) === undefined ? '' : '**/';
  const pattern = new vscode.RelativePattern(vscode.Uri.file(root), `${depth}*.{md,markdown}`);
  const found = await vscode.workspace.findFiles(pattern, '**/node_modules/**');
  const twins: vscode.Uri[] = [];
  for (const uri of found) {
    if (uri.fsPath === script.fsPath) continue;
    if (clipFolder(uri).toLowerCase() !== folder.toLowerCase()) continue;
    const content = Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
    if (mayBeScript(content) && parseScript(content).isScript) twins.push(uri);
  }
  return twins;
}

/** Older subtitles may have been worked on. */
export async function discard(subtitles: string, inside: Enclosure): Promise<void> {
  await toTrash(subtitles, inside, `${subtitles}.old`);
}
