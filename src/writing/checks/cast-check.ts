import type { Beat, Bible, Scene } from '../../script/script-model.ts';
import { stateText } from '../../script/contract-facts.ts';
import { standingsOf } from '../../script/standing-facts.ts';
import { nameKey, type KnownNames } from '../../script/names.ts';
import { areKnown } from '../../script/problems/known-speakers.ts';
import { memoize, memoizeLast } from '../../base/memoize.ts';

/** Who speaks or is seen in a scene without belonging there. */

/** The speakers of a scene who are neither in the bible nor plainly a voice. */
export function unknownSpeakers(scene: Scene, { characters }: Bible): string[] {
  const speakers = new Set(scene.dialogue.map(({ speaker }) => speaker));
  return [...speakers].filter((speaker) => !areKnown(speaker, characters));
}

/**
 * Characters of the bible whom the action shows although they are not in the scene's cast. Whoever the
 * beat itself speaks of, or what stands as it begins, is left alone, and so is what belongs to somebody: "Tom's coat".
 *
 * @param names of the bible; looks make no difference
 */
export function uncastCharacters(
  scene: Scene,
  beat: Beat,
  names: KnownNames,
  outline: readonly Beat[],
): string[] {
  const { pattern, characters } = namesOf(names);
  if (pattern === undefined) return [];
  const shown = shownUncast(scene, names);
  // Of most scenes there is nobody, and how things stand along the outline is not looked up.
  if (shown.length === 0) return [];
  const { entry, exit, handOff } = beat.contract;
  // A beat that somebody typed as a mere title does not say that nobody is seen.
  if (beat.cast.length === 0 && entry === '' && exit === '') return [];
  const standing = standingsOf(outline).find((one) => one.beat.id === beat.id)?.entry;
  const stands = standing === undefined ? entry : stateText(standing);
  const planned = new Set(
    [beat.title, beat.summary, stands, exit, handOff].flatMap((text) => found(text, pattern)),
  );
  return shown.filter((name) => !planned.has(name)).map((name) => characters.get(name) ?? name);
}

/** Keys of the characters whom the action shows, and who are not in the scene's cast. */
const shownUncast = memoizeLast((scene: Scene, names: KnownNames): readonly string[] => {
  const { pattern, characters } = namesOf(names);
  if (pattern === undefined) return [];
  const cast = new Set(scene.cast.map(nameKey));
  const shown = found(scene.action, pattern);
  return [...new Set(shown)].filter((name) => characters.has(name) && !cast.has(name));
});

function found(text: string, pattern: RegExp): string[] {
  return Array.from(text.normalize('NFC').matchAll(pattern), ([name]) => nameKey(name));
}

/**
 * All names of a bible, longest first, so that `Tom's Diner` is a place and not Tom. Names are
 * written with capitals where there are any, which tells Rose from a rose.
 */
const namesOf = memoize((known: KnownNames) => {
  const names = [...known.characters, ...known.places].flatMap(({ name }) => {
    const clean = name.normalize('NFC');
    return clean.length < 2 ? [] : [clean, clean.toUpperCase()];
  });
  const sources = [...new Set(names)]
    .sort((a, b) => b.length - a.length)
    .map((name) => {
      const source = name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
      if (/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u.test(name)) return source;
      return String.raw`(?<![\p{L}\p{M}\p{N}])${source}(?![\p{L}\p{M}\p{N}]|['’]s(?!\p{L}))`;
    });
  return {
    pattern: sources.length === 0 ? undefined : new RegExp(sources.join('|'), 'gu'),
    characters: new Map(known.characters.map(({ name }) => [nameKey(name), name])),
  };
});

/**
 * Those whom the action shows and the prompt draws although they are not in the scene's cast: a prompt
 * names nobody whom it does not show.
 */
export function shownBeside(scene: Scene, bible: Bible): string[] {
  const { pattern, characters } = namesOf(bible);
  if (pattern === undefined) return [];
  const drawn = new Set(found(scene.prompt, pattern));
  const shown = shownUncast(scene, bible).filter((name) => drawn.has(name));
  return shown.map((name) => characters.get(name) ?? name);
}
