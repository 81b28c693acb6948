import type { ResponseBody } from './response-body.ts';
import type { ReceivableBody, ReceiveBuffer } from './receive-buffer.ts';

/** A body that comes through undici, for readers that hand out the space themselves. */
export class BodyIntoBuffer implements ReceivableBody {
  private readonly body: ResponseBody;
  private readonly free: () => void;
  private wake: (() => void) | undefined;
  private paused = false;
  private reason: Error | undefined;
  private readonly idleMs: number;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param idleMs how long nothing may come once something has, in milliseconds
   * @param free called when the connection is no longer in use
   */
  constructor(body: ResponseBody, idleMs: number, free: () => void) {
    this.body = body;
    this.idleMs = idleMs;
    this.free = free;
  }

  async into(buffer: ReceiveBuffer): Promise<void> {
    try {
      for await (const chunk of this.body) {
        for (let at = 0; at < chunk.length && this.reason === undefined;) {
          const space = buffer.space();
          const count = Math.min(space.length, chunk.length - at);
          space.set(chunk.subarray(at, at + count));
          at += count;
          buffer.filled(count);
          clearTimeout(this.timer);
          if (this.paused) await this.resumed();
        }
        this.listen();
        if (this.reason !== undefined) break;
      }
    } catch (error) {
      throw this.reason ?? error;
    } finally {
      clearTimeout(this.timer);
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
    this.body.discard();
    this.resume();
    this.free();
  }

  /** Only while we listen ourselves is it the server's silence. */
  private listen(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.discard(Object.assign(new Error('The server fell silent.'), { code: 'BODY_TIMEOUT' }));
    }, this.idleMs);
  }

  private async resumed(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
  }
}
