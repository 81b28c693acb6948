import { memoizeLast } from '../base/memoize.ts';
import { mentionsIn } from './mentions.ts';
import { named } from './names.ts';
import type { Bible, Character, PicturePath, Place, Scene } from './script-model.ts';

/** What a picture is to a clip: what it begins or ends with, or somebody or something that it shows. */
export const pictureRoles = ['firstFrame', 'lastFrame', 'reference'] as const;
export type PictureRole = (typeof pictureRoles)[number];

/** A picture that a scene asks for. */
export interface WantedPicture {
  readonly role: PictureRole;
  readonly file: PicturePath;
  /** Whom or what a reference shows. */
  readonly name?: string;
}

/**
 * The pictures that a scene asks for, as the document stands: its frames, and of its cast, its place and whom
 * its prompt names those that the bible has pictures of, in the order in which they are first named. The first
 * picture of each stands before the second one of anybody, as models take only so many.
 */
export const wantedPictures = memoizeLast(
  (scene: Scene, bible: Bible): readonly WantedPicture[] => {
    const { firstFrame, lastFrame } = scene;
    const shown = shownIn(scene, bible).map((entry) =>
      picturesOf(entry, scene).map((file): WantedPicture => ({
        role: 'reference',
        file,
        name: entry.name,
      })),
    );
    const most = Math.max(0, ...shown.map(({ length }) => length));
    const inTurn = Array.from({ length: most }, (_, i) => shown.flatMap((all) => all[i] ?? []));
    return [
      ...(firstFrame === undefined ? [] : [{ role: 'firstFrame', file: firstFrame } as const]),
      ...(lastFrame === undefined ? [] : [{ role: 'lastFrame', file: lastFrame } as const]),
      ...inTurn.flat(),
    ];
  },
);

/**
 * What a clip of a scene begins from by the bible: the seed of the first character that it shows and that has
 * one, else that of a place. Models take one alone.
 */
export function wantedSeed(scene: Scene, bible: Bible): number | undefined {
  const seeded = shownIn(scene, bible).filter(({ seed }) => seed !== undefined);
  const person = seeded.find((entry) => bible.characters.some((one) => one === entry));
  return (person ?? seeded[0])?.seed;
}

/** All pictures of somebody or something, the one that counts most first. */
export function picturesOfEntry(entry: Character | Place): readonly PicturePath[] {
  const { pictures = [], inside = [], outside = [] } = entry as Place;
  return [...pictures, ...inside, ...outside];
}

/** Those of the bible whom a scene shows, each once. */
export function shownIn(scene: Scene, bible: Bible): readonly (Character | Place)[] {
  const mentioned = mentionsIn(scene.prompt, bible).map(({ entry }) => entry);
  const cast = scene.cast.map((name) => named(bible.characters, name));
  const all = [...mentioned, ...cast, named(bible.places, scene.place)];
  return [...new Set(all)].filter((entry) => entry !== undefined);
}

/** Each once, however often it is named. */
function picturesOf(entry: Character | Place, scene: Scene): readonly PicturePath[] {
  return [...new Set(namedPictures(entry, scene))];
}

function namedPictures(entry: Character | Place, scene: Scene): readonly PicturePath[] {
  const { pictures = [] } = entry;
  const { inside = [], outside = [] } = entry as Place;
  const side = inside.length + outside.length === 0 ? undefined : sideOf(scene);
  if (side === undefined) return [...pictures, ...inside, ...outside];
  const own = side === 'inside' ? inside : outside;
  return [...own, ...pictures];
}

const insideWords = [
  'int|inside|indoors?|interior|innen|drinnen|intérieur|interieur|interno|nội|nội cảnh|室内|屋内',
].join('|');
const outsideWords = [
  'ext|outside|outdoors?|exterior|außen|aussen|draußen|draussen|extérieur|esterno|ngoại|ngoại cảnh|室外|屋外',
].join('|');
/** `INT.`, `INT./EXT.`: what a heading as screenplays have it begins with. */
const slugSides = /^\P{L}*(?:(?:int|ext|nội|ngoại|室内|室外|屋内|屋外)(?!\p{L})\P{L}*)+/iu;

const isInside = wordIn(insideWords);
const isOutside = wordIn(outsideWords);

/** Whether a scene is set inside or outside, by its line or a heading as screenplays have it; where it says so. */
function sideOf({ title, time, place }: Scene): 'inside' | 'outside' | undefined {
  const heading = slugSides.exec(title)?.[0];
  const said = [time, place, heading ?? ''].join(' ');
  const [inside, outside] = [isInside.test(said), isOutside.test(said)];
  if (inside === outside) return undefined;
  return inside ? 'inside' : 'outside';
}

function wordIn(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}])(?:${words})(?![\\p{L}\\p{M}])`, 'iu');
}
