import { memoize, memoizeLast } from '../../base/memoize.ts';
import type { Block, Heading, Span } from '../markdown/block-types.ts';
import { type Blocks, readBlocks } from '../markdown/read-blocks.ts';
import type { Piece } from '../markdown/read-piece.ts';
import { shifted } from '../markdown/shift-blocks.ts';
import {
  headingsOf,
  isSceneDepth,
  isSceneKind,
  levelOf,
  type PlacedHeading,
  sectionDepth,
} from './heading-kinds.ts';
import { hasBeatIds, isOutlineHeading, looksLikeBeats } from './outline-items.ts';
import { readSceneHeading } from './scene-heading.ts';
import { sceneId, type SceneIdComment } from './scene-id-comment.ts';

/** What a section consists of, with offsets from where its piece of the document stands. */
export interface SectionContent {
  readonly heading: Heading;
  /** The blocks after the heading, to the end of the section. */
  readonly blocks: readonly Block[];
  /** Which scene it is, as a comment at its heading says. */
  readonly id: SceneIdComment | undefined;
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
  const layout = layoutOf(read, text.length, level, false);
  // Beats with ids are certain: where there are no others they are the outline, even within a scene.
  const isWithinScene = !layout.outline && read.pieces.some(({ piece }) => hasBeatSection(piece));
  return isWithinScene ? layoutOf(read, text.length, level, true) : layout;
}

/** @param within whether beats with ids in the notes of a scene are a section of their own */
function layoutOf(read: Blocks, length: number, level: number, within: boolean): Layout {
  const sections = sectionsOf(read, length, level, within);
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

function sectionsOf({ pieces }: Blocks, end: number, level: number, within: boolean): Section[] {
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
    const parts = within ? partsWithin : partsOf;
    const { lead, contents, endsInScene } = parts(piece, level, inScene, within);
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

interface PieceParts {
  readonly lead: readonly Block[];
  readonly contents: readonly SectionContent[];
  readonly endsInScene: boolean;
}

/**
 * The blocks of a piece before its first heading, and its sections.
 *
 * @param inScene the section before it is that of a scene
 */
function partsIn(piece: Piece, level: number, inScene: boolean, within: boolean): PieceParts {
  const { blocks } = piece;
  const starts: PlacedHeading[] = [];
  let endsInScene = inScene;
  headingsOf(piece).forEach((one, i, all) => {
    const { kind, depth } = one;
    const isOwn =
      depth <= sectionDepth(level) ||
      kind === 'id' ||
      // What is deeper in a scene's section are notes, whether the scene has its id yet or not.
      (!endsInScene && kind === 'outline') ||
      ((within || !endsInScene) && hasBeatIds(beneath(blocks, one, all[i + 1])));
    if (!isOwn) return;
    starts.push(one);
    endsInScene = isSceneKind(one, level);
  });
  return {
    endsInScene,
    lead: blocks.slice(0, starts[0]?.index),
    contents: starts.map(({ heading, index }, i) =>
      contentOf(heading, blocks.slice(index + 1, starts[i + 1]?.index)),
    ),
  };
}

/** Both are asked of each document that has its outline within a scene, and neither forgets what the other knows. */
const partsOf = memoizeLast(partsIn);
const partsWithin = memoizeLast(partsIn);

/** Whether beats with ids stand beneath a heading that is none of a scene. */
const hasBeatSection = memoize((piece: Piece): boolean =>
  headingsOf(piece).some(
    (one, i, all) =>
      (one.kind === 'outline' || one.kind === 'other') &&
      hasBeatIds(beneath(piece.blocks, one, all[i + 1])),
  ),
);

/** The blocks between a heading and the next one. */
function beneath(
  blocks: readonly Block[],
  { index }: PlacedHeading,
  next: PlacedHeading | undefined,
): readonly Block[] {
  return blocks.slice(index + 1, next?.index);
}

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
  return isSceneDepth(heading.depth, level) && readSceneHeading(heading)?.isSure === true;
}
