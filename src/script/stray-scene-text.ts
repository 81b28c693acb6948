import type { Missing } from './loose-scenes.ts';
import { contains, type Span } from './markdown/block-types.ts';
import { blocksOf } from './markdown/read-blocks.ts';
import { shiftedSpan } from './markdown/shift-blocks.ts';
import { nameKey } from './names.ts';
import { sceneComment } from './parse/scene-id-comment.ts';
import { isSureMeta } from './parse/meta-line.ts';
import { isPrompt } from './parse/scene-section.ts';
import { idComment } from './parse/outline-items.ts';
import type { BeatNode } from './parse/outline-section.ts';
import type { ParsedScript, SceneNode } from './parse/parsed-script.ts';
import { readSceneHeading } from './parse/scene-heading.ts';
import { ownTitle } from './parse/title-parts.ts';

/**
 * Something that a script seems to have and would have written again: a scene that is tied to no beat
 * while beats have no scene, a heading that is no longer read as one, text of a scene without its
 * heading, an id that is text, or scenes whose outline is not found.
 */
export interface Untied {
  readonly kind: 'scene' | 'heading' | 'text' | 'id' | 'outline';
  /** The heading, the line or the comment by which it shows. */
  readonly span: Span;
  /** The scene, where it is read as one. */
  readonly node?: SceneNode;
  /** The beat that it all but surely is, and its number, from 1. */
  readonly beat?: BeatNode;
  readonly number?: number;
  /** Beats that it may be where that is not sure, the likeliest first. */
  readonly maybe?: readonly Missing[];
  /** Of text: the heading of its section, or the empty place where it begins in the section of another scene. */
  readonly begins?: Span;
}

/** Lines that say they are the heading of a missing scene and are not read as one. */
export function headingLines(script: ParsedScript, missing: readonly Missing[]): Untied[] {
  const { text, scenes, reading } = script;
  const byTitle = new Map(missing.map((one) => [nameKey(one.beat.beat.title), one]));
  const byNumber = new Map(missing.map((one) => [one.index + 1, one]));
  byTitle.delete('');
  const headings = headingsOf(script);
  const start = reading.layout.frontMatter?.end ?? 0;
  const inOutline = ({ beat }: Missing, at: number): boolean =>
    beat.span.start <= at && at < beat.span.end;
  const found: Untied[] = [];
  const line =
    /^([ \t>]*(?:[-*+][ \t]+)?(?:(?:\\?[#＃]){1,6}|={2,6}|h[1-6]\.(?=[ \t])|(?:<details>\s*)?<summary>|<h[1-6]\b[^>\r\n]{0,200}>)?)([^\r\n]+)$/gimu;
  line.lastIndex = start;
  for (let match = line.exec(text); match; match = line.exec(text)) {
    const [whole, lead = '', words = ''] = match;
    const at = match.index;
    const mark = /[#＃<=h]/.test(lead);
    if (words.length > maxLine || words.trim() === '') continue;
    if (!(mark || /^[^\p{L}\p{N}]{0,8}\p{Lu}/u.test(words))) continue;
    const { number, title, isNamed } = headingWords(words);
    if (!mark && (!isNamed || isListed(text, line.lastIndex))) continue;
    const ofTitle =
      byTitle.get(nameKey(title)) ?? (mark ? byTitle.get(nameKey(lastWords(title))) : undefined);
    const one = ofTitle ?? (isNamed && (title === '' || mark) ? byNumber.get(number) : undefined);
    if (one === undefined || inOutline(one, at) || headings.has(at)) continue;
    // In a prompt whose fence is not closed there are whole scenes; others only look like one.
    const isWhole =
      ofTitle === one || (mark && readSceneHeading({ raw: words.trim() })?.number === number);
    if (!isWhole && scenes.some(({ promptSpan }) => contains(promptSpan, at))) continue;
    byTitle.delete(nameKey(one.beat.beat.title));
    byNumber.delete(one.index + 1);
    const span = { start: at, end: at + whole.length };
    found.push({ kind: 'heading', span, beat: one.beat, number: one.index + 1 });
  }
  return found;
}

/** Where headings stand that are known for what they are. */
function headingsOf({ scenes, reading }: ParsedScript): Set<number> {
  const { title, outline } = reading.layout;
  return new Set(
    [...scenes.map(({ heading }) => heading), title, outline].flatMap((one) => one?.start ?? []),
  );
}

/** Whether what ends at an offset is a line of a list of scenes: nothing of a scene stands beneath it. */
function isListed(text: string, at: number): boolean {
  const next = /\S[^\r\n]{0,400}/.exec(text.slice(at, at + 2 * maxLine))?.[0];
  return next === undefined || next.startsWith('#') || headingWords(next).isNamed;
}

/** No heading is longer. */
const maxLine = 400;

/** What a line shows as a heading, without the marks, tags and comments that it has or is to have had. */
export function lineWords(line: string): string {
  return line
    .replace(/<!--.*?-->/gu, '')
    .replace(/^[ \t>]*(?:[-*+][ \t]+)?(?:(?:\\?#){0,6}|={2,6})/u, '')
    .replace(/<\/?(?:h[1-6]|a|b|strong|p|span|u|details|summary)\b[^>]{0,200}>/giu, '')
    .replace(/[#=\s]+$/u, '')
    .trim()
    .replace(/^(\*\*\*|\*\*|__|\*|_)(?=[^*_])(.*[^*_])\1$/u, '$2');
}

interface HeadingWords {
  /** NaN where there is none. */
  readonly number: number;
  readonly title: string;
  /** The number stands behind a word, as that of a scene does. */
  readonly isNamed: boolean;
}

/** The number and the title that a heading says, whatever stands around and before them. */
function headingWords(line: string): HeadingWords {
  const bare = lineWords(line)
    .replace(wrapping, '$1')
    .replace(/~~/gu, '')
    .replace(/[*_]+$/u, '')
    .replace(/^[^\p{L}\p{N}]+/u, '');
  const read = readSceneHeading({ raw: bare });
  if (read?.isSure && read.number !== undefined)
    return { number: read.number, title: ownTitle(read.title), isNamed: true };
  if (/^\p{Nd}{1,5}$/u.test(bare)) return { number: Number(bare), title: '', isNamed: true };
  const [, numbering = '', own = bare] = /^([\p{Nd}.]{1,12}[.):–—-]*)\s+(.*)$/u.exec(bare) ?? [];
  const found = /^\p{L}+\s{0,3}\.?\s{0,3}(\p{Nd}{1,5})\s{0,3}(?:[:.–—-]+\s*(.*))?$/u.exec(own);
  const title = ownTitle((found ? (found[2] ?? '') : own).replace(/^[*_\s–—-]+/u, ''));
  const number = found?.[1] ?? /^\p{Nd}+/u.exec(numbering)?.[0];
  return { number: Number(number), title, isNamed: found !== null };
}

/** Brackets and rows of signs around all of a line: `[Scene 2: Up]`, `--- Scene 2 ---`. */
const wrapping = /^(?:[[({]{1,2}|[-–—*=~_]{2,}|\/\/)\s*(.*?)\s*(?:[\])}]{1,2}|[-–—*=~_]{2,})?$/u;

/** What stands behind the last sign that parts a title from what counts it, without a number behind it. */
function lastWords(title: string): string {
  const counted = title.replace(/\s*[([]\p{Nd}{1,5}[)\]]$/u, '');
  if (counted !== title) return counted;
  const parted = /(?:[:;–—→>/|]|\s-)\s+([^:;–—→>/|]{1,200})$/u.exec(title)?.[1];
  return parted ?? /^\p{Nd}{1,2}x\p{Nd}{1,3}\s+(.*)$/u.exec(title)?.[1] ?? '';
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

/** A prompt that is not the one prompt of a scene, or a line that is not the one line of a scene. */
export interface StrayText extends Span {
  /** Where the section begins that it stands in. */
  readonly from: number;
  /** See `Untied`; undefined where nobody can tell. */
  readonly begins: Span | undefined;
  /** Where what belongs to it ends. */
  readonly until: number;
}

/** What shows that scenes stand where none is read, in the order of the document: each by what it has first of both. */
export function strayTexts(script: ParsedScript): StrayText[] {
  const prompts = strayPrompts(script);
  const lines = strayLines(script).filter(
    (line, i, all) =>
      !prompts.some(
        ({ from, start }) =>
          from === line.from && line.start < start && start < (all[i + 1]?.start ?? Infinity),
      ),
  );
  return [...prompts, ...lines].sort((a, b) => a.start - b.start);
}

/** Lines with place, time, cast and seconds besides those of scenes. */
function strayLines(script: ParsedScript): StrayText[] {
  const { text, scenes, reading } = script;
  const read = new Set(scenes.map(({ lineSpan }) => lineSpan?.start));
  const known = headingsOf(script);
  const found: StrayText[] = [];
  let from = reading.layout.start;
  let heading: Span | undefined;
  const blocks = blocksOf(reading.layout);
  const nextHeading = ({ end }: Span): number =>
    blocks.find((one) => one.type === 'heading' && one.start >= end)?.start ?? text.length;
  for (const block of blocks) {
    if (block.type === 'heading') {
      from = block.start;
      heading = known.has(block.start) ? undefined : block;
    }
    if (block.type !== 'paragraph' || read.has(block.start) || !isSureMeta(block.raw)) continue;
    const { start, end } = block;
    const begins = heading ?? { start, end: start };
    found.push({ start, end, from, begins, until: nextHeading(block) });
    // One heading is that of one scene.
    heading = undefined;
  }
  return found;
}

function strayPrompts(script: ParsedScript): StrayText[] {
  const { text, scenes, reading } = script;
  const read = new Set(scenes.map(({ promptSpan }) => promptSpan?.start));
  const fences = Array.from(text.matchAll(/^([ \t>]*)(`{3,}|~{3,})[ \t]*prompt[ \t]*$/gim));
  const strays = fences.flatMap((match): (Span & { inPrompt: boolean })[] => {
    const [whole, lead = '', fence = ''] = match;
    const start = match.index + lead.length;
    if (read.has(start) || read.has(match.index)) return [];
    // Inside of another prompt it is one of its words, unless that one's fence was not closed.
    const outer = scenes.find(({ promptSpan }) => contains(promptSpan, start))?.promptSpan;
    const outerFence = outer && /^[`~]+/.exec(text.slice(outer.start, outer.end))?.[0];
    if (outerFence !== undefined && !fence.startsWith(outerFence)) return [];
    return [{ start, end: match.index + whole.length, inPrompt: outer !== undefined }];
  });
  if (strays.length === 0) return [];
  const blocks = blocksOf(reading.layout);
  const headings = blocks.filter(({ type }) => type === 'heading');
  const known = headingsOf(script);
  return strays.map(({ start, end, inPrompt }) => {
    const heading = headings.findLast((one) => one.start <= start);
    const until = headings.find((one) => one.start > start)?.start ?? text.length;
    const from = heading?.start ?? reading.layout.start;
    const before = blocks.findLast(
      (one) => one.type === 'code' && from <= one.start && one.end <= start && isPrompt(one),
    );
    const lastBeat = script.outline.findLast(({ span }) => from <= span.start && span.end <= start);
    const behind = before ?? lastBeat?.span;
    const place = behind && behind.end + text.slice(behind.end).search(/\S/);
    const isOwn = heading !== undefined && !known.has(heading.start);
    const begins = place === undefined ? isOwn && heading : { start: place, end: place };
    return { ...{ start, end, from, until }, begins: (!inPrompt && begins) || undefined };
  });
}

/**
 * What stands behind the prompt of a scene, with which scenes end as they are written, and is said in the
 * scene already: the end of another one, of which all before it is gone.
 */
export function strayEnds({ scenes }: ParsedScript): (Span & { readonly node: SceneNode })[] {
  return scenes.flatMap((node) => {
    const prompts = node.parts.filter(({ kinds }) => kinds.includes('prompt'));
    const at = prompts[0] ? node.parts.indexOf(prompts[0]) : -1;
    if (prompts.length !== 1) return [];
    const before = new Set(node.parts.slice(0, at).flatMap(({ kinds }) => kinds));
    const behind = node.parts.slice(at + 1).filter(({ kinds }) => kinds.length > 0);
    const [first] = behind;
    const isTwice = behind.some(({ kinds }) =>
      kinds.some((kind) => kind !== 'action' && before.has(kind)),
    );
    if (first === undefined || !isTwice) return [];
    const { start, end } = shiftedSpan(first.block, node.section.at);
    return [{ start, end, node }];
  });
}

/** A comment that says which beat or scene something is, wherever it stands. */
export function anyComment({ text }: ParsedScript): Span | undefined {
  const found = idComment.exec(text) ?? sceneComment.exec(text);
  return found ? { start: found.index, end: found.index + found[0].length } : undefined;
}
