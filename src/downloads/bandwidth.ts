/** How far all downloads together may run ahead of the limit, in seconds. */
const burstSeconds = 0.1;

/** A limit that all downloads share: a bucket that fills at the allowed speed. */
export class Bandwidth {
  private limit: number;
  private readonly now: () => number;
  /** Bytes that may be taken at once; below zero is what has been taken too early. */
  private level = 0;
  private filledAt: number;
  private readonly waiting = new Map<() => void, NodeJS.Timeout>();

  /**
   * @param limit bytes per second, 0 for none
   * @param now milliseconds by any clock
   */
  constructor(limit = 0, now: () => number = () => performance.now()) {
    this.limit = Math.max(0, limit);
    this.now = now;
    this.filledAt = now();
  }

  get bytesPerSecond(): number {
    return this.limit;
  }

  /** Change the limit, for those that wait already as well. */
  set(bytesPerSecond: number): void {
    this.limit = Math.max(0, bytesPerSecond);
    this.level = Math.min(this.level, 0);
    this.filledAt = this.now();
    // Their waits were reckoned by the old limit; the next piece settles it by the new one.
    this.level = 0;
    for (const [go, timer] of [...this.waiting]) {
      clearTimeout(timer);
      this.waiting.delete(go);
      go();
    }
  }

  /** The most that should be read in one go. */
  get piece(): number {
    return this.limit === 0 ? Infinity : Math.max(4096, this.limit * (burstSeconds / 4));
  }

  /** Note bytes that have come. Returns how many milliseconds not to read on. */
  take(bytes: number): number {
    if (this.limit === 0) return 0;
    const now = this.now();
    const filled = this.level + ((now - this.filledAt) * this.limit) / 1000;
    this.level = Math.min(filled, this.limit * burstSeconds) - bytes;
    this.filledAt = now;
    return this.level >= 0 ? 0 : (-this.level * 1000) / this.limit;
  }

  /** Call `go` after `ms`, or at once when the limit changes. Returns how to forget about it. */
  wait(ms: number, go: () => void): () => void {
    const timer = setTimeout(() => {
      this.waiting.delete(go);
      go();
    }, ms);
    this.waiting.set(go, timer);
    return () => {
      clearTimeout(timer);
      this.waiting.delete(go);
    };
  }
}
