/**
 * Carries values from a producer that never waits to one consumer that takes its time.
 *
 * A value may replace an untaken one of the same kind (see {@link push}), which keeps a slow
 * consumer from being buried; and a producer may wait until a value has been worked off (see
 * {@link deliver}).
 */
export class EventQueue<T> {
  private readonly entries: { value: T; key: string | undefined; settle: Settle | undefined }[] =
    [];
  private wake: (() => void) | undefined;
  private closed = false;

  /** @param key an untaken value of the same key is dropped for this one */
  push(value: T, key?: string): void {
    if (this.closed) return;
    if (key !== undefined) {
      const older = this.entries.findIndex((entry) => entry.key === key);
      if (older !== -1) this.entries.splice(older, 1);
    }
    this.entries.push({ value, key, settle: undefined });
    this.wake?.();
  }

  /** Resolves with `true` once the consumer has come back for more, `false` if it never will. */
  deliver(value: T): Promise<boolean> {
    if (this.closed) return Promise.resolve(false);
    return new Promise((settle) => {
      this.entries.push({ value, key: undefined, settle });
      this.wake?.();
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
        const entry = this.entries.shift();
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
      for (const { settle } of this.entries.splice(0)) settle?.(false);
    }
  }
}

type Settle = (taken: boolean) => void;
