/** How many requests are in flight at first where the endpoint has not shown what it takes. */
const openingPlaces = 40;

/** More than any service lets one writer have. */
const mostPlaces = 200;

/** A window grows to so many times the number of places at most, however often probes are refused. */
const longestWindow = 16;

/**
 * How many requests may be in flight. Starts high, because a run is too short to feel its way up:
 * the first refusals bring it down to what is really in service, and from there it grows by one
 * after every window of completions (as many as there are places). Where such a probe is refused the
 * next window is twice as long, so that probing costs few requests.
 */
export class AdaptiveConcurrency {
  private readonly most: number;
  private current: number;
  /** Completions with all places taken, since the number last changed. */
  private completions = 0;
  private windowFactor = 1;
  /** The number that the last growth led to, until a whole window has shown that it is taken. */
  private probe: number | undefined;

  /** @param batchSize the most places there may ever be, or `auto` for as many as are taken */
  constructor(batchSize: number | 'auto') {
    this.most = batchSize === 'auto' ? mostPlaces : batchSize;
    this.current = Math.min(this.most, openingPlaces);
    if (batchSize !== 'auto') this.current = batchSize;
  }

  /** At least 1. */
  get places(): number {
    return this.current;
  }

  /**
   * The service has dealt with a request.
   *
   * @param inFlight requests in flight just before, this one included
   */
  completed(inFlight: number): void {
    // With places to spare nothing is learnt about one more.
    if (this.current >= this.most || inFlight < this.current) return;
    if (++this.completions < this.current * this.windowFactor) return;
    if (this.probe === this.current) this.windowFactor = 1;
    this.completions = 0;
    this.probe = ++this.current;
  }

  /**
   * The service had no place for a request.
   *
   * @param others requests that are still in service, from 0
   */
  refused(others: number): void {
    if (this.probe !== undefined && others === this.probe - 1) {
      this.windowFactor = Math.min(longestWindow, this.windowFactor * 2);
    }
    this.probe = undefined;
    this.completions = 0;
    this.current = Math.max(1, Math.min(this.current, others));
  }

  /** What the service had no place for it has again: it was out of order, and not full. */
  restore(places: number): void {
    this.current = Math.max(this.current, Math.min(this.most, places));
  }
}
