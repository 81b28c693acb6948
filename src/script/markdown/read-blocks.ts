import { lazily } from '../../base/lazily.ts';
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
}

/** Offsets of the piece count from `at`. */
export interface PlacedPiece {
  readonly at: number;
  readonly piece: Piece;
  /** It reads the same in any other document, wherever its source ends as a piece does. */
  readonly isOwn: boolean;
}

type Before = Pick<Blocks, 'pieces'>;

/**
 * Read the block structure of any text. Never fails: all text is Markdown.
 *
 * The text is cut where a heading follows an empty line. Nothing goes on over such a
 * line but a fence or comment that is still open, and links are not looked at, so that a piece reads
 * the same whatever stands before and behind it.
 *
 * @param before an earlier version: what both have in common is not read again
 */
export function readBlocks(text: string, before?: Before): Blocks {
  const frontMatter = findFrontMatter(text);
  const start = startOf(text);
  const markdown = lazily(() => sameToMarkdown(text));
  const pieces: PlacedPiece[] = [];
  const fresh = new Map<string, Piece>();
  let effort = 0;
  for (let at = frontMatter?.end ?? start; at < text.length;) {
    const index = pieces.length;
    const same = samePiece(text, at, effort, before?.pieces[index]);
    if (same) {
      pieces.push(same);
      at += same.piece.source.length;
      effort += same.piece.effort;
      continue;
    }
    const source = markdown();
    const end = endOfPiece(source, at);
    const piece = pieceOf(source, at, end, effort, fresh, before, index);
    const isOwn = effort + piece.effort <= limits.effort;
    // What the limit was reached in reads otherwise where less was spent before.
    if (isOwn) fresh.set(piece.source, piece);
    effort += piece.effort;
    const open = openBlock(piece);
    if (open === undefined || end === source.length) {
      // What is open takes in whatever is put behind it.
      pieces.push({ at, piece, isOwn: isOwn && open === undefined });
      at = end;
      continue;
    }
    const last = extended(source, at, open, end);
    const blocks = [...piece.blocks.slice(0, -1), last];
    const next = nextLine(source, lineEnd(source, at + last.end));
    pieces.push({ at, piece: { ...piece, source: source.slice(at, next), blocks }, isOwn: false });
    at = next;
  }
  return { start, pieces, effort, ...(frontMatter ? { frontMatter } : {}) };
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
 *
 * @param text the document as it is: a source is as Markdown reads it, and what equals it is so, too
 */
function samePiece(
  text: string,
  at: number,
  spent: number,
  before: PlacedPiece | undefined,
): PlacedPiece | undefined {
  if (before?.isOwn !== true) return undefined;
  const { source, effort } = before.piece;
  const end = at + source.length;
  const isSame =
    spent + effort <= limits.effort &&
    // Compared in whole words, which `startsWith` does one character after the other.
    text.slice(at, end) === source &&
    (end === text.length || isEndOfPiece(text, end - 1));
  if (!isSame) return undefined;
  return before.at === at ? before : { ...before, at };
}

/** Those of the pieces that may stand elsewhere now, by their sources. */
const bySource = memoize(
  (pieces: Before['pieces']): ReadonlyMap<string, Piece> =>
    new Map(pieces.flatMap(({ piece, isOwn }) => (isOwn ? [[piece.source, piece] as const] : []))),
);

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
  text: string,
  at: number,
  end: number,
  spent: number,
  fresh: ReadonlyMap<string, Piece>,
  before: Before | undefined,
  index: number,
): Piece {
  const source = text.slice(at, end);
  const there = before?.pieces[index];
  const next = before?.pieces[index + 1];
  // Where the one behind it is where it was, as at nearly every key stroke, nothing has moved.
  const isInPlace =
    there !== undefined && (next ? samePiece(text, end, spent, next) : end === text.length);
  const known = before === undefined || isInPlace ? undefined : bySource(before.pieces);
  const earlier = fresh.get(source) ?? known?.get(source);
  if (earlier && spent + earlier.effort <= limits.effort) return earlier;
  return readPiece(isMostOf(text, source) ? source : ownCopy(source), spent, there?.piece);
}

/**
 * Whether a part of a text may as well keep the whole of it in memory. To copy that much takes longer than
 * to read what has changed of it; a document has no more than a few such parts.
 */
function isMostOf(text: string, part: string): boolean {
  return part.length > 50_000 && part.length > text.length / 8;
}

function extended(text: string, at: number, open: Code | Html, from: number): Code | Html {
  const { start, end } = open;
  const placed = { ...open, start: at + start, end: at + end };
  const whole = extend(text, placed, open.closer ?? '', from);
  return { ...whole, start, end: whole.end - at };
}
