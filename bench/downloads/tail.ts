import { seeded } from '../writing/latency.ts';
import { atOnce } from './cases.ts';

/**
 * Sizes as those of real clips spread: most small, a few very large.
 *
 * @param sigma of the lognormal distribution
 * @param total what they come to in all, in bytes, or a little less
 */
export function heavyTailed(
  seed: number,
  { files, sigma, total }: { files: number; sigma: number; total: number },
): number[] {
  const random = seeded(seed, files);
  const weights = Array.from({ length: files }, () => {
    // Standard normal, by the Box–Muller transform.
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.exp(sigma * normal);
  });
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => Math.max(1000, Math.floor((total * weight) / sum)));
}

/** Seconds that no order of these clips can beat when each gets one connection of that rate. */
export function tailBound(sizes: readonly number[], rate: number): number {
  const total = sizes.reduce((all, bytes) => all + bytes, 0);
  return Math.max(total / atOnce, ...sizes) / rate;
}

/** Seconds that groups take of which each waits for its slowest, with nothing lost in between. */
export function groupedBound(sizes: readonly number[], rate: number): number {
  let bytes = 0;
  for (let at = 0; at < sizes.length; at += atOnce) {
    bytes += Math.max(...sizes.slice(at, at + atOnce));
  }
  return bytes / rate;
}
