import { namesTogether, isVoice } from './problems/known-speakers.ts';
import { nameOf, named, spelledOut } from './names.ts';
import { personMeant, placeMeant } from './near-names.ts';
import type { Bible, Character, Place } from './script-model.ts';
import { settingOf, type Setting } from './slug-line.ts';
import { normaliseLine } from './normalise-text.ts';
import { saysNothing } from './says-nothing.ts';

/**
 * A bible that whoever is met in a plan belongs to: names are given in its spelling, and a name that it
 * does not have comes into it, with the look that is said with it, if any. It only grows, so that what
 * several requests plan side by side knows the same people and places.
 */
export class GrowingBible {
  private current: Bible;

  /** @param more a bible whose entries count where the first has none of the name */
  constructor(bible: Bible, more?: Bible) {
    this.current = bible;
    for (const character of more?.characters ?? []) this.addCharacter(character);
    for (const place of more?.places ?? []) this.addPlace(place);
  }

  /** As it is now; the same object for as long as nobody new is met. */
  get bible(): Bible {
    return this.current;
  }

  /** Those of a cast, each once. What is no character is left out: narrators, radios, `nobody`. */
  cast(names: readonly string[]): string[] {
    return [...new Set(names.flatMap((name) => this.people(name)))];
  }

  /** The place of a beat, and the time of day that is said with it. */
  setting(text: string): Setting {
    const whole = nameOf(text);
    if (isNothing(whole)) return { place: '', time: '' };
    const known = named(this.current.places, whole);
    if (known !== undefined) return { place: known.name, time: '' };
    const { place, time } = settingOf(text);
    // `The car / the road`, `Harbour: wet stones`
    const { name, look } = described(place);
    const parts = [place, name, ...name.split(/\s*[/|]\s*/u)].map(nameOf);
    for (const part of parts) {
      const meant = placeMeant(this.current.places, part);
      if (meant !== undefined) return { place: meant.name, time };
    }
    return { place: this.addPlace(newcomer(name, look)), time };
  }

  private people(text: string): string[] {
    const whole = nameOf(text);
    if (isNothing(whole)) return [];
    const known = named(this.current.characters, whole);
    if (known !== undefined) return [known.name];
    const { name, look } = described(text);
    // A voice from outside is heard and not seen.
    if (isVoice(name) || heardOnly.test(look)) return [];
    const meant = personMeant(this.current.characters, nameOf(name));
    if (meant !== undefined) return [meant.name];
    const together = namesTogether(name);
    const arePeople = together.every((one) => one.split(' ').length <= mostWordsEach);
    if (together.length > 1 && arePeople) return this.cast(together);
    return [this.addCharacter({ ...newcomer(name, look), voice: '' })];
  }

  private addCharacter(character: Character): string {
    const { characters } = this.current;
    const known = named(characters, character.name);
    if (known !== undefined) return known.name;
    this.current = { ...this.current, characters: [...characters, character] };
    return character.name;
  }

  private addPlace(place: Place): string {
    const { places } = this.current;
    const known = named(places, place.name);
    if (known !== undefined) return known.name;
    this.current = { ...this.current, places: [...places, place] };
    return place.name;
  }
}

/** How models say that there is nobody or nothing, or nobody of whom they could say who. */
const nobody: ReadonlySet<string> = new Set(
  'nobody,no one,noone,nothing,unknown,unspecified,any,various'.split(','),
);

function isNothing(name: string): boolean {
  return saysNothing(name, nobody);
}

/** What is in parentheses behind the name of somebody who is not seen. */
const heardOnly =
  /^(?:off(?:[ -]?screen)?|o\.?\s?s\.?|v\.?\s?o\.?|voice(?:[ -]?over| only)?|heard only)$/iu;

/** Words of a look that make it one: `(off)` and `(60)` are none. */
const fewestLookWords = 2;

/** A name and what is said with it: `Tom: a boy of ten`, `Tom (a boy of ten)`. */
function described(text: string): { name: string; look: string } {
  const line = normaliseLine(text);
  const [, name = line, look = ''] =
    /^([^:：()（）]+?)\s*[(（]([^()（）]*)[)）]\s*$/u.exec(line) ??
    /^([^:：]{1,60}?)\s*[:：]\s*(.+)$/u.exec(line) ??
    [];
  const said = look.trim();
  const isLook = said.split(' ').length >= fewestLookWords || heardOnly.test(said);
  return { name: name.trim(), look: isLook ? said : '' };
}

/** Of people who are named as one, each by so many words at most: `the cook and gardener of the inn` is one. */
const mostWordsEach = 2;

/** Nobody is called by more words: it is told of them. */
const mostNameWords = 8;

function newcomer(name: string, look: string): { name: string; look: string } {
  const words = nameOf(name).split(' ');
  const short = spelledOut(words.slice(0, mostNameWords).join(' '));
  return {
    name: short,
    look: words.length > mostNameWords && look === '' ? normaliseLine(name) : look,
  };
}
