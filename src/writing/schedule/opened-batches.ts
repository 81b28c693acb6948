/**
 * Pace `batches`: where the batches that were begun end. Positions, ends exclusive and ascending. The last
 * one may end behind the last scene that is known: what is planned next belongs to it.
 */
export class OpenedBatches {
  private ends: number[];

  constructor(ends: readonly number[] = []) {
    this.ends = [...ends];
  }

  copy(): OpenedBatches {
    return new OpenedBatches(this.ends);
  }

  /**
   * So many scenes at the front have gone.
   *
   * @param last end of the list that they were on, where nothing more was to come; else `Infinity`
   */
  landed(count: number, last: number): void {
    this.ends = this.ends.flatMap((end) => (Math.min(end, last) > count ? [end - count] : []));
  }

  /** End of the batch that a position is in; `undefined` where that is not opened. */
  endOf(position: number): number | undefined {
    return this.ends.find((end) => end > position);
  }

  /**
   * End of the batch under way, or of the next one once that is written.
   *
   * @param firstUnwritten position before which everything is written
   */
  currentEnd(firstUnwritten: number, size: number, length: number): number {
    let end = this.ends.at(-1) ?? 0;
    while (end <= firstUnwritten && end < length) end += size;
    return end;
  }

  /** Open batches until the first unwritten scene is in the last one. @returns whether any was */
  open(firstUnwritten: number, size: number, length: number): boolean {
    let end = this.ends.at(-1) ?? 0;
    const isOpen = end > firstUnwritten || end >= length;
    while (end <= firstUnwritten && end < length) {
      end += size;
      this.ends.push(end);
    }
    return !isOpen;
  }

  /** The last batch ends with those of its scenes that were begun. @returns whether it is shorter now */
  trim(isWaiting: (position: number) => boolean, length: number): boolean {
    const end = this.ends.at(-1);
    if (end === undefined) return false;
    const start = this.ends.at(-2) ?? 0;
    let last = Math.min(end, length);
    while (last > start + 1 && isWaiting(last - 1)) last--;
    this.ends[this.ends.length - 1] = last;
    return last !== end;
  }
}
