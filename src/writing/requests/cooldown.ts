import type { Clock } from '../../base/clock.ts';
import type { ScenewrightError } from '../../base/errors.ts';
import type { Traffic } from '../../models/writer-model.ts';
import type { RateLimits } from '../../net/rate-limit-headers.ts';
import { RateLimitWindow } from './rate-limit-window.ts';
import { longestWaitMs } from './retry-rules.ts';

/**
 * Until when the service wants to be left alone: by its accounts where they tell, by its refusals
 * where they do not, and by the headers of its answers.
 */
export class Cooldown {
  private readonly clock: Clock;
  private readonly traffic: Traffic | undefined;
  private readonly window = new RateLimitWindow();
  private until = 0;
  private told = 0;

  constructor(clock: Clock, traffic: Traffic | undefined) {
    this.clock = clock;
    this.traffic = traffic;
  }

  /** Milliseconds until a request may be sent. */
  get ms(): number {
    const now = this.clock.now();
    const ms = Math.max(
      this.traffic?.readyInMs() ?? 0,
      this.until - now,
      // Headers speak of one account, and with several it is not known of which.
      (this.traffic?.accounts ?? 1) === 1 ? this.window.waitMs(now) : 0,
    );
    // Nobody waits that long: the request is sent, and its failure tells the writer why.
    return ms > longestWaitMs ? 0 : ms;
  }

  /** A request is sent. */
  sent(): SentRequest {
    const ticket = this.window.send();
    let told: RateLimits | undefined;
    return {
      onLimits: (limits) => {
        told = limits;
        this.window.tell(ticket, limits, this.clock.now());
      },
      isSpent: () => told?.remaining === 0,
      ended: () => {
        if (told === undefined) this.window.untold(ticket);
      },
    };
  }

  /** The service had no place for a request. */
  refused({ code, retryAfterMs }: ScenewrightError): void {
    // Who slows down single accounts knows which; an overloaded service concerns all of them.
    const isKnown = this.traffic !== undefined && code === 'rate-limit';
    if (isKnown || retryAfterMs === undefined) return;
    this.until = Math.max(this.until, this.clock.now() + retryAfterMs);
  }

  /** Whether a rest of so many milliseconds from now on is news; true once for each. */
  isNews(ms: number): boolean {
    const until = this.clock.now() + ms;
    if (ms <= 0 || !Number.isFinite(ms) || until <= this.told) return false;
    this.told = until;
    return true;
  }
}

/** What comes of one request, as far as limits are concerned. */
export interface SentRequest {
  /** Takes what the answer's headers say. */
  readonly onLimits: (limits: RateLimits) => void;
  /** The headers said that the allowance of the period is used up. */
  readonly isSpent: () => boolean;
  /** The service has dealt with it. */
  readonly ended: () => void;
}
