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

  private set(paused: boolean): void {
    if (this.isPaused === paused) return;
    this.isPaused = paused;
    this.changed.fire(paused);
  }
}
