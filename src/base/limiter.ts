/** How somebody waits for a limiter. */
export interface Turn {
  /** Whoever waits has left as soon as it aborts. */
  readonly signal?: AbortSignal;
  /**
   * The largest goes first, and of equal ones (0 where it is absent) the first. With a priority nobody
   * goes at once: of many that come together all shall be compared.
   */
  readonly priority?: number;
}

interface Waiting {
  readonly priority: number;
  readonly go: () => void;
}

/**
 * Lets so many go on at once; the others wait for their turn. For those who leave while they wait, go
 * by rank, or hold it for longer than a task; where nobody does, `p-limit` is enough.
 */
export class Limiter {
  private limit: number;
  private taken = 0;
  /** Whoever is next comes first. */
  private readonly waiting: Waiting[] = [];
  private looking = false;

  /** @param limit at least 1 */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** Change how many go on at once; those that do already are not held up. */
  setLimit(limit: number): void {
    this.limit = limit;
    this.letGo();
  }

  /** Whether somebody waits. */
  get isWanted(): boolean {
    return this.waiting.length > 0;
  }

  /** Whether nobody waits nor holds it. */
  get isIdle(): boolean {
    return this.taken === 0 && !this.isWanted;
  }

  /** Hold it if it is free and nobody waits for it; see {@link release}. */
  tryAcquire(): boolean {
    if (this.taken >= this.limit || this.isWanted) return false;
    this.taken++;
    return true;
  }

  /**
   * Resolves when it is held by the caller, who must {@link release} it.
   *
   * @throws the signal's reason when it aborts before that
   */
  async acquire({ signal, priority }: Turn = {}): Promise<void> {
    signal?.throwIfAborted();
    if (priority === undefined && this.tryAcquire()) return;
    await new Promise<void>((resolve, reject) => {
      const mine: Waiting = {
        priority: priority ?? 0,
        go: () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(mine), 1);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', leave, { once: true });
      const after = this.waiting.findLastIndex((other) => other.priority >= mine.priority);
      this.waiting.splice(after + 1, 0, mine);
      this.letGoSoon();
    });
  }

  release(): void {
    this.taken--;
    this.letGo();
  }

  /**
   * Do the task when it is its turn.
   *
   * @throws the signal's reason as soon as it aborts before that, or what the task throws
   */
  async run<T>(task: () => Promise<T>, turn: Turn = {}): Promise<T> {
    await this.acquire(turn);
    try {
      turn.signal?.throwIfAborted();
      return await task();
    } finally {
      this.release();
    }
  }

  private letGoSoon(): void {
    if (this.looking) return;
    this.looking = true;
    setImmediate(() => {
      this.looking = false;
      this.letGo();
    });
  }

  private letGo(): void {
    while (this.taken < this.limit) {
      const next = this.waiting.shift();
      if (next === undefined) return;
      this.taken++;
      next.go();
    }
  }
}

/** The same limit for each of several things by itself, such as servers: none holds up another. */
export class LimiterPerKey {
  private limit: number;
  private readonly limiters = new Map<string, Limiter>();

  /** @param limit at least 1 */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** @see Limiter.setLimit */
  setLimit(limit: number): void {
    this.limit = limit;
    for (const limiter of this.limiters.values()) limiter.setLimit(limit);
  }

  /** The limiter of one of them; not to be kept by who neither waits for it nor holds it. */
  of(key: string): Limiter {
    let limiter = this.limiters.get(key);
    if (limiter === undefined) {
      for (const [other, { isIdle }] of this.limiters) if (isIdle) this.limiters.delete(other);
      this.limiters.set(key, (limiter = new Limiter(this.limit)));
    }
    return limiter;
  }
}
