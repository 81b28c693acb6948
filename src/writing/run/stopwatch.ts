/** Adds up the times between `start` and `stop`, in milliseconds. Starting it twice does nothing. */
export class Stopwatch {
  private readonly now: () => number;
  private since: number | undefined;
  private sum = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  start(): void {
    this.since ??= this.now();
  }

  stop(): void {
    if (this.since !== undefined) this.sum += this.now() - this.since;
    this.since = undefined;
  }

  get elapsed(): number {
    return this.sum;
  }
}
