import type { Block, List } from '../markdown/block-types.ts';
import { endOfLine, lineStart } from '../markdown/lines.ts';
import { mdastBlocks } from '../markdown/mdast-blocks.ts';
import { ownMarks } from '../markdown/own-marks.ts';
import type { SpeakerNames } from '../parse/dialogue.ts';
import { splitTable } from '../parse/own-blocks.ts';
import { isFieldBlock } from '../parse/labelled-fields.ts';
import { isMetaBlock } from '../parse/meta-line.ts';
import { isTold, readList } from '../parse/told-block.ts';

/**
 * What of the writer's own stands in a block of a scene, as Markdown blocks that can follow whatever takes
 * its place and are read as no part of the scene. Comments, pictures, footnotes and tables stay as they
 * are; a list becomes a quote, and so does a prompt that is one of several: at most one of them is ours.
 *
 * @param names who may speak in the scene
 * @param isOneOfMany the scene has more than one prompt
 * @param isMeta fields that stand in the block count for the scene
 */
export function ownMaterial(
  text: string,
  block: Block,
  names: SpeakerNames,
  isOneOfMany: boolean,
  isMeta: boolean,
): string[] {
  switch (block.type) {
    case 'paragraph':
      return isMeta && isFieldBlock(block) ? ownMarks(block.raw) : ofParagraph(block.raw);
    case 'quote':
      return ofQuote(sourceOf(text, block), names);
    case 'list':
      return tells(block, names) || isMetaBlock(block) || (isMeta && isFieldBlock(block))
        ? []
        : [quoted(sourceOf(text, block))];
    case 'heading':
      return ownMarks(block.raw);
    case 'code':
      return isOneOfMany ? [quoted(closed(sourceOf(text, block), block.closer))] : [];
    default:
      return [];
  }
}

/** Whether a list tells something else than action. */
function tells(list: List, names: SpeakerNames): boolean {
  return isTold(list, names) || readList(list, names).some(({ kind }) => !bulletKinds.has(kind));
}

const bulletKinds: ReadonlySet<string> = new Set(['action', 'own', 'waiting']);

function ofParagraph(raw: string): string[] {
  const { text, table } = splitTable(raw);
  return [...ownMarks(text), ...(table === '' ? [] : [table])];
}

/** What a quote holds besides the paragraphs that are spoken. */
function ofQuote(source: string, names: SpeakerNames): string[] {
  const inner = source.replace(/^ {0,3}> ?/gm, '');
  return mdastBlocks(inner, 0).flatMap((block) => {
    if (block.type === 'paragraph') return ofParagraph(block.raw);
    if ((block.type === 'list' || block.type === 'quote') && isTold(block, names)) return [];
    const closer = block.type === 'code' || block.type === 'html' ? block.closer : undefined;
    return [quoted(closed(sourceOf(inner, block), closer))];
  });
}

/** With the indentation of its first line, by which the others are indented. */
function sourceOf(text: string, { start, end }: Block): string {
  const from = lineStart(text, start);
  const lead = text.slice(from, start);
  return (lead.trim() === '' ? lead : '') + text.slice(start, end).replace(/\r\n?/g, '\n');
}

function closed(source: string, closer: string | undefined): string {
  return closer === undefined ? source : `${source}\n${closer}`;
}

function quoted(source: string): string {
  return source.replace(/^(?=.)/gm, '> ').replace(/^$/gm, '>');
}

/** What a fence says behind its info string's first word, such as ` seed=7`; empty for most. */
export function fenceDetails(text: string, { start }: Block): string {
  const line = text.slice(start, endOfLine(text, start)).trimEnd();
  const details = /^[`~]{3,}[ \t]*[^\s`~]+([ \t].+)$/.exec(line)?.[1] ?? '';
  // In a fence of backticks there may be none of them.
  return details.replaceAll('`', "'");
}
