import type { Block, Heading, Span } from '../markdown/block-types.ts';
import { readSceneHeading } from './scene-heading.ts';

/**
 * Which scene a section is, and what is said of its take: whatever that is, the scene has its id. Parted
 * by any sign that parts fields, or by a space.
 */
export const sceneComment =
  /(?<!\\)<!--\s*scene:\s*([a-z0-9]{6})((?:\s*[·•∙|,;/–-]\s*|\s+)[Tt]ake\b[^<>]{0,80}?)?\s*-->/;

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
 * The id's comment: behind the heading's text, or right beneath it at the start of its line. Where the words
 * of the heading are those of a scene it may also stand further down.
 */
export function sceneId(heading: Heading, blocks: readonly Block[]): SceneIdComment | undefined {
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
