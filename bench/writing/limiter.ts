import type { Limits } from './endpoint-conditions.ts';

const minuteMs = 60_000;

/** Decides which requests the endpoint refuses. */
export class Limiter {
  private readonly limits: Limits;
  private readonly scale: number;
  /** When the requests of the last minute were taken, in milliseconds of life. */
  private taken: number[] = [];
  private scenesAnswered = 0;

  constructor(limits: Limits, scale: number) {
    this.limits = limits;
    this.scale = scale;
  }

  /**
   * @param atOnce requests under way
   * @returns the headers of the refusal, or `undefined` when the request is taken
   */
  admit(atOnce: number): Record<string, string> | undefined {
    const { retryAfterMs, perMinute } = this.limits;
    if (atOnce >= this.places) {
      return retryAfterMs === undefined ? {} : { 'retry-after-ms': String(retryAfterMs) };
    }
    if (perMinute !== undefined) {
      this.forget();
      if (this.taken.length >= perMinute) {
        return { ...this.headers(), 'retry-after-ms': String(Math.ceil(this.resetMs())) };
      }
      this.taken.push(this.now());
    }
    return undefined;
  }

  /** A scene was answered to its end. */
  answered(): void {
    this.scenesAnswered++;
  }

  /** What every answer tells about the limits. */
  headers(): Record<string, string> {
    const { perMinute } = this.limits;
    if (perMinute === undefined) return {};
    return {
      'x-ratelimit-limit-requests': String(perMinute),
      'x-ratelimit-remaining-requests': String(perMinute - this.taken.length),
      'x-ratelimit-reset-requests': `${Math.ceil(this.resetMs())}ms`,
    };
  }

  private get places(): number {
    const { atOnce, drop } = this.limits;
    if (drop !== undefined && this.scenesAnswered >= drop.after) return drop.atOnce;
    return atOnce ?? Infinity;
  }

  /** Until the next place within the minute is free, in milliseconds of life. */
  private resetMs(): number {
    const [first] = this.taken;
    return first === undefined ? 0 : Math.max(0, first + minuteMs - this.now());
  }

  private forget(): void {
    const since = this.now() - minuteMs;
    this.taken = this.taken.filter((at) => at > since);
  }

  private now(): number {
    return performance.now() * this.scale;
  }
}
