import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { alternatives } from '../../base/lists.ts';

export interface DurationPlan {
  /** Length of each scene in seconds, in order; at least one. */
  readonly seconds: number[];
  /** Whether they add up to exactly what was asked for. */
  readonly exact: boolean;
}

/**
 * Part a video into scenes whose lengths a studio can render.
 *
 * The sum is the asked length whenever any number of allowed lengths can make it, otherwise the
 * nearest sum that they can make (the shorter of two equally near). Among the counts that make the
 * sum it takes the one nearest to `duration / target`, the lower of two equally near: with 1 to 15 s
 * allowed, 3, 5, 10 and 15 minutes are 22, 37, 75 and 112 scenes. Where the studio's longest clip is
 * too short for that count it takes as many more as are needed: 23 of Veo's 4, 6 and 8 s for
 * 3 minutes. Long and short scenes are spread evenly. A video that is shorter than the shortest clip
 * gets one clip of that length.
 *
 * @param duration Seconds, more than 0.
 * @param allowed Lengths of the studio's clips in seconds, in any order.
 * @param target Seconds that a scene should have about.
 * @throws ScenewrightError `bad-input` when there is no length above 0 to choose from.
 */
export function planDurations(
  duration: number,
  allowed: readonly number[],
  target = 8,
): DurationPlan {
  const usable = allowed.filter((length) => Number.isFinite(length) && length > 0);
  if (usable.length === 0 || !(duration > 0) || !Number.isFinite(duration)) {
    throw new ScenewrightError(
      'bad-input',
      t('{0} s cannot be parted into scenes of {1} s.', duration, alternatives(allowed) || '–'),
    );
  }
  // In whole units, so that lengths such as 5.5 s add up without rounding errors.
  const unit = usable.map(toMs).reduce(gcd, toMs(duration));
  const lengths = [...new Set(usable.map((length) => toMs(length) / unit))].sort((a, b) => a - b);
  const sums = new Sums(lengths, toMs(duration) / unit);
  const total = sums.nearest();
  const count = sums.countNear(total, duration / target);
  return {
    seconds: sums.spread(total, count).map((length) => (length * unit) / 1000),
    exact: total === sums.wanted,
  };
}

/** Which sums a given number of lengths can make. All values are whole units. */
export class Sums {
  readonly wanted: number;
  private readonly lengths: readonly number[];
  private readonly shortest: number;
  private readonly longest: number;
  /**
   * By excess, the sum of what each length has more than the shortest one: how many lengths it takes
   * at least. Any greater number does as well, since the shortest length adds no excess.
   */
  private readonly fewest: Uint32Array;

  constructor(lengths: readonly number[], wanted: number) {
    this.lengths = lengths;
    this.wanted = wanted;
    this.shortest = lengths[0] ?? 1;
    this.longest = lengths.at(-1) ?? 1;
    const size = wanted + this.longest + 1;
    this.fewest = new Uint32Array(size).fill(never);
    this.fewest[0] = 0;
    for (const length of lengths.slice(1)) {
      const excess = length - this.shortest;
      for (let sum = excess; sum < size; sum++) {
        const count = (this.fewest[sum - excess] ?? never) + 1;
        if (count < (this.fewest[sum] ?? never)) this.fewest[sum] = count;
      }
    }
  }

  canMake(total: number, count: number): boolean {
    const excess = total - count * this.shortest;
    if (count === 0) return total === 0;
    return excess >= 0 && (this.fewest[excess] ?? never) <= count;
  }

  /** The sum nearest to the wanted one that some count can make. */
  nearest(): number {
    const counts = (total: number): boolean => {
      for (let n = Math.ceil(total / this.longest); n * this.shortest <= total; n++) {
        if (n > 0 && this.canMake(total, n)) return true;
      }
      return false;
    };
    for (let off = 0; off < this.wanted; off++) {
      if (counts(this.wanted - off)) return this.wanted - off;
      if (off <= this.longest && counts(this.wanted + off)) return this.wanted + off;
    }
    return this.shortest;
  }

  countNear(total: number, ideal: number): number {
    let best = 0;
    for (let n = 1; n * this.shortest <= total; n++) {
      if (!this.canMake(total, n)) continue;
      if (best === 0 || Math.abs(n - ideal) < Math.abs(best - ideal)) best = n;
    }
    return best;
  }

  /** Lengths that add up to `total`, each chosen to stay nearest to a steady pace. */
  spread(total: number, count: number): number[] {
    const chosen: number[] = [];
    let sum = 0;
    for (let i = 1; i <= count; i++) {
      const wish = (total * i) / count - sum;
      const fits = this.lengths.filter((length) => this.canMake(total - sum - length, count - i));
      const length = fits.reduce((a, b) => (Math.abs(b - wish) < Math.abs(a - wish) ? b : a));
      chosen.push(length);
      sum += length;
    }
    return chosen;
  }
}

/** More lengths than any sum takes. */
const never = 2 ** 31;

export function toMs(seconds: number): number {
  return Math.max(1, Math.round(seconds * 1000));
}

export function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
