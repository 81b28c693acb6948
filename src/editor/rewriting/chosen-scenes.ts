import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { listed } from '../../base/lists.ts';
import { rangesOf } from '../../base/number-ranges.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import type { SceneId } from '../../script/script-model.ts';
import { refuseTwin, requireId } from '../script/open-scripts.ts';

/** A scene that is to be rewritten. */
export interface Chosen {
  readonly node: SceneNode;
  readonly id: SceneId;
  /** Its number in the document, from 1. */
  readonly number: number;
}

/**
 * The scene of that number.
 *
 * @throws ScenewrightError where it is not written, or could not be told from another one
 */
export function requireWritten(script: ParsedScript, number: number | undefined): Chosen {
  const node = number === undefined ? undefined : script.scenes[number - 1];
  if (number === undefined || node?.written !== true) {
    throw new ScenewrightError(
      'bad-input',
      number === undefined
        ? t('Put the cursor into the scene that is to be rewritten.')
        : t('The script has no written scene {0}.', number),
    );
  }
  // Asked before anything is written: the new text finds its scene by the id.
  requireId(script, number);
  refuseTwin(script, number);
  return { node, id: node.scene.id, number };
}

/** Those of the numbers whose scenes are written. */
export function writtenAmong(script: ParsedScript, numbers: readonly number[]): readonly Chosen[] {
  return numbers
    .filter((number) => script.scenes[number - 1]?.written === true)
    .map((number) => requireWritten(script, number));
}

/** One of two sentences: with the title of the scene, or with how many there are, and which. */
export function whichOf(
  chosen: readonly Chosen[],
  one: (title: string) => string,
  several: (count: number, numbers: string) => string,
): string {
  const [only] = chosen;
  return chosen.length === 1 && only !== undefined
    ? one(only.node.scene.title)
    : several(chosen.length, listed(rangesOf(chosen.map(({ number }) => number))));
}
