import { withEol } from './insert-blocks.ts';
import type { SceneId } from '../script-model.ts';
import { readingOf } from '../parse/parse-script.ts';
import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import type { Span } from '../markdown/block-types.ts';
import { blocksOf } from '../markdown/read-blocks.ts';
import { nameKey } from '../names.ts';
import { type TextEdit, tidyEdits } from './text-edit.ts';

/**
 * Give ids to beats and scenes that have none, such as those that the writer typed. A beat and a
 * scene with the same title, each without a partner yet, get one id between them: that of the other
 * where it has one.
 */
export function assignMissingIds(parsed: ParsedScript, newId: () => SceneId): TextEdit[] {
  readingOf(parsed);
  const taken = new Set<SceneId>();
  for (const { beat } of parsed.outline) taken.add(beat.id);
  for (const { scene } of parsed.scenes) taken.add(scene.id);
  const fresh = (): SceneId => {
    let id = newId();
    while (taken.has(id)) id = newId();
    taken.add(id);
    return id;
  };

  const edits: TextEdit[] = [];
  const withScene = new Set(parsed.scenes.map(({ scene }) => scene.id));
  const ofTitle = scenesWithoutBeat(parsed);
  const waiting = new Map<string, SceneId[]>();
  for (const { beat, hasId, head } of parsed.outline) {
    if (hasId && withScene.has(beat.id)) continue;
    const key = nameKey(beat.title);
    const own = hasId ? undefined : ofTitle.get(key)?.shift();
    if (own !== undefined) {
      edits.push(endOfHead(parsed.text, head, own));
      continue;
    }
    const id = hasId ? beat.id : fresh();
    const others = waiting.get(key);
    if (others) others.push(id);
    else if (key !== '') waiting.set(key, [id]);
    if (!hasId) edits.push(endOfHead(parsed.text, head, id));
  }
  // The first of the beats of one title belongs to the first of the scenes.
  for (const ids of waiting.values()) ids.reverse();
  for (const node of parsed.scenes) {
    if (node.id !== undefined) continue;
    const id = waiting.get(nameKey(node.scene.title))?.pop() ?? fresh();
    edits.push(beneathHeading(parsed, node, id));
  }
  return tidyEdits(withEol(edits, parsed.eol));
}

/** The ids of scenes that the outline does not know, by title. */
function scenesWithoutBeat({ outline, scenes }: ParsedScript): Map<string, SceneId[]> {
  const known = new Set<SceneId | undefined>(outline.map(({ beat }) => beat.id));
  const found = new Map<string, SceneId[]>();
  for (const { id, scene } of scenes) {
    const key = nameKey(scene.title);
    if (id === undefined || known.has(id) || key === '') continue;
    known.add(id);
    const others = found.get(key);
    if (others) others.push(id);
    else found.set(key, [id]);
  }
  return found;
}

/** The comment with the id beneath a scene's heading. */
export function beneathHeading(
  { text, reading }: ParsedScript,
  { section, heading }: SceneNode,
  id: SceneId,
): TextEdit {
  const at = heading.end;
  const next = blocksOf(reading.layout)[section.index + 1];
  // A comment goes on to the end of its line, and text right behind it would be part of it.
  const tail = next && /^\r?\n[^\r\n]/.test(text.slice(at)) ? '\n' : '';
  return { start: at, end: at, text: `\n<!-- scene: ${id} -->${tail}` };
}

/** The comment with the id behind the beat's head, but before what makes its end a hard break. */
export function endOfHead(text: string, head: Span, id: SceneId): TextEdit {
  const line = text.slice(head.start, head.end);
  const at = head.start + line.replace(/(?<!\\)\\$/, '').trimEnd().length;
  return { start: at, end: at, text: ` <!-- id: ${id} -->` };
}
