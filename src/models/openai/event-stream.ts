import { tooLong } from '../../net/bounded-body.ts';

/** The longest line, and the most data of one event, in characters: more than any whole answer. */
const longestEvent = 4 * 1024 * 1024;

/** What a line takes although there may be nothing in it. */
const bytesOfLine = 64;

/** Milliseconds that the end of a connection may take after the end of the answer. */
const patienceMs = 2000;

/**
 * Read a stream of server-sent events until `[DONE]` or its end. Not with the SDK's reader: that one
 * takes lines and events of any length, hangs up where the connection could be used again, and drops
 * the count of tokens beside an error.
 *
 * @param onData takes the data of each event; what it throws ends the reading
 * @param onBytes called for everything that arrives, comments included, after its events
 * @throws what the connection or `onData` throws; ScenewrightError `bad-answer` where a line or an
 *   event has no end
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  onData: (data: string) => void,
  onBytes: () => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const events = new EventLines(onData);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const over = events.take(decoder.decode(value, { stream: true }));
      onBytes();
      if (!over) continue;
      void leave(reader);
      return;
    }
  } catch (error) {
    reader.cancel().catch(ignore);
    throw error;
  }
  events.end();
  onBytes();
}

/** Wait for the end of the connection, which can then be used again; nobody waits for this. */
async function leave(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const timer = setTimeout(() => {
    reader.cancel().catch(ignore);
  }, patienceMs);
  timer.unref();
  try {
    while (!(await reader.read()).done);
  } catch {
    // The answer is complete; how its connection ends does not matter.
  } finally {
    clearTimeout(timer);
  }
}

function ignore(): void {
  // A connection that is given up may end as it likes.
}

/** Puts the lines of an event stream together, however they are cut up. */
class EventLines {
  private readonly onData: (data: string) => void;
  /** The line that has not ended yet, in the pieces in which it comes. */
  private pieces: string[] = [];
  private length = 0;
  private data: string[] = [];
  private dataLength = 0;

  constructor(onData: (data: string) => void) {
    this.onData = onData;
  }

  /** @returns whether this was the end */
  take(text: string): boolean {
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      this.keep(text.slice(start, end));
      start = end + 1;
      if (this.line(this.taken())) return true;
    }
    this.keep(text.slice(start));
    return false;
  }

  /** Some services leave out the empty line after the last event. */
  end(): void {
    if (this.length > 0) this.line(this.taken());
    this.line('');
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
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }

  private line(line: string): boolean {
    if (line.startsWith('data:')) {
      const value = line.slice(line[5] === ' ' ? 6 : 5);
      this.dataLength += value.length + bytesOfLine;
      if (this.dataLength > longestEvent) throw tooLong();
      this.data.push(value);
    } else if (line === '' && this.data.length > 0) {
      const data = this.data.join('\n');
      this.data = [];
      this.dataLength = 0;
      if (data.trim() === '[DONE]') return true;
      this.onData(data);
    }
    return false;
  }
}
