import { parsedJson } from '../../base/parsed-json.ts';
import { tooLong } from '../../net/bounded-body.ts';

/** What an answer is made of, as it comes in. */
export interface AnswerParts {
  /** A piece of data, under the name of its event if it has one. */
  value(value: unknown, event: string): void;
  /** Something that is no data: a sign of life, or what went wrong. */
  words(words: string, event: string): void;
  /** A web page. */
  page(html: string): void;
  /** Something that was data, and cannot be read any more. */
  damaged(): void;
  /** The service says that this was all. */
  over(): void;
}

/** The longest line, and the most data of one event, in characters: more than any whole answer. */
const longestEvent = 4 * 1024 * 1024;

/** What a line takes although there may be nothing in it. */
const bytesOfLine = 64;

/**
 * Puts the lines of an answer together, however they are cut up and end, and its lines to parts:
 *
 * - events as the standard has them, and those without an empty line between them, of which most
 *   services send each in one line: what can be read as it stands is a part at once;
 * - JSON without any of that, one value in a line (Ollama's own way) or over many lines;
 * - a page, and words, which services put where either was expected.
 */
export class AnswerLines {
  private readonly parts: AnswerParts;
  /** The line that has not ended yet, in the pieces in which it comes. */
  private pieces: string[] = [];
  private length = 0;
  /** Whether the last piece ended with a carriage return, to which a line feed may still belong. */
  private halfEnded = false;
  private event = '';
  /** Lines of data that mean nothing each by itself. */
  private data: string[] = [];
  private dataLength = 0;
  /** Whether they came without the name of a field, and so may go on over empty lines. */
  private isBare = false;
  /** How much of them there was when it was last tried whether that is all. */
  private lookedAt = 0;

  constructor(parts: AnswerParts) {
    this.parts = parts;
  }

  /** @returns whether this was the end */
  take(text: string): boolean {
    let start = this.halfEnded && text.startsWith('\n') ? 1 : 0;
    if (text !== '') this.halfEnded = text.endsWith('\r');
    for (const { index, 0: ending } of text.matchAll(/\r\n|[\r\n]/g)) {
      if (index < start) continue;
      this.keep(text.slice(start, index));
      start = index + ending.length;
      if (this.line(this.taken())) return true;
    }
    this.keep(text.slice(start));
    return false;
  }

  /** Some services leave out the empty line after the last event. */
  end(): void {
    if (this.length > 0) this.line(this.taken());
    this.flush();
  }

  private keep(piece: string): void {
    if (piece === '') return;
    this.length += piece.length;
    if (this.length > longestEvent) throw tooLong();
    this.pieces.push(piece);
  }

  private taken(): string {
    const line = this.pieces.join('');
    this.pieces = [];
    this.length = 0;
    return line;
  }

  private line(line: string): boolean {
    if (this.isBare) {
      this.bare(line);
      return false;
    }
    // Some proxies put the name of the field before what has it already.
    const data = /^\s*(?:data:\s*)+/.exec(line)?.[0];
    if (data !== undefined) return this.dataLine(line.slice(data.length));
    const field = /^\s*(event|id|retry)\s*:\s*(.*)$/.exec(line);
    if (field !== null) {
      if (field[1] === 'event') {
        this.flush();
        this.event = field[2] ?? '';
      }
    } else if (line.trim() === '') this.flush();
    else if (!line.startsWith(':')) {
      this.flush();
      this.bare(line);
    }
    return false;
  }

  private dataLine(data: string): boolean {
    const text = data.trim();
    if (/^\[?DONE\]?$/i.test(text)) {
      this.flush();
      this.parts.over();
      return true;
    }
    const value = readable(text);
    if (value !== undefined && (this.data.length === 0 || isPart(value))) {
      this.flushLines();
      this.parts.value(value, this.event);
    } else if (this.data.length > 0 || /^[{["]/.test(text)) this.hold(data);
    else if (text !== '') this.parts.words(text, this.event);
    return false;
  }

  /** A line of no event. */
  private bare(line: string): void {
    const text = line.trim();
    if (!this.isBare) {
      const value = readable(text);
      if (value !== undefined) {
        this.parts.value(value, '');
        return;
      }
      if (!/^[{[<]/.test(text)) {
        this.parts.words(text, '');
        return;
      }
    }
    this.isBare = true;
    this.hold(line);
    // A value over many lines ends as it begins.
    if (!/^[}\]]/.test(line) || this.dataLength < 2 * this.lookedAt) return;
    this.lookedAt = this.dataLength;
    if (readable(this.data.join('\n')) !== undefined) this.flush();
  }

  private hold(line: string): void {
    this.dataLength += line.length + bytesOfLine;
    if (this.dataLength > longestEvent) throw tooLong();
    this.data.push(line);
  }

  private flush(): void {
    this.flushLines();
    this.event = '';
  }

  private flushLines(): void {
    const lines = this.data;
    this.data = [];
    this.dataLength = 0;
    this.isBare = false;
    this.lookedAt = 0;
    if (lines.length === 0) return;
    const text = lines.join('\n');
    const value = readable(text);
    if (value !== undefined) this.parts.value(value, this.event);
    else if (text.trimStart().startsWith('<')) this.parts.page(text);
    else this.parts.damaged();
  }
}

/** Whether a value can be nothing but a part of an answer. */
function isPart(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    ('choices' in value || 'error' in value || 'object' in value)
  );
}

function readable(text: string): unknown {
  return /^\s*[{["]/.test(text) ? parsedJson(text) : undefined;
}
