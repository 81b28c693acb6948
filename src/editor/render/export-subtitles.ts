import type * as vscode from 'vscode';
import { Enclosure } from '../../base/enclosure/enclosure.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { discard, videoFile } from './assemble-script.ts';
import { clipFinder, workspaceRoot } from '../jobs/scene-clips.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import type { OpenScripts } from '../script/open-scripts.ts';

/**
 * Write the subtitles of what is spoken in a script beside its clips, as `.srt` and `.vtt`, under the
 * name that its assembled video has or will have. Scenes take as long as their clips really are; those
 * without one, as long as they are planned.
 *
 * @throws ScenewrightError `bad-input` where nothing is spoken
 */
export async function exportSubtitles(
  scripts: OpenScripts,
  jobs: JobIndex,
  document: vscode.TextDocument,
): Promise<{ readonly files: readonly string[] }> {
  const script = scripts.parse(document);
  // Loaded when it is needed: the media library is the largest part of the extension.
  const [{ readMedia }, { expectClip }, { subtitlesOf }, { writeSubtitles }] = await Promise.all([
    import('../../media/read.ts'),
    import('../../media/clip-file.ts'),
    import('../../media/subtitles.ts'),
    import('../../media/subtitle-files.ts'),
  ]);
  const inside = new Enclosure(workspaceRoot(document.uri));
  const seconds: number[] = [];
  const clipOf = clipFinder(script, document.uri, jobs);
  for (const [index, node] of script.scenes.entries()) {
    const { file } = clipOf(node, index + 1);
    if (file !== undefined) await expectClip(file, inside);
    seconds.push(file === undefined ? node.scene.seconds : (await readMedia(file)).seconds);
  }
  const cues = subtitlesOf(
    script.scenes.map(({ scene }) => scene),
    seconds,
    script.brief.language,
  );
  const video = await videoFile(document.uri);
  const files = await writeSubtitles(video, cues, inside, (older) => discard(older, inside));
  if (files.length > 0) return { files };
  throw new ScenewrightError(
    'bad-input',
    t('Nothing is spoken in this script, so there are no subtitles to write.'),
  );
}
