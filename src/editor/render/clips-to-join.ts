import { existsSync } from 'node:fs';
import type * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { listed } from '../../base/lists.ts';
import { rangesOf } from '../../base/number-ranges.ts';
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

/** Numbers of scenes whose clips may not be what the scenes are now, by what is known of them. */
export interface Doubts {
  /** The scene has changed since. */
  readonly changed: readonly number[];
  /** It has not, and the clip is a sketch: the studio that is chosen now has not made it. */
  readonly sketched: readonly number[];
  /** Nobody here has ordered the clip, so that nobody knows what it was made from. */
  readonly unknown: readonly number[];
}

/** @param clips of each scene, in the order of the document */
export function doubtsAmong(clips: readonly SceneClip[]): Doubts {
  const numbers = (fits: (clip: SceneClip) => boolean): number[] =>
    clips.flatMap((clip, index) => (clip.file !== undefined && fits(clip) ? [index + 1] : []));
  return {
    changed: numbers((clip) => isOutOfDate(clip) && clip.isOnlySketch !== true),
    sketched: numbers(({ isOnlySketch }) => isOnlySketch === true),
    unknown: numbers(({ job }) => job === undefined),
  };
}

/** What is in doubt, in whole sentences; of what nobody knows nothing is said where that is all. */
export function doubtWords({ changed, sketched, unknown }: Doubts): readonly string[] {
  const known = [
    ...(changed.length === 0
      ? []
      : [
          changed.length === 1
            ? t('Scene {0} has changed since its clip was rendered.', listed(changed))
            : t(
                'Scenes {0} have changed since their clips were rendered.',
                listed(rangesOf(changed, 3)),
              ),
        ]),
    ...(sketched.length === 0
      ? []
      : [
          t(
            'These clips are sketches, which the studio that is chosen now has not made: {0}.',
            listed(rangesOf(sketched, 3)),
          ),
        ]),
  ];
  if (known.length === 0 || unknown.length === 0) return known;
  return [
    ...known,
    t(
      'What these clips were made from is not known, as they were not ordered here: {0}.',
      listed(rangesOf(unknown, 3)),
    ),
  ];
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
      : [t('These scenes have no clip yet: {0}.', listed(rangesOf(unrendered, 3)))]),
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
