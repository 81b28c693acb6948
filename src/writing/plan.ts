import type { PlanAnswer } from '../models/answers.ts';
import { InvalidAnswer } from '../models/json.ts';
import type { BeatSlot } from '../models/port.ts';
import type { Beat, Character, Place, Plan } from '../script/model.ts';
import { normalisePlan } from '../script/normalise.ts';
import { foldName, nameOf, oneLine } from './text.ts';

/**
 * Make a plan of a model's answer: ids and seconds from the slots, names in the bible's spelling.
 *
 * @param slots as many as the answer has beats
 * @throws InvalidAnswer naming every beat that uses a name the bible does not have
 */
export function planFromAnswer(answer: PlanAnswer, slots: readonly BeatSlot[]): Plan {
  const characters: Character[] = answer.characters.map(({ name, look, voice }) => ({
    name: nameOf(name),
    look: oneLine(look),
    voice: oneLine(voice ?? ''),
  }));
  const places: Place[] = answer.places.map(({ name, look }) => ({
    name: nameOf(name),
    look: oneLine(look),
  }));
  const problems: string[] = [];
  const people = index('characters', characters, problems);
  const locations = index('places', places, problems);
  const outline: Beat[] = [];
  for (const [i, slot] of slots.entries()) {
    const beat = answer.beats[i];
    if (beat === undefined) break;
    const find = (kind: string, known: Map<string, string>, name: string): string => {
      const found = known.get(foldName(name));
      if (found === undefined) {
        problems.push(`Beat ${i + 1} names "${oneLine(name)}", which is not among the ${kind}.`);
      }
      return found ?? '';
    };
    const place = find('places', locations, beat.place);
    const cast = beat.cast
      .filter((name) => name.trim() !== '')
      .map((name) => find('characters', people, name));
    outline.push({
      id: slot.id,
      title: oneLine(beat.title),
      seconds: slot.seconds,
      place,
      time: oneLine(beat.time ?? ''),
      cast: [...new Set(cast)],
      summary: oneLine(beat.summary),
      contract: {
        entry: oneLine(beat.entry),
        exit: oneLine(beat.exit),
        handOff: oneLine(beat.handOff),
        // There is nothing to go on from before the first beat, nor in another place.
        continues: beat.continues && outline.at(-1)?.place === place,
      },
    });
  }
  if (problems.length > 0) {
    throw new InvalidAnswer(
      `The plan does not hold together: ${problems[0] ?? ''}`,
      `${problems.slice(0, maxProblems).join(' ')} The characters are: ${list(characters)}. The places are: ${list(places)}. Beats may use these names only, letter for letter; add to characters or places what is missing.`,
    );
  }
  // As the document will give it back, so that a resumed run asks for exactly the same.
  return normalisePlan({
    title: oneLine(answer.title),
    logline: oneLine(answer.logline),
    bible: { characters, places },
    outline,
  });
}

const maxProblems = 12;

/** Names by their folded form; a name that is given twice is a problem. */
function index(
  kind: string,
  entries: readonly { readonly name: string }[],
  problems: string[],
): Map<string, string> {
  const known = new Map<string, string>();
  for (const { name } of entries) {
    if (known.has(foldName(name))) problems.push(`Two of the ${kind} are called "${name}".`);
    known.set(foldName(name), name);
  }
  return known;
}

function list(entries: readonly { readonly name: string }[]): string {
  return entries.map(({ name }) => name).join(', ') || 'none';
}
