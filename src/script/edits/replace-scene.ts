import { holds, type Span } from '../markdown/block-types.ts';
import { endOfLine } from '../markdown/lines.ts';
import { blocksOf } from '../markdown/read-blocks.ts';
import { insertBlocks, type Insertion, withEol } from './insert-blocks.ts';
import type { Layout } from '../parse/layout.ts';
import type { Scene } from '../script-model.ts';
import { normaliseScene, speakerNames } from '../normalise-scene.ts';
import { readingOf } from '../parse/parse-script.ts';
import type { ParsedScript } from '../parse/parsed-script.ts';
import { renderPart, renderQuestions } from '../render/render-scene.ts';
import { type ScriptWords, wordsOfScene } from '../render/script-words.ts';
import type { PartKind, ScenePart } from '../parse/scene-section.ts';
import { fenceDetails, ownMaterial } from './own-material.ts';
import { editHeadingSeconds, editTitle } from './edit-title.ts';
import { type TextEdit, tidyEdits } from './text-edit.ts';

const kindsInOrder = ['meta', 'action', 'dialogue', 'narration', 'sound', 'prompt'] as const;

/**
 * Give a scene of the document new values. Only what differs is touched: blocks of a kind whose
 * value stays (action, dialogue, prompt…) keep the writer's markup and place, and so do comments,
 * notes and everything else that is the writer's own. Where a kind has several blocks, its new value
 * stands where the first of them was. What of the writer's own stands in a block that goes follows in
 * its place (`own-material.ts`). No edits when the document has no scene of that id.
 */
export function replaceScene(parsed: ParsedScript, scene: Scene): TextEdit[] {
  return replacing(parsed, scene).edits;
}

/** What of the writer's stands beside the new values as quotes, because it is part of the scene no more. */
export interface SetAside {
  /** Bullets that told the action. */
  readonly lists: number;
  /** Prompts, where there was more than one. */
  readonly prompts: number;
}

/** What {@link replaceScene} sets aside. */
export function setAside(parsed: ParsedScript, scene: Scene): SetAside {
  return replacing(parsed, scene).aside;
}

function replacing(parsed: ParsedScript, scene: Scene): { edits: TextEdit[]; aside: SetAside } {
  const aside = { lists: 0, prompts: 0 };
  const { layout } = readingOf(parsed);
  const found = parsed.scenes.find(({ id }) => id === scene.id);
  if (!found) return { edits: [], aside };
  const { section, parts, scene: old } = found;
  const wanted = normaliseScene(scene, parsed.bible);
  const words = wordsOfScene(parsed, found);
  const changed = changedKinds(old, wanted, parts);
  const left = new Set(changed);
  const edits: TextEdit[] = [];
  const blocks = blocksOf(layout);
  const names = speakerNames(old.cast, parsed.reading.names);
  const prompts = parts.filter(
    ({ block, kinds, waits }) => kinds.includes('prompt') && !waits && block.type !== 'heading',
  ).length;

  const sources = new Map<number, string>();
  const stands = new Set<number>();
  parts.forEach(({ kinds }, i) => {
    if (!kinds.some((kind) => changed.has(kind))) {
      stands.add(i);
      return;
    }
    const first = kindsInOrder.filter((kind) => kinds.includes(kind) && left.delete(kind));
    const texts = first.map((kind) => renderPart(kind, wanted, parsed.bible, words));
    const block = blocks[section.index + 1 + i];
    if (block?.type === 'code' && first.includes('prompt')) {
      const details = fenceDetails(parsed.text, block);
      texts[0] = texts[0]?.replace(/(?<=.)$/m, () => details) ?? '';
    }
    const own =
      block === undefined
        ? []
        : ownMaterial(parsed.text, block, names, prompts > 1, kinds.includes('meta'));
    if (block?.type === 'list') aside.lists += own.length;
    if (block?.type === 'code') aside.prompts += own.length;
    const source = [...texts, ...own].filter((text) => text !== '').join('\n\n');
    if (source !== '') stands.add(i);
    sources.set(i, source);
  });
  for (const [i, text] of sources) {
    const source = text === '' && isBetweenLists(parts, i, stands) ? '<!-- -->' : text;
    edits.push(replaceBlock(parsed.text, layout, section.index + 1 + i, source));
  }

  const insertions = kindsInOrder
    .filter((kind) => left.has(kind))
    .map((kind): Insertion => {
      const source = renderPart(kind, wanted, parsed.bible, words);
      const after = section.index + 1 + lastBefore(kind, parts, section.content.id?.span);
      return { after, blocks: source === '' ? [] : [source] };
    });
  insertions.push(questionInsertion(section.index + 1, parts, old, wanted, words));
  edits.push(...insertBlocks(parsed.text, layout, insertions));
  if (old.title !== wanted.title) edits.push(...editTitle(section, wanted.title));
  if (changed.has('meta')) edits.push(...editHeadingSeconds(section, wanted.seconds));
  return { edits: tidyEdits(withEol(edits, parsed.eol)), aside };
}

/** Whether two lists would become one, which nothing but a comment parts, when a part between them goes. */
function isBetweenLists(
  parts: readonly ScenePart[],
  index: number,
  stands: ReadonlySet<number>,
): boolean {
  if (!stands.has(index - 1)) return false;
  const next = parts.findIndex((_, i) => i > index && stands.has(i));
  return parts[index - 1]?.block.type === 'list' && parts[next]?.block.type === 'list';
}

/** Questions that come with the new values; those that are there stay until the writer takes them away. */
function questionInsertion(
  first: number,
  parts: readonly ScenePart[],
  old: Scene,
  wanted: Scene,
  words: ScriptWords,
): Insertion {
  const fresh = wanted.questions?.filter((one) => old.questions?.includes(one) !== true) ?? [];
  const behind = parts.findLastIndex(({ kinds }) => kinds.includes('action'));
  return {
    after: first + (behind === -1 ? parts.length - 1 : behind),
    blocks: renderQuestions(fresh, words),
  };
}

/** The kinds whose values differ, and those that share a block with one of them. */
function changedKinds(old: Scene, wanted: Scene, parts: readonly ScenePart[]): Set<PartKind> {
  const changed = new Set<PartKind>();
  const meta = ({ place, time, cast, seconds }: Scene): unknown => [place, time, cast, seconds];
  const value = (kind: PartKind, scene: Scene): string =>
    JSON.stringify(kind === 'meta' ? meta(scene) : scene[kind]);
  for (const kind of kindsInOrder) {
    if (value(kind, old) !== value(kind, wanted)) changed.add(kind);
  }
  // Beneath headings that are labels, what is new would be read as what they say.
  if (changed.size > 0 && parts.some(({ block }) => block.type === 'heading')) {
    for (const { kinds } of parts) for (const kind of kinds) changed.add(kind);
  }
  for (let size = -1; size !== changed.size;) {
    size = changed.size;
    parts.forEach(({ kinds, waits }, i) => {
      // What follows a label that stands alone may become what it is about.
      const next = waits ? parts.slice(i + 1).find((part) => part.kinds.length > 0) : undefined;
      const all = [...kinds, ...(next?.kinds ?? [])];
      if (all.some((kind) => changed.has(kind))) for (const kind of all) changed.add(kind);
    });
  }
  return changed;
}

/**
 * Index of the part that a kind without any block belongs behind; -1 for the heading. Nothing may come
 * between the heading and the comment with the id, also where the writer went on in its line.
 */
export function lastBefore(
  kind: PartKind,
  parts: readonly ScenePart[],
  id: Span | undefined,
): number {
  const earlier: readonly PartKind[] = kindsInOrder.slice(0, kindsInOrder.indexOf(kind));
  return parts.findLastIndex(
    ({ block, kinds }) => holds(block, id) || kinds.some((one) => earlier.includes(one)),
  );
}

/** Replace a block, or take it away, without joining what stands before and behind it. */
function replaceBlock(text: string, layout: Layout, index: number, source: string): TextEdit {
  const blocks = blocksOf(layout);
  const block = blocks[index];
  const previous = blocks[index - 1];
  const next = blocks[index + 1];
  if (!block || !previous) return { start: 0, end: 0, text: '' };
  const isTight = (from: number, to: number): boolean =>
    (text.slice(from, to).match(/\r\n|\n|\r/g)?.length ?? 0) < 2;
  const tail = next && isTight(block.end, next.start) ? '\n' : '';
  if (source === '') return { start: endOfLine(text, previous.end), end: block.end, text: tail };
  const lead = isTight(previous.end, block.start) && previous.type !== 'heading' ? '\n' : '';
  return { start: block.start, end: block.end, text: lead + source + tail };
}
