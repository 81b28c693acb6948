import { memoize } from '../../base/memoize.ts';
import type { Block, Heading, List, Span } from '../markdown/block-types.ts';
import { type Blocks, readBlocks } from '../markdown/read-blocks.ts';
import type { Piece } from '../markdown/read-piece.ts';
import { shifted } from '../markdown/shift-blocks.ts';

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
}

/**
 * A heading of level 1 or 2 and everything up to the next one. Its own offsets count from the start
 * of the document, and those of its content from `at`.
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
  readonly title: Section | undefined;
  readonly outline: Section | undefined;
  readonly scenes: readonly Section[];
}

/** @param before the layout of an earlier version: what both have in common is not read again */
export function readLayout(text: string, before?: Layout): Layout {
  const read = readBlocks(text, before);
  let title: Section | undefined;
  let outline: Section | undefined;
  const scenes: Section[] = [];
  for (const section of sectionsOf(read, text.length)) {
    const { heading, id } = section.content;
    if (isOutlineHeading(heading)) outline ??= section;
    else if (id || isSceneHeading(heading)) scenes.push(section);
    else if (heading.depth === 1 && scenes.length === 0 && !outline) title ??= section;
  }
  return { ...read, title, outline, scenes };
}

function sectionsOf({ pieces }: Blocks, end: number): Section[] {
  const sections: { -readonly [Key in keyof Section]: Section[Key] }[] = [];
  let more: Block[] = [];
  let index = 0;
  const finish = (at: number): void => {
    const last = sections.at(-1);
    if (!last) return;
    last.end = at;
    if (more.length === 0) return;
    const { heading, blocks } = last.content;
    last.content = contentOf(heading, [...blocks, ...more]);
    more = [];
  };
  for (const { at, piece } of pieces) {
    const { lead, contents } = partsOf(piece);
    index += lead.length;
    // Behind a fence or comment that went on for more than its piece.
    const last = sections.at(-1);
    if (last) for (const block of lead) more.push(shifted(block, at - last.at));
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

/** The blocks of a piece before its first heading, and its sections. */
const partsOf = memoize(({ blocks }: Piece) => {
  const starts = blocks.flatMap((block, index) =>
    block.type === 'heading' && block.depth <= 2 ? [{ heading: block, index }] : [],
  );
  return {
    lead: blocks.slice(0, starts[0]?.index),
    contents: starts.map(({ heading, index }, i) =>
      contentOf(heading, blocks.slice(index + 1, starts[i + 1]?.index)),
    ),
  };
});

function contentOf(heading: Heading, blocks: readonly Block[]): SectionContent {
  return { heading, blocks, id: heading.depth === 2 ? sceneId(heading, blocks) : undefined };
}

function isOutlineHeading({ depth, raw }: Heading): boolean {
  return depth === 2 && /^outline$/i.test(raw.trim());
}

/** The parts of a heading's source that say which scene it is; nothing for other headings. */
export function sceneHeading(raw: string): { number: string; title: string } | undefined {
  const found =
    /^Scene[ \t]+(\d{1,9})(?:[ \t]*[:.–—-][ \t]*|[ \t]+|$)/i.exec(raw) ??
    /^Scene()[ \t]*(?:[:.–—-][ \t]*|$)/i.exec(raw);
  return found ? { number: found[1] ?? '', title: raw.slice(found[0].length) } : undefined;
}

function isSceneHeading({ depth, raw }: Heading): boolean {
  return depth === 2 && sceneHeading(raw) !== undefined;
}

const sceneComment = /(?<!\\)<!--\s*scene:\s*([a-z0-9]{6})\s*-->/;

/** The id's comment: behind the heading's text, or right beneath it at the start of its line. */
function sceneId(heading: Heading, blocks: readonly Block[]): SceneIdComment | undefined {
  const behind = sceneComment.exec(heading.raw);
  if (behind) return idAt(behind, heading.rawSpan.start);
  for (const block of blocks) {
    if (block.type !== 'html') return undefined;
    const beneath = sceneComment.exec(block.raw);
    // Further inside it belongs to something that the writer has commented out.
    if (beneath?.index === 0) return idAt(beneath, block.start);
  }
  return undefined;
}

function idAt(found: RegExpExecArray, from: number): SceneIdComment {
  const [comment, value = ''] = found;
  const start = from + found.index;
  return { value, span: { start, end: start + comment.length } };
}

/** The ordered lists of the outline section: each of their items is a beat. */
export function outlineLists({ blocks }: SectionContent): List[] {
  return blocks.filter((block) => block.type === 'list' && block.ordered) as List[];
}
