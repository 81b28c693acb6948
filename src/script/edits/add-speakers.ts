import { limits } from '../limits.ts';
import { nameOf, spelledOut } from '../names.ts';
import { readingOf } from '../parse/parse-script.ts';
import type { ParsedScript } from '../parse/parsed-script.ts';
import { areKnown, isVoice, namesTogether } from '../problems/known-speakers.ts';
import type { Scene } from '../script-model.ts';
import { editFrontMatter } from './edit-front-matter.ts';
import { withEol } from './insert-blocks.ts';
import { type TextEdit, tidyEdits } from './text-edit.ts';

/**
 * Take those who speak in these scenes, and whom the bible does not have, among the characters of the
 * front matter, without a look. Voices from outside are no characters; and where nobody is one, the
 * script does without.
 */
export function addSpeakers(parsed: ParsedScript, scenes: readonly Scene[]): TextEdit[] {
  const { characters } = parsed.bible;
  if (characters.length === 0) return [];
  const found: { name: string }[] = [];
  for (const { speaker } of scenes.flatMap(({ dialogue }) => dialogue)) {
    for (const one of areKnown(speaker, characters) ? [] : namesTogether(speaker)) {
      const name = spelledOut(nameOf(one));
      if (name === '' || name.length > limits.name || isVoice(name)) continue;
      const known = [...characters, ...found];
      if (!areKnown(name, known)) found.push({ name });
    }
  }
  if (found.length === 0) return [];
  const add = { characters: found };
  const edits = editFrontMatter(parsed.text, readingOf(parsed).layout, { set: {}, add });
  return tidyEdits(withEol(edits, parsed.eol));
}
