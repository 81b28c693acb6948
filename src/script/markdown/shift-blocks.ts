import type { Block, ListItem, OwnItem, Span } from './block-types.ts';

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

function shiftedItem(item: ListItem, by: number): ListItem {
  if (item.own) return new PlacedItem(item.own, item.start + by);
  return { ...shiftedSpan(item, by), children: item.children.map((one) => shifted(one, by)) };
}

/** An item whose blocks are placed only once somebody looks into it: most are those of before. */
export class PlacedItem implements ListItem {
  readonly own: OwnItem;
  readonly start: number;
  readonly end: number;
  #children: readonly Block[] | undefined;

  /** @param start where its mark stands */
  constructor(own: OwnItem, start: number) {
    this.own = own;
    this.start = start;
    this.end = start - own.start + own.end;
  }

  get children(): readonly Block[] {
    const by = this.start - this.own.start;
    return (this.#children ??= this.own.children.map((one) => shifted(one, by)));
  }
}
