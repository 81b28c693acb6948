/**
 * Carries values from a producer that never waits to one consumer that takes its time.
 *
 * A value may replace an untaken one of the same kind (see {@link push}), which keeps a slow
 * consumer from being buried; and a producer may wait until a value has been worked off (see
 * {@link deliver}).
 */
export class EventQueue<T> {
  /** In the order of arrival; a value without a key gets a number of its own. */
  private readonly entries = new Map<string | number, Queued<T>>();
  private arrivals = 0;
  private wake: (() => void) | undefined;
  private closed = false;

  /** @param key an untaken value of the same key is dropped for this one */
  push(value: T, key?: string): void {
    if (this.closed) return;
    if (key !== undefined) this.entries.delete(key);
    this.add(key, { value, settle: undefined });
  }

  /** Resolves with `true` once the consumer has come back for more, `false` if it never will. */
  deliver(value: T): Promise<boolean> {
    if (this.closed) return Promise.resolve(false);
    return new Promise((settle) => {
      this.add(undefined, { value, settle });
    });
  }

  /** No more values will come; those already there can still be taken. */
  end(): void {
    this.closed = true;
    this.wake?.();
  }

  /** The values in order, until the end. Leaving the loop early tells every waiting producer so. */
  async *values(): AsyncGenerator<T, void> {
    let current: Settle | undefined;
    try {
      for (;;) {
        const entry = this.take();
        if (entry === undefined) {
          if (this.closed) return;
          await new Promise<void>((resolve) => (this.wake = resolve));
          continue;
        }
        current = entry.settle;
        yield entry.value;
        current?.(true);
        current = undefined;
      }
    } finally {
      this.closed = true;
      current?.(false);
      for (const { settle } of this.entries.values()) settle?.(false);
      this.entries.clear();
    }
  }

  private add(key: string | undefined, entry: Queued<T>): void {
    this.entries.set(key ?? ++this.arrivals, entry);
    this.wake?.();
  }

  private take(): Queued<T> | undefined {
    for (const [key, entry] of this.entries) {
      this.entries.delete(key);
      return entry;
    }
    return undefined;
  }
}

interface Queued<T> {
  readonly value: T;
  readonly settle: Settle | undefined;
}

type Settle = (taken: boolean) => void;
