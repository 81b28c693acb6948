import type { Take } from './bank.ts';
import { at, hash } from './seed.ts';

/**
 * A long script tells some moments again. From the second time on they are staged in another way,
 * which their summaries tell in a word, so that no two beats read the same.
 */
export class Takes {
  private readonly takes: readonly Take[];
  /** Ways to stage a moment, as indices of takes: none, one, then two of them. */
  private readonly ways: readonly (readonly number[])[];

  constructor(takes: readonly Take[]) {
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
    const chosen = at(this.ways, nth).map((i) => at(this.takes, first + i)[0]);
    // More often than there are ways to stage it: a number has to do.
    const round = Math.floor(nth / this.ways.length);
    if (round > 0) chosen.push(String(round + 1));
    return chosen.length === 0 ? summary : `${summary} (${chosen.join(', ')})`;
  }

  /** The summary without what {@link vary} has added, and the sentences of the takes that were. */
  plain(varied: string): { readonly summary: string; readonly takes: readonly string[] } {
    const [all = '', shown = ''] = / \(([^()]+)\)$/u.exec(varied) ?? [];
    const found: string[] = [];
    for (const part of all === '' ? [] : shown.split(', ')) {
      const take = this.takes.find(([short]) => short === part);
      if (take !== undefined) found.push(take[1]);
      else if (!/^\d+$/u.test(part)) return this.plainSentences(varied);
    }
    if (all !== '') return { summary: varied.slice(0, -all.length), takes: found };
    return this.plainSentences(varied);
  }

  /** Outlines had the sentences themselves before. */
  private plainSentences(varied: string): ReturnType<Takes['plain']> {
    let summary = varied;
    const found: string[] = [];
    for (;;) {
      const take = this.takes.find(([, sentence]) => summary.endsWith(` ${sentence}`));
      if (take === undefined) return { summary, takes: found };
      found.unshift(take[1]);
      summary = summary.slice(0, -take[1].length - 1);
    }
  }
}
