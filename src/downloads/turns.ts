interface Waiting {
  readonly size: number | undefined;
  readonly go: () => void;
}

/**
 * Lets so many tasks run at once. Of those that wait the largest goes first, because a large one that
 * begins last keeps everybody waiting at the end; those of unknown size follow in order.
 */
export class Turns {
  private parallel: number;
  private running = 0;
  private readonly waiting: Waiting[] = [];
  private looking = false;

  /** @param parallel tasks at once, at least 1 */
  constructor(parallel: number) {
    this.parallel = parallel;
  }

  /** Change how many run at once; those that run already go on. */
  setParallel(parallel: number): void {
    this.parallel = parallel;
    this.lookSoon();
  }

  /**
   * Run the task when it is its turn.
   *
   * @param size in bytes, where it is known
   * @throws the signal's reason as soon as it aborts before that, or what the task throws
   */
  async run<T>(task: () => Promise<T>, size: number | undefined, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const entry: Waiting = {
        size,
        go: () => {
          signal.removeEventListener('abort', stop);
          this.running++;
          resolve();
        },
      };
      const stop = (): void => {
        this.waiting.splice(this.waiting.indexOf(entry), 1);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', stop, { once: true });
      this.waiting.push(entry);
      this.lookSoon();
    });
    try {
      signal.throwIfAborted();
      return await task();
    } finally {
      this.running--;
      this.lookSoon();
    }
  }

  /** Not at once: of many that come together all shall be compared. */
  private lookSoon(): void {
    if (this.looking) return;
    this.looking = true;
    setImmediate(() => {
      this.looking = false;
      this.look();
    });
  }

  private look(): void {
    while (this.running < this.parallel) {
      const next = this.largest();
      if (next === undefined) return;
      this.waiting.splice(this.waiting.indexOf(next), 1);
      next.go();
    }
  }

  private largest(): Waiting | undefined {
    let largest: Waiting | undefined;
    for (const entry of this.waiting) {
      if (largest === undefined || (entry.size ?? -1) > (largest.size ?? -1)) largest = entry;
    }
    return largest;
  }
}
