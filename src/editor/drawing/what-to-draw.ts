import type * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { JobRecord } from '../../jobs/job.ts';
import { clipFileOf, mayStillCome, stateOf } from '../../jobs/job-state.ts';
import type { JobManager } from '../../jobs/manager.ts';
import { chainedTo } from '../../script/chained.ts';
import { named, nameKey } from '../../script/names.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import type { Character, PicturePath, Place } from '../../script/script-model.ts';
import { pathInScript } from './drawing-places.ts';
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

/** All pictures of an entry of the bible, the one that counts most first. */
export function picturesOf(entry: Character | Place): readonly PicturePath[] {
  const { inside = [], outside = [] } = entry as Place;
  return [...(entry.pictures ?? []), ...inside, ...outside];
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
  if (names === undefined) return all.filter(({ entry }) => picturesOf(entry).length === 0);
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
      'The front matter has no character or place “{0}”. Nothing was ordered.',
      unknown.join('”, “'),
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

/** The pictures of a script that are on their way, may be without anybody knowing, or are about to be put into it. */
export class PicturesUnderWay {
  private readonly byWish: ReadonlyMap<string, JobRecord>;

  constructor(manager: Pick<JobManager, 'records'>, uri: vscode.Uri, script: ParsedScript) {
    const address = uri.toString();
    const there = new Set([
      ...script.scenes.map(({ scene }) => scene.firstFrame),
      ...[...script.bible.characters, ...script.bible.places].flatMap(picturesOf),
    ]);
    const own = manager.records().filter((job) => {
      if (job.drawing === undefined || job.script !== address) return false;
      if (mayStillCome(job)) return true;
      const isArriving = stateOf(job) === 'done' && job.settled !== true;
      return isArriving && !there.has(pathInScript(uri, clipFileOf(job)));
    });
    this.byWish = new Map(
      own.map((job) => [keyOf(job.drawing, job.scene.id, job.scene.title), job]),
    );
  }

  /** The job that draws this already. */
  of(wanted: SheetWanted | StillWanted): JobRecord | undefined {
    return this.byWish.get(
      wanted.kind === 'still'
        ? keyOf('still', wanted.node.scene.id, '')
        : keyOf(wanted.kind, '', wanted.entry.name),
    );
  }
}

function keyOf(drawing: JobRecord['drawing'], id: string, name: string): string {
  return drawing === 'still' ? `still ${id}` : `${drawing ?? ''} ${nameKey(name)}`;
}
