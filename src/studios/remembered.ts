import type { Clock } from '../base/clock.ts';
import { isCancelled } from '../base/errors.ts';

/** What a service tells about itself is asked anew after so long, in milliseconds. */
const freshMs = 5 * 60_000;

/** Something that changes rarely: asked once in a while, and kept when it cannot be asked. */
export class Remembered<T> {
  private readonly clock: Clock;
  private known: { readonly value: T; readonly askedAt: number } | undefined;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /**
   * The value as it is known, or as `ask` finds it.
   *
   * @throws what `ask` throws, where nothing is known or somebody wants to stop
   */
  async get(ask: () => Promise<T>): Promise<T> {
    const now = this.clock.now();
    if (this.known !== undefined && now - this.known.askedAt < freshMs) return this.known.value;
    try {
      const value = await ask();
      this.known = { value, askedAt: now };
      return value;
    } catch (error) {
      if (this.known === undefined || isCancelled(error)) throw error;
      return this.known.value;
    }
  }
}
