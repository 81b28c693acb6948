/** From the first byte up to and without the last, counted from 0. */
export type ByteRange = readonly [from: number, to: number];

/** A set of byte ranges: sorted, apart from each other, none of them empty. */
export class ByteRanges {
  private ranges: ByteRange[] = [];

  /** @param ranges in any order, and they may overlap */
  constructor(ranges: Iterable<ByteRange> = []) {
    for (const [from, to] of ranges) this.add(from, to);
  }

  /** How many bytes there are in all. */
  get bytes(): number {
    return this.ranges.reduce((sum, [from, to]) => sum + to - from, 0);
  }

  get list(): readonly ByteRange[] {
    return this.ranges;
  }

  add(from: number, to: number): void {
    if (to <= from) return;
    const before = this.ranges.filter(([, end]) => end < from);
    const after = this.ranges.filter(([start]) => start > to);
    const touched = this.ranges.slice(before.length, this.ranges.length - after.length);
    const start = Math.min(from, touched[0]?.[0] ?? from);
    const end = Math.max(to, touched.at(-1)?.[1] ?? to);
    this.ranges = [...before, [start, end], ...after];
  }

  /** What is missing of the bytes from 0 to `total`. */
  holes(total: number): ByteRange[] {
    const holes: ByteRange[] = [];
    let at = 0;
    for (const [from, to] of this.ranges) {
      if (from >= total) break;
      if (from > at) holes.push([at, from]);
      at = to;
    }
    if (at < total) holes.push([at, total]);
    return holes;
  }
}
