import type { Clock } from './clock.ts';

/** The pauses between tries, in milliseconds: the first, and the longest that they grow to. */
const firstPauseMs = 2000;
const longestPauseMs = 60_000;

/**
 * Something that has to work once and may not yet, such as a folder on a disk that is not there. It
 * is tried again by itself, with growing pauses, and at once whenever somebody needs it.
 */
export class UntilItWorks {
  private readonly act: () => Promise<void>;
  private readonly clock: Clock;
  private readonly stopping = new AbortController();
  private worked = false;
  private trying: Promise<void> | undefined;
  private pauseMs = firstPauseMs;
  private waiting = false;

  constructor(act: () => Promise<void>, clock: Clock) {
    this.act = act;
    this.clock = clock;
  }

  /**
   * Resolves when it has worked: now, or before.
   *
   * @throws why it did not work now; it is tried again all the same
   */
  now(): Promise<void> {
    if (this.worked || this.stopping.signal.aborted) return Promise.resolve();
    return (this.trying ??= this.try().finally(() => {
      this.trying = undefined;
    }));
  }

  /** It does not work any more. */
  again(): void {
    this.worked = false;
    this.later();
  }

  /** Try no more by itself. */
  stop(): void {
    this.stopping.abort();
  }

  private async try(): Promise<void> {
    try {
      await this.act();
      this.worked = true;
      this.pauseMs = firstPauseMs;
    } catch (error) {
      this.later();
      throw error;
    }
  }

  private later(): void {
    const { signal } = this.stopping;
    if (this.waiting || signal.aborted) return;
    this.waiting = true;
    const pause = this.clock.sleep(this.pauseMs, signal);
    this.pauseMs = Math.min(this.pauseMs * 2, longestPauseMs);
    void pause
      .then(async () => {
        this.waiting = false;
        await this.now();
      })
      // Whoever needs it is told when they ask.
      .catch(() => undefined);
  }
}
