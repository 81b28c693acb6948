import type { Incoming } from './response-body.ts';
import type { Body, Sink } from './receive-buffer.ts';

/** A body that comes through undici, for readers that hand out the room themselves. */
export class IncomingBody implements Body {
  private readonly incoming: Incoming;
  private readonly free: () => void;
  private wake: (() => void) | undefined;
  private paused = false;
  private reason: Error | undefined;

  /** @param free called when the connection is no longer in use */
  constructor(incoming: Incoming, free: () => void) {
    this.incoming = incoming;
    this.free = free;
  }

  async into(sink: Sink): Promise<void> {
    try {
      for await (const chunk of this.incoming) {
        for (let at = 0; at < chunk.length && this.reason === undefined;) {
          const room = sink.room();
          const count = Math.min(room.length, chunk.length - at);
          room.set(chunk.subarray(at, at + count));
          at += count;
          sink.filled(count);
          if (this.paused) await this.resumed();
        }
        if (this.reason !== undefined) break;
      }
    } catch (error) {
      throw this.reason ?? error;
    } finally {
      this.free();
    }
    if (this.reason !== undefined) throw this.reason;
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.wake?.();
  }

  discard(reason: Error = new Error('The rest of the answer was not wanted.')): void {
    this.reason ??= reason;
    this.incoming.discard();
    this.resume();
    this.free();
  }

  private async resumed(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
  }
}
