import type { Block, ListItem, Span } from './block-types.ts';

/** A span that counts from somewhere, where that place is `by` further on. */
export function shiftedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** The same block so much further on, with all that is in it. */
export function shifted(block: Block, by: number): Block {
  if (by === 0) return block;
  const span = shiftedSpan(block, by);
  switch (block.type) {
    case 'heading':
      return { ...block, ...span, rawSpan: shiftedSpan(block.rawSpan, by) };
    case 'quote':
      return { ...block, ...span, children: block.children.map((one) => shifted(one, by)) };
    case 'list': {
      return { ...block, ...span, items: block.items.map((item) => shiftedItem(item, by)) };
    }
    default:
      return { ...block, ...span };
  }
}

function shiftedItem({ start, end, own }: ListItem, by: number): ListItem {
  return { start: start + by, end: end + by, own };
}

/** The blocks of an item with offsets as its own. */
export function childrenOf({ start, own }: ListItem): readonly Block[] {
  return own.children.map((child) => shifted(child, start - own.start));
}
