import { t } from '../../base/l10n.ts';
import { InvalidAnswer } from '../../models/answer-errors.ts';
import type { CoreAnswer } from '../../models/answer-schemas.ts';
import type { StoryCore } from '../../models/writer-tasks.ts';
import type { Bible, Character, Place } from '../../script/script-model.ts';
import { noteOf, titleOf } from '../checks/bare-text.ts';
import { normaliseLine } from '../../script/normalise-text.ts';
import { type Named, named, nameKey, nameOf } from '../../script/names.ts';

/** A text of an answer as the document will give it back. */
export function lineOf(text: string | null): string {
  return normaliseLine(text ?? '');
}

/**
 * The story of a model's answer.
 *
 * @throws InvalidAnswer where names are missing or given twice
 */
export function coreFromAnswer(answer: CoreAnswer): StoryCore {
  const characters: Character[] = answer.characters.map(({ name, look, voice }) => ({
    name: nameOf(name),
    look: lineOf(look),
    voice: lineOf(noteOf(voice)),
  }));
  const places: Place[] = answer.places.map(({ name, look }) => ({
    name: nameOf(name),
    look: lineOf(look),
  }));
  const problems = [...nameProblems('characters', characters), ...nameProblems('places', places)];
  const core = { title: titleOf(answer.title, 0), logline: lineOf(answer.logline) };
  if (core.title === '') problems.push('The title says nothing.');
  if (problems.length > 0) {
    throw new InvalidAnswer(
      t('The plan does not hold together: {0}', problems[0] ?? ''),
      `${problems.slice(0, mostProblems).join(' ')} Every character and every place has one name of its own.`,
    );
  }
  return { ...core, bible: { characters, places }, opening: lineOf(answer.opening) };
}

/** More than this would bury the point. */
export const mostProblems = 12;

function nameProblems(kind: string, entries: readonly { readonly name: string }[]): string[] {
  const known = new Set<string>();
  return entries.flatMap(({ name }) => {
    const key = nameKey(name);
    if (key === '') return [`One of the ${kind} has no name.`];
    if (known.has(key)) return [`Two of the ${kind} are called "${name}".`];
    known.add(key);
    return [];
  });
}

/** Finds the bible's spelling of names, whatever their capitals and spaces. */
export class Names {
  readonly problems: string[] = [];
  private readonly bible: Bible;

  constructor(bible: Bible) {
    this.bible = bible;
  }

  /** @param what the beat that names it, for the complaint */
  person(what: string, name: string): string {
    return this.find('characters', this.bible.characters, what, name);
  }

  place(what: string, name: string): string {
    return this.find('places', this.bible.places, what, name);
  }

  /** What to tell the model about names that were not found, at the end of the problems. */
  get known(): string {
    return `The characters are: ${list(this.bible.characters)}. The places are: ${list(this.bible.places)}. They are settled: beats use these names only, letter for letter.`;
  }

  private find(kind: string, known: readonly Named[], what: string, name: string): string {
    const found = named(known, nameOf(name))?.name;
    if (found === undefined) {
      this.problems.push(`${what} names "${lineOf(name)}", which is not among the ${kind}.`);
    }
    return found ?? '';
  }
}

function list(known: readonly Named[]): string {
  return known.map(({ name }) => name).join(', ') || 'none';
}
