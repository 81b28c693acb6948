import { gcd, Sums, toMs } from './plan-durations.ts';

/** Of so many scenes of usual weight, the mean weight is believed to be known before any is seen. */
const believed = 3;

/**
 * Gives scenes their lengths one after the other, by weight, while nothing is known of those that
 * follow but their number: each gets its share of the time that is left, as if the rest weighed what
 * scenes have weighed so far. Every length is allowed, and in the end they add up to the whole time
 * exactly, if any such lengths do.
 */
export class LengthsInTurn {
  private readonly unit: number;
  private readonly lengths: readonly number[];
  private readonly sums: Sums;
  private readonly usual: number;
  /** In units. */
  private rest: number;
  private count: number;
  private weights = 0;
  private seen = 0;

  /**
   * @param seconds of all scenes together
   * @param count how many scenes there will be
   * @param allowed lengths of clips in seconds; at least one above 0
   * @param usual weight that most scenes have
   */
  constructor(seconds: number, count: number, allowed: readonly number[], usual: number) {
    const usable = allowed.filter((length) => Number.isFinite(length) && length > 0);
    this.unit = usable.map(toMs).reduce(gcd, toMs(seconds));
    this.lengths = [...new Set(usable.map((length) => toMs(length) / this.unit))].sort(
      (a, b) => a - b,
    );
    this.rest = toMs(seconds) / this.unit;
    this.sums = new Sums(this.lengths, this.rest);
    this.count = count;
    this.usual = usual;
  }

  /** Seconds that are not given away yet. */
  get left(): number {
    return (this.rest * this.unit) / 1000;
  }

  /**
   * The length of the next scene, in seconds.
   *
   * @param following what all scenes behind it weigh together, where that is known after all
   */
  next(weight: number, following?: number): number {
    const others = this.count - 1;
    this.weights += weight;
    this.seen++;
    const mean = (believed * this.usual + this.weights) / (believed + this.seen);
    const wish = (this.rest * weight) / (weight + (following ?? others * mean));
    const fits = this.lengths.filter((length) => this.sums.canMake(this.rest - length, others));
    // Where the lengths that are allowed have changed meanwhile, the sum may not come out any more.
    const choice = fits.length === 0 ? this.lengths : fits;
    const length = choice.reduce((a, b) => (Math.abs(b - wish) < Math.abs(a - wish) ? b : a));
    this.rest = Math.max(0, this.rest - length);
    this.count = others;
    return (length * this.unit) / 1000;
  }
}
