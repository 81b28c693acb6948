import path from 'node:path';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { foldedPath } from '../base/one-place.ts';
import { isNamedLikeClip } from '../downloads/clip-name.ts';

/** The highest number of a take. A name with more digits is that of a scene's first take. */
export const highestTake = 9999;

/**
 * Where a take goes: the first to the scene's own place, `scene-012.mp4`, and any other beside it,
 * `scene-012.take-2.mp4`. Which take a job renders is told by its place alone.
 *
 * @param first the place of the scene's first take
 * @param take from 1
 * @throws ScenewrightError `bad-input` above {@link highestTake}
 */
export function takePlace(first: string, take: number): string {
  if (take > highestTake) throw tooManyTakes(first);
  const { dir, name, ext } = path.parse(first);
  return take === 1 ? first : path.join(dir, `${name}.take-${take}${ext}`);
}

/** The take that goes to a place, from 1. */
export function takeOf(place: string): number {
  return Number(split(path.parse(place).name)?.take ?? 1);
}

/** The place of the first take, by that of any. */
export function firstPlace(place: string): string {
  const { dir, name, ext } = path.parse(place);
  const stem = split(name)?.stem;
  return stem === undefined ? place : path.join(dir, stem + ext);
}

/** By the name of a first take without its ending, folded, and by number: the names of the clips. */
export type TakeNames = ReadonlyMap<string, ReadonlyMap<number, readonly string[]>>;

/**
 * Which takes the files of a folder are, by their names. Enlarged clips and parts on their way are none.
 *
 * @param isOne whether a name is one of the kind that is looked for; by default, a clip's
 */
export function takesAmong(
  names: Iterable<string>,
  isOne: (name: string) => boolean = isNamedLikeClip,
): TakeNames {
  const found = new Map<string, Map<number, string[]>>();
  for (const one of names) {
    if (!isOne(one)) continue;
    const { name } = path.parse(one);
    const { stem, take } = split(name) ?? { stem: name, take: '1' };
    const key = foldedPath(stem);
    const takes = found.get(key) ?? new Map<number, string[]>();
    found.set(key, takes);
    takes.set(Number(take), [...(takes.get(Number(take)) ?? []), one]);
  }
  return found;
}

/** The takes that a folder has of the scene whose first take has this place. */
export function takesIn(names: TakeNames, first: string): ReadonlyMap<number, readonly string[]> {
  return names.get(foldedPath(path.parse(first).name)) ?? none;
}

const none: ReadonlyMap<number, readonly string[]> = new Map();

function split(name: string): { stem: string; take: string } | undefined {
  const [, stem, take] = /^(.+)\.take-([2-9]|[1-9]\d{1,3})$/u.exec(name) ?? [];
  return stem === undefined || take === undefined ? undefined : { stem, take };
}

function tooManyTakes(first: string): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t(
      'There can be no further take of {0}: its takes have reached number {1}. What is there stays as it is. Give the last one a lower number.',
      path.basename(first),
      highestTake,
    ),
  );
}
