import { memoize } from '../../base/memoize.ts';
import { limits } from '../limits.ts';
import type { Block, Code, Html } from './block-types.ts';
import { findFrontMatter, type FrontMatterSpan, startOf } from './find-front-matter.ts';
import { isBlankLine, lineEnd, nextLine, ownCopy } from './lines.ts';
import { extend, openBlock, type Piece, readPiece } from './read-piece.ts';
import { shifted } from './shift-blocks.ts';

/** The block structure of a document, in pieces. */
export interface Blocks {
  /** Where the text starts: 1 behind a byte order mark, otherwise 0. */
  readonly start: number;
  /** The whole front matter with its marks, without the line end after it. */
  readonly frontMatter?: FrontMatterSpan;
  readonly pieces: readonly PlacedPiece[];
  /** What reading them took, as `limits.effort` counts; beyond it blocks are not looked into. */
  readonly effort: number;
  /** Those of the pieces that read the same in any other document, by their sources. */
  readonly known: ReadonlyMap<string, Piece>;
}

/** Offsets of the piece count from `at`. */
export interface PlacedPiece {
  readonly at: number;
  readonly piece: Piece;
}

/**
 * Read the block structure of any text. Never fails: all text is Markdown.
 *
 * The text is cut where a heading follows an empty line. Nothing goes on over such a
 * line but a fence or comment that is still open, and links are not looked at, so that a piece reads
 * the same whatever stands before and behind it.
 *
 * @param before an earlier version: what both have in common is not read again
 */
export function readBlocks(text: string, before?: Pick<Blocks, 'pieces' | 'known'>): Blocks {
  const frontMatter = findFrontMatter(text);
  const start = startOf(text);
  const source = sameToMarkdown(text);
  const pieces: PlacedPiece[] = [];
  const known = new Map<string, Piece>();
  let effort = 0;
  for (let at = frontMatter?.end ?? start; at < source.length;) {
    const same = samePiece(source, at, effort, pieces.length, before);
    if (same) known.set(same.source, same);
    const end = same ? at + same.source.length : endOfPiece(source, at);
    const index = pieces.length;
    const piece = same ?? pieceOf(source.slice(at, end), effort, known, before, index);
    effort += piece.effort;
    const open = end < source.length ? openBlock(piece) : undefined;
    if (open === undefined) {
      pieces.push({ at, piece });
      at = end;
      continue;
    }
    const last = extended(source, at, open, end);
    const blocks = [...piece.blocks.slice(0, -1), last];
    const next = nextLine(source, lineEnd(source, at + last.end));
    pieces.push({ at, piece: { ...piece, source: source.slice(at, next), blocks } });
    at = next;
  }
  return { start, pieces, effort, known, ...(frontMatter ? { frontMatter } : {}) };
}

/** The document's top-level blocks, with offsets into its text. */
export const blocksOf = memoize(({ pieces }: Pick<Blocks, 'pieces'>): readonly Block[] =>
  pieces.flatMap(({ at, piece }) => piece.blocks.map((block) => shifted(block, at))),
);

/** The text as Markdown reads it: a single carriage return ends a line, a NUL is another character. */
function sameToMarkdown(text: string): string {
  const isSame = !text.includes('\0') && !(text.includes('\r') && /\r(?!\n)/.test(text));
  return isSame ? text : text.replace(/\r(?!\n)/g, '\n').replaceAll('\0', '\ufffd');
}

/**
 * The piece of this index where it is still the same: to compare two texts takes far less than to look
 * one up. Behind a piece that was put in or taken away none is, for this once.
 */
function samePiece(
  text: string,
  at: number,
  spent: number,
  index: number,
  before: Pick<Blocks, 'pieces' | 'known'> | undefined,
): Piece | undefined {
  const piece = before?.pieces[index]?.piece;
  if (!piece || before.known.get(piece.source) !== piece) return undefined;
  const end = at + piece.source.length;
  const isSame =
    spent + piece.effort <= limits.effort &&
    // Compared in whole words, which `startsWith` does one character after the other.
    text.slice(at, end) === piece.source &&
    (end === text.length || isEndOfPiece(text, end - 1));
  return isSame ? piece : undefined;
}

/** Where the next heading stands that follows an empty line, or the text ends. */
function endOfPiece(text: string, from: number): number {
  for (let at = text.indexOf('\n#', from); at !== -1; at = text.indexOf('\n#', at + 1)) {
    if (isEndOfPiece(text, at)) return at + 1;
  }
  return text.length;
}

/** Whether the line end at `at` is that of an empty line before a heading. */
function isEndOfPiece(text: string, at: number): boolean {
  const heading = /#{1,6}(?=[ \t\r\n]|$)/y;
  heading.lastIndex = at + 1;
  const line = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.charCodeAt(at - 1) === 13 ? at - 1 : at;
  return text.charCodeAt(at) === 10 && isBlankLine(text, line, end) && heading.test(text);
}

function pieceOf(
  source: string,
  spent: number,
  known: Map<string, Piece>,
  before: Pick<Blocks, 'pieces' | 'known'> | undefined,
  index: number,
): Piece {
  const isSame = (piece: Piece | undefined): piece is Piece =>
    piece !== undefined && spent + piece.effort <= limits.effort;
  const earlier = known.get(source) ?? before?.known.get(source);
  const piece = isSame(earlier)
    ? earlier
    : readPiece(ownCopy(source), spent, before?.pieces[index]?.piece);
  // What the limit was reached in reads otherwise where less was spent before.
  if (isSame(piece)) known.set(piece.source, piece);
  return piece;
}

function extended(text: string, at: number, open: Code | Html, from: number): Code | Html {
  const { start, end } = open;
  const placed = { ...open, start: at + start, end: at + end };
  const whole = extend(text, placed, open.closer ?? '', from);
  return { ...whole, start, end: whole.end - at };
}
