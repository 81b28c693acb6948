/** How long a run has been at work, without its pauses. All times are in milliseconds. */
export class RunClock {
  private readonly startedAt: number;
  private pausedAt: number | undefined;
  private pausedMs = 0;
  private endedAt: number | undefined;

  constructor(startedAt: number) {
    this.startedAt = startedAt;
  }

  get isPaused(): boolean {
    return this.pausedAt !== undefined;
  }

  pause(at: number): void {
    this.pausedAt = at;
  }

  resume(at: number): void {
    if (this.pausedAt === undefined) return;
    this.pausedMs += at - this.pausedAt;
    this.pausedAt = undefined;
  }

  end(at: number): void {
    this.resume(at);
    this.endedAt ??= at;
  }

  elapsedMs(at: number): number {
    const until = this.endedAt ?? this.pausedAt ?? at;
    return Math.max(0, until - this.startedAt - this.pausedMs);
  }
}
