import type { Span } from '../../markdown/block-types.ts';
import { type Piece, tells } from './scene-pieces.ts';

/** Where a scene may be parted in two: what lies between both is replaced. */
export interface SplitPlace extends Span {
  /** How many of the scene's blocks stand before it; the one that it lies in among them. */
  readonly pieces: number;
  /** It lies in a quote, between two who speak. */
  readonly isInQuote: boolean;
}

/**
 * The places that a cursor may mean, the likeliest first: before the block that it stands in, or what is said
 * there of a quote; behind that where it stands at its end.
 */
export function splitPlaces(
  text: string,
  parts: readonly Piece[],
  offset: number,
): readonly SplitPlace[] {
  const all = parts.flatMap((piece, index) => [
    { start: piece.start, end: piece.start, pieces: index, isInQuote: false },
    ...(piece.block.type === 'quote' ? placesIn(text, piece, index + 1) : []),
  ]);
  const first = parts.findIndex(tells);
  const last = parts.findLastIndex(tells);
  const between = all.filter(({ pieces }) => pieces > first && pieces <= last + 1);
  // Behind a block it means the next one.
  const isBehind = parts.some(({ start, end }) => start < offset && offset === end);
  const meant = between.filter(({ start }) => start <= offset).toReversed();
  const next = between.find(({ start }) => start > offset);
  const isAfter = isBehind || isBetween(parts, offset) || isAtEndOfLine(text, offset, parts);
  const from = parts[first];
  if (from === undefined || offset < from.start || offset > (parts[last]?.end ?? 0)) return [];
  if (!isAfter) return meant.slice(0, 2);
  return next === undefined ? [] : [next, ...meant.slice(0, 1)];
}

function isBetween(parts: readonly Piece[], offset: number): boolean {
  return !parts.some(({ start, end }) => start <= offset && offset <= end);
}

/** Whether the cursor stands at the end of what somebody says in a quote, or on the empty line behind it. */
function isAtEndOfLine(text: string, offset: number, parts: readonly Piece[]): boolean {
  const piece = parts.find(({ start, end }) => start <= offset && offset <= end);
  return (
    piece?.block.type === 'quote' &&
    /^[ \t]*(?:\r?\n[ \t>]*(?:\r?\n|$)|$)/.test(text.slice(offset, piece.end))
  );
}

/** The empty lines of a quote. */
function placesIn(text: string, { start, end }: Piece, pieces: number): SplitPlace[] {
  const lines = text.slice(start, end).matchAll(/(?:\r\n|\n|\r)(?: {0,3}>[ \t]*(?:\r\n|\n|\r))+/g);
  return [...lines].map(({ 0: { length }, index }) => ({
    start: start + index,
    end: start + index + length,
    pieces,
    isInQuote: true,
  }));
}
