import type { Clock } from '../../../src/base/clock.ts';

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/** What the process is at work on, as far as it is no timer and no idle pipe. */
const busy = /^(?:FS|FileHandle|CloseReq|FSReq)/;

/** So many turns of the loop without anything to do, and nobody does anything any more. */
const quietTurns = 6;

/**
 * Time that stands still while anybody works, and jumps to when the next sleeper wakes as soon as nobody does: what
 * takes time is only what sleeps, however slow the machine is.
 */
export class VirtualTime implements Clock {
  private time = 1_000_000;
  private readonly sleepers = new Set<Sleeper>();
  private isOver = false;

  constructor() {
    void this.run();
  }

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason as Error);
        return;
      }
      const sleeper: Sleeper = {
        at: this.time + ms,
        wake: () => {
          this.sleepers.delete(sleeper);
          resolve();
        },
      };
      this.sleepers.add(sleeper);
      signal?.addEventListener('abort', () => {
        if (this.sleepers.delete(sleeper)) reject(signal.reason as Error);
      });
    });
  }

  stop(): void {
    this.isOver = true;
  }

  private async run(): Promise<void> {
    for (let quiet = 0; !this.isOver;) {
      await new Promise((resolve) => setImmediate(resolve));
      const isBusy = process.getActiveResourcesInfo().some((one) => busy.test(one));
      quiet = isBusy ? 0 : quiet + 1;
      if (quiet < quietTurns) continue;
      quiet = 0;
      const next = Math.min(...[...this.sleepers].map(({ at }) => at));
      if (!Number.isFinite(next)) continue;
      this.time = Math.max(this.time, next);
      for (const sleeper of [...this.sleepers]) if (sleeper.at <= next) sleeper.wake();
    }
  }
}
