import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { ScenewrightError } from '../base/errors.ts';
import { clipFolder, clipOf } from './clips.ts';
import type { Result } from './commands.ts';
import type { JobIndex } from './job-index.ts';
import { refuseTwin, type Scripts } from './scripts.ts';

/**
 * Join the clips of a script, in the order of its scenes, into one video beside them.
 *
 * @throws ScenewrightError `bad-input` when a scene has no clip, naming the scenes.
 */
export async function assembleScript(
  scripts: Scripts,
  jobs: JobIndex,
  document: vscode.TextDocument,
  progress: { signal: AbortSignal; onProgress?: (fraction: number) => void },
): Promise<Result<'scenewright.assembleVideo'>> {
  const script = scripts.parse(document);
  script.scenes.forEach((_node, index) => {
    refuseTwin(script, index + 1);
  });
  const folder = clipFolder(document.uri);
  const clips = script.scenes.map((node, index) => ({
    number: index + 1,
    file: clipOf(script, document.uri, node, index + 1, jobs).file,
  }));
  const files = clips.flatMap(({ file }) => file ?? []);
  const missing = clips.filter(({ file }) => file === undefined).map(({ number }) => number);
  if (files.length === 0 || missing.length > 0) {
    throw new ScenewrightError(
      'bad-input',
      clips.length === 0
        ? vscode.l10n.t('The script has no scenes yet.')
        : vscode.l10n.t(
            'These scenes have no clip yet: {0}. Render them first.',
            missing.join(', '),
          ),
    );
  }
  // Loaded when it is needed: the media library is the largest part of the extension.
  const { assembleVideo } = await import('../jobs/assemble.ts');
  const result = await assembleVideo(files, path.join(folder, videoName(folder)), progress);
  await stat(result.file);
  return { file: result.file, seconds: result.seconds, clips: result.clips };
}

/** The script's own name, unless that is what clips are called. */
function videoName(folder: string): string {
  const name = path.basename(folder);
  return /^scene-\d{3,}(-|$)/iu.test(name) ? `${name}-video.mp4` : `${name}.mp4`;
}
