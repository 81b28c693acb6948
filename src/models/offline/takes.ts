import type { Take } from './bank.ts';
import { at, hash } from './seed.ts';

/**
 * A long script tells some moments again. From the second time on they are staged in another way,
 * which their summaries tell in a word, with which time it is, so that no two beats read the same.
 */
export class Takes {
  private readonly takes: readonly Take[];

  constructor(takes: readonly Take[]) {
    this.takes = takes;
  }

  /**
   * The summary of a moment as it reads when it is told for the `nth` time, counted from 0.
   *
   * @param moment names the moment, whoever plays in it
   */
  vary(summary: string, moment: string, nth: number): string {
    if (nth === 0) return summary;
    const [short] = at(this.takes, hash(moment) + nth - 1);
    return `${summary} (${nth + 1}: ${short})`;
  }

  /** The summary without what {@link vary} has added, and what that was. */
  plain(varied: string): {
    readonly summary: string;
    readonly again: { readonly nth: number; readonly take: Take } | undefined;
  } {
    const [all = '', number, short = ''] = / \((\d+): ([^()]+)\)$/u.exec(varied) ?? [];
    const take = this.takes.find(([own]) => own === short);
    if (take === undefined) return { summary: varied, again: undefined };
    const again = { nth: Number(number) - 1, take };
    return { summary: varied.slice(0, -all.length), again };
  }
}
