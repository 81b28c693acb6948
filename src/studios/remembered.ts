import type { Clock } from '../base/clock.ts';
import { ScenewrightError, isCancelled } from '../base/errors.ts';

/** What a service tells about itself is asked anew after so long, in milliseconds. */
const freshMs = 5 * 60_000;

/** One that did not answer is not waited for again for so long, in milliseconds. */
const sulkMs = 60_000;

/**
 * Something that changes rarely: asked once in a while, by all who want it at once together, and kept
 * when it cannot be asked.
 */
export class Remembered<T> {
  private readonly clock: Clock;
  private known: { readonly value: T; readonly askedAt: number } | undefined;
  private failed: { readonly error: unknown; readonly askedAt: number } | undefined;
  private asking: Promise<T> | undefined;

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
    if (this.failed !== undefined && now - this.failed.askedAt < sulkMs) {
      if (this.known === undefined) throw this.failed.error;
      return this.known.value;
    }
    const shared = this.asking;
    try {
      return await (shared ?? this.askNow(ask));
    } catch (error) {
      // Whoever asked has stopped; that is nothing to who waited with them.
      if (shared !== undefined && isCancelled(error)) return await this.get(ask);
      if (this.known === undefined || isCancelled(error)) throw error;
      return this.known.value;
    }
  }

  private async askNow(ask: () => Promise<T>): Promise<T> {
    const askedAt = this.clock.now();
    this.asking = ask();
    try {
      const value = await this.asking;
      this.known = { value, askedAt };
      this.failed = undefined;
      return value;
    } catch (error) {
      // What it says of a key or an address may be mended any moment.
      if (error instanceof ScenewrightError && error.code === 'network') {
        this.failed = { error, askedAt: this.clock.now() };
      }
      throw error;
    } finally {
      this.asking = undefined;
    }
  }
}
