import { withEol } from './insert-blocks.ts';
import type { SceneId } from '../script-model.ts';
import { readingOf } from '../parse/parse-script.ts';
import type { ParsedScript } from '../parse/parsed-script.ts';
import { blocksOf } from '../markdown/read-blocks.ts';
import { nameKey } from '../names.ts';
import { type TextEdit, tidyEdits } from './text-edit.ts';

/**
 * Give ids to beats and scenes that have none, such as those that the writer typed. A beat and a
 * scene with the same title, each without a partner yet, get one id between them.
 */
export function assignMissingIds(parsed: ParsedScript, newId: () => SceneId): TextEdit[] {
  const { layout } = readingOf(parsed);
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
  const waiting = new Map<string, SceneId[]>();
  for (const { beat, hasId, head } of parsed.outline) {
    if (hasId && withScene.has(beat.id)) continue;
    const id = hasId ? beat.id : fresh();
    const key = nameKey(beat.title);
    const others = waiting.get(key);
    if (others) others.push(id);
    else if (key !== '') waiting.set(key, [id]);
    if (!hasId) edits.push(endOfHead(parsed.text, head, ` <!-- id: ${id} -->`));
  }
  // The first of the beats of one title belongs to the first of the scenes.
  for (const ids of waiting.values()) ids.reverse();
  const blocks = blocksOf(layout);
  for (const { scene, section, id: known, heading } of parsed.scenes) {
    if (known !== undefined) continue;
    const id = waiting.get(nameKey(scene.title))?.pop() ?? fresh();
    const at = heading.end;
    const next = blocks[section.index + 1];
    // A comment goes on to the end of its line, and text right behind it would be part of it.
    const tail = next && /^\r?\n[^\r\n]/.test(parsed.text.slice(at)) ? '\n' : '';
    edits.push({ start: at, end: at, text: `\n<!-- scene: ${id} -->${tail}` });
  }
  return tidyEdits(withEol(edits, parsed.eol));
}

/** Behind the beat's first line, but before what makes its end a hard break. */
function endOfHead(text: string, head: { start: number; end: number }, comment: string): TextEdit {
  const line = text.slice(head.start, head.end);
  const at = head.start + line.replace(/(?<!\\)\\$/, '').trimEnd().length;
  return { start: at, end: at, text: comment };
}
