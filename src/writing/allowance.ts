import type { RateLimits } from '../net/hints.ts';

/**
 * How many requests may be sent before an allowance of the service is renewed, as the headers of its
 * answers tell it. Without such headers nothing is held back.
 *
 * The length of the period is not in the headers, so no steady rate is made of them: what is allowed
 * is sent as places become free, and the rest waits for the renewal.
 */
export class Allowance {
  private sent = 0;
  /** What was told last: the request whose answer told it, and what was left at that moment. */
  private told: { readonly ticket: number; readonly remaining: number } | undefined;
  private renewedAt = 0;
  private limit: number | undefined;
  /** The longest time to a renewal that was told: the nearest thing to the period's length. */
  private periodMs = 0;

  /** A request is sent. @returns its ticket for {@link tell} */
  send(): number {
    return ++this.sent;
  }

  /** The headers of an answer are here. @param now in milliseconds */
  tell(ticket: number, limits: RateLimits, now: number): void {
    const { limit, remaining, resetMs } = limits;
    // Without a moment of renewal there would be nothing to wait for.
    if (remaining === undefined || resetMs === undefined) return;
    if (this.told !== undefined && ticket < this.told.ticket) return;
    this.limit = limit ?? this.limit;
    this.periodMs = Math.max(this.periodMs, resetMs);
    this.told = { ticket, remaining };
    this.renewedAt = now + resetMs;
  }

  /** Milliseconds until one more request may be sent. */
  waitMs(now: number): number {
    if (this.told === undefined) return 0;
    if (now >= this.renewedAt) {
      // A new period, of which only the limit is known until the next answer tells more.
      this.told =
        this.limit === undefined ? undefined : { ticket: this.sent, remaining: this.limit };
      this.renewedAt = now + this.periodMs;
      return 0;
    }
    // Requests sent after that one may not have been counted yet.
    const left = this.told.remaining - (this.sent - this.told.ticket);
    return left > 0 ? 0 : this.renewedAt - now;
  }
}
