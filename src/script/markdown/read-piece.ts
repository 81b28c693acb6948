import { effortOf, limits } from '../limits.ts';
import type { Block, Code, Html, LoneItem } from './block-types.ts';
import { closes, codeValue, htmlCloser, withLineFeeds } from './block-types.ts';
import { EarlierItems } from './earlier-items.ts';
import { inlineEffort } from './inline-effort.ts';
import { isBlankLine, lineEnd, nextLine } from './lines.ts';
import { mdastBlocks } from './mdast-blocks.ts';
import { plainBlock } from './plain-blocks.ts';
import type { ItemReader } from './plain-list.ts';

/** A stretch of a document that reads the same wherever it stands. */
export interface Piece {
  readonly source: string;
  /** Offsets count from the start of the piece. */
  readonly blocks: readonly Block[];
  /** What reading it took, as `limits.effort` counts; beyond it blocks are not looked into. */
  readonly effort: number;
  /** What reading its inline markup will take. */
  readonly inlineEffort: number;
}

/**
 * @param source begins where no block is open
 * @param spent what reading the document has taken before
 * @param before what stood there in an earlier version: the items of its lists are not read again
 */
export function readPiece(source: string, spent: number, before?: Piece): Piece {
  const reader = new BlockReader(source, spent, before);
  const blocks = reader.read();
  return { source, blocks, effort: reader.effort - spent, inlineEffort: inlineEffort(blocks) };
}

/** What the last block of a piece goes on as behind it; nothing when it has ended. */
export function openBlock({ blocks }: Piece): Code | Html | undefined {
  const last = blocks.at(-1);
  if (last?.type !== 'code' && last?.type !== 'html') return undefined;
  return last.closer === undefined ? undefined : last;
}

/**
 * A line that ends every list, quote and paragraph before it: it follows an empty one, is not
 * indented, and is no item of a list.
 */
const boundary = /\n[ \t]*\r?\n(?=\S)(?!(?:[-+*]|\d{1,9}[.)])(?:\s|$))/g;

class BlockReader implements ItemReader {
  effort: number;
  readonly earlier: EarlierItems;
  private readonly text: string;
  private readonly blocks: Block[] = [];

  constructor(text: string, spent: number, before?: Piece) {
    this.text = text;
    this.effort = spent;
    this.earlier = new EarlierItems(before?.blocks ?? []);
  }

  read(): Block[] {
    const { text, blocks } = this;
    let at = 0;
    while (at < text.length) {
      const end = lineEnd(text, at);
      if (isBlankLine(text, at, end)) {
        at = nextLine(text, end);
        continue;
      }
      const plain = plainBlock(text, at, this);
      if (plain) {
        blocks.push(plain);
        at = nextLine(text, lineEnd(text, plain.end));
      } else {
        at = this.readPart(at);
      }
    }
    return blocks;
  }

  /**
   * What the full parser makes of a part; one block to leave alone where that takes too long.
   *
   * @param base added to every offset
   */
  parse(part: string, base = 0): Block[] {
    const effort = effortOf(part);
    const isBeyond = effort > limits.blockEffort || this.effort > limits.effort;
    this.effort += Math.min(effort, limits.blockEffort);
    if (!isBeyond) return mdastBlocks(part, base);
    return [{ type: 'other', start: base, end: base + part.trimEnd().length }];
  }

  takesOver({ effort }: LoneItem): boolean {
    // Beyond the limit it would not be looked into.
    if (effort > 0 && this.effort > limits.effort) return false;
    this.effort += effort;
    return true;
  }

  /** Let the full parser read up to the next boundary. Returns where to go on. */
  private readPart(from: number): number {
    const { text, blocks } = this;
    boundary.lastIndex = from;
    const found = boundary.exec(text);
    const to = found ? found.index + found[0].length : text.length;
    for (const block of this.parse(text.slice(from, to), from)) blocks.push(block);
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
export function extend(text: string, open: Code | Html, closer: string, from: number): Code | Html {
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
