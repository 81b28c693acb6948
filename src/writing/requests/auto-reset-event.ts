/** Wakes one waiter. What is given while nobody waits is remembered, once. */
export class AutoResetEvent {
  private given = false;
  private resolve: (() => void) | undefined;

  set(): void {
    this.given = true;
    this.resolve?.();
  }

  /** Resolves at the next news, at once if there was some since the last time. */
  async wait(): Promise<void> {
    if (!this.given) await new Promise<void>((resolve) => (this.resolve = resolve));
    this.given = false;
    this.resolve = undefined;
  }
}
