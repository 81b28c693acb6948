import type { Block, List, ListItem, LoneItem, OwnItem } from './block-types.ts';
import type { EarlierItems } from './earlier-items.ts';
import { inlineEffort } from './inline-effort.ts';
import { type InnerLine, innerBlocks, ownEnd } from './inner-blocks.ts';
import { type ItemMark, itemMarkAt } from './item-mark.ts';
import { isBlankLine, lineEnd, nextLine, ownCopy } from './lines.ts';

/** What a list needs of whoever reads the document. */
export interface ItemReader {
  /** What the full parser has taken so far, as `limits.effort` counts. */
  readonly effort: number;
  /** The full parser, for an item that is of no plain shape. */
  parse(part: string): readonly Block[];
  /** Whether an item may be taken over as it was read before; what it took counts then. */
  takesOver(item: LoneItem): boolean;
  /** The items of the list that stood there before. */
  readonly earlier: EarlierItems;
}

const maybeItem = / *(?:\d{1,9}[.)]|[-+*])(?:[ \t\r\n]|$)/y;

/** The ordered list at `start`; nothing where it is not sure to be read as the full parser does. */
export function plainList(text: string, start: number, reader: ItemReader): List | undefined {
  const items: ListItem[] = [];
  let delimiter: string | undefined;
  let outdent = 4;
  let at = start;
  while (at < text.length) {
    const mark = itemMarkAt(text, at);
    if (!mark || mark.lead >= outdent) break;
    if ((delimiter ??= mark.delimiter) !== mark.delimiter) return undefined;
    const item = itemAt(text, at, mark, reader);
    if (!item) return undefined;
    items.push({ start: at + item.start, end: at + item.end, own: item });
    outdent = mark.indent;
    at += item.source.length;
  }
  maybeItem.lastIndex = at;
  if (at < text.length && maybeItem.test(text)) return undefined;
  const [first, last] = [items[0], items.at(-1)];
  return first && last && { type: 'list', start: first.start, end: last.end, ordered: true, items };
}

function itemAt(
  text: string,
  at: number,
  mark: ItemMark,
  reader: ItemReader,
): LoneItem | undefined {
  const same = reader.earlier.at(text, at);
  if (same && reader.takesOver(same)) return same;
  const end = endOfItem(text, at, mark.indent);
  if (end === undefined) return undefined;
  const source = text.slice(at, end);
  const moved = reader.earlier.of(source);
  if (moved && reader.takesOver(moved)) return moved;
  return readItem(ownCopy(source), mark, reader);
}

/** Where the lines of an item end; nothing where no line shows for certain that it does. */
function endOfItem(text: string, start: number, indent: number): number | undefined {
  const margin = ' '.repeat(indent);
  let blank = false;
  let at = nextLine(text, lineEnd(text, start));
  while (at < text.length) {
    const to = lineEnd(text, at);
    if (isBlankLine(text, at, to)) blank = true;
    else if (text.startsWith(margin, at)) blank = false;
    else {
      // What indented code makes of the line behind it depends on what stands before it.
      const indented = text.charAt(at) === '\t' || text.startsWith('    ', at);
      return itemMarkAt(text, at) || (blank && !indented) ? at : undefined;
    }
    at = nextLine(text, to);
  }
  return text.length;
}

/** An item, plain or not. */
function readItem(
  source: string,
  { lead, indent }: ItemMark,
  reader: ItemReader,
): LoneItem | undefined {
  const first = lineEnd(source, 0);
  let end = ownEnd(source, 0, first);
  // With the spaces behind it, which code and comments keep.
  let whole = first;
  const lines: (InnerLine | undefined)[] = [{ start: indent, end }];
  for (let at = nextLine(source, first), to; at < source.length; at = nextLine(source, to)) {
    to = lineEnd(source, at);
    if (isBlankLine(source, at, to)) {
      lines.push(undefined);
      continue;
    }
    end = ownEnd(source, at, to);
    whole = to;
    lines.push({ start: at + indent, end });
  }
  const before = reader.effort;
  const plain = innerBlocks(source, lines, true);
  const item = plain ? { end, children: plain } : parsedItem(reader.parse(source.slice(0, whole)));
  if (!item) return undefined;
  const { children } = item;
  return {
    ...{ source, start: lead, end: item.end, children, indent },
    effort: reader.effort - before,
    inlineEffort: inlineEffort(children),
  };
}

function parsedItem([list, ...others]: readonly Block[]): OwnItem | undefined {
  const [item, ...more] = list?.type === 'list' && others.length === 0 ? list.items : [];
  return more.length === 0 ? item?.own : undefined;
}
