import type * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { listed } from '../../base/lists.ts';
import type { JobRecord } from '../../jobs/job.ts';
import { chainedTo } from '../../script/chained.ts';
import { named } from '../../script/names.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import type { Character, Place } from '../../script/script-model.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import { pictureComing } from '../jobs/picture-coming.ts';
import { picturesOfEntry } from '../../script/wanted-pictures.ts';
import { refuseTwin, requireId } from '../script/open-scripts.ts';

/** Somebody or a place whose picture is to be drawn. */
export interface SheetWanted {
  readonly kind: 'character' | 'place';
  readonly entry: Character | Place;
}

/** A scene whose still is to be drawn. */
export interface StillWanted {
  readonly kind: 'still';
  readonly node: SceneNode;
  /** In the document, from 1. */
  readonly number: number;
}

/**
 * Those of the bible that are named, else all without a picture.
 *
 * @throws ScenewrightError `bad-input` that names all whom the bible does not have
 */
export function sheetsWanted(
  { bible }: ParsedScript,
  names: readonly string[] | undefined,
): readonly SheetWanted[] {
  const all: readonly SheetWanted[] = [
    ...bible.characters.map((entry) => ({ kind: 'character', entry }) as const),
    ...bible.places.map((entry) => ({ kind: 'place', entry }) as const),
  ];
  if (names === undefined) return all.filter(({ entry }) => picturesOfEntry(entry).length === 0);
  const unknown: string[] = [];
  const wanted = names.flatMap((name) => {
    const entry = named(bible.characters, name) ?? named(bible.places, name);
    const found = all.find((one) => one.entry === entry);
    if (found === undefined) unknown.push(name);
    return found ?? [];
  });
  if (unknown.length === 0) return [...new Set(wanted)];
  throw new ScenewrightError(
    'bad-input',
    t(
      'The front matter has no character or place {0}. Nothing was ordered.',
      listed(unknown.map((name) => t('“{0}”', name))),
    ),
  );
}

/**
 * The scenes of these numbers, else all that are written and have no first frame; in the order of the document.
 *
 * @param chains whether clips begin with the last frame of the one before where a scene goes on without a cut: such
 *   a scene wants no still, unless its number says so
 * @throws ScenewrightError where there is no such scene, nothing is written in it, or it has no id of its own
 */
export function stillsWanted(
  script: ParsedScript,
  numbers: readonly number[] | undefined,
  chains: boolean,
): readonly StillWanted[] {
  const { scenes } = script;
  const goOn = new Set(chains ? chainedScenes(script) : []);
  const missing = scenes.flatMap((node, i) =>
    isWithoutStill(node) && !goOn.has(i + 1) ? [i + 1] : [],
  );
  return [...new Set(numbers ?? missing)]
    .sort((a, b) => a - b)
    .map((number): StillWanted => {
      const node = scenes[number - 1];
      if (node?.written !== true) {
        throw new ScenewrightError(
          'bad-input',
          t('Scene {0} is not written yet, so there is nothing to draw.', number),
        );
      }
      requireId(script, number);
      refuseTwin(script, number);
      return { kind: 'still', node, number };
    });
}

/** Numbers of the written scenes without a first frame that go on without a cut from the one before. */
export function chainedScenes(script: ParsedScript): readonly number[] {
  return script.scenes.flatMap((node, i) =>
    isWithoutStill(node) && chainedTo(script, i + 1) !== undefined ? [i + 1] : [],
  );
}

function isWithoutStill({ id, written, scene }: SceneNode): boolean {
  return id !== undefined && written && scene.firstFrame === undefined;
}

/**
 * The job that draws this already.
 *
 * @param script its address
 */
export function underWay(
  script: vscode.Uri,
  jobs: Pick<JobIndex, 'drawingsOf'>,
  wanted: SheetWanted | StillWanted,
): JobRecord | undefined {
  if (wanted.kind !== 'still') {
    const { kind, entry } = wanted;
    return pictureComing(script, jobs, { kind, name: entry.name }, picturesOfEntry(entry));
  }
  const { id, firstFrame } = wanted.node.scene;
  return pictureComing(script, jobs, { kind: 'still', id }, [firstFrame]);
}
