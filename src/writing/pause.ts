import { Emitter } from '../base/events.ts';
import type { Event } from '../base/events.ts';

/** The writer's brake on a run: while it is on, nothing new is begun. */
export class PauseSwitch {
  private readonly changed = new Emitter<boolean>();
  private isPaused = false;

  /** Fires with the new state, only when it really changes. */
  readonly onDidChange: Event<boolean> = this.changed.event;

  get paused(): boolean {
    return this.isPaused;
  }

  pause(): void {
    this.set(true);
  }

  resume(): void {
    this.set(false);
  }

  /** Resolves once nothing is paused, or rejects with the signal's reason as soon as it aborts. */
  async wait(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.isPaused) return;
    await new Promise<void>((resolve, reject) => {
      const finish = (settle: () => void): void => {
        listening.dispose();
        signal.removeEventListener('abort', onAbort);
        settle();
      };
      const onAbort = (): void => {
        finish(() => {
          reject(signal.reason as Error);
        });
      };
      const listening = this.onDidChange((paused) => {
        if (!paused) finish(resolve);
      });
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  private set(paused: boolean): void {
    if (this.isPaused === paused) return;
    this.isPaused = paused;
    this.changed.fire(paused);
  }
}
