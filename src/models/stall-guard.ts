/**
 * Aborts a request that has gone silent. Every sign of life starts the time anew; before the first
 * one there is more patience, because a model may have to be loaded, or think, before it speaks.
 */
export class StallGuard {
  /** Whether the request was given up because nothing came. */
  stalled = false;
  private readonly controller = new AbortController();
  private readonly caller: AbortSignal;
  private readonly idleMs: number;
  private timer: NodeJS.Timeout;
  private spoken = false;

  /**
   * @param caller the caller's own wish to stop, passed on through {@link signal}
   * @param firstMs milliseconds until the first sign of life
   * @param idleMs milliseconds between two signs of life
   */
  constructor(caller: AbortSignal, firstMs: number, idleMs: number) {
    this.caller = caller;
    this.idleMs = idleMs;
    this.timer = setTimeout(this.giveUp, firstMs);
    caller.addEventListener('abort', this.stop);
    if (caller.aborted) this.stop();
  }

  /** Aborts when the caller does, or when the request has stalled. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** A sign of life. */
  alive(): void {
    if (this.spoken) {
      this.timer.refresh();
      return;
    }
    this.spoken = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(this.giveUp, this.idleMs);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.caller.removeEventListener('abort', this.stop);
  }

  private readonly giveUp = (): void => {
    this.stalled = true;
    this.controller.abort();
  };

  private readonly stop = (): void => {
    this.controller.abort(this.caller.reason);
  };
}
