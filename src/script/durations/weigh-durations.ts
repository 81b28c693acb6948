import { gcd, toMs } from './plan-durations.ts';

/**
 * Spread planned lengths anew, so that scenes of more weight get more of the time: as many lengths
 * with the same sum, all of them allowed, as near to the weights' shares of the sum as any such
 * lengths come (by the squares of the differences). A scene never gets a longer length than one of
 * more weight, and among scenes of the same weight long and short ones are spread evenly. Without
 * any difference in weight the lengths stay as they are.
 *
 * @param seconds as `planDurations` gives them
 * @param allowed the lengths it was given
 * @param weights one for each length, above 0
 */
export function weighDurations(
  seconds: readonly number[],
  allowed: readonly number[],
  weights: readonly number[],
): number[] {
  if (new Set(weights).size <= 1) return [...seconds];
  const usable = allowed.filter((length) => Number.isFinite(length) && length > 0);
  // In whole units, so that lengths such as 5.5 s add up without rounding errors.
  const unit = [...usable, ...seconds].map(toMs).reduce(gcd);
  const lengths = [...new Set(usable.map((length) => toMs(length) / unit))].sort((a, b) => a - b);
  const total = seconds.reduce((sum, length) => sum + toMs(length) / unit, 0);
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  const wishes = weights.map((weight) => (total * weight) / weightSum);
  const chosen = new Allotment(lengths, wishes, total).best().sort((a, b) => a - b);

  const result = new Array<number>(weights.length).fill(0);
  const byWeight = Map.groupBy(weights.keys(), (i) => weights[i] ?? 0);
  let given = 0;
  for (const [, places] of [...byWeight].sort(([a], [b]) => a - b)) {
    const share = chosen.slice(given, (given += places.length));
    for (const [i, length] of evenly(share).entries()) {
      result[places[i] ?? 0] = (length * unit) / 1000;
    }
  }
  return result;
}

/** The same values in an order in which every stretch has about the mean of all. */
function evenly(values: readonly number[]): number[] {
  const left = new Map<number, number>();
  for (const value of values) left.set(value, (left.get(value) ?? 0) + 1);
  const total = values.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  return values.map((_, i) => {
    const wish = (total * (i + 1)) / values.length - sum;
    const open = [...left].filter(([, count]) => count > 0).map(([value]) => value);
    const next = open.reduce((a, b) => (Math.abs(b - wish) < Math.abs(a - wish) ? b : a));
    left.set(next, (left.get(next) ?? 0) - 1);
    sum += next;
    return next;
  });
}

/** A scene whose length may still change. */
interface Movable {
  readonly index: number;
  readonly wish: number;
  /** Its length so far. */
  readonly length: number;
}

/**
 * The allowed lengths nearest to given wishes with a given sum. All values are whole units but the
 * wishes.
 *
 * First every wish is raised by the same amount and rounded to an allowed length, with the amount
 * that brings the sum nearest below the wanted one; for the sum that it has, no other lengths are
 * nearer. What is still missing is less than one step between lengths. The best way to make up for
 * it changes few scenes: if more than three times the greatest step were changed, some of the
 * changes would cancel out, and to leave them away costs nothing. So few changes move the running
 * sum only so far, and all of their ways can be gone through.
 */
class Allotment {
  private readonly lengths: readonly number[];
  private readonly wishes: readonly number[];
  private readonly total: number;

  /** @param lengths ascending; some choice of one for each wish has the sum `total` */
  constructor(lengths: readonly number[], wishes: readonly number[], total: number) {
    this.lengths = lengths;
    this.wishes = wishes;
    this.total = total;
  }

  best(): number[] {
    const chosen = this.nearestBelow();
    const missing = this.total - chosen.reduce((sum, length) => sum + length, 0);
    if (missing === 0) return chosen;
    return this.makeUp(chosen, missing);
  }

  private nearestBelow(): number[] {
    const sumOf = (lengths: readonly number[]): number =>
      lengths.reduce((sum, one) => sum + one, 0);
    const raised = (by: number): number[] => this.wishes.map((wish) => this.nearest(wish + by));
    const reach = 2 * Math.max(...this.wishes, this.lengths.at(-1) ?? 1);
    let [low, high] = [-reach, reach];
    // So often halved, the two are apart by less than wishes can be told apart.
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if (sumOf(raised(middle)) <= this.total) low = middle;
      else high = middle;
    }
    const lower = raised(low);
    const upper = raised(high);
    // Where many wishes are equal, they are rounded up together; here they are one by one.
    let room = this.total - sumOf(lower);
    return lower.map((length, i) => {
      const step = (upper[i] ?? length) - length;
      if (step > room) return length;
      room -= step;
      return length + step;
    });
  }

  private nearest(wish: number): number {
    return this.lengths.reduce((a, b) => (Math.abs(b - wish) < Math.abs(a - wish) ? b : a));
  }

  /** The cheapest change of some lengths that adds `missing` to their sum. */
  private makeUp(chosen: readonly number[], missing: number): number[] {
    const widest = (this.lengths.at(-1) ?? 0) - (this.lengths[0] ?? 0);
    const most = 3 * widest + 1;
    const movable = this.movable(chosen, most);
    const reach = Math.ceil((most * widest) / 2) + missing;
    const size = 2 * reach + 1;
    let costs = new Float64Array(size).fill(Infinity);
    costs[reach] = 0;
    /** By scene and running change: the index of the length it takes. */
    const taken: Uint16Array[] = [];
    for (const { wish, length } of movable) {
      const next = new Float64Array(size).fill(Infinity);
      const choice = new Uint16Array(size);
      for (const [index, other] of this.lengths.entries()) {
        const step = other - length;
        const cost = (other - wish) ** 2;
        for (let at = Math.max(0, -step); at < Math.min(size, size - step); at++) {
          const sum = (costs[at] ?? Infinity) + cost;
          if (sum < (next[at + step] ?? Infinity)) {
            next[at + step] = sum;
            choice[at + step] = index;
          }
        }
      }
      costs = next;
      taken.push(choice);
    }
    const result = [...chosen];
    let at = reach + missing;
    for (let i = movable.length - 1; i >= 0; i--) {
      const scene = movable[i];
      if (scene === undefined) continue;
      const length = this.lengths[taken[i]?.[at] ?? 0] ?? scene.length;
      result[scene.index] = length;
      at -= length - scene.length;
    }
    return result;
  }

  /** Of scenes with the same wish and length no more than can be of use. */
  private movable(chosen: readonly number[], most: number): Movable[] {
    const alike = new Map<string, number>();
    return this.wishes.flatMap((wish, index) => {
      const length = chosen[index] ?? 0;
      const key = `${wish} ${length}`;
      const count = (alike.get(key) ?? 0) + 1;
      alike.set(key, count);
      return count > most ? [] : [{ index, wish, length }];
    });
  }
}
