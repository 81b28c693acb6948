import type { Block, List, ListItem } from './block-types.ts';
import { closes, codeValue } from './block-types.ts';
import { isBlankLine, lineEnd, nextLine } from './lines.ts';

/**
 * A fast reader for the plain shapes that nearly every script consists of: one-line headings,
 * paragraphs, quotes of paragraphs, ordered lists of paragraphs and bullets, closed fences, and
 * one-line comments. It takes a block only when it is sure to read it exactly as the full Markdown
 * parser does, which a property test checks; everything else it leaves to that parser. It reads
 * some twenty times as fast, so that an hour's script can be read anew after every key stroke.
 *
 * Sure is what starts with a character that starts nothing in Markdown, has no tab, and is followed
 * by an empty line where it could otherwise go on.
 */

const plainStart = /[^\s#>+\-*=_`~<[\d]|\*{1,2}[^\s*]|_[^\s_]|\d+(?![\d.)])|\d+[.)](?=[^\s])/y;

/** Where a line ends without the spaces at its end. */
function ownEnd(text: string, start: number, end: number): number {
  let own = end;
  while (own > start && text.charCodeAt(own - 1) === 32) own--;
  return own;
}

/** Two spaces or more at the end of a line keep the line end, as a backslash there does. */
function keepsEnd(end: number, lineEnd: number): boolean {
  return lineEnd - end >= 2;
}

/** A line of a paragraph, without spaces at its end, that cannot be or become anything else. */
function isPlain(text: string, start: number, end: number): boolean {
  if (start >= end) return false;
  plainStart.lastIndex = start;
  if (!plainStart.test(text)) return false;
  return !text.slice(start, end).includes('\t');
}

/** The full parser, for a part of the text. */
export type FullParser = (start: number, end: number) => readonly Block[];

/**
 * The block at `start`, the start of a line that is not blank and where no block is open; nothing
 * when it is not of a plain shape.
 *
 * @param parse reads those items of a plain list that are not
 */
export function plainBlock(text: string, start: number, parse: FullParser): Block | undefined {
  const end = lineEnd(text, start);
  switch (text.charAt(start)) {
    case '#':
      return plainHeading(text, start, ownEnd(text, start, end));
    case '`':
    case '~':
      return plainFence(text, start, end);
    case '<':
      return plainComment(text, start, end);
    case '>':
      return plainQuote(text, start);
    default:
      return isPlain(text, start, end)
        ? plainParagraph(text, start)
        : plainList(text, start, parse);
  }
}

function plainHeading(text: string, start: number, end: number): Block | undefined {
  const line = text.slice(start, end);
  const found = /^(#{1,6}) (?=[^\s#])[^\t]*[^\s#]$/.exec(line);
  const marks = found?.[1];
  if (marks === undefined) return undefined;
  const rawSpan = { start: start + marks.length + 1, end };
  return {
    type: 'heading',
    start,
    end,
    depth: marks.length,
    raw: line.slice(marks.length + 1),
    rawSpan,
  };
}

function plainFence(text: string, start: number, end: number): Block | undefined {
  const opening = /^(`{3,}|~{3,})([\w-]*)$/.exec(text.slice(start, end));
  const fence = opening?.[1];
  if (!opening || fence === undefined) return undefined;
  const first = nextLine(text, end);
  for (let at = first; at < text.length; at = nextLine(text, lineEnd(text, at))) {
    const code = text.charCodeAt(at);
    if (code !== fence.charCodeAt(0) && code !== 32) continue;
    const to = lineEnd(text, at);
    const line = text.slice(at, to);
    if (!closes(line, fence)) continue;
    const value = codeValue(text.slice(first, at));
    return { type: 'code', start, end: at + line.trimEnd().length, info: opening[2] ?? '', value };
  }
  return undefined;
}

function plainComment(text: string, start: number, end: number): Block | undefined {
  const raw = text.slice(start, end);
  return /^<!-- [\w:,. ]* -->$/.test(raw) ? { type: 'html', start, end, raw } : undefined;
}

function plainParagraph(text: string, start: number): Block | undefined {
  let end = start;
  let raw = '';
  for (let at = start; at < text.length;) {
    const to = lineEnd(text, at);
    if (isBlankLine(text, at, to)) break;
    if (at > start) raw += keepsEnd(end, lineEnd(text, end)) ? '\\\n' : '\n';
    end = ownEnd(text, at, to);
    if (!isPlain(text, at, end)) return undefined;
    raw += text.slice(at, end);
    at = nextLine(text, to);
  }
  return { type: 'paragraph', start, end, raw };
}

/** A line of a container, without the container's own marks. */
interface InnerLine {
  readonly start: number;
  readonly end: number;
}

function plainQuote(text: string, start: number): Block | undefined {
  const lines: (InnerLine | undefined)[] = [];
  for (let at = start; at < text.length;) {
    const end = lineEnd(text, at);
    if (text.charAt(at) !== '>') {
      if (!isBlankLine(text, at, end)) return undefined;
      break;
    }
    if (isBlankLine(text, at + 1, end)) lines.push(undefined);
    else if (text.charAt(at + 1) === ' ') lines.push({ start: at + 2, end: ownEnd(text, at, end) });
    else return undefined;
    at = nextLine(text, end);
  }
  const last = lines.at(-1);
  if (!lines[0] || !last) return undefined;
  const children = innerBlocks(text, lines, false);
  return children && { type: 'quote', start, end: last.end, children };
}

const itemMark = /( {0,3})\d{1,9}([.)]) {1,4}(?=[^\s])/y;
const maybeItem = / *(?:\d{1,9}[.)]|[-+*])(?:[ \t\r\n]|$)/y;

function plainList(text: string, start: number, parse: FullParser): List | undefined {
  const items: ListItem[] = [];
  let delimiter: string | undefined;
  let listStart = start;
  let outdent = 4;
  let at = start;
  while (at < text.length) {
    itemMark.lastIndex = at;
    const mark = itemMark.exec(text);
    if (!mark || (mark[1]?.length ?? 0) >= outdent) break;
    if ((delimiter ??= mark[2]) !== mark[2]) return undefined;
    const item = readItem(text, at, mark[0].length, parse);
    if (!item) return undefined;
    const itemStart = at + (mark[1]?.length ?? 0);
    if (items.length === 0) listStart = itemStart;
    items.push({ start: itemStart, end: item.end, children: item.children });
    outdent = mark[0].length;
    at = item.next;
  }
  maybeItem.lastIndex = at;
  if (at < text.length && maybeItem.test(text)) return undefined;
  const last = items.at(-1);
  return last && { type: 'list', start: listStart, end: last.end, ordered: true, items };
}

/** An item, plain or not, that ends where a line shows for certain that it does. */
function readItem(
  text: string,
  start: number,
  indent: number,
  parse: FullParser,
): { end: number; next: number; children: readonly Block[] } | undefined {
  const first = lineEnd(text, start);
  let end = ownEnd(text, start, first);
  // With the spaces behind it, which code and comments keep.
  let whole = first;
  const lines: (InnerLine | undefined)[] = [{ start: start + indent, end }];
  const margin = ' '.repeat(indent);
  let at = nextLine(text, first);
  let blank = false;
  while (at < text.length) {
    const to = lineEnd(text, at);
    if (isBlankLine(text, at, to)) {
      lines.push(undefined);
      blank = true;
    } else if (text.startsWith(margin, at)) {
      end = ownEnd(text, at, to);
      whole = to;
      lines.push({ start: at + indent, end });
      blank = false;
    } else {
      itemMark.lastIndex = at;
      const sibling = itemMark.test(text);
      // What indented code makes of the line behind it depends on what stands before it.
      const indented = text.charAt(at) === '\t' || text.startsWith('    ', at);
      if (!sibling && (!blank || indented)) return undefined;
      break;
    }
    at = nextLine(text, to);
  }
  const children = innerBlocks(text, lines, true);
  if (children) return { end, next: at, children };
  const [list, ...others] = parse(start, whole);
  const [item] = list?.type === 'list' && others.length === 0 ? list.items : [];
  return item && { end: item.end, next: at, children: item.children };
}

/** Paragraphs, and where allowed bullets of one paragraph each; nothing for any other shape. */
function innerBlocks(
  text: string,
  lines: readonly (InnerLine | undefined)[],
  bullets: boolean,
): Block[] | undefined {
  const blocks: Block[] = [];
  let raw = '';
  let open: InnerLine | undefined;
  let bulletStart = -1;
  let items: ListItem[] = [];

  const closeParagraph = (): void => {
    if (!open) return;
    const paragraph = { type: 'paragraph' as const, ...open, raw };
    if (bulletStart === -1) blocks.push(paragraph);
    else items.push({ start: bulletStart, end: open.end, children: [paragraph] });
    open = undefined;
    raw = '';
    bulletStart = -1;
  };
  const closeList = (): void => {
    const [first, last] = [items[0], items.at(-1)];
    if (!first || !last) return;
    blocks.push({ type: 'list', start: first.start, end: last.end, ordered: false, items });
    items = [];
  };

  for (const line of lines) {
    if (!line) {
      closeParagraph();
      continue;
    }
    let { start } = line;
    // A comment on a line of its own ends the paragraph before it.
    const comment = bulletStart === -1 ? plainComment(text, start, line.end) : undefined;
    if (comment && lineEnd(text, line.end) === line.end) {
      closeParagraph();
      closeList();
      blocks.push(comment);
      continue;
    }
    const isBullet = text.startsWith('- ', start);
    const isMore = text.startsWith('  ', start);
    if (isBullet || isMore) start += 2;
    if (!isPlain(text, start, line.end)) return undefined;
    if (isBullet) {
      if (!bullets) return undefined;
      closeParagraph();
      bulletStart = line.start;
    } else if (isMore !== (open !== undefined && bulletStart !== -1)) {
      return undefined;
    } else if (!open) {
      closeList();
    }
    if (open) raw += keepsEnd(open.end, lineEnd(text, open.end)) ? '\\\n' : '\n';
    raw += text.slice(start, line.end);
    open = { start: open?.start ?? start, end: line.end };
  }
  closeParagraph();
  closeList();
  return blocks;
}
