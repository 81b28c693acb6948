import { memoize, memoizeLast } from '../../base/memoize.ts';
import type { Block, Heading, Span } from '../markdown/block-types.ts';
import { type Blocks, readBlocks } from '../markdown/read-blocks.ts';
import type { Piece } from '../markdown/read-piece.ts';
import { shifted } from '../markdown/shift-blocks.ts';
import { hasBeatIds, isOutlineHeading, looksLikeBeats } from './outline-items.ts';
import { readSceneHeading } from './scene-heading.ts';

/** What a section consists of, with offsets from where its piece of the document stands. */
export interface SectionContent {
  readonly heading: Heading;
  /** The blocks after the heading, to the end of the section. */
  readonly blocks: readonly Block[];
  /** Which scene it is, as a comment at its heading says. */
  readonly id: SceneIdComment | undefined;
}

export interface SceneIdComment {
  readonly value: string;
  readonly span: Span;
  /** What stands behind the id of the take that counts; absent where nothing does. */
  readonly take?: TakeMark;
}

/** Which take of a scene counts. */
export interface TakeMark {
  /** From 1; absent where what stands there is no such number. */
  readonly number?: number;
  /** From behind the id on: with it goes what parts the two. */
  readonly span: Span;
}

/**
 * A heading of the level that scenes have, or of one above it, and everything up to the next one. Its
 * own offsets count from the start of the document, and those of its content from `at`.
 */
export interface Section extends Span {
  /** The very same object for as long as nothing of it changes. */
  readonly content: SectionContent;
  readonly at: number;
  /** Where the heading stands among the document's top-level blocks. */
  readonly index: number;
}

/** What stands where in a script. Sections that are none of these are the writer's own. */
export interface Layout extends Blocks {
  /** The level of the headings of scenes, 1 to 6: most of them have it, and new ones get it. */
  readonly level: number;
  readonly title: Section | undefined;
  /** The section with the beats: that of the title where they have no heading of their own. */
  readonly outline: Section | undefined;
  readonly scenes: readonly Section[];
}

/** @param before the layout of an earlier version: what both have in common is not read again */
export function readLayout(text: string, before?: Layout): Layout {
  const read = readBlocks(text, before);
  const level = levelOf(read);
  const sections = sectionsOf(read, text.length, level);
  const scenes: Section[] = [];
  const others: Section[] = [];
  for (const one of sections) (isScene(one.content, level) ? scenes : others).push(one);
  const first = scenes[0]?.start ?? Infinity;
  const outline = outlineOf(others, first);
  const title = others.find(
    ({ content: { heading }, start }) =>
      heading.depth < sectionDepth(level) &&
      start < first &&
      start <= (outline?.start ?? start) &&
      !isOutlineHeading(heading),
  );
  return { ...read, level, title, outline, scenes };
}

/** Titles and the writer's own headings stand above scenes; nobody begins scenes at level 1 by hand. */
function sectionDepth(level: number): number {
  return Math.max(2, level);
}

/**
 * The level that most scenes with an id have. Before there are any it is that of the outline, and
 * without one that of the headings that read as those of scenes do.
 */
function levelOf({ pieces }: Blocks): number {
  const found: Record<Exclude<HeadingKind, 'other'>, number[]> = { id: [], outline: [], scene: [] };
  for (const { piece } of pieces) {
    for (const { kind, depth } of headingsOf(piece)) if (kind !== 'other') found[kind].push(depth);
  }
  const { id, outline, scene } = found;
  return mostOf(id) ?? outline[0] ?? mostOf(scene) ?? 2;
}

/** The number that is there most often, the smallest of several. */
function mostOf(numbers: readonly number[]): number | undefined {
  const counts = [0, 0, 0, 0, 0, 0, 0];
  for (const one of numbers) counts[one] = (counts[one] ?? 0) + 1;
  return numbers.length === 0 ? undefined : counts.indexOf(Math.max(...counts));
}

type HeadingKind = 'id' | 'outline' | 'scene' | 'other';

interface PlacedHeading {
  readonly kind: HeadingKind;
  readonly depth: number;
  readonly heading: Heading;
  readonly index: number;
}

/** The headings of a piece with what they are on the face of it. */
const headingsOf = memoize(({ blocks }: Piece): readonly PlacedHeading[] =>
  blocks.flatMap((heading, index) => {
    if (heading.type !== 'heading') return [];
    return [{ kind: kindOf(heading, blocks, index), depth: heading.depth, heading, index }];
  }),
);

function kindOf(heading: Heading, blocks: readonly Block[], index: number): HeadingKind {
  let next = index + 1;
  while (next < blocks.length && blocks[next]?.type !== 'heading') next++;
  if (sceneId(heading, blocks.slice(index + 1, next))) return 'id';
  if (isOutlineHeading(heading)) return 'outline';
  const found = readSceneHeading(heading);
  return found?.isSure === true && found.lead !== '' ? 'scene' : 'other';
}

function sectionsOf({ pieces }: Blocks, end: number, level: number): Section[] {
  const sections: { -readonly [Key in keyof Section]: Section[Key] }[] = [];
  let more: (readonly Block[] | number)[] = [];
  let index = 0;
  let inScene = false;
  const finish = (at: number): void => {
    const last = sections.at(-1);
    if (!last) return;
    last.end = at;
    if (more.length > 0) last.content = joined(last.content, more.length, ...more);
    more = [];
  };
  for (const { at, piece } of pieces) {
    const { lead, contents, endsInScene } = partsOf(piece, level, inScene);
    inScene = endsInScene;
    const last = sections.at(-1);
    // Behind a fence or comment that went on for more than its piece.
    if (last && lead.length > 0) more.push(lead, at - last.at);
    else if (hasBeatIds(lead)) {
      const content = headless(lead);
      sections.push({ content, at, index: index - 1, start: at + content.heading.start, end });
    }
    index += lead.length;
    for (const content of contents) {
      const start = at + content.heading.start;
      finish(start);
      sections.push({ content, at, index, start, end });
      index += 1 + content.blocks.length;
    }
  }
  finish(end);
  return sections;
}

/** A section with what goes on behind it: blocks, and how far from its own place theirs is, in turn. */
const joined = memoizeLast(
  (
    { heading, blocks }: SectionContent,
    _count: number,
    ...more: readonly (readonly Block[] | number)[]
  ): SectionContent => {
    const added = more.flatMap((part, i) => {
      const by = more[i + 1];
      if (typeof part === 'number' || typeof by !== 'number') return [];
      return part.map((block) => shifted(block, by));
    });
    return contentOf(heading, [...blocks, ...added]);
  },
);

/**
 * The blocks of a piece before its first heading, and its sections.
 *
 * @param inScene the section before it is that of a scene with an id
 */
const partsOf = memoizeLast((piece: Piece, level: number, inScene: boolean) => {
  const { blocks } = piece;
  const starts: PlacedHeading[] = [];
  let endsInScene = inScene;
  headingsOf(piece).forEach((one, i, all) => {
    const { kind, depth, index } = one;
    const isOwn =
      depth <= sectionDepth(level) ||
      kind === 'id' ||
      // What is deeper in a scene's section are notes.
      (!endsInScene &&
        (kind === 'outline' || hasBeatIds(blocks.slice(index + 1, all[i + 1]?.index))));
    if (!isOwn) return;
    starts.push(one);
    endsInScene = kind === 'id';
  });
  return {
    endsInScene,
    lead: blocks.slice(0, starts[0]?.index),
    contents: starts.map(({ heading, index }, i) =>
      contentOf(heading, blocks.slice(index + 1, starts[i + 1]?.index)),
    ),
  };
});

/** Beats before any heading of the document: a section whose heading is not there. */
const headless = memoize((blocks: readonly Block[]): SectionContent => {
  const start = blocks[0]?.start ?? 0;
  const nowhere = { start, end: start };
  return contentOf({ type: 'heading', ...nowhere, depth: 6, raw: '', rawSpan: nowhere }, blocks);
});

function contentOf(heading: Heading, blocks: readonly Block[]): SectionContent {
  const isThere = heading.start < heading.end;
  return { heading, blocks, id: isThere ? sceneId(heading, blocks) : undefined };
}

/**
 * The section of the outline: one that has ids of beats, or whose heading says so, best of all both. Where
 * there is neither, it is the only one before the scenes with a list that reads as beats do.
 */
function outlineOf(others: readonly Section[], firstScene: number): Section | undefined {
  const isNamed = ({ content }: Section): boolean => isOutlineHeading(content.heading);
  const isSure = ({ content }: Section): boolean => hasBeatIds(content.blocks);
  const sure = others.filter(isSure);
  const [first] = sure;
  if (first) return withParts(sure.find(isNamed) ?? first, sure, isNamed);
  const named = others.find(isNamed);
  if (named) return named;
  const [only, ...more] = others.filter(
    ({ content, start }) => start < firstScene && looksLikeBeats(content.blocks),
  );
  return more.length === 0 ? only : undefined;
}

/** Sections with beats right behind that of the outline are more of it: its acts, for one. */
function withParts(
  section: Section,
  sure: readonly Section[],
  isNamed: (section: Section) => boolean,
): Section {
  const parts: Section[] = [];
  for (const next of sure.slice(sure.indexOf(section) + 1)) {
    if (next.start !== (parts.at(-1) ?? section).end || isNamed(next)) break;
    parts.push(next);
  }
  if (parts.length === 0) return section;
  const more = parts.flatMap(({ content, at }) => [wholeOf(content), at - section.at]);
  const content = joined(section.content, more.length, ...more);
  return { ...section, content, end: parts.at(-1)?.end ?? section.end };
}

const wholeOf = memoize(({ heading, blocks }: SectionContent): readonly Block[] => [
  heading,
  ...blocks,
]);

function isScene({ heading, id }: SectionContent, level: number): boolean {
  if (id) return true;
  const { depth } = heading;
  const isLevel = depth === level || (depth > 1 && depth <= sectionDepth(level));
  return isLevel && readSceneHeading(heading)?.isSure === true;
}

/**
 * Which scene a section is, and what is said of its take: whatever that is, the scene has its id. Parted
 * by any sign that parts fields, or by a space.
 */
export const sceneComment =
  /(?<!\\)<!--\s*scene:\s*([a-z0-9]{6})((?:\s*[·•∙|,;/–-]\s*|\s+)[Tt]ake\b[^<>]{0,80}?)?\s*-->/;

/**
 * The id's comment: behind the heading's text, or right beneath it at the start of its line. Where the words
 * of the heading are those of a scene it may also stand further down.
 */
function sceneId(heading: Heading, blocks: readonly Block[]): SceneIdComment | undefined {
  const behind = sceneComment.exec(heading.raw);
  if (behind) return idAt(behind, heading.rawSpan.start);
  const rest = blocks.findIndex(({ type }) => type !== 'html');
  const beneath = blocks.slice(0, rest === -1 ? undefined : rest);
  const found = firstOf(beneath) ?? (rest === -1 ? undefined : further(heading, blocks, rest));
  return found && idAt(found.comment, found.block.start);
}

interface FoundComment {
  readonly block: Block;
  readonly comment: RegExpExecArray;
}

/**
 * A comment behind a prompt is that of a scene whose heading is gone, unless nothing comes behind it: with
 * its prompt a scene ends.
 */
function further(
  heading: Heading,
  blocks: readonly Block[],
  from: number,
): FoundComment | undefined {
  if (readSceneHeading(heading)?.isSure !== true) return undefined;
  const found = firstOf(blocks.slice(from));
  if (!found) return undefined;
  const at = blocks.indexOf(found.block);
  const isEnd = blocks.slice(at + 1).every(({ type }) => type === 'html');
  const isBehind = blocks.slice(0, at).some(({ type }) => type === 'code');
  return isBehind && !isEnd ? undefined : found;
}

function firstOf(blocks: readonly Block[]): FoundComment | undefined {
  for (const block of blocks) {
    if (block.type !== 'html' && block.type !== 'paragraph') continue;
    const comment = sceneComment.exec(block.raw);
    // Further inside of HTML it belongs to something that the writer has commented out.
    const isOwn =
      block.type === 'html'
        ? comment?.index === 0
        : comment && /^[^`\n]*$/.test(block.raw.slice(0, comment.index));
    if (comment && isOwn) return { block, comment };
  }
  return undefined;
}

function idAt(found: RegExpExecArray, from: number): SceneIdComment {
  const [comment, value = '', said] = found;
  const start = from + found.index;
  const span = { start, end: start + comment.length };
  return {
    value,
    span,
    ...(said === undefined ? {} : { take: takeIn(comment, value, said, start) }),
  };
}

function takeIn(comment: string, id: string, said: string, from: number): TakeMark {
  const start = from + comment.indexOf(id) + id.length;
  const found = /^.*?[Tt]ake\s*[:=#]?\s*(\d{1,4})(?![\p{L}\d])/su.exec(said);
  const number = Number(found?.[1] ?? 0);
  // What stands behind the number is the writer's.
  const [{ length }] = found ?? [said];
  return { span: { start, end: start + length }, ...(number > 0 ? { number } : {}) };
}
