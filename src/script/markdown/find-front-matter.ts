import type { Span } from './block-types.ts';

export interface FrontMatterSpan extends Span {
  readonly content: Span;
}

/**
 * YAML front matter: from a line of three hyphens at the very start to the next such line, without
 * the line end after it.
 */
export function findFrontMatter(text: string): FrontMatterSpan | undefined {
  const start = startOf(text);
  const mark = /---[ \t]*(?:\r\n|\n|\r|$)/y;
  mark.lastIndex = start;
  const opening = mark.exec(text);
  if (!opening) return undefined;
  const content = start + opening[0].length;
  const closing = /^---[ \t]*$/gm;
  closing.lastIndex = content;
  const found = closing.exec(text);
  if (!found) return undefined;
  const end = found.index + found[0].length;
  return { start, end, content: { start: content, end: found.index } };
}

/** Where the text starts: behind a byte order mark. */
export function startOf(text: string): number {
  return text.startsWith('\ufeff') ? 1 : 0;
}
