import type { Block } from './block-types.ts';
import { closes, codeValue } from './block-types.ts';
import {
  type InnerLine,
  innerBlocks,
  isPlain,
  keepsEnd,
  ownEnd,
  plainComment,
} from './inner-blocks.ts';
import { isBlankLine, lineEnd, nextLine } from './lines.ts';
import { type ItemReader, plainList } from './plain-list.ts';

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

/**
 * The block at `start`, the start of a line that is not blank and where no block is open; nothing
 * when it is not of a plain shape.
 *
 * @param reader for the items of lists
 */
export function plainBlock(text: string, start: number, reader: ItemReader): Block | undefined {
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
        : plainList(text, start, reader);
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
