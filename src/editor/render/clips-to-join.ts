import { existsSync } from 'node:fs';
import type * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { largeClipOf } from '../../jobs/job-state.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { missingScenes } from '../../script/story-order.ts';
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

/** What a film lacks. */
export interface Gaps {
  /** Numbers in the document of the written scenes that have no clip. */
  readonly unrendered: readonly number[];
  /** How many scenes are planned and not written. */
  readonly unwritten: number;
}

/** @param clips of each scene, in the order of the document */
export function gapsOf(script: ParsedScript, clips: readonly SceneClip[]): Gaps {
  const unrendered = script.scenes.flatMap(({ written }, index) =>
    written && clips[index]?.file === undefined ? [index + 1] : [],
  );
  return { unrendered, unwritten: missingScenes(script) };
}

/** What is missing, in whole sentences; none where the film is whole. */
export function gapWords({ unrendered, unwritten }: Gaps): readonly string[] {
  return [
    ...(unrendered.length === 0
      ? []
      : [t('These scenes have no clip yet: {0}.', unrendered.join(', '))]),
    ...(unwritten === 0
      ? []
      : [
          unwritten === 1
            ? t('One scene is planned and not written.')
            : t('{0} scenes are planned and not written.', unwritten),
        ]),
  ];
}

/** The files of clips that are there: the enlarged ones where every one of them has one. */
export function filesOf(clips: readonly SceneClip[]): readonly string[] {
  const enlarged = clips.flatMap(({ job }) => (job && largeClipOf(job)) ?? []).filter(existsSync);
  return enlarged.length === clips.length ? enlarged : clips.flatMap(({ file }) => file ?? []);
}
