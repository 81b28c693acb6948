import { findString, opensString, saidIn, type StringPlace } from './loose-strings.ts';
import { endOfThought, thoughtAt } from './thought-marks.ts';

/** A value that was read out of a text which is almost JSON. */
export interface LooseValue {
  readonly value: unknown;
  /** Position behind it. */
  readonly end: number;
  /** Whether a quote that is not escaped had to be told from the end of a string. */
  readonly guessed: boolean;
  /** Where it breaks off; absent where it is whole. */
  readonly cut?: Cut;
}

export interface Cut {
  /** Those that are missing at the end, in their order. */
  readonly brackets: string;
  /** Whether the last entry is surely whole. */
  readonly betweenEntries: boolean;
}

/** Objects and lists in each other; no answer has more, and nobody can be made to go deeper. */
const deepest = 64;

/**
 * Read the object or list that begins at `start`: with other quotes, raw line breaks, quotes that are
 * not escaped, keys without quotes, full-width signs, comments, thoughts, trailing or missing commas,
 * and the constants of other languages. Where it breaks off, what there is of it is given.
 *
 * @param to the text counts up to here
 * @returns the value, or the position at which it cannot be read: nothing is left out or made up
 */
export function readLoosely(text: string, start: number, to = text.length): LooseValue | number {
  const reader = new LooseReader(text.slice(start, to));
  let value: unknown;
  const take = (container: unknown): void => {
    value = container;
  };
  try {
    reader.container(take);
    return { value, end: start + reader.at, guessed: reader.guessed };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    if (error.why === 'unreadable') return start + reader.at;
    // A quote at the very end may stand in the middle of a text.
    const border =
      !reader.guessed && /[}\]\n]\s*$/u.test(text.slice(Math.max(start, to - 200), to));
    const betweenEntries = error.why === 'end-between-entries' && border;
    const cut = { brackets: reader.open.join(''), betweenEntries };
    return { value, end: to, guessed: reader.guessed, cut };
  }
}

class Stop extends Error {
  readonly why: 'unreadable' | 'end' | 'end-between-entries';

  constructor(why: Stop['why']) {
    super(why);
    this.why = why;
  }
}

const asciiOf: Readonly<Record<string, string>> = {
  '｛': '{',
  '｝': '}',
  '［': '[',
  '］': ']',
  '：': ':',
  '=': ':',
  '，': ',',
  '、': ',',
  '；': ',',
  ';': ',',
};

const space = /[\s\u200b\ufeff]+/uy;
const comment = /\/\/[^\n]*|\/\*[^]*?\*\/|#[^\n]*|<!--[^]*?-->/uy;
/** What stands for something that was left out. */
const leftOut = /\.\.\.|…/u;
const bareKey = /[\p{L}_$][\p{L}\p{M}\p{N}_$-]{0,60}/uy;
const number = /[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?(?![\p{L}\p{N}_.])/iuy;
const bareWord =
  /-?[\p{L}_][\p{L}\p{M}\p{N}_-]{0,40}(?=\s*(?:[,，;；}\]｝］#]|\/[/*]|$)|[^\S\n]*\n)/uy;

const constants: ReadonlyMap<string, unknown> = new Map([
  ['true', true],
  ['false', false],
  ...['null', 'none', 'nil', 'nan', 'undefined', 'infinity', '-infinity'].map(
    (name) => [name, null] as const,
  ),
]);

type Take = (value: unknown) => void;

class LooseReader {
  at = 0;
  guessed = false;
  /** The closing brackets that are still to come, the innermost first. */
  readonly open: string[] = [];
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** @param take is given the object or list when it begins, so that it is there if the text ends */
  container(take: Take): void {
    if (this.sign() === '{') this.object(take);
    else this.list(take);
  }

  private object(take: Take): void {
    const object: Record<string, unknown> = {};
    this.enter('}');
    take(object);
    let place: StringPlace = 'member';
    while (!this.closes('}')) {
      const quoted = opensString(this.text, this.at);
      if (!quoted) place = 'bare-member';
      const key = quoted ? this.string('key') : (this.match(bareKey) ?? this.stop());
      this.skip();
      if (this.sign() !== ':') this.stop();
      this.at++;
      if (this.text.charAt(this.at) === '>') this.at++;
      this.skip();
      this.value(place, (value) => {
        // The same key again comes of a quote in the wrong place.
        if (this.guessed && Object.hasOwn(object, key)) throw new Stop('unreadable');
        // An assignment could reach the object's prototype.
        Object.defineProperty(object, key, {
          value,
          writable: true,
          enumerable: true,
          configurable: true,
        });
      });
    }
  }

  private list(take: Take): void {
    const list: unknown[] = [];
    this.enter(']');
    take(list);
    while (!this.closes(']')) this.value('item', (value) => list.push(value));
  }

  private enter(closer: string): void {
    if (this.open.length >= deepest) throw new Stop('unreadable');
    this.open.unshift(closer);
    this.at++;
  }

  /** Whether the object or list ends here, instead of going on with another entry. */
  private closes(closer: string): boolean {
    const before = this.text.charAt(this.at - 1);
    const from = this.at;
    this.skip();
    while (this.sign() === ',') {
      this.at++;
      this.skip();
    }
    if (this.at >= this.text.length) throw new Stop('end-between-entries');
    const sign = this.sign();
    if (sign === closer) {
      this.at++;
      this.open.shift();
      return true;
    }
    const apart = this.at > from || /[[{｛［]/u.test(before);
    if (apart || /[}｝]/u.test(before)) return false;
    throw new Stop('unreadable');
  }

  private value(place: StringPlace, take: Take): void {
    const sign = this.sign();
    if (sign === '{' || sign === '[') {
      this.container(take);
    } else if (opensString(this.text, this.at)) take(this.string(place));
    else {
      const figures = this.match(number);
      const word = figures ?? this.match(bareWord) ?? this.stop();
      // It may go on where the text ends.
      if (this.at >= this.text.length) throw new Stop('end');
      const name = word.toLowerCase();
      if (figures !== undefined) take(Number(figures));
      else if (constants.has(name)) take(constants.get(name));
      // A word in brackets is rather prose than a list.
      else if (place === 'item') throw new Stop('unreadable');
      else take(word);
    }
  }

  private string(place: StringPlace): string {
    const found = findString(this.text, this.at, place);
    if (found.end === undefined) {
      this.at = this.text.length;
      // One that has an end, and does not end itself, has a quote where none may be.
      throw new Stop(
        found.passed > 0 && /[}\]`]\s*$/u.test(this.text.slice(-99)) ? 'unreadable' : 'end',
      );
    }
    if (found.passed > 0) this.guessed = true;
    // With a quote that has no partner two entries may have become one, or one two.
    if (place === 'item' && found.passed % 2 === 1) throw new Stop('unreadable');
    this.at = found.end;
    return saidIn(this.text.slice(found.contentStart, found.contentEnd));
  }

  /** Go past what says nothing. */
  private skip(): void {
    for (;;) {
      const from = this.at;
      this.match(space);
      const said = this.match(comment);
      if (said !== undefined && leftOut.test(said)) throw new Stop('unreadable');
      const thought = thoughtAt(this.text, this.at);
      if (thought !== undefined) {
        const end = endOfThought(this.text, thought.family, thought.end)?.end;
        this.at = end ?? this.text.length;
      }
      if (this.at === from) return;
    }
  }

  private sign(): string {
    const sign = this.text.charAt(this.at);
    return asciiOf[sign] ?? sign;
  }

  private match(expression: RegExp): string | undefined {
    expression.lastIndex = this.at;
    const found = expression.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private stop(): never {
    throw new Stop(this.at >= this.text.length ? 'end' : 'unreadable');
  }
}
