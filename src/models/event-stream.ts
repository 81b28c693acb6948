/** Milliseconds that the end of a connection may take after the end of the answer. */
const patienceMs = 2000;

/**
 * Read a stream of server-sent events until `[DONE]` or its end.
 *
 * @param onData takes the data of each event; what it throws ends the reading
 * @param onBytes called for everything that arrives, comments included, after its events
 * @throws what the connection or `onData` throws
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
  private rest = '';
  private data: string | undefined;

  constructor(onData: (data: string) => void) {
    this.onData = onData;
  }

  /** @returns whether this was the end */
  take(text: string): boolean {
    this.rest += text;
    let start = 0;
    for (let end = this.rest.indexOf('\n'); end !== -1; end = this.rest.indexOf('\n', start)) {
      const line = this.rest.slice(start, this.rest[end - 1] === '\r' ? end - 1 : end);
      start = end + 1;
      if (this.line(line)) return true;
    }
    this.rest = this.rest.slice(start);
    return false;
  }

  /** Some services leave out the empty line after the last event. */
  end(): void {
    if (this.rest !== '') this.line(this.rest);
    this.line('');
  }

  private line(line: string): boolean {
    if (line.startsWith('data:')) {
      const value = line.slice(line[5] === ' ' ? 6 : 5);
      this.data = this.data === undefined ? value : `${this.data}\n${value}`;
    } else if (line === '' && this.data !== undefined) {
      const { data } = this;
      this.data = undefined;
      if (data.trim() === '[DONE]') return true;
      this.onData(data);
    }
    return false;
  }
}
