import type * as z from 'zod';
import { parseAnswer } from './answer-reading.ts';
import { endOfThought, longestMark, seekMarks } from './thought-marks.ts';

/** One entry of a list in an answer. */
export interface ListedEntry<T> {
  /** Its place in the list, from 0. */
  readonly index: number;
  /** Absent where what stands there is no such entry. */
  readonly value?: T;
}

/**
 * Reads a list of objects out of an answer while that streams in: each entry as soon as it is whole.
 * What it gives is of the entry's form, but not the answer: that is read when it is complete, and
 * counts where the two differ. All calls together take a time that grows with the answer's length.
 */
export class EntriesSoFar<T> {
  private readonly entry: z.ZodType<T>;
  private readonly seek: ReturnType<typeof seekMarks>;
  private text = '';
  /** Up to here all is read. */
  private at = 0;
  private state: 'before' | 'thoughts' | 'list' | 'entry' | 'behind' = 'before';
  private family = 0;
  /** Whether the list has no name, so that what is in it has to show that it is the right one. */
  private nameless = false;
  private index = 0;
  private start = 0;
  private depth = 0;
  private quoted = false;

  /**
   * @param list the key that the list has in the answer; a list without any is taken, too
   * @param entry form of one entry
   */
  constructor(list: string, entry: z.ZodType<T>) {
    this.entry = entry;
    const key = list.replace(/[^a-z\d]/giu, '').replace(/\B(?=[A-Z])/gu, '[_ -]?');
    this.seek = seekMarks(
      String.raw`["'“”‘’\x60]?${key}["'“”‘’\x60]?\s{0,40}[:：=]\s{0,40}\[|\[\s{0,40}(?=\{)`,
    );
  }

  /**
   * @param textSoFar all of the answer so far, as `onText` has it
   * @returns the entries that have become whole since the last call, in their order
   */
  take(textSoFar: string): ListedEntry<T>[] {
    if (textSoFar.length < this.text.length) return [];
    this.text = textSoFar;
    const found: ListedEntry<T>[] = [];
    while (this.step(found));
    return found;
  }

  /** Read on to the next change of state. Whether there may be more to read. */
  private step(found: ListedEntry<T>[]): boolean {
    switch (this.state) {
      case 'before':
        return this.findList();
      case 'thoughts':
        return this.leaveThoughts();
      case 'list':
        return this.findEntry();
      case 'entry':
        return this.readEntry(found);
      case 'behind':
        return false;
    }
  }

  private findList(): boolean {
    const sought = this.seek(this.text, this.at);
    if (sought === undefined || sought.end === this.text.length) {
      // A mark, or the name of the list, may not be here in full.
      this.at = Math.max(this.at, (sought?.at ?? this.text.length) - longestMark);
      return false;
    }
    this.at = sought.end;
    if (sought.mark?.family !== undefined) {
      this.family = sought.mark.family;
      this.state = 'thoughts';
    } else if (sought.other !== undefined) {
      this.nameless = sought.other.startsWith('[');
      this.index = 0;
      this.state = 'list';
    }
    return true;
  }

  private leaveThoughts(): boolean {
    const end = endOfThought(this.text, this.family, this.at);
    this.at = end?.end ?? Math.max(this.at, this.text.length - longestMark);
    if (end !== undefined) this.state = 'before';
    return end !== undefined;
  }

  private findEntry(): boolean {
    const next = /[{\]]/gu;
    next.lastIndex = this.at;
    const match = next.exec(this.text);
    this.at = match?.index ?? this.text.length;
    if (match === null) return false;
    if (match[0] === ']') {
      this.state = 'behind';
      return false;
    }
    this.start = this.at;
    this.depth = 0;
    this.quoted = false;
    this.state = 'entry';
    return true;
  }

  private readEntry(found: ListedEntry<T>[]): boolean {
    const signs = /["\\{}]/gu;
    signs.lastIndex = this.at;
    for (let match = signs.exec(this.text); match !== null; match = signs.exec(this.text)) {
      const [sign] = match;
      if (sign === '\\') {
        // What is escaped may not be here yet.
        if (signs.lastIndex >= this.text.length) break;
        signs.lastIndex++;
      } else if (sign === '"') this.quoted = !this.quoted;
      else if (!this.quoted) {
        this.depth += sign === '{' ? 1 : -1;
        if (this.depth === 0) {
          this.at = signs.lastIndex;
          this.entryEnded(found);
          return true;
        }
      }
      this.at = signs.lastIndex;
    }
    this.at = this.text.endsWith('\\') ? this.at : this.text.length;
    return false;
  }

  private entryEnded(found: ListedEntry<T>[]): void {
    this.state = 'list';
    const value = this.read(this.text.slice(this.start, this.at));
    if (value === undefined && this.nameless && this.index === 0) {
      this.state = 'before';
      return;
    }
    found.push({ index: this.index, ...value });
    this.index++;
  }

  private read(text: string): { readonly value: T } | undefined {
    try {
      return { value: parseAnswer(text, this.entry) };
    } catch {
      return undefined;
    }
  }
}

/** The entries of a list in an answer that has ended, wherever it did. */
export function entriesIn<T>(text: string, list: string, entry: z.ZodType<T>): ListedEntry<T>[] {
  return new EntriesSoFar(list, entry).take(text);
}
