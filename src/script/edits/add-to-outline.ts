import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import { newSceneId } from '../scene-ids.ts';
import { beatOf } from '../story-order.ts';
import { beneathHeading, freshIds } from './assign-ids.ts';
import { withEol } from './insert-blocks.ts';
import { insertPlan } from './insert-plan.ts';
import { insertBeat } from './beats/insert-beat.ts';
import { type TextEdit, tidyEdits } from './text-edit.ts';

/**
 * Give a scene that the writer has put in a beat of its own, behind that of the scene before it. The
 * numbers of the beats behind it go up by one.
 *
 * @param at where its heading stands
 */
export function addToOutline(script: ParsedScript, at: number, newId = newSceneId): TextEdit[] {
  const { outline, scenes } = script;
  const node = scenes.find(({ heading }) => heading.start === at);
  if (node === undefined || outline.some(({ beat }) => beat.id === node.id)) return [];
  const id = node.id ?? freshIds(script, newId)();
  const own = node.id === undefined ? withEol([beneathHeading(script, node, id)], script.eol) : [];
  const beat = beatOf({ ...node.scene, id });
  const before = indexBefore(script, node);
  const neighbour = outline[Math.max(0, before)];
  if (neighbour === undefined) {
    const { title, logline, bible } = script;
    return tidyEdits([
      ...own,
      ...insertPlan(script, { title, logline, bible, outline: [beat] }, ''),
    ]);
  }
  const put = insertBeat(script, before, beat);
  return put === undefined ? [] : tidyEdits([...own, ...put]);
}

/** The position of the beat of the nearest scene before one; -1 where there is none. */
function indexBefore({ outline, scenes }: ParsedScript, node: SceneNode): number {
  const indexes = new Map(outline.map(({ beat }, i) => [beat.id, i]));
  for (let i = scenes.indexOf(node) - 1; i >= 0; i--) {
    const index = indexes.get(scenes[i]?.id ?? '');
    if (index !== undefined) return index;
  }
  return -1;
}
