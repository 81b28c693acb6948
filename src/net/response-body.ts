/** Bytes that may wait to be read before the sender is asked to pause. */
const enough = 1024 * 1024;

/** What an answer's connection can be told. */
export interface BodyControls {
  pause(): void;
  resume(): void;
  /** Break off and let go of the connection. */
  close(): void;
}

/**
 * The body of an answer, as it comes in; to be read once. Unlike a stream it hands out all that has
 * arrived before it tells of a broken line, so that nothing has to be fetched twice.
 */
export class ResponseBody implements AsyncIterable<Uint8Array> {
  private readonly tap: BodyControls;
  private chunks: Uint8Array[] = [];
  private waiting = 0;
  private paused = false;
  private ended = false;
  private error: Error | undefined;
  private wake: (() => void) | undefined;

  constructor(tap: BodyControls) {
    this.tap = tap;
  }

  push(chunk: Uint8Array): void {
    this.chunks.push(chunk);
    this.waiting += chunk.length;
    if (this.waiting >= enough && !this.paused) {
      this.paused = true;
      this.tap.pause();
    }
    this.wake?.();
  }

  /** No more will come; with an error, because the line broke. */
  end(error?: Error): void {
    this.ended = true;
    this.error = error;
    this.wake?.();
  }

  /** Not interested in the rest. */
  discard(): void {
    this.chunks = [];
    if (!this.ended) this.tap.close();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    try {
      for (;;) {
        const chunks = this.chunks;
        this.chunks = [];
        this.waiting = 0;
        yield* chunks;
        if (this.chunks.length > 0) continue;
        if (this.ended) break;
        if (this.paused) {
          this.paused = false;
          this.tap.resume();
        }
        await this.news();
      }
      if (this.error !== undefined) throw this.error;
    } finally {
      this.discard();
    }
  }

  private async news(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      if (this.ended || this.chunks.length > 0) resolve();
    });
    this.wake = undefined;
  }
}
