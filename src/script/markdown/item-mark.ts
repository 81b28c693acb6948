/** What the first line of an item of an ordered list begins with. */
export interface ItemMark {
  /** Spaces before the number. */
  readonly lead: number;
  /** Up to the text: as much as the other lines of the item are indented by. */
  readonly indent: number;
  /** What stands behind the number. */
  readonly delimiter: string;
}

const itemMark = /( {0,3})\d{1,9}([.)]) {1,4}(?=[^\s])/y;

/** The mark that the line at `at` begins with, where that is one for certain. */
export function itemMarkAt(text: string, at: number): ItemMark | undefined {
  itemMark.lastIndex = at;
  const [whole, lead = '', delimiter = ''] = itemMark.exec(text) ?? [];
  return whole === undefined ? undefined : { lead: lead.length, indent: whole.length, delimiter };
}
