import { withEol } from './insert-blocks.ts';
import { nameKey } from '../names.ts';
import type { SceneId } from '../script-model.ts';
import type { BeatNode } from '../parse/outline-section.ts';
import { readingOf } from '../parse/parse-script.ts';
import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import type { Span } from '../markdown/block-types.ts';
import { partnersOf } from '../partners.ts';
import { type TextEdit, tidyEdits } from './text-edit.ts';

/**
 * Give ids to beats and scenes that have none, such as those that the writer typed. A beat and a scene
 * that are one (see `partnersOf`) get one id between them: that of the other where it has one.
 *
 * @param former ids that scenes had, by their titles as those are compared: one whose comment is gone, as by an
 *   export, gets its own again, by which its clips are found
 */
export function assignMissingIds(
  parsed: ParsedScript,
  newId: () => SceneId,
  former: ReadonlyMap<string, SceneId> = new Map(),
): TextEdit[] {
  readingOf(parsed);
  const other = freshIds(parsed, newId);
  const taken = new Set([
    ...parsed.outline.map(({ beat }) => beat.id),
    ...parsed.scenes.map(({ scene }) => scene.id),
  ]);
  const fresh = (title: string): SceneId => {
    const own = former.get(nameKey(title));
    const id = own === undefined || taken.has(own) ? other() : own;
    taken.add(id);
    return id;
  };
  const partners = partnersOf(parsed);
  const sceneOf = new Map(Array.from(partners, ([node, beat]) => [beat, node]));
  const edits: TextEdit[] = [];
  const given = new Map<BeatNode, SceneId>();
  for (const item of parsed.outline) {
    if (item.hasId) continue;
    const id = sceneOf.get(item)?.id ?? fresh(item.beat.title);
    given.set(item, id);
    edits.push(endOfHead(parsed.text, item.head, id));
  }
  for (const node of parsed.scenes) {
    if (node.id !== undefined) continue;
    const partner = partners.get(node);
    const id = partner && (partner.hasId ? partner.beat.id : given.get(partner));
    edits.push(beneathHeading(parsed, node, id ?? fresh(node.scene.title)));
  }
  return tidyEdits(withEol(edits, parsed.eol));
}

/** Ids that neither the document nor one of those before has. */
export function freshIds({ outline, scenes }: ParsedScript, newId: () => SceneId): () => SceneId {
  const taken = new Set<SceneId>();
  for (const { beat } of outline) taken.add(beat.id);
  for (const { scene } of scenes) taken.add(scene.id);
  return () => {
    let id = newId();
    while (taken.has(id)) id = newId();
    taken.add(id);
    return id;
  };
}

/** The comment with the id beneath a scene's heading. */
export function beneathHeading(
  { text }: ParsedScript,
  { heading }: SceneNode,
  id: SceneId,
): TextEdit {
  return beneath(text, heading.end, `<!-- scene: ${id} -->`);
}

/** The same beneath a heading that ends there, of whatever section. */
export function beneath(text: string, at: number, comment: string): TextEdit {
  // A comment goes on to the end of its line, and text right behind it would be part of it.
  const tail = /^\r?\n[^\S\r\n]*\S/.test(text.slice(at)) ? '\n' : '';
  return { start: at, end: at, text: `\n${comment}${tail}` };
}

/** The comment with the id behind the beat's head, but before what makes its end a hard break. */
export function endOfHead(text: string, head: Span, id: SceneId): TextEdit {
  const line = text.slice(head.start, head.end);
  const at = head.start + line.replace(/(?<!\\)\\$/, '').trimEnd().length;
  return { start: at, end: at, text: ` <!-- id: ${id} -->` };
}
