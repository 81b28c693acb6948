import { existsSync } from 'node:fs';
import type * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { largeClipOf } from '../../jobs/job-state.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import { clipFinder, isOutOfDate, type SceneClip } from '../jobs/scene-clips.ts';
import { refuseTwin } from '../script/open-scripts.ts';

/**
 * The clip of each scene that counts, in the order of the document.
 *
 * @throws ScenewrightError `bad-script` where two scenes have one id
 */
export function clipsToJoin(
  script: ParsedScript,
  uri: vscode.Uri,
  jobs: JobIndex,
): readonly SceneClip[] {
  script.scenes.forEach((_node, index) => {
    refuseTwin(script, index + 1);
  });
  const clipOf = clipFinder(script, uri, jobs);
  return script.scenes.map((node, index) => clipOf(node, index + 1));
}

/** Numbers of the scenes whose clips show something else than the scenes say, whatever is on its way. */
export function staleAmong(clips: readonly SceneClip[]): readonly number[] {
  return clips.flatMap((clip, index) => (isOutOfDate(clip) ? [index + 1] : []));
}

/**
 * The files of these clips: the enlarged ones where every clip has one.
 *
 * @throws ScenewrightError `bad-input` when a scene has no clip, naming the scenes.
 */
export function filesOf(clips: readonly SceneClip[]): readonly string[] {
  const enlarged = clips.flatMap(({ job }) => (job && largeClipOf(job)) ?? []).filter(existsSync);
  if (clips.length > 0 && enlarged.length === clips.length) return enlarged;
  const files = clips.flatMap(({ file }) => file ?? []);
  if (files.length === clips.length && clips.length > 0) return files;
  const missing = clips.flatMap(({ file }, index) => (file === undefined ? [index + 1] : []));
  throw new ScenewrightError(
    'bad-input',
    clips.length === 0
      ? t('The script has no scenes yet.')
      : t('These scenes have no clip yet: {0}. Render them first.', missing.join(', ')),
  );
}
