/** Bytes per second over the last few seconds. */
export class SpeedMeter {
  private readonly windowMs: number;
  private readonly samples: { readonly at: number; readonly bytes: number }[] = [];

  constructor(windowMs = 3000) {
    this.windowMs = windowMs;
  }

  /** Note that `bytes` were here in all at the moment `at`, in milliseconds. */
  note(at: number, bytes: number): void {
    const last = this.samples.at(-1);
    // Beginning anew is not a negative speed.
    if (last !== undefined && bytes < last.bytes) this.samples.length = 0;
    this.samples.push({ at, bytes });
    while (this.samples.length > 2 && at - (this.samples[1]?.at ?? at) >= this.windowMs) {
      this.samples.shift();
    }
  }

  /** Absent until there is something to measure. */
  get bytesPerSecond(): number | undefined {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (first === undefined || last === undefined || last.at <= first.at) return undefined;
    return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
  }
}
