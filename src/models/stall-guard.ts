/**
 * Aborts a request that has gone silent. Every sign of life starts the time anew; before the first
 * one there is more patience, because a model may have to be loaded, or think, before it speaks.
 */
export class StallGuard {
  private readonly controller = new AbortController();
  private readonly idleMs: number;
  private timer: NodeJS.Timeout;

  /**
   * @param signal the caller's own wish to stop, passed on through {@link signal}
   * @param firstMs milliseconds until the first sign of life
   * @param idleMs milliseconds between two signs of life
   */
  constructor(signal: AbortSignal, firstMs: number, idleMs: number) {
    this.idleMs = idleMs;
    this.signal = AbortSignal.any([signal, this.controller.signal]);
    this.timer = this.arm(firstMs);
  }

  /** Aborts when the caller does, or when the request has stalled. */
  readonly signal: AbortSignal;

  get stalled(): boolean {
    return this.controller.signal.aborted;
  }

  /** A sign of life. */
  alive(): void {
    clearTimeout(this.timer);
    this.timer = this.arm(this.idleMs);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private arm(ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.controller.abort();
    }, ms);
  }
}
