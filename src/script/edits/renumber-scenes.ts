import { plainSceneHeading } from '../parse/scene-heading.ts';
import { readingOf } from '../parse/parse-script.ts';
import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import type { TextEdit } from './text-edit.ts';

/**
 * Number the scenes' headings in the order of the document. Headings in other words than `Scene` are
 * the writer's own; they count, but stay as they are.
 */
export function renumberScenes(parsed: ParsedScript): TextEdit[] {
  readingOf(parsed);
  return parsed.scenes.flatMap((node, i) => renumbered(node, i + 1));
}

/** Give a scene's heading another number. */
export function renumbered({ section, number }: SceneNode, to: number): TextEdit[] {
  const { raw, rawSpan } = section.content.heading;
  if (!plainSceneHeading(raw) || number === to) return [];
  const word = /^Scene(?:[ \t]+(?=\d))?/i.exec(raw)?.[0] ?? '';
  const digits = /^\d*/.exec(raw.slice(word.length))?.[0] ?? '';
  const start = section.at + rawSpan.start + word.length;
  const text = digits === '' ? ` ${to}` : String(to);
  return [{ start, end: start + digits.length, text }];
}
