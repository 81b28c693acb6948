/** Does something soon after it was wanted, and never more often than every so many milliseconds. */
export class Throttle {
  private readonly everyMs: number;
  private readonly act: () => void;
  private timer: NodeJS.Timeout | undefined;

  constructor(everyMs: number, act: () => void) {
    this.everyMs = everyMs;
    this.act = act;
  }

  /** However often it is wanted until then, it is done once. */
  soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.act();
    }, this.everyMs);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }
}
