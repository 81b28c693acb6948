import type { AdaptiveConcurrency } from './adaptive-concurrency.ts';
import { ServerSlots, type SlotRequest } from './server-slots.ts';

/**
 * How many requests of a run may be in flight: as many as the service takes, and of a server that
 * works on few of them at once no more than are of use.
 */
export class Places {
  private readonly concurrency: AdaptiveConcurrency;
  private readonly slots: ServerSlots;
  private readonly onDidChange: (places: number) => void;
  /** What the service takes when it is well. */
  private whenWell: number;
  private told: number;

  /**
   * @param now in milliseconds
   * @param onDidChange told the number whenever it has become another one
   */
  constructor(
    concurrency: AdaptiveConcurrency,
    now: () => number,
    onDidChange: (places: number) => void,
  ) {
    this.concurrency = concurrency;
    this.slots = new ServerSlots(now);
    this.onDidChange = onDidChange;
    this.whenWell = concurrency.places;
    this.told = this.count;
  }

  /** At least 1. */
  get count(): number {
    return Math.min(this.concurrency.places, this.slots.places);
  }

  /** It is the server's slots that they are limited by. */
  get isInTurns(): boolean {
    return this.slots.places < Infinity;
  }

  /** A request is sent. */
  sent(): SlotRequest {
    const { gotOn, over } = this.slots.sent();
    return {
      gotOn,
      over: () => {
        over();
        this.tell();
      },
    };
  }

  /** @param inFlight requests in flight just before, the one that was answered included */
  answered(inFlight: number): void {
    this.dealtWith(inFlight);
    this.whenWell = this.concurrency.places;
  }

  /** The service has had a word for a request, good or bad; see {@link answered}. */
  dealtWith(inFlight: number): void {
    this.concurrency.completed(inFlight);
    this.tell();
  }

  /** @see AdaptiveConcurrency.refused */
  refused(others: number): void {
    this.concurrency.refused(others);
    this.tell();
  }

  /** The service answers again: it was out of order, and not full. */
  restore(): void {
    this.concurrency.restore(this.whenWell);
    this.tell();
  }

  private tell(): void {
    if (this.count === this.told) return;
    this.told = this.count;
    this.onDidChange(this.told);
  }
}
