import path from 'node:path';
import { t } from '../base/l10n.ts';
import { firstFew, inARow } from '../base/lists.ts';
import { rangesOf } from '../base/number-ranges.ts';
import type { ClipTraits } from './traits.ts';

/** Names some of the clips, given by their places in the list from 0, such as `scenes 3 and 7`. */
export interface ClipNames {
  (places: readonly number[]): string;
  /** They are names of files, which get no capital letter where a sentence begins. */
  readonly areFiles?: true;
}

/** Longer lists do not help a reader. */
const mostNamed = 12;

/** Clips called by the numbers of their scenes, runs of them as `5–8`. */
export function sceneNames(numbers: readonly number[]): ClipNames {
  return (places) => {
    const named = places.map((place) => numbers[place] ?? place + 1).toSorted((a, b) => a - b);
    const shown = firstFew(rangesOf(named, 3), mostNamed);
    return named.length === 1 ? t('scene {0}', shown) : t('scenes {0}', shown);
  };
}

/** Clips called by their file names. */
export function fileNames(files: readonly string[]): ClipNames {
  const names = (places: readonly number[]): string =>
    firstFew(
      places.map((place) => path.basename(files[place] ?? '')),
      mostNamed,
    );
  return Object.assign(names, { areFiles: true as const });
}

/** Why clips cannot be joined as they are, a sentence for each reason. */
export interface Differences {
  readonly pictures: readonly string[];
  readonly sounds: readonly string[];
}

/**
 * Say how clips differ from what most of them have, a sentence for each way: `Scenes 3 and 7 are
 * 1080 × 1920, the others 1280 × 720.` And which of them could not be copied even if they were alone.
 * Empty when they agree. Silent clips agree with any sound.
 */
export function differencesOf(clips: readonly ClipTraits[], names: ClipNames): Differences {
  const usualPicture = mostCommon(clips.map(pictureKey));
  const usual = clips.find((clip) => pictureKey(clip) === usualPicture);
  if (!usual) return { pictures: [], sounds: [] };
  const usualSound = mostCommon(clips.flatMap(({ sound }) => (sound ? [soundKey(sound)] : [])));
  const norm = clips.find(({ sound }) => sound && soundKey(sound) === usualSound)?.sound;

  const size = groups(clips, (clip) => clip.size, usual.size);
  const codec = groups(clips, (clip) => clip.codec, usual.codec);
  const turned = groups(clips, (clip) => clip.turned, usual.turned);
  const light = groups(clips, (clip) => clip.light, usual.light);
  const coded = placesWhere(
    clips,
    (clip) => looks(clip) === looks(usual) && clip.encoding !== usual.encoding,
  );
  const sound = groups(clips, (clip) => clip.sound?.format, norm?.format);
  const soundCoded = placesWhere(
    clips,
    (clip) => clip.sound?.format === norm?.format && clip.sound?.encoding !== norm?.encoding,
  );

  const lost = placesWhere(clips, (clip) => clip.sound?.uncopyable === true);

  const others = (all: readonly (readonly number[])[], value: string): string =>
    clips.length - all.flat().length === 1 ? t('the other {0}', value) : t('the others {0}', value);
  const sentence = (...parts: readonly string[]): string => {
    const text = inARow(parts);
    const beginsWithFile =
      names.areFiles === true && clips.some((_, place) => text.startsWith(names([place])));
    return `${beginsWithFile ? text : text.charAt(0).toUpperCase() + text.slice(1)}.`;
  };
  const compared = (found: Groups, rest: string): readonly string[] => {
    if (found.size === 0) return [];
    const parts = [...found].map(([value, places], i) => {
      // As in `scene 2 is 4K, scene 5 HD, the others 720p`.
      if (i > 0) return t('{0} {1}', names(places), value);
      return places.length === 1
        ? t('{0} is {1}', names(places), value)
        : t('{0} are {1}', names(places), value);
    });
    return [sentence(...parts, others([...found.values()], rest))];
  };

  const pictures = [
    ...compared(size, usual.size),
    ...compared(codec, usual.codec),
    ...compared(named(turned, turnedBy), turnedBy(usual.turned)),
    ...compared(named(light, lightOf), lightOf(usual.light)),
    ...(coded.length === 0
      ? []
      : [
          sentence(
            coded.length === 1
              ? t('{0} was encoded with other settings than the others', names(coded))
              : t('{0} were encoded with other settings than the others', names(coded)),
          ),
        ]),
    ...[...groups(clips, (clip) => unreadable(clip), undefined)].map(([value, places]) =>
      sentence(
        places.length === 1
          ? t('{0} is {1}, which only ffmpeg can decode', names(places), value)
          : t('{0} are {1}, which only ffmpeg can decode', names(places), value),
      ),
    ),
    ...cut(placesWhere(clips, ({ uncopyable }) => uncopyable === 'edits')),
  ];
  const sounds = [
    ...(sound.size === 0 || !norm
      ? []
      : [
          sentence(
            ...[...sound].map(([value, places]) =>
              t('the sound of {0} is {1}', names(places), value),
            ),
            t('that of the others {0}', norm.format),
          ),
        ]),
    ...(soundCoded.length === 0
      ? []
      : [
          sentence(
            t(
              'the sound of {0} was encoded with other settings than that of the others',
              names(soundCoded),
            ),
          ),
        ]),
    ...(lost.length === 0
      ? []
      : [sentence(t('the sound of {0} can only be decoded by ffmpeg', names(lost)))]),
  ];
  return { pictures, sounds };

  function cut(places: readonly number[]): readonly string[] {
    return places.length === 0
      ? []
      : [
          sentence(
            places.length === 1
              ? t(
                  '{0} was cut without being encoded again, so that some of its pictures are not to be seen',
                  names(places),
                )
              : t(
                  '{0} were cut without being encoded again, so that some of their pictures are not to be seen',
                  names(places),
                ),
          ),
        ];
  }
}

function named(found: Groups, name: (value: string) => string): Groups {
  return new Map([...found].map(([value, places]) => [name(value), places]));
}

function lightOf(light: string): string {
  return light === '' ? t('not HDR') : light;
}

function unreadable({ uncopyable, codec }: ClipTraits): string | undefined {
  return uncopyable === 'codec' ? codec : undefined;
}

function turnedBy(angle: string): string {
  return angle === '' ? t('not turned') : t('turned by {0}', angle);
}

/** Places by value, only of those that have another value than the usual one. */
type Groups = ReadonlyMap<string, readonly number[]>;

function groups(
  clips: readonly ClipTraits[],
  of: (clip: ClipTraits) => string | undefined,
  usual: string | undefined,
): Groups {
  const found = new Map<string, number[]>();
  clips.forEach((clip, place) => {
    const value = of(clip);
    if (value === undefined || value === usual) return;
    found.set(value, [...(found.get(value) ?? []), place]);
  });
  return found;
}

function placesWhere(
  clips: readonly ClipTraits[],
  differs: (clip: ClipTraits) => boolean,
): readonly number[] {
  return clips.flatMap((clip, place) => (differs(clip) ? [place] : []));
}

/** What a writer could see. */
function looks({ size, codec, turned, light }: ClipTraits): string {
  return JSON.stringify([size, codec, turned, light]);
}

function pictureKey(clip: ClipTraits): string {
  return `${looks(clip)} ${clip.encoding}`;
}

function soundKey({ format, encoding }: NonNullable<ClipTraits['sound']>): string {
  return `${format} ${encoding}`;
}

/** The value that is there most often; the earliest of several. */
export function mostCommon<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: T | undefined;
  for (const [value, count] of counts) {
    if (best === undefined || count > (counts.get(best) ?? 0)) best = value;
  }
  return best;
}
