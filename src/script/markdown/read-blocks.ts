import type { Block, Code, Html, Span } from './block-types.ts';
import { closes, codeValue, htmlCloser, withLineFeeds } from './block-types.ts';
import { effortOf, limits } from '../limits.ts';
import { mdastBlocks } from './mdast-blocks.ts';
import { isBlankLine, lineEnd, nextLine, plainBlock } from './plain-blocks.ts';

/** A document's top-level blocks and its front matter. */
export interface Blocks {
  /** Where the text starts: 1 behind a byte order mark, otherwise 0. */
  readonly start: number;
  /** The whole front matter with its marks, without the line end after it. */
  readonly frontMatter?: Span & { readonly content: Span };
  readonly blocks: readonly Block[];
  /** What reading them took, as `limits.effort` counts; beyond it blocks are not looked into. */
  readonly effort: number;
}

/** Read the block structure of any text. Never fails: all text is Markdown. */
export function readBlocks(text: string): Blocks {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const frontMatter = findFrontMatter(text);
  const reader = new BlockReader(sameToMarkdown(text));
  const blocks = reader.read(frontMatter ? frontMatter.end : start);
  const end = blocks.at(-1);
  if (end && (end.type === 'code' || end.type === 'html') && end.closer !== undefined) {
    blocks[blocks.length - 1] = { ...end, end: text.length };
  }
  return { start, blocks, effort: reader.effort, ...(frontMatter ? { frontMatter } : {}) };
}

/** The text as Markdown reads it: a single carriage return ends a line, a NUL is another character. */
function sameToMarkdown(text: string): string {
  if (!/\r(?!\n)|\0/.test(text)) return text;
  return text.replace(/\r(?!\n)/g, '\n').replaceAll('\0', '\ufffd');
}

/** YAML front matter: from a line of three hyphens at the very start to the next such line. */
export function findFrontMatter(text: string): Blocks['frontMatter'] {
  const start = text.startsWith('\ufeff') ? 1 : 0;
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

/**
 * A line that ends every list, quote and paragraph before it: it follows an empty one, is not
 * indented, and is no item of a list.
 */
const boundary = /\n[ \t]*\r?\n(?=\S)(?!(?:[-+*]|\d{1,9}[.)])(?:\s|$))/g;

class BlockReader {
  effort = 0;
  private readonly text: string;
  private readonly blocks: Block[] = [];

  constructor(text: string) {
    this.text = text;
  }

  read(from: number): Block[] {
    const { text, blocks } = this;
    let at = from;
    while (at < text.length) {
      const end = lineEnd(text, at);
      if (isBlankLine(text, at, end)) {
        at = nextLine(text, end);
        continue;
      }
      const plain = plainBlock(text, at, (start, to) => this.parse(start, to));
      if (plain) {
        blocks.push(plain);
        at = nextLine(text, lineEnd(text, plain.end));
      } else {
        at = this.readPart(at);
      }
    }
    return blocks;
  }

  /** What the full parser makes of a part; one block to leave alone where that takes too long. */
  private parse(from: number, to: number): Block[] {
    const part = this.text.slice(from, to);
    const effort = effortOf(part);
    const isBeyond = effort > limits.blockEffort || this.effort > limits.effort;
    this.effort += Math.min(effort, limits.blockEffort);
    if (!isBeyond) return mdastBlocks(part, from);
    return [{ type: 'other', start: from, end: from + part.trimEnd().length }];
  }

  /** Let the full parser read up to the next boundary. Returns where to go on. */
  private readPart(from: number): number {
    const { text, blocks } = this;
    boundary.lastIndex = from;
    const found = boundary.exec(text);
    const to = found ? found.index + found[0].length : text.length;
    for (const block of this.parse(from, to)) blocks.push(block);
    const last = blocks.at(-1);
    const open = last?.type === 'other' ? openedAt(text, last.start) : last;
    if ((open?.type !== 'code' && open?.type !== 'html') || open.closer === undefined) return to;
    // What looked like a boundary stands inside a fence or comment that is still open.
    const extended = extend(text, open, open.closer, nextLine(text, lineEnd(text, open.end)));
    blocks[blocks.length - 1] = extended;
    return nextLine(text, lineEnd(text, extended.end));
  }
}

/**
 * The fence or comment that begins with the line of `start` and does not end there, as far as that
 * line: one that was not looked into still takes in what follows it.
 */
function openedAt(text: string, start: number): Code | Html | undefined {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const end = lineEnd(text, start);
  const line = text.slice(from, end);
  const [opening, closer] = /^ {0,3}(`{3,}(?![^]*`)|~{3,})/.exec(line) ?? [];
  if (opening !== undefined && closer !== undefined) {
    const info = /^[^\s]*/.exec(line.slice(opening.length).trim())?.[0] ?? '';
    return { type: 'code', start, end, info, value: '', closer };
  }
  const raw = line.trimStart();
  const htmlEnd = line.length - raw.length > 3 ? undefined : htmlCloser(raw);
  return htmlEnd === undefined ? undefined : { type: 'html', start, end, raw, closer: htmlEnd };
}

/** The open block again, up to the line at or after `from` that closes it, or to the text's end. */
function extend(text: string, open: Code | Html, closer: string, from: number): Code | Html {
  let at = from;
  let end = lineEnd(text, at);
  while (at < text.length && !closes(text.slice(at, end), closer)) {
    at = nextLine(text, end);
    end = lineEnd(text, at);
  }
  const closed = at < text.length;
  const { start } = open;
  const rest = closed ? {} : { closer };
  end = closed ? at + text.slice(at, end).trimEnd().length : text.length;
  if (open.type === 'html') {
    const raw = withLineFeeds(text.slice(start, end));
    return { type: 'html', start, end, raw, ...rest };
  }
  const first = nextLine(text, lineEnd(text, start));
  const value = codeValue(text.slice(first, closed ? at : end));
  return { type: 'code', start, end, info: open.info, value, ...rest };
}
