import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import type { SceneId } from '../script-model.ts';
import { idOfScene, withoutTake } from './new-ids.ts';
import { type TextEdit, tidyEdits } from './text-edit.ts';

/**
 * Write into the comment of a scene which of its takes counts. No edits where it says so already, or the
 * document has no scene of that id. Of copies with one id, which have one set of clips, each says the same.
 *
 * @param take from 1; `undefined` leaves it open, and then the newest whole one counts
 */
export function chooseTake(
  script: ParsedScript,
  id: SceneId,
  take: number | undefined,
): TextEdit[] {
  const nodes = script.scenes.filter((node) => node.id === id);
  return tidyEdits(nodes.flatMap((node) => chooseIn(script, node, take)));
}

function chooseIn({ text }: ParsedScript, node: SceneNode, take: number | undefined): TextEdit[] {
  const { takeSpan } = node;
  if (take === undefined) return withoutTake(text, node);
  if (node.take === take) return [];
  if (takeSpan && node.take !== undefined) {
    const number = /\d+$/.exec(text.slice(takeSpan.start, takeSpan.end))?.[0] ?? '';
    return [{ start: takeSpan.end - number.length, end: takeSpan.end, text: String(take) }];
  }
  const end = idOfScene(text, node)?.end;
  const place = takeSpan ?? (end === undefined ? undefined : { start: end, end });
  return place ? [{ ...place, text: ` · take: ${take}` }] : [];
}
