import { contains, type Span } from './markdown/block-types.ts';
import { nameKey } from './names.ts';
import { sceneComment } from './parse/layout.ts';
import { idComment } from './parse/outline-items.ts';
import type { BeatNode } from './parse/outline-section.ts';
import type { ParsedScript, SceneNode } from './parse/parsed-script.ts';
import { readSceneHeading } from './parse/scene-heading.ts';

/**
 * Something that a script seems to have and would have written again: a scene that is tied to no beat
 * while beats have no scene, a heading that is no longer read as one, text of a scene without its
 * heading, or scenes whose outline is not found.
 */
export interface Untied {
  readonly kind: 'scene' | 'heading' | 'text' | 'outline';
  /** The heading, the line or the comment by which it shows. */
  readonly span: Span;
  /** The scene, where it is read as one. */
  readonly node?: SceneNode;
  /** The beat that it all but surely is, and its number, from 1. */
  readonly beat?: BeatNode;
  readonly number?: number;
}

/** A beat that a scene is missing for. */
export interface Missing {
  readonly beat: BeatNode;
  /** Position in the outline, from 0. */
  readonly index: number;
}

/** Lines that say they are the heading of a missing scene and are not read as one. */
export function headingLines(script: ParsedScript, missing: readonly Missing[]): Untied[] {
  const { text, scenes, reading } = script;
  const byTitle = new Map(missing.map((one) => [nameKey(one.beat.beat.title), one]));
  const byNumber = new Map(missing.map((one) => [one.index + 1, one]));
  byTitle.delete('');
  const { layout } = reading;
  const headings = new Set(scenes.map(({ heading }) => heading.start));
  for (const section of [layout.title, layout.outline]) if (section) headings.add(section.start);
  const start = layout.frontMatter?.end ?? 0;
  const inOutline = ({ beat }: Missing, at: number): boolean =>
    beat.span.start <= at && at < beat.span.end;
  const found: Untied[] = [];
  const line = /^[ \t>]*(#{1,6}(?:[^\S\r\n])*)?(\S[^\r\n]*)$/gmu;
  line.lastIndex = start;
  for (let match = line.exec(text); match; match = line.exec(text)) {
    const [whole, mark, words = ''] = match;
    const at = match.index;
    if (words.length > maxLine || (mark === undefined && !/^[*_]*\p{Lu}/u.test(words))) continue;
    const { number, title } = headingWords(words);
    if (mark === undefined && (number === undefined || isListed(text, line.lastIndex))) continue;
    const one =
      byTitle.get(nameKey(title)) ?? (title === '' || mark ? byNumber.get(number ?? 0) : undefined);
    if (one === undefined || inOutline(one, at) || headings.has(at)) continue;
    // In a prompt whose fence is not closed there are whole scenes; others only look like one.
    const isWhole =
      byTitle.get(nameKey(title)) === one ||
      (mark !== undefined && readSceneHeading({ raw: words })?.number === one.index + 1);
    if (!isWhole && scenes.some(({ promptSpan }) => contains(promptSpan, at))) continue;
    byTitle.delete(nameKey(one.beat.beat.title));
    byNumber.delete(one.index + 1);
    const span = { start: at, end: at + whole.length };
    found.push({ kind: 'heading', span, beat: one.beat, number: one.index + 1 });
  }
  return found;
}

/** Whether what ends at an offset is a line of a list of scenes: nothing of a scene stands beneath it. */
function isListed(text: string, at: number): boolean {
  const next = /\S[^\r\n]{0,400}/.exec(text.slice(at, at + 2 * maxLine))?.[0];
  return next === undefined || next.startsWith('#') || headingWords(next).number !== undefined;
}

/** No heading is longer. */
const maxLine = 400;

/** The number and the title that a heading says, without emphasis and comments. */
function headingWords(words: string): { number: number | undefined; title: string } {
  const bare = words
    .replace(/<!--.*?-->/gu, '')
    .replace(/[*_#\s]+$/u, '')
    .replace(/^[*_\s]+/u, '');
  const found = /^\p{L}+\s{0,3}\.?\s{0,3}(\p{Nd}{1,5})\s{0,3}(?:[:.–—-]+\s*(.*))?$/u.exec(bare);
  if (!found) return { number: undefined, title: bare };
  return { number: Number(found[1]), title: (found[2] ?? '').replace(/^[*_\s]+/u, '') };
}

/** Comments that say which scene follows, where none is read. */
export function strayComments(
  { text, scenes }: ParsedScript,
  missing: readonly Missing[],
): Untied[] {
  const read = new Set(scenes.map(({ idSpan }) => idSpan?.start));
  const known = new Set(scenes.map(({ id }) => id));
  const byId = new Map(missing.map((one) => [one.beat.beat.id, one]));
  return Array.from(text.matchAll(new RegExp(sceneComment, 'g'))).flatMap((match) => {
    const [comment, id = ''] = match;
    const span = { start: match.index, end: match.index + comment.length };
    if (read.has(span.start) || known.has(id)) return [];
    const one = byId.get(id);
    if (!one && scenes.some(({ promptSpan }) => contains(promptSpan, span.start))) return [];
    byId.delete(id);
    return [
      { kind: 'text', span, ...(one ? { beat: one.beat, number: one.index + 1 } : {}) } as const,
    ];
  });
}

/** Prompts that are not the one prompt of a scene, with where the section they stand in begins. */
export function strayPrompts({ text, scenes }: ParsedScript): (Span & { from: number })[] {
  const read = new Set(scenes.map(({ promptSpan }) => promptSpan?.start));
  return Array.from(text.matchAll(/^([ \t>]*)(`{3,}|~{3,})[ \t]*prompt[ \t]*$/gim)).flatMap(
    (match) => {
      const [whole, lead = '', fence = ''] = match;
      const start = match.index + lead.length;
      if (read.has(start) || read.has(match.index)) return [];
      // Inside of another prompt it is one of its words, unless that one's fence was not closed.
      const outer = scenes.find(({ promptSpan }) => contains(promptSpan, start))?.promptSpan;
      const outerFence = outer && /^[`~]+/.exec(text.slice(outer.start, outer.end))?.[0];
      if (outerFence !== undefined && !fence.startsWith(outerFence)) return [];
      const from = scenes.findLast(({ span }) => span.start <= start)?.span.start ?? 0;
      return [{ start, end: match.index + whole.length, from }];
    },
  );
}

/** A comment that says which beat or scene something is, wherever it stands. */
export function anyComment({ text }: ParsedScript): Span | undefined {
  const found = idComment.exec(text) ?? sceneComment.exec(text);
  return found ? { start: found.index, end: found.index + found[0].length } : undefined;
}
