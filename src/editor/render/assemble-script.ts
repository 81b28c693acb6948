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
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { chosenByHand } from '../commands/caller.ts';
import { clipFolder, type SceneClip, workspaceRoot } from '../jobs/scene-clips.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { settings } from '../settings.ts';
import { toTrash } from '../jobs/trash.ts';
import { askAmong } from '../ui/window.ts';
import { clipsToJoin, filesOf, staleAmong } from './clips-to-join.ts';

/** What `scenewright.assembleVideo` answers. */
export interface AssembledScript {
  /** Absolute path of the video. */
  readonly file: string;
  readonly seconds: number;
  readonly clips: number;
  /** Numbers of the scenes whose clips are older than the scenes are. */
  readonly stale: readonly number[];
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

/**
 * Join the clips of a script, in the order of its scenes, into one video beside them, with subtitles
 * of what is spoken. Enlarged clips are taken where every scene has one. Clips that are out of date
 * are joined too, and told.
 *
 * @throws ScenewrightError `bad-input` when a scene has no clip, naming the scenes.
 */
export async function assembleScript(
  { scripts, jobs, shared }: AssembleTools,
  document: vscode.TextDocument,
  progress: { signal: AbortSignal; onProgress?: (fraction: number) => void },
): Promise<AssembledScript> {
  const script = scripts.parse(document);
  const clips = clipsToJoin(script, document.uri, jobs);
  const files = filesOf(clips);
  const output = await videoFile(document.uri);
  // Video and subtitles of two windows would not belong together.
  const lock = new OwnerLock(path.join(shared, 'videos', await keyOfPlace(output)), {
    clock: systemClock,
    temporary: true,
  });
  try {
    if (!(await lock.claim(progress.signal))) throw busyError(output);
    return await assembleTo(document, output, files, { script, clips, progress });
  } finally {
    await lock.release();
  }
}

interface Assembling {
  readonly script: ParsedScript;
  readonly clips: readonly SceneClip[];
  readonly progress: { signal: AbortSignal; onProgress?: (fraction: number) => void };
}

async function assembleTo(
  document: vscode.TextDocument,
  output: string,
  files: readonly string[],
  { script, clips, progress }: Assembling,
): Promise<AssembledScript> {
  const inside = new Enclosure(workspaceRoot(document.uri));
  // Loaded when it is needed: the media library is the largest part of the extension.
  const { assembleVideo } = await import('../../media/assemble.ts');
  const { writeSubtitles } = await import('../../media/subtitle-files.ts');
  const { subtitlesOf } = await import('../../media/subtitles.ts');
  const video = await assembleVideo(files, output, {
    ...progress,
    root: inside.root,
    ffmpegPath: settings.ffmpegPath.value,
    scenes: clips.map((_, index) => index + 1),
  });
  const cues = subtitlesOf(
    script.scenes.map(({ scene }) => scene),
    video.clipSeconds,
    script.brief.language,
  );
  return {
    file: video.file,
    seconds: video.seconds,
    clips: video.clips,
    stale: staleAmong(clips),
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

/**
 * Where clips are out of date, ask whether to assemble them all the same or to render them first,
 * which is then begun.
 *
 * @returns whether to assemble now
 */
export async function confirmStale(
  scripts: OpenScripts,
  jobs: JobIndex,
  document: vscode.TextDocument,
): Promise<boolean> {
  const stale = staleAmong(clipsToJoin(scripts.parse(document), document.uri, jobs));
  if (stale.length === 0) return true;
  const assemble = t('Assemble Anyway');
  const render = t('Render Them First');
  const answer = await askAmong(
    stale.length === 1
      ? t('Scene {0} has changed since its clip was rendered.', stale.join())
      : t('Scenes {0} have changed since their clips were rendered.', stale.join(', ')),
    [],
    assemble,
    render,
  );
  if (answer === render) {
    const uri = document.uri.toString();
    await vscode.commands.executeCommand('scenewright.renderScenes', chosenByHand({ uri }));
  }
  return answer === assemble;
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
