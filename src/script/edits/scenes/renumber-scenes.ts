import { plainSceneHeading } from '../../parse/scene-heading.ts';
import { readingOf } from '../../parse/parse-script.ts';
import type { ParsedScript, SceneNode } from '../../parse/parsed-script.ts';
import type { TextEdit } from '../text-edit.ts';

/**
 * Number the scenes' headings in the order of the document. Headings of another shape than `Scene 3: …`, in
 * whatever language, are the writer's own; they count, but stay as they are.
 */
export function renumberScenes(parsed: ParsedScript): TextEdit[] {
  readingOf(parsed);
  return parsed.scenes.flatMap((node, i) => renumbered(node, i + 1));
}

/**
 * The scenes from one on, numbered for so many more or fewer before them. Only what was numbered by its place:
 * any other number is the writer's own.
 */
export function shiftNumbers({ scenes }: ParsedScript, from: number, by: number): TextEdit[] {
  return scenes
    .slice(from)
    .flatMap((node, i) =>
      node.number === from + i + 1 ? renumbered(node, from + i + 1 + by) : [],
    );
}

/** Give a scene's heading another number. */
export function renumbered({ section, number }: SceneNode, to: number): TextEdit[] {
  const { raw, rawSpan } = section.content.heading;
  const plain = plainSceneHeading(raw);
  if (!plain || number === to) return [];
  const start = section.at + rawSpan.start + plain.numberAt;
  const text = plain.number === '' ? ` ${to}` : String(to);
  return [{ start, end: start + plain.number.length, text }];
}
