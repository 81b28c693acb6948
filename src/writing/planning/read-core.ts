import { t } from '../../base/l10n.ts';
import { InvalidAnswer } from '../../models/answer-errors.ts';
import type { CoreAnswer } from '../../models/answer-schemas.ts';
import type { StoryCore } from '../../models/writer-tasks.ts';
import type { Bible, Brief } from '../../script/script-model.ts';
import { firstWords, noteOf, titleOf } from '../checks/bare-text.ts';
import { normaliseLine } from '../../script/normalise-text.ts';
import { type Named, nameKey, nameOf } from '../../script/names.ts';

/** A text of an answer as the document will give it back. */
export function lineOf(text: string | null): string {
  return normaliseLine(text ?? '');
}

/**
 * The story of a model's answer. Whatever it lacks that others can do without is made from what is
 * there: a title, a logline; names that are given twice are one, and nameless entries none. People
 * and places that are missing join the bible with the beats that need them.
 *
 * @throws InvalidAnswer where it tells nothing
 */
export function coreFromAnswer(answer: CoreAnswer, { idea }: Pick<Brief, 'idea'>): StoryCore {
  const { title, characters, places } = answer;
  if (title + answer.logline === '' && characters.length + places.length === 0) {
    throw new InvalidAnswer(
      t("The model's answer tells nothing."),
      'It was empty. Answer with title, logline, characters and places.',
    );
  }
  const logline = lineOf(answer.logline) || lineOf(idea);
  const bible: Bible = {
    characters: withoutTwins(
      characters.map(({ name, look, voice }) => ({
        name: nameOf(name),
        look: lineOf(look),
        voice: lineOf(noteOf(voice)),
      })),
      (first, second) => ({
        ...first,
        look: first.look || second.look,
        voice: first.voice || second.voice,
      }),
    ),
    places: withoutTwins(
      places.map(({ name, look }) => ({ name: nameOf(name), look: lineOf(look) })),
      (first, second) => ({ ...first, look: first.look || second.look }),
    ),
  };
  const opening = lineOf(answer.opening);
  return { title: titleOf(title, 0) || firstWords(logline), logline, bible, opening };
}

function withoutTwins<Entry extends Named>(
  entries: readonly Entry[],
  merge: (first: Entry, second: Entry) => Entry,
): Entry[] {
  const known = new Map<string, Entry>();
  for (const entry of entries) {
    const key = nameKey(entry.name);
    if (!/[\p{L}\p{N}]/u.test(key)) continue;
    const first = known.get(key);
    known.set(key, first === undefined ? entry : merge(first, entry));
  }
  return [...known.values()];
}
