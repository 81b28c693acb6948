import { at, hash } from './seed.ts';

/**
 * A long script tells some moments again. From the second time on they are staged in another way,
 * which their summaries tell, so that no two beats read the same.
 */
export class Takes {
  private readonly takes: readonly string[];
  /** Ways to stage a moment, as indices of takes: none, one, then two of them. */
  private readonly ways: readonly (readonly number[])[];

  /** @param takes sentences of the bank */
  constructor(takes: readonly string[]) {
    this.takes = takes;
    const one = takes.map((_, i) => i);
    this.ways = [
      [],
      ...one.map((i) => [i]),
      ...one.flatMap((i) => one.slice(0, i).map((j) => [j, i])),
    ];
  }

  /**
   * The summary of a moment as it reads when it is told for the `nth` time, counted from 0.
   *
   * @param moment names the moment, whoever plays in it
   */
  vary(summary: string, moment: string, nth: number): string {
    const first = hash(moment);
    const chosen = at(this.ways, nth).map((i) => at(this.takes, first + i));
    // More often than there are ways to stage it: a number has to do.
    const round = Math.floor(nth / this.ways.length);
    const varied = [summary, ...chosen].join(' ');
    return round === 0 ? varied : `${varied} (${round + 1})`;
  }

  /** The summary without what {@link vary} has added, and the takes that were. */
  plain(varied: string): { readonly summary: string; readonly takes: readonly string[] } {
    let summary = varied.replace(/ \(\d+\)$/u, '');
    const found: string[] = [];
    for (;;) {
      const take = this.takes.find((one) => summary.endsWith(` ${one}`));
      if (take === undefined) return { summary, takes: found };
      found.unshift(take);
      summary = summary.slice(0, -take.length - 1);
    }
  }
}
