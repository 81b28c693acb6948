import type { Block, Heading, List, Span } from '../markdown/block-types.ts';
import { type Blocks, readBlocks } from '../markdown/read-blocks.ts';

/** A heading of level 1 or 2 and everything up to the next one. */
export interface Section extends Span {
  readonly heading: Heading;
  /** The blocks after the heading, to the end of the section. */
  readonly blocks: readonly Block[];
  /** Where the heading stands among the document's top-level blocks. */
  readonly index: number;
}

export interface SceneSection extends Section {
  readonly id: { readonly value: string; readonly span: Span } | undefined;
}

/** What stands where in a script. Sections that are none of these are the writer's own. */
export interface Layout extends Blocks {
  readonly title: Section | undefined;
  readonly outline: Section | undefined;
  readonly scenes: readonly SceneSection[];
}

export function readLayout(text: string): Layout {
  const read = readBlocks(text);
  let title: Section | undefined;
  let outline: Section | undefined;
  const scenes: SceneSection[] = [];
  for (const section of sectionsOf(read.blocks, text.length)) {
    const id = section.heading.depth === 2 ? sceneId(section) : undefined;
    if (isOutlineHeading(section.heading)) outline ??= section;
    else if (id || isSceneHeading(section.heading)) scenes.push({ ...section, id });
    else if (section.heading.depth === 1 && scenes.length === 0 && !outline) title ??= section;
  }
  return { ...read, title, outline, scenes };
}

function sectionsOf(blocks: readonly Block[], end: number): Section[] {
  const starts = blocks.flatMap((block, index) =>
    block.type === 'heading' && block.depth <= 2 ? [{ heading: block, index }] : [],
  );
  return starts.map(({ heading, index }, i) => {
    const next = starts[i + 1];
    return {
      heading,
      index,
      blocks: blocks.slice(index + 1, next?.index),
      start: heading.start,
      end: next?.heading.start ?? end,
    };
  });
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
function sceneId({ heading, blocks }: Section): SceneSection['id'] {
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

function idAt(found: RegExpExecArray, from: number): SceneSection['id'] {
  const [comment, value = ''] = found;
  const start = from + found.index;
  return { value, span: { start, end: start + comment.length } };
}

/** The ordered lists of the outline section: each of their items is a beat. */
export function outlineLists({ blocks }: Section): List[] {
  return blocks.filter((block) => block.type === 'list' && block.ordered) as List[];
}
