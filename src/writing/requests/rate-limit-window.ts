import type { RateLimits } from '../../net/rate-limit-headers.ts';

/**
 * How many requests may be sent before a limit of the service is renewed, as the headers of its
 * answers tell it. Without such headers nothing is held back.
 *
 * The length of the period is not in the headers, so no steady rate is made of them: what is allowed
 * is sent as places become free, and the rest waits for the renewal.
 */
export class RateLimitWindow {
  private sent = 0;
  /** What was told last: the request whose answer told it, and what was left at that moment. */
  private told: { readonly ticket: number; readonly remaining: number } | undefined;
  private renewedAt = 0;
  /** The longest time to a renewal that was told: the nearest thing to the period's length. */
  private periodMs = 0;

  /** A request is sent. @returns its ticket for {@link tell} */
  send(): number {
    return ++this.sent;
  }

  /** The headers of an answer are here. @param now in milliseconds */
  tell(ticket: number, limits: RateLimits, now: number): void {
    const { remaining, resetMs } = limits;
    // Without a moment of renewal there would be nothing to wait for.
    if (remaining === undefined || resetMs === undefined) return;
    if (this.told !== undefined && ticket < this.told.ticket) return;
    this.periodMs = Math.max(this.periodMs, resetMs);
    this.told = { ticket, remaining };
    this.renewedAt = now + resetMs;
  }

  /** A request has ended, and nothing in its answer was about a limit. */
  untold(ticket: number): void {
    // A service that tells of its limits only while it refuses holds nothing back otherwise.
    if (this.told !== undefined && ticket > this.told.ticket) this.told = undefined;
  }

  /** Milliseconds until one more request may be sent. */
  waitMs(now: number): number {
    if (this.told === undefined) return 0;
    if (now >= this.renewedAt) {
      // Whether all of it is renewed at once or only one request's worth, the next answer tells.
      this.told = { ticket: this.sent, remaining: 1 };
      this.renewedAt = now + this.periodMs;
      return 0;
    }
    // Requests sent after that one may not have been counted yet.
    const left = this.told.remaining - (this.sent - this.told.ticket);
    return left > 0 ? 0 : this.renewedAt - now;
  }
}
